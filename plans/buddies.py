"""Whom to ask first for half an hour together: who is at the same level and has most time in common.

What the others' weeks were like is no part of it: whom somebody is asked for, and in which order, must tell
nothing of how anybody is doing. The order is ours.
"""

from collections.abc import Iterable
from datetime import date

from plans.model import Value

TOGETHER = 30  # minutes, ours; that a hard week asks for more support is "Weekly planning"


class Candidate(Value):
    """Somebody who agreed to be asked.

    `minutes` is the time that both have in the week, in stretches of at least half an hour; `helped` the
    week in which they last said yes to anybody, None for never.
    """

    id: int
    same_level: bool
    minutes: int
    helped: date | None = None


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Whom to ask first, second and so on.

    The same level comes first, then who has more full hours in common, then who helped least recently. Who
    has none in common comes last: their hours may be out of date, and two people find half an hour.
    """
    return sorted(candidates, key=_rank)


def _rank(candidate: Candidate) -> tuple[bool, bool, int, date, int]:
    return (
        candidate.minutes < TOGETHER,
        not candidate.same_level,
        -(candidate.minutes // 60),
        candidate.helped or date.min,
        candidate.id,
    )
