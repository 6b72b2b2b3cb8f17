"""Hours: when a session may begin, what several people have in common, and which slots to propose.

A person's *beginnings* are closed stretches, in seconds since 1970, in which a session may begin so that it
ends while they are still free. Then people can meet if and only if their beginnings intersect, and the
latest of the stretches' first moments is one at which they can. So it is enough to look at the first
moments of everybody's stretches: each person becomes one number with a bit for each such moment, and `&`
says in no time whether two or three of 2,000 people can meet.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime

from plans.availability import Interval
from plans.pairing.people import Participant

Beginnings = tuple[tuple[int, int], ...]
ANY_TIME = -1  # the number with all of its bits set
HALF_HOUR, HOUR, DAY = 1800, 3600, 86400
MOST_SLOTS = 5
EARLIEST = int(datetime.min.replace(tzinfo=UTC).timestamp())
LATEST = int(datetime.max.replace(tzinfo=UTC).timestamp())
DAYS_LOOKED_AT = 14


def beginnings(person: Participant, minutes: int) -> Beginnings | None:
    """When a session may begin for somebody; None stands for any time.

    Stretches that touch or overlap are one; what is too short or ends before it begins is none.

    Raises:
        ValueError: a time has no offset.
    """
    if person.free is None:
        return None
    if any(moment.tzinfo is None for interval in person.free for moment in interval):
        raise ValueError(f"the hours of {person.id} have no offset")
    merged: list[tuple[int, int]] = []
    for start, end in sorted((_seconds(start), _seconds(end)) for start, end in person.free if start < end):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple((start, end - minutes * 60) for start, end in merged if end - start >= minutes * 60)


def _seconds(moment: datetime) -> int:
    return max(EARLIEST, min(LATEST, int(moment.timestamp())))


def as_bits(everybody: Sequence[Beginnings | None]) -> list[int]:
    """Each person's beginnings as a number; those of some people share a bit if and only if they can meet."""
    moments = sorted({first for stretches in everybody for first, _ in stretches or ()})
    numbers = []
    for stretches in everybody:
        bits = 0
        for first, last in stretches or ():
            bits |= (1 << bisect_right(moments, last)) - (1 << bisect_left(moments, first))
        numbers.append(ANY_TIME if stretches is None else bits)
    return numbers


def common(everybody: Sequence[Beginnings | None]) -> Beginnings | None:
    """When a session of all of them may begin; None stands for any time."""
    shared: Beginnings | None = None
    for stretches in everybody:
        if shared is None or stretches is None:
            shared = stretches if shared is None else shared
        else:
            met = ((max(a, c), min(b, d)) for a, b in shared for c, d in stretches)
            shared = tuple(sorted((first, last) for first, last in met if first <= last))
    return shared


def first_stretch(shared: Beginnings | None, minutes: int) -> Interval | None:
    """The first stretch in which all of them are free."""
    return _interval(shared[0][0], shared[0][1] + minutes * 60) if shared else None


def slots(shared: Beginnings | None, minutes: int, most: int = MOST_SLOTS) -> tuple[Interval, ...]:
    """Up to `most` proposals in order, apart, on as many days as possible, full hours first."""
    days: dict[int, list[int]] = {}
    for first, last in shared or ():
        for moment in _round_moments(first, last):
            if len(days) < DAYS_LOOKED_AT or moment // DAY in days:
                days.setdefault(moment // DAY, []).append(moment)
    chosen: list[int] = []
    for day in _spread(sorted(days), most) * most:
        apart = [m for m in days[day] if all(abs(m - other) >= minutes * 60 for other in chosen)]
        if apart and len(chosen) < most:
            chosen.append(min(apart, key=lambda m: (m % HOUR != 0, m % HALF_HOUR != 0, m)))
    return tuple(_interval(moment, moment + minutes * 60) for moment in sorted(chosen))


def _round_moments(first: int, last: int) -> Sequence[int]:
    """The full and half hours of a stretch, or its first moment if it has none."""
    last = min(last, first + DAYS_LOOKED_AT * DAY)
    return range(-(-first // HALF_HOUR) * HALF_HOUR, last + 1, HALF_HOUR) or (first,)


def _spread(days: list[int], most: int) -> list[int]:
    """At most so many of the days, from the first to the last."""
    if len(days) <= most:
        return days
    return [days[number * (len(days) - 1) // (most - 1)] for number in range(most)]


def _interval(start: int, end: int) -> Interval:
    return datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC)
