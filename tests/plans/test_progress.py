from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from plans.model import Area
from plans.progress import GoalState, by_area, progress, streak

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
