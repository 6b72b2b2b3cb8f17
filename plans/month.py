"""A member's month: what it added up to, how the ratings moved, and what to change in the next one.

A month is four weeks, everywhere in Cadence. Month N of a member holds the calendar weeks 4N-3 to 4N since
the first Monday of their plan; weeks that lengthened the plan count like any other. Where the plan ends the
last month may be shorter: a plan of two weeks has one month of two. What is asked of a month stands in
"Weekly planning" (Monthly Progress Evaluation); `monthreview` makes one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from plans import calendar
from plans.model import Metric, Value
from plans.published import PublishedWeek
from plans.ratings import Dimension
from plans.scorecard import Band, percent_of

WEEKS = 4


class Amount(StrEnum):
    """What a month counts ("Weekly planning")."""

    HOURS = "hours"
    PROBLEMS = "problems"
    STORIES = "stories"
    MOCKS = "mocks"


METRICS: Mapping[Amount, tuple[Metric, ...]] = MappingProxyType(
    {
        Amount.PROBLEMS: (Metric.CODING_PROBLEMS, Metric.SYSTEM_DESIGN_PROBLEMS),
        Amount.STORIES: (Metric.STORIES,),
        Amount.MOCKS: (Metric.MOCK_INTERVIEWS,),
    }
)

# The source's targets of four weeks at a full load of 20 hours. Hardly anybody has that load, so they are
# shown, as a reference, only where it is not known what the weeks asked for.
FULL_LOAD: Mapping[Amount, int] = MappingProxyType(
    {Amount.HOURS: 80, Amount.PROBLEMS: 150, Amount.STORIES: 12, Amount.MOCKS: 8}
)


class Aspect(StrEnum):
    """What is compared from a month's start to its end ("Weekly planning")."""

    CONFIDENCE = "confidence"
    TECHNICAL = "technical"
    BEHAVIORAL = "behavioral"
    READINESS = "readiness"


# Which ratings speak for each (ours): those of the scorecard's sections, confidence by itself.
RATED: Mapping[Aspect, tuple[Dimension, ...]] = MappingProxyType(
    {
        Aspect.CONFIDENCE: (Dimension.OVERALL_CONFIDENCE,),
        Aspect.TECHNICAL: (Dimension.TECHNICAL_COMMUNICATION, Dimension.TIME_MANAGEMENT),
        Aspect.BEHAVIORAL: (Dimension.STORY_QUALITY, Dimension.DELIVERY_CONFIDENCE),
        Aspect.READINESS: (Dimension.FEEDBACK_INTEGRATION, Dimension.STRESS_MANAGEMENT),
    }
)


class MonthWeek(Value):
    """One published week of a month; `number` is the calendar week since the plan's first Monday."""

    monday: date
    number: int
    card: PublishedWeek

    @property
    def is_counted(self) -> bool:
        """Whether its counts and targets are known: a card of an older Cadence kept neither."""
        return bool(self.card.planned) or self.card.percent is None


class Tally(Value):
    """What was done of an amount. `target` is what the weeks asked for together, None if they asked for
    none; `reference` stands in for it where that is not known.
    """

    amount: Amount
    done: float
    target: float | None = None
    reference: float | None = None

    @property
    def is_reached(self) -> bool:
        """Whether there was a target and it is reached."""
        return self.target is not None and self.done >= self.target


class Course(Value):
    """Ratings from 1 to 5 from the month's first to its last; `start` None where one week alone was rated."""

    aspect: Aspect
    start: float | None
    end: float

    @property
    def change(self) -> float | None:
        """How far it rose, or fell; None without a comparison."""
        return None if self.start is None else round(self.end - self.start, 1)


class Kind(StrEnum):
    """What a highlight is."""

    RISE = "rise"
    FIRST_MOCK = "first_mock"
    TARGET = "target"
    HIGH_WEEKS = "high_weeks"
    FULLEST = "fullest"


class Highlight(Value):
    """Something worth a look back, with its numbers.

    RISE: `what` is an aspect, from `number` to `of`. FIRST_MOCK: `number` mocks. TARGET: `what` is an amount,
    `number` of `of`. HIGH_WEEKS: `number` of `of` weeks. FULLEST: `number` hours in the week of `monday`.
    """

    kind: Kind
    number: float
    of: float = 0
    what: str = ""
    monday: date | None = None


class Focus(Value):
    """A section of the scorecard below its target: both in per cent, the mean of the month's weeks."""

    section: str
    title: str
    percent: int
    target: int


class Step(StrEnum):
    """What to change in the next month."""

    LIGHTER = "lighter"
    HEAVIER = "heavier"
    MOCKS = "mocks"
    FAVOUR = "favour"
    MINIMUM = "minimum"
    CATCH_UP = "catch_up"
    STEADY = "steady"
    NEXT_PLAN = "next_plan"


class NextStep(Value):
    """A proposal with the numbers behind it: `number` of `of`; `what` is a section or a metric.

    LIGHTER and HEAVIER: weeks of that band of the weeks with goals. MOCKS: held of wanted. FAVOUR: per cent
    of the target's. MINIMUM: a week's mean of the weekly minimum. CATCH_UP: goals done of planned.
    """

    step: Step
    number: float = 0
    of: float = 0
    what: str = ""


class Month(Value):
    """A month in numbers. `weeks` are those that were published, oldest first; `planned` is how many it has.

    `is_last` says that the plan ends with it.
    """

    number: int
    first: date
    planned: int
    is_last: bool
    weeks: tuple[MonthWeek, ...]
    tallies: tuple[Tally, ...]
    courses: tuple[Course, ...]
    highlights: tuple[Highlight, ...]
    focus: tuple[Focus, ...]
    steps: tuple[NextStep, ...]

    @property
    def last(self) -> date:
        """The Monday of its last week."""
        return self.first + (self.planned - 1) * calendar.WEEK

    @property
    def is_over(self) -> bool:
        """Whether its last week was published."""
        return any(week.monday == self.last for week in self.weeks)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was planned, done or rated in it, as in a month of rest."""
        return not self.courses and all(
            week.card.band is Band.REST and not week.card.minutes and not week.card.counts
            for week in self.weeks
        )

    @property
    def done(self) -> int:
        """Goals done in its weeks."""
        return sum(week.card.done for week in self.weeks)

    @property
    def asked(self) -> int:
        """Goals planned in its weeks."""
        return sum(week.card.planned for week in self.weeks)

    @property
    def percent(self) -> int | None:
        """Goals met in per cent, rounded down; None if nothing was planned."""
        return percent_of(self.done, self.asked)

    @property
    def bands(self) -> Mapping[Band, int]:
        """How many of its weeks were in each band."""
        found = [week.card.band for week in self.weeks]
        return {band: found.count(band) for band in Band if band in found}

    @property
    def uncounted(self) -> tuple[MonthWeek, ...]:
        """Its weeks of which an older Cadence kept no counts."""
        return tuple(week for week in self.weeks if not week.is_counted)


class CheckpointResult(NamedTuple):
    """How a checkpoint that fell into the month stands now: lines done of all its lines."""

    week: int
    title: str
    done: int
    lines: int


@dataclass(frozen=True)
class MonthPage:
    """Everything that the month's message says; `words` are by question."""

    membership_id: int
    group_id: int
    month: Month
    checkpoints: tuple[CheckpointResult, ...]
    words: Mapping[str, str]


# Which weeks make a month


def month_of(week: int) -> int:
    """The month in which a plan's calendar week (from 1) lies."""
    return (week - 1) // WEEKS + 1


def mondays(starts_on: date, ends_on: date, number: int) -> tuple[date, ...]:
    """The Mondays of month `number` of a plan from its first Monday to its last day; none outside of it."""
    if number < 1:
        return ()
    total = (calendar.monday_of(ends_on) - starts_on) // calendar.WEEK + 1
    weeks = range((number - 1) * WEEKS, min(number * WEEKS, total))
    return tuple(starts_on + week * calendar.WEEK for week in weeks)


def ends_with(starts_on: date, ends_on: date, monday: date) -> int | None:
    """The number of the month whose last week is that of `monday`; None if none ends there."""
    if monday < starts_on:
        return None
    number = month_of((monday - starts_on) // calendar.WEEK + 1)
    return number if mondays(starts_on, ends_on, number)[-1:] == (monday,) else None
