"""A few weeks of one number as a small chart: a line over the weeks, a dashed one where the target is."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.pictures import canvas
from bot.pictures.canvas import Canvas, Point

DOT, LAST_DOT = 10, 14

MARGIN, HEADROOM = 22, 12  # at the sides of the dots, and above and below them


class Place(NamedTuple):
    """Where a chart stands on the card, in pixels."""

    left: float
    right: float
    top: float
    floor: float


def draw_weeks(shares: Sequence[int | None], target: int, place: Place, card: Canvas) -> None:
    """Shares in per cent, oldest first, the current one last and larger; no line over a gap.

    A dot of a week that reached the target is filled, one below it is a ring: colour alone says nothing.
    """
    card.box((place.left, place.top), place.right - place.left, place.floor - place.top, canvas.SHADE)
    level = _height(target, place)
    card.line([(place.left, level), (place.right, level)], canvas.SOFT_INK, 2, dashed=True)
    dots = [_at(number, len(shares), share, place) for number, share in enumerate(shares)]
    for before, after in pairwise(dots):
        if before is not None and after is not None:
            card.line([before, after], canvas.PALE_BLUE, 5)
    for number, (dot, share) in enumerate(zip(dots, shares, strict=True)):
        if dot is not None and share is not None:
            radius = LAST_DOT if number == len(shares) - 1 else DOT
            if share >= target:
                card.dot(dot, radius, canvas.GREEN)
            else:
                card.ring(dot, radius, canvas.BLUE)


def _at(number: int, weeks: int, share: int | None, place: Place) -> Point | None:
    if share is None:
        return None
    step = (place.right - place.left - 2 * MARGIN) / max(weeks - 1, 1)
    return place.left + MARGIN + step * number, _height(share, place)


def _height(percent: int, place: Place) -> float:
    lowest, highest = place.floor - HEADROOM, place.top + HEADROOM
    return lowest - (lowest - highest) * min(max(percent, 0), 100) / 100
