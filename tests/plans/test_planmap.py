"""The plan as a map."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import calendar
from plans.planmap import Part, steps

START = date(2026, 11, 23)  # a Monday
WEEK = timedelta(weeks=1)


def test_a_plan_that_nothing_lengthened_has_a_step_for_each_of_its_weeks() -> None:
    found = steps(START, 3, (), (2,), START + WEEK + timedelta(days=2))
    assert [step.week for step in found] == [1, 2, 3]
    assert [step.part for step in found] == [Part.BEHIND, Part.HERE, Part.AHEAD]
    assert [step.has_checkpoint for step in found] == [False, True, False]
    assert not any(step.is_inserted for step in found)


def test_an_inserted_week_stands_before_its_second_turn_which_keeps_the_checkpoint() -> None:
    found = steps(START, 3, (START + WEEK,), (2,), START)
    assert [step.week for step in found] == [1, 2, 2, 3]
    assert [step.is_inserted for step in found] == [False, True, False, False]
    assert [step.has_checkpoint for step in found] == [False, False, True, False]


@pytest.mark.parametrize(
    ("today", "part"), [(START - timedelta(days=1), Part.AHEAD), (START + 3 * WEEK, Part.BEHIND)]
)
def test_before_and_after_the_plan_no_step_is_here(today: date, part: Part) -> None:
    assert {step.part for step in steps(START, 3, (), (), today)} == {part}


@given(
    weeks=st.integers(1, 26),
    inserted=st.sets(st.integers(0, 30), max_size=4),
    day=st.integers(-10, 250),
    checkpoints=st.sets(st.integers(1, 26)),
)
def test_the_map_has_every_plan_week_in_order_and_agrees_with_the_calendar(
    weeks: int, inserted: set[int], day: int, checkpoints: set[int]
) -> None:
    extensions = tuple(START + number * WEEK for number in sorted(inserted))
    today = START + timedelta(days=day)
    found = steps(START, weeks, extensions, checkpoints, today)
    assert [step.week for step in found] == sorted(step.week for step in found)
    assert {step.week for step in found} == set(range(1, weeks + 1))
    assert [step.week for step in found if step.has_checkpoint] == sorted(
        checkpoints & set(range(1, weeks + 1))
    )
    here = [step.week for step in found if step.part is Part.HERE]
    where = calendar.place(START, today, weeks, extensions).week
    assert here == ([where] if where else [])
