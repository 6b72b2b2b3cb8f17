"""The group's weeks side by side: goals met over the bands of "Weekly planning", hours, and mocks.

It shows weeks, never people, and of the weeks only what was published.
"""

from collections.abc import Callable, Sequence
from functools import partial

from bot.pictures import canvas
from bot.pictures.canvas import Canvas
from bot.pictures.picture import Picture
from plans import calendar
from plans.groupcard import WEEKS_BESIDE, WeekBeside
from plans.scorecard import HIGH_FROM, STANDARD_FROM, Band

HEIGHT = 812
LEFT, RIGHT, TOP, FLOOR = 64, 894, 288, 600  # of the chart
STEP = (RIGHT - LEFT) / WEEKS_BESIDE  # a first week stands at the left, with room for those to come
COLUMN = 96  # pixels wide
HIGH, STANDARD = int(HIGH_FROM * 100), int(STANDARD_FROM * 100)

Weeks = Sequence[WeekBeside]


def picture(weeks: Weeks) -> Picture | None:
    """The picture of the group's last weeks, oldest first, the current one last; None without a week."""
    if not weeks:
        return None
    name = f"week-{calendar.week_number(weeks[-1].monday)}.png"
    return Picture(name, alt(weeks), partial(canvas.drawn, HEIGHT, partial(_draw, tuple(weeks))))


def alt(weeks: Weeks) -> str:
    """Each week's numbers in words."""
    said = [
        f"Goals met by the group: {_each(weeks, _share)}.",
        f"A high week begins at {HIGH} %, a standard one at {STANDARD} %.",
    ]
    if any(week.minutes is not None for week in weeks):
        said.append(f"Hours of those who show them: {_each(weeks, lambda week: _hours(week) or 'none')}.")
    if any(week.mocks_held for week in weeks):
        said.append(f"Mocks held: {_each(weeks, lambda week: str(week.mocks_held or 0))}.")
    return " ".join(said)


def _each(weeks: Weeks, said: Callable[[WeekBeside], str]) -> str:
    return ", ".join(f"week {calendar.week_number(week.monday)} {said(week)}" for week in weeks)


def _share(week: WeekBeside) -> str:
    if not week.has_card:
        return "no card"
    return "no goals" if week.percent is None else f"{week.percent} %"


def _hours(week: WeekBeside) -> str:
    return "" if week.minutes is None else f"{round(week.minutes / 60, 1):g} h"


def _mocks(week: WeekBeside) -> str:
    return f"{week.mocks_held} {'mock' if week.mocks_held == 1 else 'mocks'}" if week.mocks_held else ""


def _draw(weeks: Weeks, card: Canvas) -> None:
    _draw_current(weeks, card)
    _draw_bands(card)
    for number, week in enumerate(weeks):
        _draw_week(week, LEFT + STEP * (number + 0.5), card, current=number == len(weeks) - 1)


def _draw_current(weeks: Weeks, card: Canvas) -> None:
    """The current week in large figures, and where it stands beside the one before."""
    percent = weeks[-1].percent
    figures = "–" if percent is None else f"{percent} %"
    card.write(figures, (58, 206), 128, bold=True, colour=canvas.BLUE)
    beside = 58 + 92 * len(figures) + 36
    card.write(f"Week {calendar.week_number(weeks[-1].monday)}", (beside, 104), 46, bold=True)
    card.write("no goals to show" if percent is None else "of goals met", (beside, 156), 42)
    card.write(_change(weeks), (beside, 206), 38, colour=canvas.SOFT_INK)


def _change(weeks: Weeks) -> str:
    """How the current week differs from the one before, in percentage points."""
    if len(weeks) < 2:
        return "the first week"
    now, before = weeks[-1].percent, weeks[-2].percent
    if now is None or before is None:
        return ""
    number, by = calendar.week_number(weeks[-2].monday), now - before
    if not by:
        return f"as in week {number}"
    return f"{'+' if by > 0 else '−'}{abs(by)} on week {number}"


def _draw_bands(card: Canvas) -> None:
    """The bands as shades, and their edges as lines with a number each."""
    card.box((LEFT, _height(100)), RIGHT - LEFT, _height(HIGH) - _height(100), canvas.DEEP_SHADE)
    card.box((LEFT, _height(HIGH)), RIGHT - LEFT, _height(STANDARD) - _height(HIGH), canvas.SHADE)
    for edge, band in ((HIGH, Band.HIGH), (STANDARD, Band.STANDARD)):
        card.line([(LEFT, _height(edge)), (RIGHT, _height(edge))], canvas.SOFT_INK, 2, dashed=True)
        card.write(f"{edge} {band}", (RIGHT + 16, _height(edge) + 12), 34, colour=canvas.SOFT_INK)
    card.line([(LEFT, FLOOR), (RIGHT, FLOOR)], canvas.SOFT_INK, 3)


def _draw_week(week: WeekBeside, middle: float, card: Canvas, *, current: bool) -> None:
    """A week's column over its name, its hours and its mocks."""
    _draw_column(week.percent, middle, card, current=current)
    ink = canvas.INK if current else canvas.SOFT_INK
    name = f"W{calendar.week_number(week.monday)}"
    card.write(name, (middle, 650), 38, bold=current, colour=ink, side="center")
    for row, words in enumerate(filter(None, (_hours(week), _mocks(week)))):
        card.write(words, (middle, 700 + 46 * row), 32, colour=ink, side="center")


def _draw_column(percent: int | None, middle: float, card: Canvas, *, current: bool) -> None:
    """A week's column with its number at the foot, or above it where the column is too low for that."""
    top, colour = _height(percent or 0), canvas.BLUE if current else canvas.PALE_BLUE
    card.box((middle - COLUMN / 2, top), COLUMN, FLOOR - top, colour)
    inside = FLOOR - top > 70
    ink = canvas.PAPER if current and inside else canvas.INK
    foot = FLOOR - 20 if inside else top - 14
    figure = "–" if percent is None else f"{percent}"
    card.write(figure, (middle, foot), 40, bold=True, colour=ink, side="center")


def _height(percent: int) -> float:
    """Where a percentage stands on the card."""
    return FLOOR - (FLOOR - TOP) * min(max(percent, 0), 100) / 100
