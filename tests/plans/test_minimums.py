from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import minimums
from plans.minimums import Held, Piece, Standing
from plans.model import Area, Metric

MONDAY = date(2026, 11, 23)
WEEK = [MONDAY + timedelta(days=number) for number in range(7)]
ENOUGH = {Area.BEHAVIORAL: 45, Area.CODING: 45}
ROOM = dict.fromkeys(minimums.WEEKLY, 20)  # a week that holds more than any minimum
NONE: frozenset[date] = frozenset()


# Weekly


def test_what_lies_below_a_minimum_is_named_with_both_numbers() -> None:
    done = {Metric.MOCK_INTERVIEWS: 1, Metric.CODING_PROBLEMS: 9, Metric.STORIES: 4}
    assert minimums.short_of(done) == (
        (Metric.SYSTEM_DESIGN_PROBLEMS, 0, 2),
        (Metric.CODING_PROBLEMS, 9, 10),
    )


def test_a_week_asks_for_a_mock_two_designs_ten_coding_problems_and_three_stories() -> None:
    assert {each.metric: each.minimum for each in minimums.standings({}, ROOM)} == {
        Metric.MOCK_INTERVIEWS: 1,
        Metric.SYSTEM_DESIGN_PROBLEMS: 2,
        Metric.CODING_PROBLEMS: 10,
        Metric.STORIES: 3,
    }


@pytest.mark.parametrize(
    ("done", "offered", "missing", "short", "beyond"),
    [
        (10, 12, 0, False, False),  # held
        (9, 12, 1, True, False),  # short
        (4, 4, 0, False, True),  # all that the week holds
        (3, 4, 1, True, True),  # less than the week holds
        (10, 4, 0, False, False),  # held by what was logged beside the plan
        (0, 0, 0, False, True),  # the week holds none
    ],
)
def test_nobody_is_short_of_what_the_hours_of_the_week_do_not_hold(
    done: int, offered: int, missing: int, short: bool, beyond: bool
) -> None:
    standing = Standing(Metric.CODING_PROBLEMS, done, 10, offered)
    assert (standing.missing, standing.is_short, standing.is_beyond) == (missing, short, beyond)


counts = st.dictionaries(st.sampled_from(Metric), st.integers(0, 30))


@given(done=counts, offered=counts)
def test_doing_what_is_missing_leaves_nobody_short(
    done: dict[Metric, int], offered: dict[Metric, int]
) -> None:
    short = [each for each in minimums.standings(done, offered) if each.is_short]
    closed = done | {each.metric: each.done + each.missing for each in short}
    assert not [each for each in minimums.standings(closed, offered) if each.is_short]


def test_a_week_ahead_has_nothing_done_and_no_days_to_judge() -> None:
    week = minimums.WeekMinimums.ahead({Metric.CODING_PROBLEMS: 4}, 420)
    assert (week.hours, week.held) == (7, Held(0, 0))
    assert Standing(Metric.CODING_PROBLEMS, 0, 10, 4) in week.beyond


# Daily


def test_a_working_day_holds_an_hour_and_a_half_at_least() -> None:
    assert sum(minimum.minutes for minimum in minimums.DAILY) == 90


@pytest.mark.parametrize(
    ("spent", "holds"),
    [
        ({Area.BEHAVIORAL: 45, Area.CODING: 45}, True),
        ({Area.BEHAVIORAL: 45, Area.SYSTEM_DESIGN: 45}, True),
        ({Area.BEHAVIORAL: 60, Area.CODING: 20, Area.SYSTEM_DESIGN: 25}, True),
        ({Area.BEHAVIORAL: 44, Area.CODING: 200}, False),
        ({Area.BEHAVIORAL: 200, Area.CODING: 44}, False),
        ({Area.BEHAVIORAL: 45, Area.MOCK: 90, Area.LEARNING: 90}, False),
        ({}, False),
    ],
)
def test_a_day_holds_its_minimum_with_45_behavioural_and_45_technical_minutes(
    spent: dict[Area, int], holds: bool
) -> None:
    assert minimums.holds(spent) is holds


def asked(**terms: object) -> tuple[date, ...]:
    usual: dict[str, object] = {"begins": MONDAY, "days_off": (), "paused": NONE}
    return minimums.working_days(MONDAY, **{**usual, **terms})  # type: ignore[arg-type]  # as each test names them


def test_the_daily_minimum_is_asked_from_monday_to_friday() -> None:
    assert asked() == tuple(WEEK[:5])


def test_days_off_pauses_and_days_before_the_plan_are_not_asked() -> None:
    assert asked(days_off=[2, 6]) == (WEEK[0], WEEK[1], WEEK[3], WEEK[4])
    assert asked(paused=frozenset(WEEK[1:4])) == (WEEK[0], WEEK[4])
    assert asked(begins=WEEK[3]) == (WEEK[3], WEEK[4])
    assert asked(begins=WEEK[2], days_off=[4], paused=frozenset({WEEK[3]})) == (WEEK[2],)


def test_today_counts_only_once_it_holds() -> None:
    spent = {WEEK[0]: ENOUGH, WEEK[1]: {Area.CODING: 200}}
    assert minimums.days_held(WEEK[:5], spent, WEEK[2]) == (1, 2)
    assert minimums.days_held(WEEK[:5], spent | {WEEK[2]: ENOUGH}, WEEK[2]) == (2, 3)
    assert minimums.days_held(WEEK[:5], spent, WEEK[6]) == (1, 5)
    assert minimums.days_held(WEEK[:5], spent, WEEK[0] - timedelta(days=3)) == (0, 0)


def test_what_is_done_on_a_day_that_is_not_asked_does_not_count() -> None:
    assert minimums.days_held(asked(days_off=[0]), {WEEK[0]: ENOUGH}, WEEK[6]) == (0, 4)


# The weekend


def test_the_weekend_holds_two_hours_on_each_free_day_that_is_left() -> None:
    def left(today: date, **terms: object) -> int:
        usual: dict[str, object] = {"days_off": (), "paused": NONE}
        return minimums.weekend_minutes(MONDAY, today, **{**usual, **terms})  # type: ignore[arg-type]  # as above

    assert left(WEEK[3]) == left(WEEK[5]) == 240
    assert left(WEEK[6]) == 120
    assert left(WEEK[6] + timedelta(days=1)) == 0
    assert left(WEEK[5], days_off=[6]) == left(WEEK[5], paused=frozenset({WEEK[6]})) == 120
    assert left(WEEK[5], days_off=[5, 6]) == 0


def test_what_is_soonest_closed_is_offered_first_and_only_as_far_as_the_time_goes() -> None:
    short = [
        Standing(Metric.SYSTEM_DESIGN_PROBLEMS, 0, 2, 2),  # 90 minutes
        Standing(Metric.CODING_PROBLEMS, 2, 10, 10),  # 160 minutes
        Standing(Metric.STORIES, 2, 3, 3),  # 30 minutes
    ]
    assert minimums.fitting(short, 240) == (
        Piece(Metric.STORIES, 1, 30),
        Piece(Metric.SYSTEM_DESIGN_PROBLEMS, 2, 90),
        Piece(Metric.CODING_PROBLEMS, 6, 120),
    )
    assert minimums.fitting(short, 60) == (Piece(Metric.STORIES, 1, 30), Piece(Metric.CODING_PROBLEMS, 1, 20))
    assert minimums.fitting(short, 0) == ()


@given(done=counts, minutes=st.integers(0, 300))
def test_nothing_is_offered_for_a_weekend_that_it_does_not_hold(
    done: dict[Metric, int], minutes: int
) -> None:
    short = [each for each in minimums.standings(done, ROOM) if each.is_short]
    pieces = minimums.fitting(short, minutes)
    assert sum(piece.minutes for piece in pieces) <= minutes
    missing = {each.metric: each.missing for each in short}
    assert all(0 < piece.number <= missing[piece.metric] for piece in pieces)
