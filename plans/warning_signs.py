"""Signs that something is going wrong, each with its numbers and what helps ("The 12-week plan").

The source names the signs and gives a figure for hours alone: below 12, the standard track's load, so here
below what the member's own week asked for. What is a fall is ours: two mock interviews in a row each rated
below the one before, two points of confidence at once, or three weeks of less each time.

A sign is said once: what was not rated or held anew in the week that is judged warns nobody again.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from plans.model import Value

CONFIDENCE_DROP = 2
CONFIDENCE_WEEKS = 3  # falls in a row
MOCKS = 3  # two falls in a row


class Sign(StrEnum):
    """A warning sign."""

    HOURS = "hours"
    MOCKS = "mocks"
    CONFIDENCE_DROP = "confidence_drop"
    CONFIDENCE_SLIDE = "confidence_slide"


TIRED = (Sign.MOCKS, Sign.CONFIDENCE_DROP, Sign.CONFIDENCE_SLIDE)  # ours: nothing heavier is offered then

_HELP = {
    Sign.HOURS: "Look at what took the time: a lighter track or a later date keeps the plan honest.",
    Sign.MOCKS: "Rest for 24 to 48 hours, then go back to the basics; an outside ear helps now."
    " /prep pause 2d keeps two days free.",
    Sign.CONFIDENCE_DROP: "Look back at what you have finished, and start from what you do well.",
    Sign.CONFIDENCE_SLIDE: "Build on your strengths first; a later date is an option if yours can move.",
}


class WarningSign(Value):
    """A sign that something is going wrong: the numbers behind it and a sentence that helps."""

    sign: Sign
    was: float
    now: float
    advice: str

    @property
    def seen(self) -> str:
        """The numbers, as a clause."""
        was, now = f"{round(self.was, 1):g}", f"{round(self.now, 1):g}"
        match self.sign:
            case Sign.HOURS:
                return f"{now} h studied of {was} h planned"
            case Sign.MOCKS:
                return f"partners' ratings of your mocks fell twice in a row, from {was} to {now}"
            case Sign.CONFIDENCE_DROP:
                return f"confidence fell from {was} to {now}"
            case Sign.CONFIDENCE_SLIDE:
                return f"confidence has fallen three times in a row, from {was} to {now}"

    @property
    def sentence(self) -> str:
        """The numbers, then what helps."""
        return f"{self.seen[0].upper()}{self.seen[1:]}. {self.advice}"


def warning_signs(
    *,
    studied: float,
    floor: float,
    confidence: Sequence[float | None] = (),
    mocks: Sequence[float] = (),
) -> tuple[WarningSign, ...]:
    """The warning signs after a week.

    `studied` are hours, `floor` those that the week asked for. `confidence` holds the weekly ratings, `mocks`
    the mean rating of each mock interview, both oldest first; a week without a rating is None and is passed
    over, and if that is the newest, confidence says nothing.
    """
    rated = [value for value in confidence if value is not None]
    is_new = bool(confidence) and confidence[-1] is not None
    return (
        *_hour_signs(studied, floor),
        *(_confidence_signs(rated) if is_new else ()),
        *_mock_signs(mocks),
    )


def _hour_signs(studied: float, floor: float) -> Iterator[WarningSign]:
    if studied < floor:
        yield _sign(Sign.HOURS, floor, studied)


def _confidence_signs(rated: Sequence[float]) -> Iterator[WarningSign]:
    """A fall of two points since the last rating, or three falls in a row."""
    if len(rated) > 1 and rated[-2] - rated[-1] >= CONFIDENCE_DROP:
        yield _sign(Sign.CONFIDENCE_DROP, rated[-2], rated[-1])
    slide = rated[-CONFIDENCE_WEEKS - 1 :]
    if len(slide) > CONFIDENCE_WEEKS and _falls(slide):
        yield _sign(Sign.CONFIDENCE_SLIDE, slide[0], slide[-1])


def _mock_signs(mocks: Sequence[float]) -> Iterator[WarningSign]:
    """Two mock interviews in a row, each rated below the one before."""
    last = mocks[-MOCKS:]
    if len(last) == MOCKS and _falls(last):
        yield _sign(Sign.MOCKS, last[0], last[-1])


def _falls(values: Sequence[float]) -> bool:
    return all(later < earlier for earlier, later in pairwise(values))


def _sign(sign: Sign, was: float, now: float) -> WarningSign:
    return WarningSign(sign=sign, was=was, now=now, advice=_HELP[sign])
