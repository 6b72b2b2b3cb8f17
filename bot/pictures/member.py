"""A member's own week: four sections against their targets, and the points of the weeks before."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from bot.pictures import canvas
from bot.pictures.canvas import Canvas, Point
from bot.pictures.picture import Picture
from plans import calendar
from plans.membercard import MemberCard, PastWeek
from plans.scorecard import SectionScore, percent_of

HEIGHT, HEIGHT_WITHOUT_TREND = 980, 600
LEFT, RIGHT = 64, 1136
BAR_RIGHT = 912  # where 100 % is
ROW, FIRST_ROW = 114, 148  # pixels from one section to the next, and where the first is
TOP, FLOOR = 748, 868  # of the trend


def picture(facts: MemberCard) -> Picture | None:
    """The picture of a member's card; None where nothing is answered yet."""
    if not facts.card.possible:
        return None
    height = HEIGHT if _has_trend(facts.trend) else HEIGHT_WITHOUT_TREND
    name = f"my-week-{calendar.week_number(facts.monday)}.png"
    return Picture(name, alt(facts), partial(canvas.drawn, height, partial(_draw, facts)))


def alt(facts: MemberCard) -> str:
    """Each section beside its target, and each week's points, in words."""
    sections = ", ".join(_said(section) for section in facts.card.sections)
    said = f"Your week, {facts.card.shown_points} of {facts.card.possible} points: {sections}."
    if not _has_trend(facts.trend):
        return said
    weeks = ", ".join(
        f"week {calendar.week_number(week.monday)} {_points(week, ' of ')}" for week in facts.trend
    )
    return f"{said} Points by week: {weeks}."


def _said(section: SectionScore) -> str:
    share = "nothing to count" if section.percent is None else f"{section.percent} %"
    return f"{section.title} {share} (target {section.target} %)"


def _points(week: PastWeek, between: str) -> str:
    return f"{week.points}{between}{week.possible}" if week.possible else "–"


def _has_trend(trend: Sequence[PastWeek]) -> bool:
    return sum(bool(week.possible) for week in trend) > 1


def _draw(facts: MemberCard, card: Canvas) -> None:
    week = f"Your week {facts.number}" if facts.number else "Your week"
    card.write(week, (LEFT, 96), 46, bold=True)
    points = f"{facts.card.shown_points} of {facts.card.possible} points"
    card.write(points, (RIGHT, 96), 42, side="right")
    for number, section in enumerate(facts.card.sections):
        _draw_section(section, FIRST_ROW + number * ROW, card)
    if _has_trend(facts.trend):
        _draw_trend(facts.trend, card)


def _draw_section(section: SectionScore, top: float, card: Canvas) -> None:
    """A section's name over its bar; the target is a mark across it with its number."""
    card.write(section.title, (LEFT, top + 32), 36)
    card.box((LEFT, top + 46), BAR_RIGHT - LEFT, 36, canvas.TRACK)
    colour = canvas.GREEN if section.reached else canvas.BLUE
    card.box((LEFT, top + 46), _width(section.percent or 0), 36, colour)
    target = LEFT + _width(section.target)
    for colour_of_mark, width in ((canvas.PAPER, 13), (canvas.INK, 5)):
        card.line([(target, top + 40), (target, top + 88)], colour_of_mark, width)
    card.write(f"target {section.target}", (target, top + 30), 32, colour=canvas.SOFT_INK, side="center")
    share = "–" if section.percent is None else f"{section.percent} %" + (" ✓" if section.reached else "")
    card.write(share, (BAR_RIGHT + 20, top + 80), 44, bold=True, colour=colour)


def _width(percent: int) -> float:
    """How long a bar of so many per cent is."""
    return (BAR_RIGHT - LEFT) * min(max(percent, 0), 100) / 100


def _draw_trend(trend: Sequence[PastWeek], card: Canvas) -> None:
    """The weeks' points as dots on a line, from none to all that could be had; no line over a gap."""
    card.write("Points by week", (LEFT, 674), 36)
    card.line([(LEFT, FLOOR + 24), (RIGHT, FLOOR + 24)], canvas.EDGE, 2)
    step = (RIGHT - LEFT) / len(trend)
    places = [(LEFT + step * (number + 0.5), _height(week)) for number, week in enumerate(trend)]
    for before, after in pairwise(zip(trend, places, strict=True)):
        if before[0].possible and after[0].possible:
            card.line([before[1], after[1]], canvas.PALE_BLUE, 6)
    for week, place in zip(trend, places, strict=True):
        _draw_week(week, place, card, current=week is trend[-1])


def _draw_week(week: PastWeek, place: Point, card: Canvas, *, current: bool) -> None:
    colour, ink = (canvas.BLUE, canvas.INK) if current else (canvas.PALE_BLUE, canvas.SOFT_INK)
    if week.possible:
        card.dot(place, 16, colour)
    points, name = _points(week, "/"), f"W{calendar.week_number(week.monday)}"
    card.write(points, (place[0], place[1] - 28), 32, bold=current, colour=ink, side="center")
    card.write(name, (place[0], FLOOR + 70), 34, bold=current, colour=ink, side="center")


def _height(week: PastWeek) -> float:
    share = percent_of(week.points, week.possible) or 0
    return FLOOR - (FLOOR - TOP) * min(max(share, 0), 100) / 100
