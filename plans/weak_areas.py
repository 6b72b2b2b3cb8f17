"""Where a week was weakest, and which area should therefore get more of the next one.

An area whose ratings average below 3 comes first, the lowest average before all ("Templates", adjustment
triggers); without such ratings it is the section furthest below its own target ("Weekly planning"). One area
at a time: two weaknesses at once would leave no week for either.
"""

from collections.abc import Mapping
from fractions import Fraction

from plans.model import Area, Metric, Value
from plans.modes import FAVOURED
from plans.ratings import Dimension
from plans.scorecard import Scorecard, SectionScore, in_words

LOW_RATING = 3
LEARNING_AT_MOST = 20  # per cent, ours: reading supports the practice and never replaces it

_AREA: Mapping[str, Area] = {
    "behavioral": Area.BEHAVIORAL,
    "readiness": Area.MOCK,
    "learning": Area.LEARNING,
}
_SUBJECT: Mapping[Area, str] = {
    Area.BEHAVIORAL: "stories and telling them",
    Area.SYSTEM_DESIGN: "system design",
    Area.CODING: "coding",
    Area.MOCK: "mock interviews and using their feedback",
    Area.LEARNING: "new concepts and the industry",
}


class Weakness(Value):
    """The weakest part of a week: the area to work on, and why, as a clause with its numbers.

    `share` is the most of a week, in per cent, that should go to it.
    """

    area: Area
    reason: str
    share: int = FAVOURED

    @property
    def subject(self) -> str:
        """What to work on, in words."""
        return _SUBJECT[self.area]


def weakness(card: Scorecard, mock_rating: float | None = None) -> Weakness | None:
    """What the next week should favour; None if every section reached its target and no rating is low.

    `mock_rating` is the mean of what partners gave in the week's mock interviews.
    """
    section = weakest(card, mock_rating)
    if section is None:
        return None
    area = _area(section)
    share = LEARNING_AT_MOST if area is Area.LEARNING else FAVOURED
    return Weakness(area=area, reason=_reason(section, _mocks_of(section, mock_rating)), share=share)


def weakest(card: Scorecard, mock_rating: float | None = None) -> SectionScore | None:
    """The section with the lowest ratings below 3; without one, that furthest below its target."""
    averages = {
        section.name: average
        for section in card.sections
        if (average := _average(section, _mocks_of(section, mock_rating))) is not None
    }
    low = [section for section in card.sections if averages.get(section.name, LOW_RATING) < LOW_RATING]
    if low:
        return min(low, key=lambda section: (averages[section.name], _to_target(section)))
    return min((s for s in card.sections if s.reached is False), key=_to_target, default=None)


def _mocks_of(section: SectionScore, mock_rating: float | None) -> float | None:
    """What partners said; only interview readiness is rated by them."""
    return mock_rating if section.name == "readiness" else None


def _average(section: SectionScore, mock_rating: float | None) -> Fraction | None:
    """The mean of the ratings that were given, or of the partners' where they are lower."""
    given = [item.value for item in section.items if item.rated and item.value is not None]
    means = [sum(given, Fraction(0)) / len(given)] if given else []
    means += [Fraction(mock_rating)] if mock_rating is not None else []
    return min(means, default=None)


def _to_target(section: SectionScore) -> Fraction:
    """How far the section is above its target, below zero if it is not reached."""
    reached = section.points / section.possible if section.possible else Fraction(0)
    return reached - Fraction(section.target, 100)


def _area(section: SectionScore) -> Area:
    """What to work on; of design and coding what fell further behind, design if neither did.

    "Templates": the core of system design is tested most.
    """
    if section.name in _AREA:
        return _AREA[section.name]
    earned = {item.name: item.points for item in section.items if item.points is not None}
    designs, coding = earned.get(Metric.SYSTEM_DESIGN_PROBLEMS), earned.get(Metric.CODING_PROBLEMS)
    if coding is not None and (designs is None or coding < designs):
        return Area.CODING
    return Area.SYSTEM_DESIGN


def _reason(section: SectionScore, mock_rating: float | None) -> str:
    """The numbers: ratings below 3, else points below the target."""
    average = _average(section, mock_rating)
    if average is None or average >= LOW_RATING:
        return f"{section.title.lower()}: {section.percent} %, its target is {section.target} %"
    # Shown rounded down to a tenth, so that nobody reads 3 and is told that it is below.
    shown = f"{int(average * 10) / 10:g}"
    if mock_rating is not None and average == Fraction(mock_rating):
        return f"partners' ratings of your mock interviews average {shown} of 5"
    rated = [in_words(Dimension(item.name)) for item in section.items if item.rated and item.value]
    return f"ratings in {' and '.join(rated)} average {shown} of 5"
