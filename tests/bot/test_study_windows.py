"""Study windows: goals under clock times, days that hold no more than there is time for, an earlier post."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.members import day_post, form, goals_of, last_words, membership_of


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana, who studies before work, at lunch and at night."""
    (ana,) = await house.group("Ana", windows="early-bird")
    return ana


async def test_the_days_goals_stand_under_the_hours_of_their_windows(house: House, ana: Person) -> None:
    await house.travel("Monday 05:45")
    headings = [line.strip("*") for line in words(await day_post(ana)).splitlines() if "–" in line]
    assert [heading.partition(",")[0] for heading in headings] == [
        "06:00–07:00 Main study",
        "12:00–12:30 Light practice",
        "20:00–20:30 Review and planning",
    ]


async def test_no_day_holds_more_than_its_windows_and_the_week_no_more_than_them(
    house: House, ana: Person
) -> None:
    await house.travel("Monday 05:45")
    minutes: dict[int, list[int]] = {}
    for goal in await goals_of(house, ana, MONDAY):
        minutes.setdefault(goal.due_on.weekday(), []).append(goal.minutes)
    assert 6 not in minutes
    assert all(sum(day) - 120 < max(day) for day in minutes.values())


async def test_the_post_comes_before_the_first_window_of_each_day(house: House, ana: Person) -> None:
    await house.travel("Monday 05:44")
    assert not house.posts(ana, "Monday · week 1")
    await house.travel("Monday 05:45")
    assert len(house.posts(ana, "Monday · week 1")) == 1
    await house.travel("Saturday 07:44")
    assert not house.posts(ana, "Saturday · week 1")
    await house.travel("Saturday 07:45")
    assert len(house.posts(ana, "Saturday · week 1")) == 1


async def test_the_last_phase_has_its_own_windows(house: House, ana: Person) -> None:
    await house.travel("Monday 05:45")
    for _ in range(2):
        await house.travel(timedelta(weeks=4))
    assert "06:00–07:00 Mock practice" in words(await day_post(ana))


async def test_hours_of_ones_own_count_before_a_template(house: House) -> None:
    (bo,) = await house.group("Bo", windows="evening", own_windows="weekdays 19-20:30, sat 10-12")
    assert (await membership_of(house, bo)).windows == "Mon-Fri 19:00-20:30, Sat 10-12"
    await house.travel("Monday 08:00")
    assert "19:00–20:30 Study time" in words(await day_post(bo))


async def test_hours_that_cannot_be_read_are_told_in_their_field_and_nothing_is_lost(
    house: House, ana: Person
) -> None:
    settings = await form(ana, "/prep settings", "My settings")
    refused = await ana.submits(settings, {"own_windows": "whenever the cat lets me", "days_off": ["6"]})
    assert 'I can\'t read "whenever the cat lets me"' in refused.errors["own_windows"]
    free = await ana.submits(settings, {"own_windows": "Sun 9-12", "days_off": ["6"]})
    assert free.errors == {"own_windows": "All of these hours lie on your days off. Which days do you study?"}
    assert (await membership_of(house, ana)).windows == "early-bird"


async def test_new_windows_change_the_days_to_come_and_leave_the_past(house: House, ana: Person) -> None:
    await house.travel("Wednesday 05:45")
    before = {goal.key: goal.due_on for goal in await goals_of(house, ana) if goal.due_on.weekday() < 2}
    settings = await form(ana, "/prep settings", "My settings")
    await house.submits(ana, settings, {"windows": "none", "own_windows": "Wed-Fri 18-22"})
    assert "study windows Wed-Fri 18-22" in await last_words(ana, CHANNEL)
    after = await goals_of(house, ana)
    assert {goal.key: goal.due_on for goal in after if goal.due_on.weekday() < 2} == before
    assert {goal.due_on.weekday() for goal in after if goal.due_on.weekday() >= 2} <= {2, 3, 4}


async def test_without_windows_the_plans_own_blocks_stand(house: House) -> None:
    (bo,) = await house.group("Bo")
    await house.travel("Monday 08:00")
    assert "*Main block, " in words(await day_post(bo))
