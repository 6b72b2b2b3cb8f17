"""What modes make of a week: a table of how they compose, each row an example that people can check."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import modes
from plans.model import Area
from plans.modes import Mode, Period

MONDAY = date(2026, 11, 23)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()  # noqa: SIM905 (reads as the week that it is)


def period(mode: Mode, first: int = MON, last: int = SUN, keeps: int | None = None) -> Period:
    return Period(
        mode=mode,
        starts_on=MONDAY + timedelta(days=first),
        ends_on=MONDAY + timedelta(days=last),
        keeps=keeps,
    )


HOLIDAY, STRESS, TRAVEL = Mode.HOLIDAY, Mode.HIGH_STRESS, Mode.TRAVEL
FAMILY, WORK = Mode.FAMILY, Mode.HEAVY_WORK


def day_of(number: int) -> date:
    return MONDAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("periods", "facts", "hours", "core_only", "first"),
    [
        # One mode over the whole week of 14 hours, 2 a day.
        ([period(HOLIDAY)], {}, 9.1, True, None),
        ([period(STRESS)], {}, 7, True, None),
        ([period(TRAVEL)], {}, 14, False, Area.BEHAVIORAL),
        ([period(FAMILY)], {}, 8.4, False, None),
        ([period(FAMILY, keeps=50)], {}, 7, False, None),
        ([period(WORK)], {}, 7, True, None),
        # On a part of it.
        ([period(HOLIDAY, THU, THU)], {}, 13.3, False, None),
        ([period(STRESS, MON, WED)], {}, 11, False, None),
        ([period(STRESS, MON, THU)], {}, 10, True, None),
        ([period(TRAVEL, MON, TUE)], {}, 14, False, None),
        ([period(WORK, FRI, SUN)], {}, 11, False, None),
        # Two on the same days: the strictest counts, never both.
        ([period(HOLIDAY), period(FAMILY)], {}, 8.4, True, None),
        ([period(STRESS), period(FAMILY)], {}, 7, True, None),
        ([period(HOLIDAY), period(HOLIDAY, TUE, TUE)], {}, 9.1, True, None),
        ([period(TRAVEL), period(STRESS)], {}, 7, True, Area.BEHAVIORAL),
        # One after the other.
        ([period(TRAVEL, MON, WED), period(HOLIDAY, THU, SUN)], {}, 11.2, True, None),
        ([period(HOLIDAY, MON, TUE), period(STRESS, WED, THU)], {}, 10.6, True, None),
        # With days off, which neither weigh nor count.
        ([period(STRESS)], {"days_off": {SAT, SUN}}, 5, True, None),
        ([period(HOLIDAY, SAT, SUN)], {"days_off": {SAT, SUN}}, 14, False, None),
        ([period(TRAVEL, WED, FRI)], {"days_off": {MON, SAT, SUN}}, 14, False, Area.BEHAVIORAL),
        ([period(STRESS)], {"days_off": set(range(7))}, 14, False, None),
        # With few hours a mode that bounds them takes nothing away.
        ([period(STRESS)], {"hours": 3}, 3, True, None),
        ([period(WORK)], {"hours": 5}, 5, True, None),
        ([period(HOLIDAY)], {"hours": 3}, 1.95, True, None),
        # The interview: half the hours on the six days before, an hour on the eve, then nothing.
        ([], {"interview": day_of(SUN)}, 6, True, None),
        ([], {"interview": day_of(MON)}, 0, False, None),
        ([], {"interview": day_of(TUE)}, 1, True, None),
        ([], {"interview": day_of(7)}, 8, True, None),
        ([], {"interview": day_of(-1)}, 14, False, None),
        ([], {"interview": day_of(13)}, 14, False, None),
        ([period(STRESS)], {"interview": day_of(FRI)}, 4, True, None),
    ],
)
def test_modes_on_a_week(
    periods: list[Period], facts: dict[str, object], hours: float, core_only: bool, first: Area | None
) -> None:
    asked: Any = {"hours": 14} | facts
    eased = modes.of_week(periods, MONDAY, **asked)
    assert float(eased.kept * asked["hours"]) == pytest.approx(hours)
    assert (eased.core_only, eased.first) == (core_only, first)


def test_days_weigh_by_what_they_hold_in_an_ordinary_week() -> None:
    usual = {MON: 60, TUE: 60, WED: 60, THU: 60, FRI: 60, SAT: 300}
    saturday = modes.of_week([period(HOLIDAY, SAT, SAT)], MONDAY, hours=10, usual=usual)
    monday = modes.of_week([period(HOLIDAY, MON, MON)], MONDAY, hours=10, usual=usual)
    sunday = modes.of_week([period(HOLIDAY, SUN, SUN)], MONDAY, hours=10, usual=usual)
    assert (saturday.kept, monday.kept, sunday.kept) == (
        1 - Fraction(35, 100) / 2,
        1 - Fraction(35, 1000),
        Fraction(1),
    )


def test_the_modes_of_a_week_are_named_in_the_order_of_their_days_once_each() -> None:
    eased = modes.of_week(
        [period(STRESS, FRI, SAT), period(TRAVEL, MON, TUE), period(TRAVEL, WED, THU)],
        MONDAY,
        hours=12,
        interview=day_of(9),
    )
    assert eased.modes == (TRAVEL, Mode.INTERVIEW, STRESS)


def test_a_week_without_a_mode_is_as_usual() -> None:
    assert modes.of_week([period(STRESS, 7, 9), period(TRAVEL, -3, -1)], MONDAY, hours=12) == modes.Eased()


def test_only_the_interviews_mode_cannot_be_chosen() -> None:
    assert set(Mode) - set(modes.CHOSEN) == {Mode.INTERVIEW}


any_period = st.builds(
    lambda mode, first, length, keeps: period(mode, first, first + length, keeps),
    st.sampled_from(modes.CHOSEN),
    st.integers(-5, 6),
    st.integers(0, 12),
    st.none() | st.integers(0, 100),
)


@given(
    st.lists(any_period, max_size=4),
    any_period,
    st.floats(3, 60).map(lambda hours: round(hours, 2)),
    st.sets(st.integers(0, 6)),
    st.none() | st.integers(-3, 14).map(day_of),
)
def test_one_more_mode_never_leaves_more_and_the_same_one_twice_takes_nothing(
    periods: list[Period], more: Period, hours: float, days_off: set[int], interview: date | None
) -> None:
    def kept(*of: Period) -> Fraction:
        found = modes.of_week(of, MONDAY, hours=hours, interview=interview, days_off=days_off)
        assert 0 <= found.kept <= 1
        return found.kept

    assert kept(*periods, more) <= kept(*periods)
    assert kept(*periods, more, more) == kept(*periods, more)
