"""Weeks of a group side by side: goals met in each, hours and mocks beneath; for its month and its report.

It shows weeks, never people, and of the weeks only what was published.
"""

from collections.abc import Sequence
from functools import partial

from bot.pictures import canvas
from bot.pictures.canvas import Canvas
from bot.pictures.picture import Picture
from plans import calendar
from plans.grouprecord import GroupRecord, RecordWeek
from plans.scorecard import HIGH_FROM, STANDARD_FROM, Band

HEIGHT, LOWER = 720, 620  # with hours and mocks, and without
LEFT, RIGHT, TOP, FLOOR = 64, 940, 168, 520  # of the chart
MOST_WEEKS = 12  # whose numbers can be read side by side
FEW = 6  # beneath which there is room for hours and mocks
COLUMN, NARROW = 120, 80  # pixels: a column at most, and one that holds small figures only
LARGE, SMALL = 36, 24
HIGH, STANDARD = int(HIGH_FROM * 100), int(STANDARD_FROM * 100)


def picture(title: str, name: str, record: GroupRecord) -> Picture | None:
    """The picture of the newest weeks under a title; None without a week that has a percentage."""
    weeks = record.weeks[-MOST_WEEKS:]
    if all(week.card.percent is None for week in weeks):
        return None
    draw = partial(canvas.drawn, HEIGHT if len(weeks) <= FEW else LOWER, partial(_draw, title, weeks))
    return Picture(name, alt(title, weeks), draw)


def alt(title: str, weeks: Sequence[RecordWeek]) -> str:
    """Each week's numbers in words."""
    bands = f"A high week begins at {HIGH} % of goals met, a standard one at {STANDARD} %."
    return f"{title}, by week: {'; '.join(map(_said, weeks))}. {bands}"


def _said(week: RecordWeek) -> str:
    share = "no goals" if week.card.percent is None else f"{week.card.percent} % of goals met"
    parts = [f"week {calendar.week_number(week.monday)} {share}", _hours(week), _mocks(week)]
    return ", ".join(filter(None, parts))


def _hours(week: RecordWeek) -> str:
    minutes = week.card.minutes
    return f"{round(minutes.amount / 60):g} h" if minutes.people else ""


def _mocks(week: RecordWeek) -> str:
    held = week.card.mocks_held
    return f"{held} mock{'' if held == 1 else 's'}" if held else ""


# In colours


def _draw(title: str, weeks: Sequence[RecordWeek], card: Canvas) -> None:
    card.write(title, (LEFT, 104), 46, bold=True)
    _draw_bands(card)
    step = (RIGHT - LEFT) / len(weeks)
    for number, week in enumerate(weeks):
        middle, width = LEFT + step * (number + 0.5), min(step * 0.7, COLUMN)
        _draw_column(week.card.percent, middle, width, card)
        _draw_names(week, middle, card, is_roomy=len(weeks) <= FEW)


def _draw_bands(card: Canvas) -> None:
    """The bands as shades, and their edges as lines with a number each."""
    card.box((LEFT, _height(100)), RIGHT - LEFT, _height(HIGH) - _height(100), canvas.DEEP_SHADE)
    card.box((LEFT, _height(HIGH)), RIGHT - LEFT, _height(STANDARD) - _height(HIGH), canvas.SHADE)
    for edge, band in ((HIGH, Band.HIGH), (STANDARD, Band.STANDARD)):
        card.line([(LEFT, _height(edge)), (RIGHT, _height(edge))], canvas.SOFT_INK, 2, dashed=True)
        card.write(f"{edge} {band}", (RIGHT + 14, _height(edge) + 12), 32, colour=canvas.SOFT_INK)
    card.line([(LEFT, FLOOR), (RIGHT, FLOOR)], canvas.SOFT_INK, 3)


def _draw_column(percent: int | None, middle: float, width: float, card: Canvas) -> None:
    """A week's column with its number at the foot, or above it where the column is too low for that."""
    top, size = _height(percent or 0), LARGE if width > NARROW else SMALL
    card.box((middle - width / 2, top), width, FLOOR - top, canvas.BLUE)
    inside = FLOOR - top > size + 30
    figure, foot = ("–" if percent is None else f"{percent}"), FLOOR - 18 if inside else top - 12
    ink = canvas.PAPER if inside else canvas.INK
    card.write(figure, (middle, foot), size, bold=True, colour=ink, side="center")


def _draw_names(week: RecordWeek, middle: float, card: Canvas, *, is_roomy: bool) -> None:
    """The week's name, and its hours and mocks where there is room for them."""
    name = f"W{calendar.week_number(week.monday)}"
    card.write(name, (middle, FLOOR + 48), LARGE if is_roomy else SMALL, bold=True, side="center")
    for row, words in enumerate(filter(None, (_hours(week), _mocks(week))) if is_roomy else ()):
        card.write(words, (middle, FLOOR + 94 + 42 * row), 32, colour=canvas.SOFT_INK, side="center")


def _height(percent: int) -> float:
    """Where a percentage stands on the card."""
    return FLOOR - (FLOOR - TOP) * min(max(percent, 0), 100) / 100
