"""When a mentor is thanked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.mentoring import a_year_before, next_thanks


@pytest.mark.parametrize(
    ("since", "after", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), date(2027, 11, 20)),
        (date(2026, 11, 20), date(2027, 11, 19), date(2027, 11, 20)),
        (date(2026, 11, 20), date(2027, 11, 20), date(2028, 11, 20)),
        (date(2028, 2, 29), date(2028, 2, 29), date(2029, 2, 28)),
        (date(2028, 2, 29), date(2031, 6, 1), date(2032, 2, 29)),
    ],
)
def test_thanks_come_on_the_day_of_the_yes(since: date, after: date, expected: date) -> None:
    assert next_thanks(since, after) == expected


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(0, 4000))
def test_thanks_come_later_than_now_a_year_after_the_yes_at_the_earliest_and_within_a_year_and_a_day(
    since: date, days: int
) -> None:
    after = since + timedelta(days=days)
    found = next_thanks(since, after)
    assert found > after
    assert found >= since + timedelta(days=365)
    assert found <= max(after, since) + timedelta(days=366)


def test_the_year_that_is_thanked_for_begins_on_the_same_date_also_after_a_leap_day() -> None:
    assert a_year_before(datetime(2027, 11, 20, 9, tzinfo=UTC)) == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert a_year_before(datetime(2028, 2, 29, 9, tzinfo=UTC)) == datetime(2027, 2, 28, 9, tzinfo=UTC)
