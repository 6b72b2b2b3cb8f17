"""Whom to ask first for half an hour together."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plans.buddies import Candidate, in_order

MONDAY = date(2026, 11, 30)


def ids(*candidates: Candidate) -> list[int]:
    return [each.id for each in in_order(candidates)]


def one(number: int, *, same_level: bool = True, minutes: int = 600, helped: date | None = None) -> Candidate:
    return Candidate(id=number, same_level=same_level, minutes=minutes, helped=helped)


def test_the_same_level_comes_first() -> None:
    assert ids(one(1, same_level=False, minutes=900), one(2, minutes=60)) == [2, 1]


def test_then_who_has_more_hours_in_common() -> None:
    assert ids(one(1, minutes=120), one(2, minutes=300)) == [2, 1]


def test_then_who_helped_least_recently() -> None:
    lately, once = one(1, helped=MONDAY), one(2, helped=MONDAY - timedelta(weeks=4))
    assert ids(lately, once, one(3)) == [3, 2, 1]


def test_a_few_minutes_more_do_not_outweigh_a_turn() -> None:
    assert ids(one(1, minutes=659, helped=MONDAY), one(2, minutes=600)) == [2, 1]


def test_who_has_no_half_hour_in_common_comes_last_and_is_not_left_out() -> None:
    assert ids(one(1, minutes=29), one(2, same_level=False, minutes=30)) == [2, 1]


candidates = st.lists(
    st.builds(
        one,
        st.integers(1, 99),
        same_level=st.booleans(),
        minutes=st.integers(0, 2000),
        helped=st.one_of(st.none(), st.just(MONDAY)),
    ),
    unique_by=lambda each: each.id,
)


@given(candidates, st.randoms())
def test_the_order_is_the_same_however_they_come_and_nobody_is_lost(
    some: list[Candidate], chance: object
) -> None:
    other = list(some)
    chance.shuffle(other)  # type: ignore[attr-defined]  # Hypothesis's own Random
    assert in_order(some) == in_order(other)
    assert sorted(ids(*some)) == sorted(each.id for each in some)
