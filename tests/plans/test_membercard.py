from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plans.membercard import TREND, PastWeek, trend

MONDAY = date(2026, 11, 23)


def past(back: int) -> PastWeek:
    return PastWeek(MONDAY - timedelta(weeks=back), 100 + back, 400, 50)


def test_a_week_that_is_missing_in_between_is_empty() -> None:
    found = trend([past(3), past(1), past(0)])
    assert [week.points for week in found] == [103, 0, 101, 100]
    assert found[1] == PastWeek(MONDAY - timedelta(weeks=2))


def test_no_weeks_have_no_trend() -> None:
    assert trend([]) == ()


@given(st.sets(st.integers(0, 30), min_size=1))
def test_a_trend_ends_with_the_newest_week_and_holds_at_most_six(backs: set[int]) -> None:
    found = trend([past(back) for back in backs])
    assert found[-1] == past(min(backs))
    assert len(found) <= TREND
    assert [week.monday for week in found] == [
        found[0].monday + timedelta(weeks=number) for number in range(len(found))
    ]
    assert found[0].possible  # none is empty before the first
