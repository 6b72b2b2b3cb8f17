"""A member on each shipped plan gets the right goals on the right day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.workspace.visitors.people import words
from plans.fit import fit
from plans.fitted import FittedWeek
from plans.model import Level
from tests.bot.house import MONDAY, House, plans
from tests.bot.members import day_post, finishes, goal_texts, goals_of

PLANS = {plan.slug: plan for plan in plans().plans}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def week_of(slug: str, number: int, level: str, hours: float, days_off: frozenset[int]) -> FittedWeek:
    """The week as the fit makes it on the plan's own track."""
    plan = PLANS[slug]
    track = plan.track(plan.default_track)
    return fit(plan.week(number), track=track, level=Level(level), hours=hours, days_off=days_off)


@pytest.mark.parametrize("level", ["L6", "L7"])
@pytest.mark.parametrize("slug", PLANS)
async def test_the_first_days_of_a_plan_hold_its_goals_at_ones_level(
    house: House, slug: str, level: str
) -> None:
    plan = PLANS[slug]
    hours = plan.track(plan.default_track).hours
    (ana,) = await house.group("Ana", plan=slug, level=level, hours=hours, track="as-planned")
    fitted = week_of(slug, 1, level, hours, frozenset())
    for day in fitted.days[:3]:
        await house.travel(f"{WEEKDAYS[day.weekday]} 08:00")
        post = await day_post(ana)
        said = words(post).splitlines()[0]
        assert said.startswith(f"{WEEKDAYS[day.weekday]} · week 1 of {len(plan.weeks)} · ")
        assert sorted(goal_texts(post)) == sorted(goal.text for goal in day.goals)
        await finishes(ana, post)


@pytest.mark.parametrize("slug", PLANS)
async def test_the_second_week_of_a_plan_is_its_second_week_on_the_members_own_days(
    house: House, slug: str
) -> None:
    (ana,) = await house.group("Ana", plan=slug, hours=9, track="as-planned", days_off=["2"])
    await house.travel("Monday 08:00")
    await house.travel(timedelta(weeks=1))
    offered = await goals_of(house, ana, MONDAY + timedelta(weeks=1))
    fitted = week_of(slug, 2, "L6", 9, frozenset({2}))
    assert {goal.key: (goal.due_on - goal.week_of).days for goal in offered} == {
        goal.id: goal.weekday for goal in fitted.goals
    }
    assert "week 2 of" in words(await day_post(ana))


@pytest.mark.parametrize("starts", range(7))
async def test_who_begins_in_mid_week_is_offered_the_earlier_days_too(house: House, starts: int) -> None:
    await house.travel(f"{WEEKDAYS[starts]} 07:00")
    (ana,) = await house.group("Ana", plan="6-week-intensive", hours=23, track="as-planned", start="today")
    monday = house.now.date() - timedelta(days=house.now.weekday())
    offered = await goals_of(house, ana, monday)
    fitted = week_of("6-week-intensive", 1, "L6", 23, frozenset())
    early = {goal.id for goal in fitted.goals if goal.weekday < starts}
    assert {goal.key for goal in offered} == {goal.id for goal in fitted.goals}
    assert {goal.key for goal in offered if goal.excused} == early
    assert all(goal.due_on == house.now.date() for goal in offered if goal.key in early)
