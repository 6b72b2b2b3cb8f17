"""How far a day or a week has come: goals done, minutes, by area; days in a row, and how steady they are."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from pydantic import Field

from plans.model import Area, Metric, Value

STEP = 0.125  # ours, see `strength`
SATURDAY = 5


class GoalState(Value):
    """A goal that was offered, from the plan or a member's own, and what became of it.

    `excused` says that it was skipped with a reason on a pause or a holiday, `carried` that it was moved to
    a later day, `late` that it was done a day or more after the one on which it stood.
    """

    goal_id: str
    minutes: int = 0
    area: Area = Area.PLANNING
    metrics: dict[Metric, int] = Field(default_factory=dict)
    done: bool = False
    excused: bool = False
    carried: bool = False
    late: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts as planned: an excused goal does only if it was done all the same."""
        return self.done or not self.excused


class Progress(Value):
    """What of the planned is done, in goals and in minutes."""

    done: int = 0
    planned: int = 0
    minutes_done: int = 0
    minutes_planned: int = 0

    @property
    def complete(self) -> bool:
        """Whether all is done; a day without goals is not complete, it is empty."""
        return 0 < self.planned == self.done

    @property
    def ratio(self) -> Fraction | None:
        """Goals done of goals planned; None if nothing was planned."""
        return Fraction(self.done, self.planned) if self.planned else None


def progress(goals: Iterable[GoalState]) -> Progress:
    """How far these goals have come; excused ones that were not done are left out."""
    counting = [goal for goal in goals if goal.counts]
    done = [goal for goal in counting if goal.done]
    return Progress(
        done=len(done),
        planned=len(counting),
        minutes_done=sum(goal.minutes for goal in done),
        minutes_planned=sum(goal.minutes for goal in counting),
    )


def by_area(goals: Iterable[GoalState]) -> dict[Area, Progress]:
    """The progress of each area that holds a goal, in the order of the areas."""
    goals = list(goals)
    present = {goal.area for goal in goals}
    return {area: progress(goal for goal in goals if goal.area is area) for area in Area if area in present}


def is_late(due_on: date, done_on: date) -> bool:
    """Whether this was done a day or more after it was due; what stands on Saturday has the weekend."""
    weekend = timedelta(days=due_on.weekday() == SATURDAY)
    return done_on > due_on + weekend


class Consistency(NamedTuple):
    """How steadily somebody works: days in a row, and a strength in per cent that a missed day only dents."""

    streak: int = 0
    strength: int = 0


def consistency(
    active: AbstractSet[date], today: date, excused: AbstractSet[date] = frozenset()
) -> Consistency:
    """The row of days up to today and its strength, over the same days."""
    return Consistency(streak(active, today, excused), strength(active, today, excused))


def streak(active: AbstractSet[date], today: date, excused: AbstractSet[date] = frozenset()) -> int:
    """Days in a row on which something was done, up to today.

    Today does not break the row before it is over. Days off, pauses and days without a goal (`excused`)
    neither count nor break it, unless something was done on them.
    """
    if not active:
        return 0
    row, day, first = 0, today, min(active)
    while day >= first and (day in active or day in excused or day == today):
        row += day in active
        day -= timedelta(days=1)
    return row


def strength(active: AbstractSet[date], today: date, excused: AbstractSet[date] = frozenset()) -> int:
    """How steady the work has been up to today, 0 to 100 per cent, rounded down.

    A day on which something was done closes an eighth of the gap to 100, a missed one takes an eighth of
    what there is: five days build 48 % from nothing or leave 51 % of all, so half of it is a working week
    old, and four days of five lead to about 80. "Consistency over intensity"; the eighth is ours.
    Today counts once something is done on it. Days off, pauses and days without a goal (`excused`) change
    nothing, unless something was done on them.
    """
    held = 0.0
    day = min(active, default=today)
    while day <= today:
        if day in active:
            held += (1 - held) * STEP
        elif day not in excused and day != today:
            held -= held * STEP
        day += timedelta(days=1)
    return int(held * 100)
