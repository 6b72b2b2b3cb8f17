"""How far a day or a week has come: goals done, minutes, by area, and days in a row."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from fractions import Fraction

from pydantic import Field

from plans.model import Area, Metric, Value


class GoalState(Value):
    """A goal that was offered, from the plan or a member's own, and what became of it.

    `excused` says that it was skipped with a reason on a pause or a holiday.
    """

    goal_id: str
    minutes: int = 0
    area: Area = Area.PLANNING
    metrics: dict[Metric, int] = Field(default_factory=dict)
    done: bool = False
    excused: bool = False

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
