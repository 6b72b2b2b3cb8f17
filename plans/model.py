"""What a plan is: a curriculum as data, frozen and checked.

A plan lists the full load. What of it a member takes in a week is decided by `plans.fit`.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

GOAL_TEXT_LIMIT = 75  # Slack's limit for the text of a checkbox
NOTE_LIMIT = 300


class Area(StrEnum):
    """What a goal trains."""

    BEHAVIORAL = "behavioral"
    SYSTEM_DESIGN = "system_design"
    CODING = "coding"
    MOCK = "mock"
    LEARNING = "learning"
    PLANNING = "planning"

    @property
    def words(self) -> str:
        """The area as people read it."""
        return "behavioural" if self is Area.BEHAVIORAL else self.value.replace("_", " ")


class Tier(StrEnum):
    """How soon a goal is left out: core last, stretch first."""

    CORE = "core"
    STANDARD = "standard"
    STRETCH = "stretch"


class Level(StrEnum):
    """The level that somebody interviews for."""

    L6 = "L6"
    L7 = "L7"


class Metric(StrEnum):
    """What is counted. Study minutes and Leadership Principle coverage are derived, not counted here."""

    STORIES = "stories"
    CODING_PROBLEMS = "coding_problems"
    SYSTEM_DESIGN_PROBLEMS = "system_design_problems"
    MOCK_INTERVIEWS = "mock_interviews"
    CONCEPTS = "concepts"
    INDUSTRY_UPDATES = "industry_updates"
    NETWORK_ACTIVITIES = "network_activities"

    @property
    def words(self) -> str:
        """The metric as people read it."""
        return self.value.replace("_", " ")


class Weekday(StrEnum):
    """A day of a plan's week. Weekend goals stand on Saturday and stay open on Sunday."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """Days since Monday, 0 to 6, as `date.weekday()` counts them."""
        return list(Weekday).index(self)


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Minutes = Annotated[int, Field(ge=5, le=480)]
Hours = Annotated[float, Field(gt=0, le=80)]
Totals = dict[Metric, Annotated[int, Field(ge=1, le=5000)]]
Metrics = dict[Metric, Annotated[int, Field(ge=1, le=100)]]


class Value(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Lighter(Value):
    """How a goal looks on a lighter track, where the plan itself says so.

    `skip` leaves it out; any other field replaces the goal's own.
    """

    skip: bool = False
    text: Annotated[str, StringConstraints(min_length=1, max_length=GOAL_TEXT_LIMIT)] | None = None
    minutes: Minutes | None = None
    metrics: Metrics | None = None


class Goal(Value):
    """One thing to do on one day.

    `id` is stable for ever: the text may change, the identity does not. `alternative` names a set of
    goals of which a member sees the one for their level. `needs` are ids of goals of the same week without
    which this one makes no sense.
    """

    id: Slug
    text: Annotated[str, StringConstraints(min_length=1, max_length=GOAL_TEXT_LIMIT, strip_whitespace=True)]
    note: Annotated[str, StringConstraints(max_length=NOTE_LIMIT)] = ""
    minutes: Minutes
    area: Area
    tier: Tier
    level: Level | None = None
    alternative: Slug | None = None
    metrics: Metrics = {}
    needs: tuple[Slug, ...] = ()
    lighter: dict[Slug, Lighter] = {}

    @model_validator(mode="after")
    def _levels_come_in_alternatives(self) -> Self:
        if (self.level is None) != (self.alternative is None):
            raise ValueError("a goal with a level names its `alternative`, and the other way round")
        return self

    def is_for(self, level: Level | None) -> bool:
        """Whether somebody preparing for `level` may see this goal; no level stands for everybody."""
        return level is None or self.level in (None, level)


class Block(Value):
    """A stretch of a day that belongs together, e.g. "Evening"."""

    name: Line
    goals: tuple[Goal, ...]


class Day(Value):
    """One day of the full load; `hours` is what its goals add up to at either level."""

    weekday: Weekday
    title: Line
    hours: Annotated[float, Field(gt=0, le=12)]
    blocks: tuple[Block, ...]

    @property
    def goals(self) -> tuple[Goal, ...]:
        """All goals of the day, both levels, in the order of their blocks."""
        return tuple(goal for block in self.blocks for goal in block.goals)

    @model_validator(mode="after")
    def _minutes_add_up(self) -> Self:
        for level in Level:
            minutes = sum(goal.minutes for goal in self.goals if goal.is_for(level))
            if minutes != round(self.hours * 60):
                raise ValueError(
                    f"{self.weekday}: the {level} goals take {minutes} minutes, the day says {self.hours} h"
                )
        return self


class Week(Value):
    """One week of the full load; `targets` are counts that its source sets for it."""

    number: Annotated[int, Field(ge=1, le=60)]
    theme: Line
    title: Line
    targets: Metrics = {}
    days: tuple[Day, ...]

    @property
    def goals(self) -> tuple[Goal, ...]:
        """All goals of the week, both levels, in day order."""
        return tuple(goal for day in self.days for goal in day.goals)

    @property
    def hours(self) -> float:
        """The full load of the week in hours."""
        return sum(day.hours for day in self.days)

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        numbers = [day.weekday.number for day in self.days]
        if numbers != sorted(set(numbers)):
            raise ValueError(f"week {self.number}: its days are out of order or repeated")
        return self


class Phase(Value):
    """A run of weeks with one purpose; `weeks` is the first and the last."""

    name: Slug
    title: Line
    weeks: tuple[int, int]
    aims: tuple[Line, ...]


class Track(Value):
    """A load at which the plan can be taken; `shares` are per cent of the hours by area."""

    name: Slug
    title: Line
    hours: Hours
    shares: dict[Area, Annotated[float, Field(ge=0, le=100)]]

    @model_validator(mode="after")
    def _shares_add_up(self) -> Self:
        if round(sum(self.shares.values()), 6) != 100:
            raise ValueError(f"track {self.name}: its shares add up to {sum(self.shares.values())}, not 100")
        return self


class Scores(StrEnum):
    """Which of a week's ratings an item of a checkpoint looks at."""

    ALL = "all"
    PRIMARY = "primary"  # what decides the interview: stories, their delivery, technical communication


class Ratings(Value):
    """The lowest rating, from 1 to 5, that the last rated week may hold."""

    of: Scores
    at_least: Annotated[int, Field(ge=1, le=5)]


class CheckItem(Value):
    """One line of a checkpoint. What is counted is ticked by the data; without a count, the member ticks it.

    `counts` are totals since the plan began, `lp_coverage` how many Leadership Principles the stories
    cover, `goals` ids of goals that are done, `mock_average` the average of the mock interviews' feedback.
    """

    text: Line
    counts: Totals = {}
    lp_coverage: Annotated[int, Field(ge=1, le=16)] | None = None
    goals: tuple[Slug, ...] = ()
    ratings: Ratings | None = None
    mock_average: Annotated[float, Field(ge=1, le=5)] | None = None

    @property
    def is_counted(self) -> bool:
        """Whether the data can answer it."""
        return bool(self.counts or self.lp_coverage or self.goals or self.ratings or self.mock_average)


def _as_item(value: object) -> object:
    """An item that is only a sentence may be written as one."""
    return {"text": value} if isinstance(value, str) else value


class Checkpoint(Value):
    """A list to go through at the end of a week."""

    week: Annotated[int, Field(ge=1)]
    title: Line
    items: tuple[Annotated[CheckItem, BeforeValidator(_as_item)], ...]


class Frame(Value):
    """A curriculum without its weeks: what stands in its plan.toml.

    `success_rate` is the source's own estimate in per cent; nobody has measured it. `hours_per_week` are the
    hours of a full week on the default track, from and to.
    """

    slug: Slug
    title: Line
    summary: Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
    source: Line
    success_rate: Annotated[int, Field(ge=0, le=100)] | None = None
    hours_per_week: tuple[Hours, Hours] | None = None
    best_for: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""
    default_track: Slug
    tracks: tuple[Track, ...]
    phases: tuple[Phase, ...]
    checkpoints: tuple[Checkpoint, ...] = ()

    @property
    def load(self) -> tuple[float, float]:
        """The hours of a full week, from and to; those of the default track if the plan does not say."""
        if self.hours_per_week is not None:
            return self.hours_per_week
        hours = next((track.hours for track in self.tracks if track.name == self.default_track), 0.0)
        return hours, hours


class Plan(Frame):
    """A whole curriculum. `plans.flaws` finds where its parts contradict each other."""

    weeks: tuple[Week, ...]

    def week(self, number: int) -> Week:
        """The week with this number.

        Raises:
            KeyError: the plan has no such week.
        """
        if not 1 <= number <= len(self.weeks):
            raise KeyError(number)
        return self.weeks[number - 1]

    def track(self, name: str) -> Track:
        """The track with this name.

        Raises:
            KeyError: the plan has no such track.
        """
        for track in self.tracks:
            if track.name == name:
                return track
        raise KeyError(name)

    def phase_of(self, number: int) -> Phase:
        """The phase that week `number` belongs to.

        Raises:
            KeyError: the plan has no such week.
        """
        for phase in self.phases:
            if phase.weeks[0] <= number <= phase.weeks[1]:
                return phase
        raise KeyError(number)
