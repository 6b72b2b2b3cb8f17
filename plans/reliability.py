"""How far somebody's mocks take place as agreed. Private, fading, and no more than a last tie-break.

Nobody sees it, and it never keeps anybody from being matched: where two ways of pairing are equally good,
the steadier people are put together. All figures here are ours: no source gives any.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

HALF_LIFE = timedelta(weeks=4)
FREE_WITHIN = timedelta(weeks=8)  # one late cancellation in so many weeks happens to everybody
WEIGHTS = {"late_cancel": 0.5, "no_show": 1.0}
TRUST = 1.0  # a new member counts as if one session had been held today


@dataclass(frozen=True)
class Incident:
    """A session that fell through by somebody's doing: cancelled within a day of it, or not come to."""

    kind: Literal["late_cancel", "no_show"]
    on: date


def score(incidents: Sequence[Incident], held_on: Sequence[date], today: date) -> float:
    """From 0 (nothing takes place) to 1 (everything does, or nothing is known yet).

    What lies four weeks back counts half. Late cancellations count from the second within eight weeks on.
    """
    held = TRUST + sum(_weight(day, today) for day in held_on)
    lost = sum(WEIGHTS[each.kind] * _weight(each.on, today) for each in _counting(incidents))
    return held / (held + lost)


def _counting(incidents: Sequence[Incident]) -> list[Incident]:
    """The incidents without each late cancellation that stands alone in its eight weeks."""
    counting: list[Incident] = []
    previous: date | None = None
    for each in sorted(incidents, key=lambda incident: incident.on):
        if each.kind == "no_show":
            counting.append(each)
            continue
        if previous is not None and each.on - previous <= FREE_WITHIN:
            counting.append(each)
        previous = each.on
    return counting


def _weight(day: date, today: date) -> float:
    age: float = max(today - day, timedelta()) / HALF_LIFE
    return float(0.5**age)
