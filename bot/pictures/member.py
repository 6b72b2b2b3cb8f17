"""A member's own week: four sections against their targets and over the weeks, hours against their shares."""

from collections.abc import Sequence
from functools import partial

from bot.pictures import canvas
from bot.pictures.areas import areas_height, draw_areas
from bot.pictures.canvas import LEFT, RIGHT, Canvas
from bot.pictures.picture import Picture
from bot.pictures.smallmultiple import Place, draw_weeks
from plans import calendar
from plans.areashares import AreaShare
from plans.membercard import MemberCard, PastWeek
from plans.scorecard import SectionScore

HEAD, ROW, FOOT = 142, 122, 44  # pixels: above the sections, of each of them, below everything
NAMES_OF_WEEKS = 56  # under the last of the small charts
BAR_RIGHT, BAR_RIGHT_BESIDE_WEEKS = 912, 600  # where 100 % is
WEEKS_LEFT = 844


def picture(facts: MemberCard) -> Picture | None:
    """The picture of a member's card; None where nothing is answered yet."""
    if not facts.card.possible:
        return None
    name = f"my-week-{calendar.week_number(facts.monday)}.png"
    return Picture(name, alt(facts), partial(canvas.drawn, height(facts), partial(_draw, facts)))


def height(facts: MemberCard) -> int:
    """How tall the picture is: with more weeks and areas it shows more."""
    return _top_of_areas(facts) + areas_height(facts.areas) + FOOT


def _top_of_areas(facts: MemberCard) -> int:
    names = NAMES_OF_WEEKS if _has_trend(facts.trend) else 0
    return HEAD + ROW * len(facts.card.sections) + names


# In words


def alt(facts: MemberCard) -> str:
    """Each section beside its target and over the weeks, and each area's hours beside its share, in words."""
    sections = ", ".join(_said(section) for section in facts.card.sections)
    said = [f"Your week, {facts.card.shown_points} of {facts.card.possible} points: {sections}."]
    if _has_trend(facts.trend):
        said += [_weeks_of(section, facts.trend) for section in facts.card.sections]
    if any(area.asked for area in facts.areas):
        said.append(f"Hours by area: {', '.join(map(_area, facts.areas))}.")
    return " ".join(said)


def _said(section: SectionScore) -> str:
    share = "nothing to count" if section.percent is None else f"{section.percent} %"
    return f"{section.title} {share} (target {section.target} %)"


def _weeks_of(section: SectionScore, trend: Sequence[PastWeek]) -> str:
    weeks = (
        f"W{calendar.week_number(week.monday)} {_share(week.sections.get(section.name))}" for week in trend
    )
    return f"{section.title} by week: {', '.join(weeks)}."


def _share(percent: int | None) -> str:
    return "–" if percent is None else f"{percent} %"


def _area(area: AreaShare) -> str:
    shares = f" ({_share(area.given)} of the shares, {area.asked} % asked)" if area.asked is not None else ""
    return f"{area.area.words} {round(area.minutes / 60, 1):g} h{shares}"


def _has_trend(trend: Sequence[PastWeek]) -> bool:
    """Whether there is another week to compare this one with."""
    return sum(any(share is not None for share in week.sections.values()) for week in trend) > 1


# In colours


def _draw(facts: MemberCard, card: Canvas) -> None:
    week = f"Your week {facts.number}" if facts.number else "Your week"
    card.write(week, (LEFT, 96), 46, bold=True)
    points = f"{facts.card.shown_points} of {facts.card.possible} points"
    card.write(points, (RIGHT, 96), 42, side="right")
    weeks = facts.trend if _has_trend(facts.trend) else ()
    for number, section in enumerate(facts.card.sections):
        _draw_section(section, weeks, HEAD + number * ROW, card)
    if weeks:
        _draw_names(weeks, HEAD + ROW * len(facts.card.sections) + 24, card)
    draw_areas(facts.areas, _top_of_areas(facts), card)


def _draw_section(section: SectionScore, weeks: Sequence[PastWeek], top: float, card: Canvas) -> None:
    """A section's name over its bar; the target is a mark across it with its number."""
    right = BAR_RIGHT_BESIDE_WEEKS if weeks else BAR_RIGHT
    card.write(section.title, (LEFT, top + 30), 36)
    card.bar((LEFT, top + 46), right - LEFT, 36, section.percent or 0, _colour(section))
    target = card.mark((LEFT, top + 46), right - LEFT, 36, section.target)
    aim, baseline = f"target {section.target}", top + 30
    if weeks:
        card.write(aim, (right, baseline), 32, colour=canvas.SOFT_INK, side="right")
    else:
        card.write(aim, (target, baseline), 34, colour=canvas.SOFT_INK, side="center")
    share = "–" if section.percent is None else f"{section.percent} %" + (" ✓" if section.reached else "")
    card.write(share, (right + 18, top + 79), 42, bold=True, colour=_colour(section))
    if weeks:
        place = Place(WEEKS_LEFT, RIGHT, top + 2, top + 94)
        draw_weeks([week.sections.get(section.name) for week in weeks], section.target, place, card)


def _colour(section: SectionScore) -> str:
    return canvas.GREEN if section.reached else canvas.BLUE


def _draw_names(weeks: Sequence[PastWeek], baseline: float, card: Canvas) -> None:
    """The first and the last of the weeks under their charts."""
    card.write(
        f"W{calendar.week_number(weeks[0].monday)}", (WEEKS_LEFT, baseline), 32, colour=canvas.SOFT_INK
    )
    card.write(f"W{calendar.week_number(weeks[-1].monday)}", (RIGHT, baseline), 34, bold=True, side="right")
