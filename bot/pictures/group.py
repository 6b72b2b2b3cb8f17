"""The group's weeks side by side: goals met, with the bands of "Weekly planning" behind them.

It shows weeks, never people, and of the weeks only what was published.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from bot.pictures import canvas
from bot.pictures.canvas import Canvas
from bot.pictures.picture import Picture
from plans import calendar
from plans.scorecard import HIGH_FROM, STANDARD_FROM, Band

HEIGHT = 630
LEFT, RIGHT, TOP, FLOOR = 486, 930, 96, 508  # of the chart
COLUMN = 72  # pixels wide
HIGH, STANDARD = int(HIGH_FROM * 100), int(STANDARD_FROM * 100)

GroupWeek = tuple[date, int | None]  # its Monday, and goals met in per cent


def picture(weeks: Sequence[GroupWeek]) -> Picture | None:
    """The picture of the group's last weeks, oldest first, the current one last; None without a week."""
    if not weeks:
        return None
    name = f"week-{calendar.week_number(weeks[-1][0])}.png"
    return Picture(name, alt(weeks), partial(canvas.drawn, HEIGHT, partial(_draw, tuple(weeks))))


def alt(weeks: Sequence[GroupWeek]) -> str:
    """Each week's number in words."""
    each = ", ".join(f"week {calendar.week_number(day)} {_share(percent)}" for day, percent in weeks)
    return f"Goals met by the group: {each}. A high week begins at {HIGH} %, a standard one at {STANDARD} %."


def _share(percent: int | None) -> str:
    return "no goals" if percent is None else f"{percent} %"


def _draw(weeks: Sequence[GroupWeek], card: Canvas) -> None:
    _draw_current(weeks, card)
    _draw_bands(card)
    _draw_columns(weeks, card)


def _draw_current(weeks: Sequence[GroupWeek], card: Canvas) -> None:
    """The current week in large figures, and where it stands beside the one before."""
    day, percent = weeks[-1]
    card.write(f"Week {calendar.week_number(day)}", (64, 132), 46, bold=True)
    card.write("–" if percent is None else f"{percent} %", (58, 284), 112, bold=True, colour=canvas.BLUE)
    card.write("no goals to show" if percent is None else "of goals met", (64, 356), 42)
    if change := _change(weeks):
        card.write(change, (64, 508), 38, colour=canvas.SOFT_INK)


def _change(weeks: Sequence[GroupWeek]) -> str:
    """How the current week differs from the one before, in percentage points."""
    if len(weeks) < 2 or weeks[-1][1] is None or weeks[-2][1] is None:
        return ""
    before, by = calendar.week_number(weeks[-2][0]), weeks[-1][1] - weeks[-2][1]
    if not by:
        return f"same as week {before}"
    return f"{'+' if by > 0 else '−'}{abs(by)} on week {before}"


def _draw_bands(card: Canvas) -> None:
    """The bands as shades, and their edges as lines with a number each."""
    card.box((LEFT, _height(100)), RIGHT - LEFT, _height(HIGH) - _height(100), canvas.DEEP_SHADE)
    card.box((LEFT, _height(HIGH)), RIGHT - LEFT, _height(STANDARD) - _height(HIGH), canvas.SHADE)
    for edge, band in ((HIGH, Band.HIGH), (STANDARD, Band.STANDARD)):
        card.line([(LEFT, _height(edge)), (RIGHT, _height(edge))], canvas.SOFT_INK, 2, dashed=True)
        card.write(f"{edge} {band}", (RIGHT + 14, _height(edge) + 12), 32, colour=canvas.SOFT_INK)
    card.line([(LEFT, FLOOR), (RIGHT, FLOOR)], canvas.SOFT_INK, 3)


def _draw_columns(weeks: Sequence[GroupWeek], card: Canvas) -> None:
    step = (RIGHT - LEFT) / len(weeks)
    for number, (day, percent) in enumerate(weeks):
        middle, current = LEFT + step * (number + 0.5), number == len(weeks) - 1
        _draw_column(percent, middle, card, current=current)
        ink = canvas.INK if current else canvas.SOFT_INK
        name = f"W{calendar.week_number(day)}"
        card.write(name, (middle, 564), 31, bold=current, colour=ink, side="center")


def _draw_column(percent: int | None, middle: float, card: Canvas, *, current: bool) -> None:
    """A week's column with its number at the foot, or above it where the column is too low for that."""
    top, colour = _height(percent or 0), canvas.BLUE if current else canvas.PALE_BLUE
    card.box((middle - COLUMN / 2, top), COLUMN, FLOOR - top, colour)
    inside = FLOOR - top > 70
    ink = canvas.PAPER if current and inside else canvas.INK
    foot = FLOOR - 20 if inside else top - 14
    figure = "–" if percent is None else f"{percent}"
    card.write(figure, (middle, foot), 30, bold=True, colour=ink, side="center")


def _height(percent: int) -> float:
    """Where a percentage stands on the card."""
    return FLOOR - (FLOOR - TOP) * min(max(percent, 0), 100) / 100
