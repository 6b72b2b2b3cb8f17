"""On which day a goal stands: on the plan's own, unless that day is off or has no time for it.

Core goals are placed first, then the others in the order of the plan; each goes as near to its own day as
there is time. What fits nowhere goes to the day with most time left, so that no day is over its time by
more than one goal.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from plans.model import Weekday

SATURDAY, SUNDAY = Weekday.SATURDAY.number, Weekday.SUNDAY.number


class Piece(NamedTuple):
    """A goal as far as its day is concerned; `weekday` (0 to 6 from Monday) is the plan's."""

    id: str
    minutes: int
    weekday: int
    is_core: bool


def place(
    pieces: Sequence[Piece],
    days: Iterable[int],
    days_off: frozenset[int],
    capacity: Mapping[int, int] | None = None,
) -> dict[str, int]:
    """The weekday of each piece, by its id; empty if no day is left.

    `days` are those of the plan's week. `capacity` are the minutes of each weekday; without it, only what
    stands on a day off moves.
    """
    if capacity is None:
        return _off_the_days_off(pieces, days, days_off)
    return _into_the_time(pieces, {day: room for day, room in capacity.items() if day not in days_off})


def _into_the_time(pieces: Sequence[Piece], capacity: Mapping[int, int]) -> dict[str, int]:
    """Each piece on the nearest day that has time for it."""
    room = {day: minutes for day, minutes in capacity.items() if minutes > 0}
    placed: dict[str, int] = {}
    for piece in _core_first(pieces) if room else ():
        fitting = [day for day in room if room[day] >= piece.minutes]
        if fitting:
            day = min(fitting, key=lambda day: (abs(day - piece.weekday), day))
        else:
            day = max(room, key=lambda day: (room[day], -abs(day - piece.weekday)))
        placed[piece.id] = day
        room[day] -= piece.minutes
    return placed


def _off_the_days_off(
    pieces: Sequence[Piece], days: Iterable[int], days_off: frozenset[int]
) -> dict[str, int]:
    """What stands on a day off moves to the working day with least to do.

    Saturday's goals are the weekend's, so they move to Sunday if that is free.
    """
    working = [day for day in days if day not in days_off]
    working = working or [day for day in range(7) if day not in days_off]
    minutes = dict.fromkeys(working, 0)
    if not minutes:
        return {}
    for piece in pieces:
        if piece.weekday in minutes:
            minutes[piece.weekday] += piece.minutes
    placed = {piece.id: piece.weekday for piece in pieces}
    for piece in _core_first(pieces):
        if piece.weekday in days_off:
            placed[piece.id] = day = _lightest(piece.weekday, minutes, days_off)
            minutes[day] = minutes.get(day, 0) + piece.minutes
    return placed


def _lightest(day_off: int, minutes: Mapping[int, int], days_off: frozenset[int]) -> int:
    """Where a goal of a day off goes: among equally light days, the nearest to its own."""
    if day_off == SATURDAY and SUNDAY not in days_off:
        return SUNDAY
    days = [day for day in minutes if day != SUNDAY] or list(minutes)
    return min(days, key=lambda day: (minutes[day], abs(day - day_off), day))


def _core_first(pieces: Sequence[Piece]) -> list[Piece]:
    """Core pieces before the others, each in their order."""
    return sorted(pieces, key=lambda piece: not piece.is_core)
