"""Adjusting a suggestion, what got in the way, and a week that shifts to its weakest area."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.members import (
    blanks,
    day_post,
    finishes,
    goals_of,
    has_element,
    last_words,
)
from tests.bot.sessions import a_session, ends_at, gives
from tests.bot.test_accept_then_undo import differences, tables

NEXT = MONDAY + timedelta(weeks=1)


async def after_a_bad_week(house: House, **answers: object) -> Person:
    """Ana after a first week in which she did a fifth, on Sunday after the scorecard."""
    ana, _ = await house.group("Ana", "Bo", answers={"Ana": answers})
    await house.travel("Monday 08:00")
    await finishes(ana, await day_post(ana, "Monday"))
    await house.travel("Sunday 18:00")
    return ana


async def adjusting(ana: Person, post: dict[str, Any]) -> dict[str, Any]:
    await ana.clicks(post, "Adjust")
    return await ana.modal("Adjust next week")


async def test_the_form_shows_the_difference_as_it_is_filled_in_and_taking_it_gives_exactly_that(
    house: House,
) -> None:
    ana = await after_a_bad_week(house)
    post = await ana.waits_for_dm("A recovery week?")
    sheet = await adjusting(ana, post)
    assert blanks(sheet)["adjust_hours"] == "7.2"
    assert "10 goals instead of 23 · 6.8 h instead of 12 h" in words(sheet)

    await ana.fills(sheet, {"adjust_hours": "4"})
    await house.settle()
    shown = words(await ana.fresh(sheet))
    assert "6.8 h instead of" not in shown
    offered = next(line for line in shown.splitlines() if " goals instead of 23" in line)
    before = tables(house)
    await house.submits(ana, await ana.fresh(sheet), {})
    await house.settle()
    taken = words(await ana.fresh(post))
    assert taken.startswith("Taken: your own measure: core goals only, ")
    assert (await last_words(ana)).startswith("Done. Next week holds ")
    assert differences(before, tables(house)).keys() == {"suggestions", "adjustments"}

    await house.travel("Monday 08:00")
    goals = await goals_of(house, ana, NEXT)
    assert f"{len(goals)} goals instead of 23" in offered
    assert sum(goal.minutes for goal in goals) <= 4 * 60
    await ana.clicks(post, "Undo")
    await house.settle()
    assert words(await ana.fresh(post)).startswith("A recovery week?")
    assert "Your own measure" not in words(await ana.fresh(post))
    assert len(await goals_of(house, ana, NEXT)) == 23


async def test_what_cannot_be_is_said_in_its_field_and_nothing_typed_is_lost(house: House) -> None:
    ana = await after_a_bad_week(house, sharing="full")
    post = await ana.waits_for(CHANNEL, "A recovery week for Ana?")
    bo = await house.people.find("Bo")
    await bo.clicks(post, "Adjust")
    assert "That one is for Ana to decide." in await last_words(bo, CHANNEL)

    sheet = await adjusting(ana, post)
    await ana.fills(sheet, {"adjust_hours": "40"})
    await house.settle()
    refused = await ana.submits(await ana.fresh(sheet), {})
    assert refused.errors == {"adjust_hours": "From 1 to 12 hours. More is set in /prep settings."}
    assert blanks(await ana.fresh(sheet))["adjust_hours"] == "40"
    assert house.sql("select state from suggestions where kind = 'recovery'")[0] == ("offered",)


@pytest.mark.parametrize("button", ["Not now", "Take the recovery week"])
async def test_what_got_in_the_way_is_asked_before_the_decision_and_remembered_the_next_time(
    house: House, button: str
) -> None:
    ana = await after_a_bad_week(house)
    post = await ana.waits_for_dm("A recovery week?")
    await ana.chooses(post, "suggestion_blocker", "Work")
    await house.settle()
    assert "Work weeks pass." in await last_words(ana)
    await ana.clicks(post, button)
    await house.settle()
    answer = await last_words(ana)
    assert "Work weeks pass." in answer
    assert "What got in the way?" not in answer
    assert "[Find a buddy]" in answer
    await house.travel("2026-12-06 18:00")
    again = words(await ana.waits_for_dm("A lighter track?"))
    assert "Last time it was work." in again
    assert not house.posts(CHANNEL, "Last time")


async def test_an_offer_in_the_channel_never_asks_what_got_in_the_way(house: House) -> None:
    ana = await after_a_bad_week(house, sharing="full")
    post = words(await ana.waits_for(CHANNEL, "A recovery week for Ana?"))
    assert "What got in the way" not in post
    assert "h studied of" not in post
    assert "h studied of" in words(await ana.waits_for_dm("studied of"))


async def test_a_weak_area_is_offered_more_of_the_next_week_in_private(house: House) -> None:
    (ana,) = await house.group("Ana", sharing="full", hours=9)
    await house.travel("2026-11-28 17:00")
    for day in ("Tuesday", "Wednesday", "Thursday", "Friday"):
        await finishes(ana, await day_post(ana, f"{day} · week 1"))
    await house.travel("2026-11-28 18:00")
    await ana.clicks(await ana.waits_for_dm("Weekly check-in"), "checkin_open")
    await house.submits(
        ana, await ana.modal("Weekly check-in"), {"story_quality": "2", "delivery_confidence": "2"}
    )
    await house.travel("Sunday 18:00")
    post = await ana.waits_for_dm("More for what is weakest?")
    text = words(post)
    assert "Ratings in story quality and delivery confidence average 2 of 5." in text
    assert not house.posts(CHANNEL, "weakest")
    await ana.clicks(post, "Shift the week")
    await house.settle()
    assert words(await ana.fresh(post)).startswith("Taken: more for what is weakest: ")
    await house.travel("Monday 08:00")
    shifted = [goal.minutes for goal in await goals_of(house, ana, NEXT) if goal.area == "behavioral"]
    await ana.clicks(post, "Undo")
    await house.settle()
    usual = [goal.minutes for goal in await goals_of(house, ana, NEXT) if goal.area == "behavioral"]
    assert sum(shifted) > sum(usual)


async def test_falling_mock_ratings_are_said_with_their_numbers_and_two_days_of_rest_can_be_taken(
    house: House,
) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await house.travel("Monday 08:00")
    for when, rating in (("Tuesday 17:00", 5), ("Wednesday 17:00", 4), ("Thursday 17:00", 3)):
        mock = await a_session(house, [ana, bo], when)
        await house.travel(ends_at(mock))
        await gives(house, ana, bo, rating)
        await gives(house, bo, ana, 4, own=4)
    await house.travel("Sunday 18:00")
    post = await bo.waits_for_dm("A recovery week?")
    assert "Partners' ratings of your mocks fell twice in a row, from 5 to 3." in words(post)
    assert not house.posts(CHANNEL, "fell twice")
    ((kept,),) = house.sql("select card from scorecards where whom = 'm2'")
    assert json.loads(kept)["mock_rating"] == 4.0
    await bo.clicks(post, "Rest for two days")
    await house.settle()
    assert "Paused until Tuesday, 1 December 2026." in await last_words(bo)
    assert house.sql("select starts_on, ends_on from pauses") == [("2026-11-29", "2026-12-01")]


@pytest.mark.parametrize(
    ("taken", "drawn", "of_the_day"),
    [
        ("Take the week to catch up", "Taken: a week to catch up: core", "a week of core goals only"),
        ("Take a week more", "Taken: a week more: core", "a week more: core goals only"),
    ],
)
async def test_what_is_open_of_earlier_weeks_comes_before_anything_new(
    house: House, taken: str, drawn: str, of_the_day: str
) -> None:
    ana = await after_a_bad_week(house)
    await house.travel("2026-12-06 17:00")
    for message in await ana.dm():
        said = words(message)
        if has_element(message, "rate_day") and "week 2 of 12" in said and not said.startswith("Friday"):
            await finishes(ana, await ana.fresh(message))
    await house.travel("2026-12-06 18:00")
    post = await ana.waits_for_dm("A week to catch up?")
    assert " h of core goals of earlier weeks are open." in words(post)
    assert "Stories come first, then the core of system design" in words(post)
    assert "[Take the week to catch up] [Take a week more] [Adjust] [Not now]" in words(post)
    await ana.clicks(post, taken)
    await house.travel("2026-12-07 08:00")
    assert words(await ana.fresh(post)).startswith(f"{drawn} goals only, ")
    week = await goals_of(house, ana, NEXT + timedelta(weeks=1))
    assert {goal.tier for goal in week} == {"core"}
    assert sum(goal.minutes for goal in week) <= 9 * 60
    assert of_the_day in words(await day_post(ana, "Monday · week 3"))
