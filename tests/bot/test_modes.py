"""Modes: choosing one in words and in the form, the exact change before it is kept, undoing and ending it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.members import (
    asks,
    blanks,
    day_post,
    finishes,
    form,
    goal_texts,
    goals_of,
    hears,
    last_words,
    newest,
)
from tests.bot.mock_rooms import clicks_forged

TITLE, PREVIEW = "Lighter or different", "What would change"
STRESS = "An hour a day; core goals only in weeks that it fills by half or more."
NEXT = MONDAY + timedelta(weeks=1)


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana on the Monday of her first week, a goal done."""
    (ana,) = await house.group("Ana")
    await house.travel("Monday 08:00")
    post = await day_post(ana, "Monday")
    await ana.ticks(post, goal_texts(post)[:1])
    await house.settle()
    return ana


async def standing(house: House, ana: Person) -> list[tuple[Any, ...]]:
    """Every goal that is offered, as it stands."""
    return [
        (goal.id, goal.text, goal.due_on, goal.state, goal.minutes) for goal in await goals_of(house, ana)
    ]


async def keeps(house: House, ana: Person, command: str) -> str:
    """Type a mode, look at what it would change, keep it; what the preview said."""
    preview = await form(ana, command, PREVIEW)
    await house.submits(ana, preview, {})
    await house.settle()
    return words(preview)


async def test_the_exact_change_is_shown_before_anything_changes_and_then_made(
    house: House, ana: Person
) -> None:
    before = await standing(house, ana)
    preview = await form(ana, "/prep mode high-stress 1w", PREVIEW)
    said = words(preview)
    assert await standing(house, ana) == before
    assert house.sql("select count(*) from periods") == [(0,)]
    assert f"*High stress*, Mon 23 Nov to Sun 29 Nov. {STRESS}" in said
    await house.submits(ana, preview, {})
    await house.settle()
    now = [goal for goal in await goals_of(house, ana) if goal.state == "open"]
    minutes = sum(goal.minutes for goal in now)
    assert f"{len(now)} goals instead of " in said
    assert f" · {minutes // 60} h" in said
    assert {goal.tier for goal in now} == {"core"}
    assert minutes <= 6 * 60
    told = await last_words(ana, CHANNEL)
    assert told.startswith("Taken: high stress, Mon 23 Nov to Sun 29 Nov.")
    assert "high stress until Sun 29 Nov: an hour a day" in words(await day_post(ana, "Monday"))
    assert "high stress, Mon 23 Nov to Sun 29 Nov" in await hears(ana, "/prep week")


async def test_undo_gives_exactly_the_weeks_as_they_were(house: House, ana: Person) -> None:
    await house.travel("Wednesday 08:00")
    before = await standing(house, ana)
    titles = house.sql("select outline, hours from weeks")
    await keeps(house, ana, "/prep mode high-stress 9d")
    assert await standing(house, ana) != before
    await ana.clicks(await newest(ana, CHANNEL), "Undo")
    await house.settle()
    assert await standing(house, ana) == before
    assert house.sql("select outline, hours from weeks") == titles
    assert house.sql("select count(*) from periods") == [(0,)]


async def test_a_mode_that_begins_in_mid_week_leaves_past_days_and_paused_ones_alone(
    house: House, ana: Person
) -> None:
    await house.travel("Wednesday 08:00")
    today = date(2026, 11, 25)
    before = await goals_of(house, ana)
    await hears(ana, "/prep pause 2d")
    await keeps(house, ana, "/prep mode high-stress until sunday")
    after = await goals_of(house, ana)
    paused = {goal.due_on for goal in after if goal.excused}
    assert paused <= {today, today + timedelta(days=1)}
    assert paused
    past = [goal.id for goal in before if goal.due_on < today]
    assert [goal.id for goal in after if goal.due_on < today] == past
    left = [goal for goal in after if goal.due_on >= today]
    assert 0 < sum(goal.minutes for goal in left) <= 5 * 60
    assert {goal.tier for goal in left} == {"core"}


async def test_the_form_says_what_is_wrong_in_its_field_and_keeps_what_was_typed(
    house: House, ana: Person
) -> None:
    sheet = await form(ana, "/prep mode family", TITLE)
    assert blanks(sheet)["mode"] == "family"
    for days, field, fault in (
        (("2026-11-30", "2026-11-29"), "last_day", "It ends before it begins. Which is its last day?"),
        (("2026-11-20", "2026-11-29"), "first_day", "That day is over. Today is the earliest."),
        (("2026-11-23", "2027-05-22"), "last_day", "A mode lasts at most 180 days"),
        (("2027-03-01", "2027-03-08"), "first_day", "Your plan has no week on these days"),
    ):
        result = await ana.submits(sheet, {"first_day": days[0], "last_day": days[1]})
        assert not result.ok
        assert result.errors is not None
        assert result.errors[field].startswith(fault)
    right = {"first_day": "2026-11-23", "last_day": "2026-12-06", "less": "50", "note": "the *twins*"}
    result = await ana.submits(sheet, right)
    assert result.ok
    preview = await ana.modal(PREVIEW)
    assert "*Family time*, Mon 23 Nov to Sun 6 Dec. 50 % lighter." in words(preview)
    await ana.clicks(preview, "Back")
    again = await ana.modal(TITLE)
    assert (blanks(again)["less"], blanks(again)["note"]) == ("50", "the *twins*")
    await ana.submits(again, {})
    await house.submits(ana, await ana.modal(PREVIEW), {})
    await house.settle()
    assert house.sql("select mode, keeps, note from periods") == [("family", 50, "the *twins*")]
    told = await newest(ana, CHANNEL)
    assert "[More weeks]" in words(told)
    assert "(the ∗twins∗)" in await hears(ana, "/prep mode")


async def test_the_same_mode_over_the_same_days_is_made_longer(house: House, ana: Person) -> None:
    await keeps(house, ana, "/prep mode heavy work until 27 Nov")
    said = await keeps(house, ana, "/prep mode heavy work from friday to 4 Dec")
    assert "It joins the days of this mode that you have already." in said
    assert house.sql("select mode, starts_on, ends_on from periods") == [
        ("heavy_work", "2026-11-23", "2026-12-04")
    ]


async def test_ending_a_mode_brings_the_ordinary_week_back_from_today_on_and_twice_is_told(
    house: House, ana: Person
) -> None:
    before = await standing(house, ana)
    await keeps(house, ana, "/prep mode high-stress 2w")
    shown = await newest(ana, CHANNEL)
    assert "Taken" in words(shown)
    await ana.says(CHANNEL, "/prep mode")
    listed = await newest(ana, CHANNEL)
    assert f"*Now: high stress*, Mon 23 Nov to Sun 6 Dec. {STRESS}" in words(listed)
    await ana.clicks(listed, "End it")
    await house.settle()
    assert (await last_words(ana, CHANNEL)).startswith("Ended: high stress, Mon 23 Nov to Sun 6 Dec.")
    assert await standing(house, ana) == before
    assert "That mode is over" not in await hears(ana, "/prep mode off")
    assert "Your weeks are as usual." in await hears(ana, "/prep mode")


async def test_what_nobody_can_read_gets_the_way_on(house: House, ana: Person) -> None:
    assert "I don't know the mode" in await hears(ana, "/prep mode <!channel>")
    assert "I can't read" in await hears(ana, "/prep mode travel gibberish")
    assert "come with its date" in await hears(ana, "/prep mode interview week")
    assert "From 3 to" not in await hears(ana, "/prep mode family 90% 2w")
    assert "That day is over" not in await hears(ana, "/prep mode travel until 2026-11-01")
    assert house.sql("select count(*) from periods") == [(0,)]


async def test_a_stale_preview_is_shown_anew_and_a_second_submission_changes_nothing(
    house: House, ana: Person
) -> None:
    preview = await form(ana, "/prep mode high-stress 1w", PREVIEW)
    post = await day_post(ana, "Monday")
    await finishes(ana, post)
    await house.settle()
    await ana.submits(preview, {})
    anew = await ana.modal(PREVIEW)
    assert "Something has changed since you looked." in words(anew)
    assert house.sql("select count(*) from periods") == [(0,)]
    await house.submits(ana, anew, {})
    await house.settle()
    assert house.sql("select count(*) from periods") == [(1,)]


async def test_a_click_of_somebody_else_ends_nothing(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await keeps(house, ana, "/prep mode travel monday for 5 days")
    await keeps(house, bo, "/prep mode family monday for 5 days")
    listed = await asks(bo, "/prep mode")
    assert "travel, Mon" not in words(listed)
    hers = house.sql("select membership_id, id from periods where mode = 'travel'")[0]
    await clicks_forged(house, bo, "mode_end", f"{hers[0]}:{hers[1]}")
    assert "That list belongs to somebody else." in await last_words(bo)
    mine = house.sql("select membership_id from periods where mode = 'family'")[0][0]
    await clicks_forged(house, bo, "mode_end", f"{mine}:{hers[1]}")
    assert "That mode is over or was ended already." in await last_words(bo)
    assert house.sql("select count(*) from periods") == [(2,)]
