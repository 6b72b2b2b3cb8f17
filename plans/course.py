"""A plan as somebody takes it, what they want instead, and the goals of a week that are still to be done."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from plans import calendar
from plans.model import Level, Plan, Value

MOST_WEEKS = 8  # ours: what needs more is better begun as a longer plan


class Begin(StrEnum):
    """From when on a new plan counts."""

    TODAY = "today"
    MONDAY = "monday"


class Course(Value):
    """A plan as somebody takes it.

    `name` is what an enrolment calls the plan. `starts_on` is the Monday of its first week, `first_day` the
    first day that counts. `extensions` are the Mondays of the weeks that lengthened it.
    """

    plan: Plan
    name: str
    track: str
    level: Level
    hours: float
    starts_on: date
    first_day: date
    interview_on: date | None = None
    extensions: tuple[date, ...] = ()

    @property
    def ends_on(self) -> date:
        """The last day, longer weeks included."""
        return calendar.last_day(self.starts_on, len(self.plan.weeks), self.extensions)

    def week_of(self, monday: date, extensions: tuple[date, ...] | None = None) -> int | None:
        """The plan week of the calendar week of `monday`; none outside the plan."""
        inserted = self.extensions if extensions is None else extensions
        return calendar.place(self.starts_on, monday, len(self.plan.weeks), inserted).week


class Wish(Value):
    """What somebody wants instead; `track` may be none of the plan's, then the hours decide.

    A new plan, and one that is started over, begin today or next Monday. `current_level` and `risk` are what
    was said when the plan was chosen, if it was.
    """

    plan: str
    track: str
    level: Level
    hours: float
    interview_on: date | None = None
    start_over: bool = False
    begins: Begin = Begin.TODAY
    extend_by: int = Field(default=0, ge=0, le=MOST_WEEKS)
    current_level: str | None = None
    risk: str | None = None

    def is_new(self, course: Course) -> bool:
        """Whether a plan is begun, and not only the present one changed."""
        return self.start_over or self.plan != course.name


class Planned(Value):
    """A goal of this week that is still to be done; an `optional` one is of days before the plan began."""

    key: str
    text: str
    minutes: int
    due_on: date
    optional: bool = False
