"""The hours of a week by area as bars, with a mark where the track's share is."""

from collections.abc import Sequence

from bot.pictures import canvas
from bot.pictures.canvas import LEFT, Canvas
from plans.areashares import AreaShare

HEAD, ROW = 76, 62
BAR_LEFT, BAR_RIGHT = 370, 736


def areas_height(areas: Sequence[AreaShare]) -> int:
    """How many pixels the areas take: none if no share was asked of anything."""
    shown = _shown(areas)
    return HEAD + ROW * len(shown) if shown else 0


def draw_areas(areas: Sequence[AreaShare], top: float, card: Canvas) -> None:
    """Each area's hours; its bar is the share that it got, the mark the one that was asked."""
    shown = _shown(areas)
    if not shown:
        return
    card.write("Hours by area", (LEFT, top + 48), 36, bold=True)
    card.write("hours · share (asked)", (BAR_RIGHT + 22, top + 48), 34, colour=canvas.SOFT_INK)
    most = _most(shown)
    for number, area in enumerate(shown):
        _draw_area(area, most, top + HEAD + number * ROW, card)


def _shown(areas: Sequence[AreaShare]) -> list[AreaShare]:
    """The areas in which anything was asked or done, where the track has shares at all."""
    if not any(area.asked for area in areas):
        return []
    return [area for area in areas if area.asked or area.minutes]


def _most(areas: Sequence[AreaShare]) -> int:
    """The share at which a bar is full: the largest one, in whole tens."""
    most = max(max(area.asked or 0, area.given or 0) for area in areas)
    return -(-most // 10) * 10


def _draw_area(area: AreaShare, most: int, top: float, card: Canvas) -> None:
    card.write(area.area.words.capitalize(), (LEFT, top + 34), 34)
    spent = f"{round(area.minutes / 60, 1):g} h"
    if area.asked is None:
        card.write(f"{spent}, no share", (BAR_LEFT, top + 34), 34, colour=canvas.SOFT_INK)
        return
    width = BAR_RIGHT - BAR_LEFT
    card.bar((BAR_LEFT, top + 6), width, 34, 100 * (area.given or 0) / most, canvas.PALE_BLUE)
    card.mark((BAR_LEFT, top + 6), width, 34, 100 * area.asked / most)
    given = "" if area.given is None else f" · {area.given} % ({area.asked})"
    card.write(f"{spent}{given}", (BAR_RIGHT + 22, top + 34), 34)
