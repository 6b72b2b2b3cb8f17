"""A week as one member gets it: its goals on their days, what was left out and why, what changes with it."""

from enum import StrEnum

from plans.model import Area, Level, Metric, Tier, Value


class Why(StrEnum):
    """Why a goal is left out."""

    LEVEL = "level"
    TRACK = "track"
    HAD = "had"
    STRETCH = "stretch"
    CORE_ONLY = "core_only"
    NEEDS = "needs"
    HOURS = "hours"
    DAYS_OFF = "days_off"


class FittedGoal(Value):
    """A goal as one member gets it, in the words and minutes of their track.

    `weekday` (0 to 6 from Monday) is the day on which it stands, `moved_from` the day of the plan if a day
    off moved it.
    """

    id: str
    text: str
    note: str = ""
    minutes: int
    area: Area
    tier: Tier
    level: Level | None = None
    metrics: dict[Metric, int]
    needs: tuple[str, ...] = ()
    block: str
    weekday: int
    moved_from: int | None = None


class FittedDay(Value):
    """One day on which there is something to do."""

    weekday: int
    title: str
    goals: tuple[FittedGoal, ...]

    @property
    def minutes(self) -> int:
        """What the day's goals take."""
        return sum(goal.minutes for goal in self.goals)


class LeftOut(Value):
    """A goal that this week does not hold, and the reason as a clause that people read."""

    goal_id: str
    text: str
    minutes: int
    area: Area
    why: Why
    reason: str


class FittedWeek(Value):
    """One member's week: `hours` is what there was to fill, `minutes` what is planned."""

    number: int
    track: str
    level: Level
    hours: float
    minutes: int
    days: tuple[FittedDay, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def goals(self) -> tuple[FittedGoal, ...]:
        """All goals in the order of their days."""
        return tuple(goal for day in self.days for goal in day.goals)

    def day(self, weekday: int) -> FittedDay | None:
        """The day with this number (0 is Monday); None if nothing is planned on it."""
        return next((day for day in self.days if day.weekday == weekday), None)


class Difference(Value):
    """What changes from one fitted week to another; planned hours, not those that there were to fill."""

    kept: tuple[FittedGoal, ...]
    set_aside: tuple[FittedGoal, ...]
    added: tuple[FittedGoal, ...]
    hours_before: float
    hours_after: float


def difference(before: FittedWeek, after: FittedWeek) -> Difference:
    """What a member gains and gives up by taking `after` instead of `before`."""
    had = {goal.id for goal in before.goals}
    gets = {goal.id for goal in after.goals}
    return Difference(
        kept=tuple(goal for goal in after.goals if goal.id in had),
        set_aside=tuple(goal for goal in before.goals if goal.id not in gets),
        added=tuple(goal for goal in after.goals if goal.id not in had),
        hours_before=before.minutes / 60,
        hours_after=after.minutes / 60,
    )
