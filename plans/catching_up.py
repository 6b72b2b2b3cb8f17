"""What is behind, offered again by priority and never as an avalanche.

The order is that of "Templates" for who is behind schedule: behavioural stories first, then the core patterns
of system design, then the rest. How much at a time is ours: at most a quarter of a week's hours, at most two
goals a day, nothing that is older than four weeks.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from plans.model import Area, Tier, Value

MOST_OF_THE_HOURS = 0.25  # ours: what is behind must not push this week's goals out
MOST_A_DAY = 2  # ours
OLDEST = timedelta(weeks=4)  # ours: what has waited longer is better planned anew
TIERS = list(Tier)


class Behind(Value):
    """A goal whose day is over and that is still open; `due_on` is the day that offered it first."""

    id: int
    text: str
    area: Area
    tier: Tier
    minutes: int
    due_on: date


class OfferedDay(Value):
    """What is offered again on one day."""

    day: date
    goals: tuple[Behind, ...]

    @property
    def minutes(self) -> int:
        """What these goals take."""
        return sum(goal.minutes for goal in self.goals)


class CatchUp(Value):
    """What is offered again, by day; what is set aside, in the same order; how many goals are too old.

    `most_minutes` is what this week has to spare for it.
    """

    days: tuple[OfferedDay, ...]
    set_aside: tuple[Behind, ...]
    too_old: int
    most_minutes: int

    @property
    def goals(self) -> tuple[Behind, ...]:
        """All goals that are offered, day by day."""
        return tuple(goal for day in self.days for goal in day.goals)

    @property
    def minutes(self) -> int:
        """What they take together."""
        return sum(day.minutes for day in self.days)


def catch_up(
    behind: Iterable[Behind],
    *,
    hours: float,
    days: Iterable[date],
    today: date,
    taken: Mapping[date, Sequence[int]] | None = None,
    capacity: Mapping[date, int] | None = None,
) -> CatchUp:
    """Which of the goals are offered again, and on which of the `days` that this week has left.

    `hours` are those of the member's week. `taken` are the minutes of each goal that was moved to a day of
    this week already: it counts as offered. `capacity` are the minutes that a day still has; a day that it
    does not name has none, and without it every day has room.
    """
    waiting = list(behind)
    recent = [goal for goal in waiting if goal.due_on >= today - OLDEST]
    most = round(hours * 60 * MOST_OF_THE_HOURS)
    room = _Room(most, sorted(day for day in days if day >= today), taken or {}, capacity)
    set_aside = [goal for goal in by_priority(recent) if not room.takes(goal)]
    return CatchUp(
        days=room.offered(),
        set_aside=tuple(set_aside),
        too_old=len(waiting) - len(recent),
        most_minutes=most,
    )


def by_priority(goals: Iterable[Behind]) -> list[Behind]:
    """The order in which goals are offered again; inside each step core first, then the oldest."""
    return sorted(goals, key=lambda goal: (_step(goal), TIERS.index(goal.tier), goal.due_on, goal.id))


def _step(goal: Behind) -> int:
    """The priority of "Templates": stories, the core of system design, the rest."""
    if goal.area is Area.BEHAVIORAL:
        return 0
    return 1 if goal.area is Area.SYSTEM_DESIGN and goal.tier is Tier.CORE else 2


class _Room:
    """The days that are left, filling up."""

    def __init__(
        self,
        most: int,
        days: Sequence[date],
        taken: Mapping[date, Sequence[int]],
        capacity: Mapping[date, int] | None,
    ) -> None:
        self._goals: dict[date, list[Behind]] = {day: [] for day in days}
        self._taken = taken
        self._capacity = capacity
        self._left = most - sum(sum(minutes) for minutes in taken.values())

    def takes(self, goal: Behind) -> bool:
        """Put the goal on the first day that has room for it; false if none has, or the week has not."""
        if goal.minutes > self._left:
            return False
        day = next((day for day in self._goals if self._has_room(day, goal)), None)
        if day is None:
            return False
        self._goals[day].append(goal)
        self._left -= goal.minutes
        return True

    def _has_room(self, day: date, goal: Behind) -> bool:
        held = self._goals[day]
        if len(held) + len(self._taken.get(day, ())) >= MOST_A_DAY:
            return False
        if self._capacity is None:
            return True
        return sum(each.minutes for each in held) + goal.minutes <= self._capacity.get(day, 0)

    def offered(self) -> tuple[OfferedDay, ...]:
        """What came in, by day."""
        return tuple(OfferedDay(day=day, goals=tuple(goals)) for day, goals in self._goals.items() if goals)
