"""What tests of mock rounds have in common: hours to be free in, and ways to look at an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from plans.pairing import Group, Interval, LeftOutReason, Pairing

MONDAY = datetime(2027, 1, 11, tzinfo=UTC)
SEEDS = range(6)


def hours(*stretches: tuple[float, float]) -> tuple[Interval, ...]:
    """Stretches of time in hours from Monday's midnight."""
    return tuple((MONDAY + timedelta(hours=a), MONDAY + timedelta(hours=b)) for a, b in stretches)


def together(made: Pairing) -> set[frozenset[str]]:
    return {frozenset(group.people) for group in made.groups}


def sets(*groups: Sequence[str]) -> set[frozenset[str]]:
    return {frozenset(group) for group in groups}


def only(made: Pairing) -> Group:
    (group,) = made.groups
    return group


def left(made: Pairing) -> dict[str, LeftOutReason]:
    return {each.id: each.reason for each in made.left_out}
