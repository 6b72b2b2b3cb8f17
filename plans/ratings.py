"""What people rate from 1 to 5, in which words, and what they are asked to think about at the end of a day.

The dimensions are the rated items of the weekly scorecard ("Weekly planning"); the words at both ends are
ours.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import zip_longest
from types import MappingProxyType
from typing import Annotated, NamedTuple

from pydantic import Field

from plans.model import Area

LOWEST, HIGHEST = 1, 5
FEWEST_A_DAY, MOST_A_DAY = 2, 4

Rating = Annotated[int, Field(ge=LOWEST, le=HIGHEST)]


class Dimension(StrEnum):
    """What a rating is about."""

    STORY_QUALITY = "story_quality"
    DELIVERY_CONFIDENCE = "delivery_confidence"
    TECHNICAL_COMMUNICATION = "technical_communication"
    TIME_MANAGEMENT = "time_management"
    FEEDBACK_INTEGRATION = "feedback_integration"
    OVERALL_CONFIDENCE = "overall_confidence"
    STRESS_MANAGEMENT = "stress_management"
    SELF_ASSESSMENT_PROGRESS = "self_assessment_progress"


class Scale(NamedTuple):
    """How a dimension is called, and the words for 1 and for 5."""

    label: str
    low: str
    high: str


SCALES: Mapping[Dimension, Scale] = MappingProxyType(
    {
        Dimension.STORY_QUALITY: Scale("Story quality", "still vague", "clear, with numbers"),
        Dimension.DELIVERY_CONFIDENCE: Scale("Telling it", "shaky", "natural"),
        Dimension.TECHNICAL_COMMUNICATION: Scale(
            "Explaining technically", "lost the thread", "easy to follow"
        ),
        Dimension.TIME_MANAGEMENT: Scale("Keeping time", "ran out", "time to spare"),
        Dimension.FEEDBACK_INTEGRATION: Scale("Using feedback", "not yet", "visibly better"),
        Dimension.OVERALL_CONFIDENCE: Scale("Confidence", "shaky", "solid"),
        Dimension.STRESS_MANAGEMENT: Scale("Staying calm", "tense", "calm"),
        Dimension.SELF_ASSESSMENT_PROGRESS: Scale("Progress on my gaps", "none yet", "a big step"),
    }
)

# What a day in each area is rated on, the most telling first.
_OF_AREA: Mapping[Area, tuple[Dimension, ...]] = MappingProxyType(
    {
        Area.BEHAVIORAL: (Dimension.STORY_QUALITY, Dimension.DELIVERY_CONFIDENCE),
        Area.SYSTEM_DESIGN: (Dimension.TECHNICAL_COMMUNICATION, Dimension.TIME_MANAGEMENT),
        Area.CODING: (Dimension.TIME_MANAGEMENT, Dimension.TECHNICAL_COMMUNICATION),
        Area.MOCK: (
            Dimension.FEEDBACK_INTEGRATION,
            Dimension.STRESS_MANAGEMENT,
            Dimension.OVERALL_CONFIDENCE,
        ),
        Area.LEARNING: (Dimension.SELF_ASSESSMENT_PROGRESS,),
        Area.PLANNING: (Dimension.OVERALL_CONFIDENCE,),
    }
)
_ALWAYS_FITTING = (Dimension.OVERALL_CONFIDENCE, Dimension.SELF_ASSESSMENT_PROGRESS)

# "Templates": what went well, what needs attention, tomorrow, and the link between both kinds of content.
REFLECTIONS = (
    "What went well today?",
    "Which part still needs your attention?",
    "What will you do differently tomorrow?",
    "Where did a technical point and a leadership point meet today?",
)


def dimensions_of(areas: Iterable[Area]) -> tuple[Dimension, ...]:
    """The two to four dimensions on which a day with these areas is rated.

    Every area has its most telling dimension before any has its second; earlier areas go first when there
    is not room for all. The answer keeps the order of the scorecard.
    """
    rounds = zip_longest(*(_OF_AREA[area] for area in dict.fromkeys(areas)))
    wanted = dict.fromkeys(dimension for turn in rounds for dimension in turn if dimension)
    chosen = list(wanted)[:MOST_A_DAY]
    for dimension in _ALWAYS_FITTING:
        if len(chosen) < FEWEST_A_DAY and dimension not in chosen:
            chosen.append(dimension)
    return tuple(dimension for dimension in Dimension if dimension in chosen)


def reflection_of(day: date) -> str:
    """The day's question to think about; the four take turns."""
    return REFLECTIONS[day.toordinal() % len(REFLECTIONS)]


def mean(ratings: Iterable[int]) -> Fraction | None:
    """The exact mean; None of nothing."""
    given = list(ratings)
    return Fraction(sum(given), len(given)) if given else None
