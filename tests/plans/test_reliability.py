from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.reliability import Incident, score

TODAY = date(2026, 11, 20)
WEEK = timedelta(weeks=1)

ages = st.integers(0, 400)
incidents = st.lists(
    st.builds(
        Incident,
        st.sampled_from(["late_cancel", "no_show"]),
        ages.map(lambda days: TODAY - timedelta(days=days)),
    ),
    max_size=8,
)
held = st.lists(ages.map(lambda days: TODAY - timedelta(days=days)), max_size=12)


def no_show(weeks: int) -> Incident:
    return Incident("no_show", TODAY - weeks * WEEK)


def late_cancel(weeks: int) -> Incident:
    return Incident("late_cancel", TODAY - weeks * WEEK)


@given(happened=incidents, held_on=held)
def test_a_score_is_above_zero_and_at_most_one(happened: list[Incident], held_on: list[date]) -> None:
    assert 0 < score(happened, held_on, TODAY) <= 1


@given(held_on=held)
def test_whoever_let_nobody_down_has_a_full_score(held_on: list[date]) -> None:
    assert score([], held_on, TODAY) == 1


@given(happened=incidents, held_on=held, weeks=st.integers(1, 100))
def test_time_alone_never_lowers_a_score(happened: list[Incident], held_on: list[date], weeks: int) -> None:
    later = score(happened, held_on, TODAY + weeks * WEEK)
    assert later >= score(happened, held_on, TODAY) - 1e-12


@given(happened=incidents, held_on=held)
def test_everything_is_forgotten_in_the_end(happened: list[Incident], held_on: list[date]) -> None:
    assert score(happened, held_on, TODAY + 104 * WEEK) == pytest.approx(1, abs=1e-6)


@given(happened=incidents, held_on=held, age=ages)
def test_another_session_held_never_lowers_a_score(
    happened: list[Incident], held_on: list[date], age: int
) -> None:
    more = [*held_on, TODAY - timedelta(days=age)]
    assert score(happened, more, TODAY) >= score(happened, held_on, TODAY) - 1e-12


@given(happened=incidents, held_on=held, weeks=st.integers(0, 50))
def test_another_no_show_always_lowers_a_score(
    happened: list[Incident], held_on: list[date], weeks: int
) -> None:
    assert score([*happened, no_show(weeks)], held_on, TODAY) < score(happened, held_on, TODAY)


@given(happened=st.permutations([no_show(1), late_cancel(2), late_cancel(3), late_cancel(30)]))
def test_the_order_in_which_things_are_told_makes_no_difference(happened: list[Incident]) -> None:
    assert score(happened, [], TODAY) == score(sorted(happened, key=lambda each: each.on), [], TODAY)


def test_a_no_show_today_halves_a_new_members_score() -> None:
    assert score([no_show(0)], [], TODAY) == pytest.approx(1 / 2)


def test_what_lies_four_weeks_back_counts_half() -> None:
    assert score([no_show(4)], [], TODAY) == pytest.approx(1 / 1.5)
    assert score([no_show(0)], [TODAY - 4 * WEEK], TODAY) == pytest.approx(1.5 / 2.5)


@pytest.mark.parametrize("weeks", [0, 3, 50])
def test_one_late_cancellation_costs_nothing(weeks: int) -> None:
    assert score([late_cancel(weeks)], [], TODAY) == 1


def test_the_second_late_cancellation_within_eight_weeks_counts_half_of_a_no_show() -> None:
    assert score([late_cancel(8), late_cancel(0)], [], TODAY) == pytest.approx(1 / 1.5)
    assert score([late_cancel(9), late_cancel(0)], [], TODAY) == 1
    assert score([late_cancel(16), late_cancel(6), late_cancel(0)], [], TODAY) == pytest.approx(1 / 1.5)


def test_a_no_show_does_not_use_up_the_free_late_cancellation() -> None:
    assert score([no_show(1), late_cancel(0)], [], TODAY) == score([no_show(1)], [], TODAY)


def test_a_day_that_lies_ahead_in_somebodys_zone_counts_as_today() -> None:
    tomorrow = Incident("no_show", TODAY + timedelta(days=1))
    assert score([tomorrow], [], TODAY) == score([no_show(0)], [], TODAY)
