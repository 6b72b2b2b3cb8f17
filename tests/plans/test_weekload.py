"""What a week may hold under modes, beside windows, days off, few hours and an accepted change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans import library, weekload
from plans.fitted import FittedWeek, difference
from plans.model import Area, Level, Tier
from plans.modes import CHOSEN, Mode, Period
from plans.weekload import AS_IT_COMES, Circumstances, Wanted

MONDAY = date(2026, 11, 23)
WED, THU, FRI, SUN = 2, 3, 4, 6
PLAN = library.read().find("12-week-comprehensive")
LONGEST_GOAL = max(goal.minutes for week in PLAN.weeks for goal in week.goals)
RECOVERY = Wanted(hours=7.2, core_only=True)


def where(*periods: Period, **facts: Any) -> Circumstances:
    given: dict[str, Any] = {"track": "standard", "level": Level.L6, "week": 4, "hours": 12, "monday": MONDAY}
    return Circumstances(plan=PLAN, periods=periods, **(given | facts))


def mode(which: Mode, first: int = 0, last: int = SUN, keeps: int | None = None) -> Period:
    return Period(
        mode=which,
        starts_on=MONDAY + timedelta(days=first),
        ends_on=MONDAY + timedelta(days=last),
        keeps=keeps,
    )


def minutes_on(week: FittedWeek, *days: int) -> list[int]:
    return [week.day(day).minutes if week.day(day) else 0 for day in days]  # type: ignore[union-attr]  # asked


@pytest.mark.parametrize(
    ("circumstances", "wanted", "hours", "core_only"),
    [
        (where(), AS_IT_COMES, 12, False),
        (where(mode(Mode.HOLIDAY)), AS_IT_COMES, 7.8, True),
        (where(mode(Mode.HOLIDAY)), RECOVERY, 7.2, True),
        (where(mode(Mode.HIGH_STRESS)), RECOVERY, 6, True),
        (where(mode(Mode.HEAVY_WORK)), AS_IT_COMES, 7, True),
        (where(mode(Mode.FAMILY, keeps=50)), AS_IT_COMES, 6, False),
        (where(mode(Mode.TRAVEL)), RECOVERY, 7.2, True),
        (where(mode(Mode.FAMILY)), Wanted(hours=14, track="standard"), 7.2, False),
        (where(), Wanted(hours=14), 14, False),
        (where(mode(Mode.HIGH_STRESS), hours=3), AS_IT_COMES, 3, True),
        (where(mode(Mode.HIGH_STRESS), days_off=frozenset({4, 5, 6})), AS_IT_COMES, 4, True),
        (where(interview=MONDAY), AS_IT_COMES, 0, False),
        (where(interview=MONDAY + timedelta(days=1)), AS_IT_COMES, 1, True),
    ],
)
def test_the_strictest_leaves_the_hours(
    circumstances: Circumstances, wanted: Wanted, hours: float, core_only: bool
) -> None:
    terms = weekload.load(circumstances, wanted)
    assert terms.hours == pytest.approx(hours, abs=0.1)
    assert terms.core_only is core_only


def test_stretch_goals_wait_while_a_mode_makes_the_week_lighter() -> None:
    strong = Wanted(include_stretch=True)
    assert weekload.load(where(), strong).include_stretch
    assert weekload.load(where(mode(Mode.TRAVEL)), strong).include_stretch
    assert not weekload.load(where(mode(Mode.FAMILY)), strong).include_stretch


def test_travel_puts_stories_first_and_fills_the_hours_as_before() -> None:
    usual, travelling = weekload.fitted(where()), weekload.fitted(where(mode(Mode.TRAVEL)))

    def behavioral(week: FittedWeek) -> int:
        return sum(goal.minutes for goal in week.goals if goal.area is Area.BEHAVIORAL)

    assert behavioral(travelling) > behavioral(usual)
    assert travelling.minutes <= 12 * 60
    assert travelling.hours == usual.hours


def test_an_hour_a_day_is_an_hour_on_these_days_and_the_others_stay() -> None:
    week = weekload.fitted(where(mode(Mode.HIGH_STRESS, WED, SUN)))
    usual = weekload.fitted(where())
    before, after = minutes_on(usual, *range(7)), minutes_on(week, *range(7))
    assert sum(after) < sum(before)
    assert sum(after[WED:]) <= 4 * 60
    assert after[:2] != [0, 0]


def test_travel_keeps_to_the_study_windows() -> None:
    windows = "Mon-Wed 18-19, Sat 9-12"
    week = weekload.fitted(where(mode(Mode.TRAVEL), windows=windows))
    assert minutes_on(week, 3, 4, 6) == [0, 0, 0]
    assert week.minutes <= 6 * 60


def test_days_off_in_a_mode_stay_off_and_a_week_of_days_off_holds_nothing() -> None:
    week = weekload.fitted(where(mode(Mode.HOLIDAY), days_off=frozenset({0, 3})))
    assert minutes_on(week, 0, 3) == [0, 0]
    assert week.minutes
    everything = weekload.fitted(where(mode(Mode.HOLIDAY), days_off=frozenset(range(7))))
    assert everything.goals == ()


def test_on_the_interviews_day_and_after_it_nothing_stands_and_an_hour_at_most_the_day_before() -> None:
    week = weekload.fitted(where(interview=MONDAY + timedelta(days=THU)))
    assert minutes_on(week, 3, 4, 5, 6) == [0, 0, 0, 0]
    assert week.minutes > 0
    sunday = weekload.fitted(where(interview=MONDAY + timedelta(days=SUN)))
    assert minutes_on(sunday, SUN) == [0]
    assert {goal.tier for goal in sunday.goals} == {Tier.CORE}


# In the course of a week


def under_way(*periods: Period, weekday: int = WED, **facts: Any) -> Circumstances:
    """The week on `weekday`, with everything of the days before as an ordinary week had offered it."""
    ordinary = weekload.fitted(where(**facts))
    past = frozenset(goal.id for goal in ordinary.goals if goal.weekday < weekday)
    return where(*periods, from_weekday=weekday, staying=past, **facts)


def test_a_mode_that_begins_today_leaves_the_days_before_alone() -> None:
    week = weekload.fitted(under_way(mode(Mode.HIGH_STRESS, WED)))
    assert minutes_on(week, 0, 1) == [0, 0]
    usual = weekload.fitted(where())
    assert not {goal.id for goal in week.goals} & {goal.id for goal in usual.goals if goal.weekday < WED}
    assert 0 < week.minutes <= 4 * 60


def test_what_is_done_of_the_days_to_come_counts_in_what_is_left() -> None:
    started = under_way(mode(Mode.FAMILY, WED))
    left = weekload.load(started).hours
    assert weekload.load(started.model_copy(update={"settled": 60})).hours == pytest.approx(left - 1)
    assert weekload.fitted(started.model_copy(update={"settled": 3000})).goals == ()


def test_on_a_sunday_that_holds_nothing_a_mode_brings_nothing() -> None:
    assert weekload.fitted(under_way(mode(Mode.TRAVEL, SUN), weekday=SUN)).goals == ()


# What always holds

any_mode = st.builds(
    lambda which, first, length: mode(which, first, first + length),
    st.sampled_from(CHOSEN),
    st.integers(-3, 6),
    st.integers(0, 9),
)
any_week = st.fixed_dictionaries(
    {
        "hours": st.integers(3, 20),
        "week": st.integers(1, 12),
        "days_off": st.frozensets(st.integers(0, 6), max_size=5),
        "windows": st.sampled_from(["", "Mon-Fri 18-20", "Sat 8-13, Sun 8-12"]),
    }
)


@settings(max_examples=15)
@given(any_mode, any_week)
def test_a_mode_never_offers_more_hours_and_keeps_what_it_says(period: Period, facts: dict[str, Any]) -> None:
    usual, eased = weekload.load(where(**facts)), weekload.load(where(period, **facts))
    assert eased.hours <= usual.hours
    week = weekload.fitted(where(period, **facts))
    longest = max((goal.minutes for goal in week.goals), default=0)
    assert week.minutes <= max(eased.hours * 60, longest)
    if eased.capacity is not None:
        assert set(week_days(week)) <= {day for day, minutes in eased.capacity.items() if minutes}
    core = all(left.why != "hours" for left in week.left_out if tier_of(left.goal_id, facts) is Tier.CORE)
    there = eased.capacity or dict.fromkeys(range(7), weekload.WHOLE_DAY)
    room = sum(minutes for day, minutes in there.items() if day not in facts["days_off"])
    assert core or min(eased.hours * 60, room) - week.minutes < LONGEST_GOAL


def week_days(week: FittedWeek) -> list[int]:
    return [day.weekday for day in week.days]


def tier_of(goal_id: str, facts: dict[str, Any]) -> Tier:
    return next(goal.tier for goal in PLAN.week(facts["week"]).goals if goal.id == goal_id)


@settings(max_examples=10)
@given(any_mode, any_week)
def test_a_mode_that_is_lifted_gives_the_old_week_back(period: Period, facts: dict[str, Any]) -> None:
    there = where(period, **facts)
    back = weekload.fitted(there.model_copy(update={"periods": ()}))
    change = difference(weekload.fitted(where(**facts)), back)
    assert (change.set_aside, change.added) == ((), ())


@settings(max_examples=15)
@given(any_mode, any_week, st.integers(1, 6))
def test_a_mode_that_begins_in_mid_week_never_asks_for_more_than_the_rest_of_an_ordinary_one(
    period: Period, facts: dict[str, Any], weekday: int
) -> None:
    ordinary = weekload.fitted(where(**facts))
    rest = sum(day.minutes for day in ordinary.days if day.weekday >= weekday)
    week = weekload.fitted(under_way(period, weekday=weekday, **facts))
    shortest = min((goal.minutes for goal in week.goals), default=0)
    assert week.minutes <= max(rest, shortest)
    assert all(day.weekday >= weekday for day in week.days)


# In the course of a week


def later(week: FittedWeek, since: int) -> list[tuple[int, str]]:
    """The goals from this weekday on, each on its day."""
    return [(goal.weekday, goal.id) for goal in week.goals if goal.weekday >= since]


@pytest.mark.parametrize("wanted", [AS_IT_COMES, RECOVERY, Wanted(hours=14, include_stretch=True)])
@given(since=st.integers(1, SUN), week=st.integers(1, 12), hours=st.sampled_from([7, 9, 12]))
@settings(deadline=None, max_examples=15)
def test_the_rest_of_an_ordinary_week_is_that_of_the_whole_so_that_a_change_can_be_taken_back(
    wanted: Wanted, since: int, week: int, hours: float
) -> None:
    whole = where(week=week, hours=hours)
    rest = weekload.fitted(whole.model_copy(update={"from_weekday": since}), wanted)
    assert later(rest, 0) == later(weekload.fitted(whole, wanted), since)
    assert rest.minutes == sum(goal.minutes for goal in rest.goals)


def test_what_stays_on_a_day_to_come_is_not_offered_once_more() -> None:
    whole = weekload.fitted(where())
    moved = next(goal.id for goal in whole.goals if goal.weekday > WED)
    rest = weekload.fitted(where(from_weekday=WED, staying=frozenset({moved})))
    assert moved not in {goal.id for goal in rest.goals}
    assert {goal.id for goal in rest.goals} | {moved} == {
        goal.id for goal in whole.goals if goal.weekday >= WED
    }


def test_a_mode_on_the_days_to_come_fills_them_anew() -> None:
    whole = weekload.fitted(where(mode(Mode.HIGH_STRESS, FRI)))
    past = frozenset(goal.id for goal in whole.goals if goal.weekday < WED)
    rest = weekload.fitted(where(mode(Mode.HIGH_STRESS, FRI), from_weekday=WED, staying=past))
    assert {goal.tier for goal in rest.goals} == {Tier.CORE}  # it holds half of the days that are left
    assert Tier.STANDARD in {goal.tier for goal in whole.goals}
    assert all(minutes <= 60 for minutes in minutes_on(rest, *range(FRI, SUN + 1)))


def test_a_mode_that_is_over_leaves_the_days_to_come_as_they_were() -> None:
    early = mode(Mode.HOLIDAY, 0, 1)
    assert later(weekload.fitted(where(early, from_weekday=WED)), 0) == later(
        weekload.fitted(where(early)), WED
    )
