from datetime import date, timedelta

import pytest

from plans.rhythm import week_judged

MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize("weekday", [3, 4, 5, 6])
def test_from_thursday_on_the_week_that_is_ending_is_judged(weekday: int) -> None:
    assert week_judged(MONDAY + timedelta(days=weekday)) == MONDAY


@pytest.mark.parametrize("weekday", [0, 1, 2])
def test_until_wednesday_the_week_that_has_ended_is_judged(weekday: int) -> None:
    assert week_judged(MONDAY + timedelta(days=weekday)) == MONDAY - timedelta(weeks=1)
