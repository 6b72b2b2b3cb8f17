"""A member's month: what was done against what was asked for, and each rating from its start to its end."""

from functools import partial

from bot.pictures import canvas
from bot.pictures.canvas import Canvas
from bot.pictures.picture import Picture
from plans.month import Amount, Aspect, Course, Month, Tally
from plans.ratings import HIGHEST, LOWEST

LEFT, RIGHT = 64, 1136
FROM, TO = 392, 824  # of bars and scales
FIGURES = 872  # where the numbers stand
HEAD, ROW, BAR = 152, 84, 36  # pixels: above the first bar, from one to the next, how tall it is
SCALE_HEAD, SCALE_FOOT, FOOT = 92, 40, 56

AMOUNTS = {
    Amount.HOURS: "Hours",
    Amount.PROBLEMS: "Problems",
    Amount.STORIES: "Stories",
    Amount.MOCKS: "Mock interviews",
}
ASPECTS = {
    Aspect.CONFIDENCE: "Confidence",
    Aspect.TECHNICAL: "Technical",
    Aspect.BEHAVIORAL: "Behavioural",
    Aspect.READINESS: "Readiness",
}


def picture(month: Month) -> Picture | None:
    """The picture of a month; None if nothing was asked for and nothing rated, for that leaves no picture."""
    if not month.courses and not any(tally.target for tally in month.tallies):
        return None
    draw = partial(canvas.drawn, height(month), partial(_draw, month))
    return Picture(f"my-month-{month.number}.png", alt(month), draw)


def height(month: Month) -> int:
    """How tall it is: months with ratings show their scales, too."""
    scales = SCALE_HEAD + ROW * len(month.courses) + SCALE_FOOT if month.courses else 0
    return HEAD + ROW * len(month.tallies) + scales + FOOT


def alt(month: Month) -> str:
    """Every number of the picture in words."""
    done = ", ".join(f"{AMOUNTS[tally.amount]} {_figures(tally)}" for tally in month.tallies)
    said = f"Your month {month.number}: {done}."
    if month.courses:
        rated = ", ".join(f"{ASPECTS[course.aspect]} {_said(course)}" for course in month.courses)
        said += f" Ratings from 1 to 5: {rated}."
    return said


def _said(course: Course) -> str:
    if course.start is None:
        return f"{course.end:g}, rated once"
    return f"from {course.start:g} to {course.end:g}"


def _figures(tally: Tally) -> str:
    done = f"{round(tally.done, 1):g}"
    return f"{done} of {round(tally.target, 1):g}" if tally.target is not None else done


# In colours


def _draw(month: Month, card: Canvas) -> None:
    card.write(f"Your month {month.number}", (LEFT, 100), 46, bold=True)
    if month.asked:
        card.write(f"{month.done} of {month.asked} goals met", (RIGHT, 100), 40, side="right")
    for row, tally in enumerate(month.tallies):
        _draw_tally(tally, HEAD + row * ROW, card)
    if month.courses:
        _draw_scales(month, HEAD + len(month.tallies) * ROW, card)


def _draw_tally(tally: Tally, top: float, card: Canvas) -> None:
    """A bar that is full at what was asked for; without that there is nothing to compare, so no bar."""
    colour = canvas.GREEN if tally.is_reached else canvas.BLUE
    card.write(AMOUNTS[tally.amount], (LEFT, top + 32), 36)
    if tally.target is not None:
        card.box((FROM, top), TO - FROM, BAR, canvas.TRACK)
        card.box((FROM, top), (TO - FROM) * min(tally.done / tally.target, 1), BAR, colour)
    figures = _figures(tally) + (" ✓" if tally.is_reached else "")
    card.write(figures, (FIGURES, top + 32), 36, bold=True, colour=colour)


def _draw_scales(month: Month, top: float, card: Canvas) -> None:
    """Each rating on a scale from 1 to 5: a pale dot at the start, a full one at the end."""
    card.write("Ratings, first to last", (LEFT, top + 44), 36, colour=canvas.SOFT_INK)
    first = top + SCALE_HEAD
    foot = first + ROW * len(month.courses) - 34
    for value in range(LOWEST, HIGHEST + 1):
        card.line([(_place(value), first - 20), (_place(value), foot)], canvas.EDGE, 2)
        card.write(f"{value}", (_place(value), foot + 40), 32, colour=canvas.SOFT_INK, side="center")
    for row, course in enumerate(month.courses):
        _draw_course(course, first + row * ROW + 12, card)


def _draw_course(course: Course, middle: float, card: Canvas) -> None:
    card.write(ASPECTS[course.aspect], (LEFT, middle + 13), 36)
    figures = f"{course.end:g}"
    if course.start is not None:
        figures = f"{course.start:g} → {course.end:g}"
        card.line([(_place(course.start), middle), (_place(course.end), middle)], canvas.PALE_BLUE, 10)
        card.dot((_place(course.start), middle), 15, canvas.PALE_BLUE)
    card.dot((_place(course.end), middle), 20, canvas.BLUE)
    card.write(figures, (FIGURES, middle + 13), 36, bold=True, colour=canvas.BLUE)


def _place(rating: float) -> float:
    """Where a rating stands on the scale."""
    return FROM + (TO - FROM) * (rating - LOWEST) / (HIGHEST - LOWEST)
