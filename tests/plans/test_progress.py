from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.model import Area
from plans.progress import Consistency, GoalState, by_area, consistency, is_late, progress, streak, strength

TODAY = date(2026, 11, 20)


def back(*days: int) -> set[date]:
    """The dates so many days before today."""
    return {TODAY - timedelta(days=day) for day in days}


def test_progress_counts_goals_and_minutes() -> None:
    so_far = progress([GoalState(goal_id="a", minutes=30, done=True), GoalState(goal_id="b", minutes=60)])
    assert (so_far.done, so_far.planned, so_far.minutes_done, so_far.minutes_planned) == (1, 2, 30, 90)
    assert so_far.ratio == Fraction(1, 2)
    assert not so_far.complete


def test_an_excused_goal_counts_only_if_it_was_done_all_the_same() -> None:
    goals = [
        GoalState(goal_id="a", done=True, excused=True),
        GoalState(goal_id="b", excused=True),
        GoalState(goal_id="c", done=True),
    ]
    so_far = progress(goals)
    assert (so_far.done, so_far.planned, so_far.complete) == (2, 2, True)


def test_a_day_without_goals_is_empty_rather_than_complete() -> None:
    assert progress([]).ratio is None
    assert not progress([]).complete


def test_progress_is_told_for_each_area_that_has_a_goal() -> None:
    goals = [
        GoalState(goal_id="a", area=Area.CODING, done=True),
        GoalState(goal_id="b", area=Area.BEHAVIORAL),
        GoalState(goal_id="c", area=Area.CODING),
    ]
    found = by_area(goals)
    assert list(found) == [Area.BEHAVIORAL, Area.CODING]
    assert found[Area.CODING].planned == 2


def test_days_in_a_row_end_at_the_first_day_without_anything() -> None:
    assert streak(back(0, 1, 2, 4), TODAY) == 3


def test_today_does_not_break_the_row_before_it_is_over() -> None:
    assert streak(back(1, 2), TODAY) == 2


def test_days_off_neither_count_nor_break_the_row() -> None:
    assert streak(back(0, 3, 4), TODAY, excused=back(1, 2)) == 3


def test_work_on_a_day_off_counts() -> None:
    assert streak(back(0, 1, 2), TODAY, excused=back(1)) == 3


def test_whoever_has_done_nothing_has_no_row_even_on_a_long_pause() -> None:
    assert streak(set(), TODAY, excused=back(*range(100))) == 0


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)), st.integers(0, 30))
def test_another_active_day_never_shortens_the_row(active: set[int], excused: set[int], more: int) -> None:
    before = streak(back(*active), TODAY, back(*excused))
    assert streak(back(*active, more), TODAY, back(*excused)) >= before


# Strength


def worked(days: int, since: int = 0) -> set[date]:
    """So many days of work, the last one `since` days before today."""
    return back(*range(since, since + days))


def test_a_day_closes_an_eighth_of_the_gap_and_a_missed_one_takes_an_eighth() -> None:
    assert [strength(worked(days), TODAY) for days in (1, 2, 5, 10, 20, 60)] == [12, 23, 48, 73, 93, 99]
    missed = [strength(worked(60, since=days + 1), TODAY) for days in (0, 1, 5)]
    assert missed == [99, 87, 51]  # today is not over: a gap of one day counts from tomorrow on


def test_four_days_of_five_lead_to_about_eighty() -> None:
    assert 75 <= strength({day for day in worked(200) if day.toordinal() % 5}, TODAY) <= 85


def test_after_a_missed_day_the_row_begins_anew_and_the_strength_is_only_dented() -> None:
    before, after = worked(10, since=2), worked(10, since=3) | back(1)
    assert consistency(before, TODAY) == Consistency(streak=0, strength=64)
    assert consistency(after, TODAY) == Consistency(streak=1, strength=68)


def test_nothing_done_has_no_strength_whatever_was_free() -> None:
    assert consistency(set(), TODAY, back(*range(30))) == Consistency(0, 0)


days = st.sets(st.integers(0, 40))


@given(days, days, st.integers(0, 40))
def test_another_active_day_never_weakens(active: set[int], free: set[int], more: int) -> None:
    before = strength(back(*active), TODAY, back(*free))
    assert strength(back(*active, more), TODAY, back(*free)) >= before


@given(days, days)
def test_strength_lies_between_nothing_and_all(active: set[int], free: set[int]) -> None:
    assert 0 <= strength(back(*active), TODAY, back(*free)) <= 100


@given(days, st.integers(0, 40), st.integers(1, 40))
def test_a_pause_between_two_days_changes_nothing(active: set[int], place: int, length: int) -> None:
    """Days before the pause are so much longer ago; nothing else differs."""
    earlier = {day + length if day >= place else day for day in active}
    paused = back(*range(place, place + length))
    today = (place > 0) or bool(active & {0})  # a pause that begins today has today's place
    if today:
        assert strength(back(*earlier), TODAY, paused) == strength(back(*active), TODAY)
        assert streak(back(*earlier), TODAY, paused) == streak(back(*active), TODAY)


@given(days, st.integers(1, 40))
def test_excusing_a_day_never_weakens(active: set[int], day: int) -> None:
    assert strength(back(*active), TODAY, back(day)) >= strength(back(*active), TODAY)


@given(days)
def test_it_recovers(active: set[int]) -> None:
    earlier = {day + 20 for day in active}
    assert strength(back(*earlier, *range(20)), TODAY) >= 93


# Late


@pytest.mark.parametrize(
    ("due", "done", "late"),
    [
        ("2026-11-23", "2026-11-23", False),
        ("2026-11-23", "2026-11-22", False),
        ("2026-11-23", "2026-11-24", True),
        ("2026-11-27", "2026-11-28", True),
        ("2026-11-28", "2026-11-29", False),  # Saturday's stays open on Sunday
        ("2026-11-28", "2026-11-30", True),
        ("2026-11-29", "2026-11-30", True),
    ],
)
def test_done_on_a_later_day_is_late_and_the_weekend_is_one(due: str, done: str, *, late: bool) -> None:
    assert is_late(date.fromisoformat(due), date.fromisoformat(done)) is late
