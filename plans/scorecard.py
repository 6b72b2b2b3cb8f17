"""A week in four sections of 100 points, its goals met and its band ("Weekly planning").

All arithmetic is exact. What is shown is rounded down, so that nobody reads 90 % and finds themselves in
the band below.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, NamedTuple

from pydantic import Field

from plans import ratings
from plans.model import Area, Metric, Value
from plans.progress import GoalState, progress
from plans.ratings import Dimension, Rating
from plans.targets import LEADERSHIP_PRINCIPLES

POINTS_PER_ITEM = 25
HIGH_FROM = Fraction(9, 10)
STANDARD_FROM = Fraction(7, 10)
LP_COVERAGE = "lp_coverage"


class Band(StrEnum):
    """How a week went; REST if nothing was planned."""

    HIGH = "high"
    STANDARD = "standard"
    RECOVERY = "recovery"
    REST = "rest"


class Section(NamedTuple):
    """A fourth of the scorecard: its target in per cent and its four items."""

    name: str
    title: str
    target: int
    counted: tuple[str, ...]
    rated: tuple[Dimension, ...]


SECTIONS = (
    Section(
        "behavioral",
        "Behavioural",
        80,
        (Metric.STORIES, LP_COVERAGE),
        (Dimension.STORY_QUALITY, Dimension.DELIVERY_CONFIDENCE),
    ),
    Section(
        "technical",
        "Technical",
        75,
        (Metric.CODING_PROBLEMS, Metric.SYSTEM_DESIGN_PROBLEMS),
        (Dimension.TECHNICAL_COMMUNICATION, Dimension.TIME_MANAGEMENT),
    ),
    Section(
        "readiness",
        "Interview readiness",
        70,
        (Metric.MOCK_INTERVIEWS,),
        (Dimension.FEEDBACK_INTEGRATION, Dimension.OVERALL_CONFIDENCE, Dimension.STRESS_MANAGEMENT),
    ),
    Section(
        "learning",
        "Learning and growth",
        70,
        (Metric.CONCEPTS, Metric.INDUSTRY_UPDATES, Metric.NETWORK_ACTIVITIES),
        (Dimension.SELF_ASSESSMENT_PROGRESS,),
    ),
)


class WeekRecord(Value):
    """What is known of one member's week.

    `counts` and `targets` are by metric, what an excused goal counts is still in `targets`. `lp_covered` is
    how many Leadership Principles the stories cover, None if there is no story bank. `ratings` come from the
    weekly check-in, `day_ratings` from the days. `minutes` were studied.
    """

    goals: tuple[GoalState, ...] = ()
    counts: dict[Metric, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    targets: dict[Metric, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    lp_covered: Annotated[int, Field(ge=0, le=LEADERSHIP_PRINCIPLES)] | None = None
    ratings: dict[Dimension, Rating] = Field(default_factory=dict)
    day_ratings: tuple[dict[Dimension, Rating], ...] = ()
    minutes: Annotated[int, Field(ge=0)] = 0
    area_minutes: dict[Area, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)


class ItemScore(Value):
    """One of the sixteen items. `value` is what was done or rated, None if it is not known.

    `target` is None for a counted item without a target in this week. `points` is None if the item leaves
    numerator and denominator.
    """

    name: str
    rated: bool
    value: Fraction | None
    target: int | None
    points: Fraction | None


class SectionScore(Value):
    """One section: its points of those that its answered items could bring."""

    name: str
    title: str
    target: int
    items: tuple[ItemScore, ...]

    @property
    def points(self) -> Fraction:
        """The exact points, 0 to `possible`."""
        return sum((item.points for item in self.items if item.points is not None), Fraction(0))

    @property
    def possible(self) -> int:
        """The points that the answered items could bring, 0 to 100."""
        return POINTS_PER_ITEM * sum(item.points is not None for item in self.items)

    @property
    def percent(self) -> int | None:
        """Points of possible ones in per cent, rounded down; None if no item is answered."""
        return percent_of(self.points, self.possible)

    @property
    def reached(self) -> bool | None:
        """Whether the section's target is reached, exactly; None if no item is answered."""
        return self.points * 100 >= self.target * self.possible if self.possible else None


class GoalsMet(Value):
    """Goals done of goals planned in a week, a member's own included; `excused` ones are in neither.

    Of the planned ones `late` were done a day or more after they were due, and `carried` were moved to a
    later day; `carried_done` of those are done.
    """

    done: int
    planned: int
    excused: int = 0
    late: int = 0
    carried: int = 0
    carried_done: int = 0

    @property
    def ratio(self) -> Fraction | None:
        """The exact ratio; None if nothing was planned."""
        return Fraction(self.done, self.planned) if self.planned else None

    @property
    def percent(self) -> int | None:
        """The ratio in per cent, rounded down."""
        return percent_of(self.done, self.planned)

    @property
    def band(self) -> Band:
        """The band of the exact ratio."""
        return band_of(self.ratio)


class Scorecard(Value):
    """A member's week; `minutes` were studied."""

    sections: tuple[SectionScore, ...]
    goals: GoalsMet
    minutes: int

    @property
    def points(self) -> Fraction:
        """The exact points of all sections."""
        return sum((section.points for section in self.sections), Fraction(0))

    @property
    def shown_points(self) -> int:
        """The points as they are shown, rounded down."""
        return int(self.points)

    @property
    def possible(self) -> int:
        """The points that all answered items could bring: 400 if every item is answered."""
        return sum(section.possible for section in self.sections)

    @property
    def percent(self) -> int | None:
        """Points of possible ones in per cent, rounded down; None if no item is answered."""
        return percent_of(self.points, self.possible)

    @property
    def band(self) -> Band:
        """The band of the goals met."""
        return self.goals.band

    @property
    def hours(self) -> float:
        """The hours that were studied."""
        return self.minutes / 60

    @property
    def items(self) -> tuple[ItemScore, ...]:
        """All sixteen items."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def missing_ratings(self) -> tuple[Dimension, ...]:
        """The ratings that were not given."""
        return tuple(Dimension(item.name) for item in self.items if item.rated and item.points is None)

    @property
    def without_target(self) -> tuple[str, ...]:
        """The counted items (metrics and LP coverage) that this week has no target for."""
        return tuple(item.name for item in self.items if not item.rated and item.points is None)

    @property
    def missing(self) -> str:
        """What left the total, in short: "2 ratings missing, no target for concepts"; "" if nothing did."""
        clauses = []
        if count := len(self.missing_ratings):
            clauses.append(f"{count} {'rating' if count == 1 else 'ratings'} missing")
        if self.without_target:
            clauses.append("no target for " + ", ".join(map(in_words, self.without_target)))
        return ", ".join(clauses)


def percent_of(part: Fraction | int, whole: int) -> int | None:
    """`part` of `whole` in whole per cent, rounded down; None of nothing."""
    return int(Fraction(part) * 100 / whole) if whole else None


def in_words(item: str) -> str:
    """The name of an item as people read it."""
    return item.replace("_", " ").replace("lp ", "LP ")


def band_of(ratio: Fraction | None) -> Band:
    """The band of an exact ratio of goals met ("Weekly planning"): 90 % and 70 % are the edges."""
    if ratio is None:
        return Band.REST
    if ratio >= HIGH_FROM:
        return Band.HIGH
    return Band.STANDARD if ratio >= STANDARD_FROM else Band.RECOVERY


def goals_met(goals: Iterable[GoalState]) -> GoalsMet:
    """Goals done of goals planned; an excused goal is in neither unless it was done all the same."""
    goals = tuple(goals)
    so_far = progress(goals)
    carried = [goal for goal in goals if goal.counts and goal.carried]
    return GoalsMet(
        done=so_far.done,
        planned=so_far.planned,
        excused=len(goals) - so_far.planned,
        late=sum(goal.done and goal.late for goal in goals),
        carried=len(carried),
        carried_done=sum(goal.done for goal in carried),
    )


def score(week: WeekRecord) -> Scorecard:
    """The scorecard of a week.

    A counted item brings 25 x min(done / target, 1), a rated one 25 x rating / 5. An item without a target,
    or a rating that was not given, leaves the total and is named in `missing`.
    """
    values = _done(week)
    aims = _targets(week)
    given = _ratings(week)
    return Scorecard(
        sections=tuple(
            SectionScore(
                name=section.name,
                title=section.title,
                target=section.target,
                items=(
                    *(_counted(name, values.get(name, 0), aims.get(name)) for name in section.counted),
                    *(_rated(dimension, given.get(dimension)) for dimension in section.rated),
                ),
            )
            for section in SECTIONS
        ),
        goals=goals_met(week.goals),
        minutes=week.minutes,
    )


def _done(week: WeekRecord) -> Mapping[str, int]:
    """What was done by counted item."""
    return dict(week.counts) | {LP_COVERAGE: week.lp_covered or 0}


def _targets(week: WeekRecord) -> Mapping[str, int]:
    """The target of each counted item that has one.

    What excused goals would have counted leaves the target, but not below what was done anyway: being
    excused never costs a point.
    """
    targets: dict[str, int] = {}
    for metric, target in week.targets.items():
        excused = sum(goal.metrics.get(metric, 0) for goal in week.goals if not goal.counts)
        targets[metric] = max(target - excused, min(week.counts.get(metric, 0), target))
    if week.lp_covered is not None:
        targets[LP_COVERAGE] = LEADERSHIP_PRINCIPLES
    return {name: target for name, target in targets.items() if target > 0}


def _ratings(week: WeekRecord) -> Mapping[Dimension, Fraction]:
    """Each dimension's rating: the check-in's, else the mean of the days'."""
    given: dict[Dimension, Fraction] = {}
    for dimension in Dimension:
        days = ratings.mean(day[dimension] for day in week.day_ratings if dimension in day)
        if dimension in week.ratings:
            given[dimension] = Fraction(week.ratings[dimension])
        elif days is not None:
            given[dimension] = days
    return given


def _counted(name: str, done: int, target: int | None) -> ItemScore:
    points = POINTS_PER_ITEM * min(Fraction(done, target), Fraction(1)) if target else None
    return ItemScore(name=name, rated=False, value=Fraction(done), target=target, points=points)


def _rated(dimension: Dimension, rating: Fraction | None) -> ItemScore:
    points = None if rating is None else POINTS_PER_ITEM * rating / ratings.HIGHEST
    return ItemScore(name=dimension, rated=True, value=rating, target=ratings.HIGHEST, points=points)
