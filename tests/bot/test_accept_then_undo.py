"""Accepting a suggestion and undoing it leaves the database as it was, table by table."""

from __future__ import annotations

from typing import Any

import pytest

from bot.store.tables import Table
from bot.workspace.visitors.people import Person
from tests.bot.house import CHANNEL, House
from tests.bot.members import day_post, finishes, finishes_all, goal_texts, hears

Tables = dict[str, list[dict[str, Any]]]
# What the bot owes and has heard goes on: messages are drawn anew, clicks and timers are remembered.
GOES_ON = {"deliveries", "inbox", "timers"}


def tables(house: House) -> Tables:
    """Every row of every table that says what members do, in an order of their own.

    A withdrawn goal counts as gone: its row is only there to come back with its id.
    """
    found = {name: rows(house, name) for name in Table.metadata.tables.keys() - GOES_ON}
    return found | {"goals": [goal for goal in found["goals"] if goal["state"] != "withdrawn"]}


def rows(house: House, table: str) -> list[dict[str, Any]]:
    columns = Table.metadata.tables[table].columns.keys()
    asked = f"select {', '.join(columns)} from {table}"  # noqa: S608 - our own names
    found = [dict(zip(columns, row, strict=True)) for row in house.sql(asked)]
    return sorted(found, key=repr)


def differences(before: Tables, after: Tables) -> dict[str, tuple[list[Any], list[Any]]]:
    """The rows of each table that are only in the one, and only in the other."""
    assert before.keys() == after.keys()
    return {
        name: (
            [row for row in before[name] if row not in after[name]],
            [row for row in after[name] if row not in before[name]],
        )
        for name in before
        if before[name] != after[name]
    }


async def after_a_bad_week(house: House, *, weeks: int = 1) -> tuple[Person, dict[str, Any]]:
    """Ana after so many weeks in which she did a fifth or less, and the suggestion that she gets alone."""
    ana, _ = await house.group("Ana", "Bo")
    await house.travel("Monday 08:00")
    await finishes(ana, await day_post(ana, "Monday"))
    await house.travel("2026-11-29 18:00" if weeks == 1 else "2026-12-06 18:00")
    title = "A recovery week?" if weeks == 1 else "A lighter track?"
    return ana, await ana.waits_for_dm(title)


async def clicks(house: House, ana: Person, post: dict[str, Any], button: str) -> None:
    await ana.clicks(post, button)
    await house.settle()


async def there_and_back(house: House, ana: Person, post: dict[str, Any], button: str) -> None:
    """Accept and undo: something changes, and then nothing has changed."""
    before = tables(house)
    await clicks(house, ana, post, button)
    assert {"suggestions", "adjustments"} <= differences(before, tables(house)).keys()
    await clicks(house, ana, post, "Undo")
    assert differences(before, tables(house)) == {}


async def test_undoing_a_recovery_week_before_it_begins_leaves_everything_as_it_was(house: House) -> None:
    ana, post = await after_a_bad_week(house)
    await there_and_back(house, ana, post, "Take the recovery week")
    await there_and_back(house, ana, post, "Take the recovery week")


async def test_undoing_it_in_a_week_that_has_begun_brings_back_every_goal_as_it_stood(house: House) -> None:
    ana, post = await after_a_bad_week(house)
    await house.travel("2026-12-01 08:00")
    day = await day_post(ana, "Tuesday")
    await ana.ticks(day, goal_texts(day)[:1])
    await hears(ana, "/prep goal add one more design")
    await hears(ana, "/prep log coding 2 40m")
    await ana.chooses(day, "day_more", "Skip something…")
    await house.submits(ana, await ana.modal("Skip goals"), {"goals0": goal_texts(day)[1:2]})
    await house.settle()
    await there_and_back(house, ana, post, "Take the recovery week")


async def test_what_was_done_between_accepting_and_undoing_stays_and_nothing_else(house: House) -> None:
    ana, post = await after_a_bad_week(house)
    await house.travel("2026-11-30 08:00")
    before = tables(house)
    await clicks(house, ana, post, "Take the recovery week")
    day = await day_post(ana, "Monday · week 2")
    await finishes(ana, day)
    await clicks(house, ana, post, "Undo")
    changed = differences(before, tables(house))
    assert changed.keys() == {"goals", "entries"}
    (open_before,), (done_after,) = changed["goals"]
    assert (open_before["state"], done_after["state"]) == ("open", "done")
    assert changed["entries"][0] == []
    assert {row["goal_id"] for row in changed["entries"][1]} == {done_after["id"]}


async def test_undoing_a_refusal_leaves_everything_as_it_was(house: House) -> None:
    ana, post = await after_a_bad_week(house)
    before = tables(house)
    await clicks(house, ana, post, "Not now")
    assert differences(before, tables(house)).keys() == {"suggestions"}
    await clicks(house, ana, post, "Undo")
    assert differences(before, tables(house)) == {}


@pytest.mark.parametrize("button", ["Take the lighter track", "Take a week more"])
async def test_undoing_what_a_second_bad_week_offers_leaves_everything_as_it_was(
    house: House, button: str
) -> None:
    ana, post = await after_a_bad_week(house, weeks=2)
    await there_and_back(house, ana, post, button)
    await house.travel("2026-12-07 08:00")
    await there_and_back(house, ana, post, button)


async def test_undoing_a_stronger_week_leaves_everything_as_it_was(house: House) -> None:
    (ana,) = await house.group("Ana", hours=14)
    await house.travel("2026-11-29 17:00")
    await finishes_all(house, ana)
    await house.travel("2026-11-29 18:00")
    post = await ana.waits_for_dm("A stronger week?")
    await there_and_back(house, ana, post, "Take it up")
    await house.travel("2026-11-30 08:00")
    await there_and_back(house, ana, post, "Take it up")


async def test_undoing_what_was_adjusted_leaves_everything_as_it_was(house: House) -> None:
    ana, post = await after_a_bad_week(house, weeks=2)
    for begun in (False, True):
        before = tables(house)
        await ana.clicks(post, "Adjust")
        sheet = await ana.modal("Adjust next week")
        await ana.fills(sheet, {"adjust_goals": "core", "adjust_first": "coding", "adjust_longer": "week"})
        await house.settle()
        await house.submits(ana, await ana.fresh(sheet), {})
        await house.settle()
        changed = differences(before, tables(house)).keys()
        assert {"suggestions", "adjustments"} <= changed
        await clicks(house, ana, post, "Undo")
        assert differences(before, tables(house)) == {}
        if not begun:
            await house.travel("2026-12-07 08:00")


async def test_an_offer_in_the_channel_is_taken_back_as_well(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo", answers={"Ana": {"sharing": "full"}})
    await house.travel("2026-11-29 18:00")
    post = await ana.waits_for(CHANNEL, "A recovery week for Ana?")
    await there_and_back(house, ana, post, "Take the recovery week")
