"""The practice below which no week and no working day should fall, on every plan ("Timelines")."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, Self

from plans import calendar
from plans.model import Area, Metric

FRIDAY = 4

WEEKLY: Mapping[Metric, int] = MappingProxyType(
    {
        Metric.MOCK_INTERVIEWS: 1,
        Metric.SYSTEM_DESIGN_PROBLEMS: 2,
        Metric.CODING_PROBLEMS: 10,
        Metric.STORIES: 3,
    }
)

# What one of each takes, to say what a weekend can still hold (ours).
MINUTES_EACH: Mapping[Metric, int] = MappingProxyType(
    {
        Metric.MOCK_INTERVIEWS: 60,
        Metric.SYSTEM_DESIGN_PROBLEMS: 45,
        Metric.CODING_PROBLEMS: 20,
        Metric.STORIES: 30,
    }
)
WEEKEND_DAY = 120  # minutes of one day of a weekend that may be asked for (ours)


class DailyMinimum(NamedTuple):
    """Minutes a day, Monday to Friday, what they are for, and the areas in which they are recorded."""

    minutes: int
    practice: str
    areas: frozenset[Area]


DAILY = (
    DailyMinimum(30, "telling and refining stories", frozenset({Area.BEHAVIORAL})),
    DailyMinimum(45, "a technical exercise, coding or design", frozenset({Area.CODING, Area.SYSTEM_DESIGN})),
    DailyMinimum(15, "tying the work to Leadership Principles", frozenset({Area.BEHAVIORAL})),
)


class Shortfall(NamedTuple):
    """A weekly minimum that was not reached."""

    metric: Metric
    done: int
    minimum: int


class Held(NamedTuple):
    """On how many days the daily minimum held, of how many on which it was asked."""

    days: int
    asked: int


class Standing(NamedTuple):
    """How one weekly minimum stands; `offered` is what the week's own goals hold of it."""

    metric: Metric
    done: int
    minimum: int
    offered: int

    @property
    def reach(self) -> int:
        """What may be asked in this week: the minimum, or what of it the week's goals hold."""
        return min(self.minimum, self.offered)

    @property
    def missing(self) -> int:
        """How many there are to go to what may be asked."""
        return max(self.reach - self.done, 0)

    @property
    def is_short(self) -> bool:
        """Whether less was done than may be asked."""
        return self.missing > 0

    @property
    def is_beyond(self) -> bool:
        """Whether the week's hours do not hold the minimum, which is no failure of anybody."""
        return self.done < self.minimum and self.offered < self.minimum


class WeekMinimums(NamedTuple):
    """A member's week against the minimums: the four counts, the days, and the hours of its goals."""

    standings: tuple[Standing, ...]
    held: Held
    hours: float

    @property
    def short(self) -> tuple[Standing, ...]:
        """The minimums of which less was done than may be asked."""
        return tuple(each for each in self.standings if each.is_short)

    @property
    def beyond(self) -> tuple[Standing, ...]:
        """The minimums that the week's hours do not hold."""
        return tuple(each for each in self.standings if each.is_beyond)

    @classmethod
    def ahead(cls, offered: Mapping[Metric, int], minutes: int) -> Self:
        """A week to come, whose goals count `offered` and take so many minutes."""
        return cls(standings({}, offered), Held(0, 0), minutes / 60)


class Piece(NamedTuple):
    """What of a shortfall a weekend can still hold, and the minutes that it takes."""

    metric: Metric
    number: int
    minutes: int


def short_of(done: Mapping[Metric, int]) -> tuple[Shortfall, ...]:
    """The weekly minimums that these counts do not reach."""
    return tuple(
        Shortfall(metric, done.get(metric, 0), least)
        for metric, least in WEEKLY.items()
        if done.get(metric, 0) < least
    )


def standings(done: Mapping[Metric, int], offered: Mapping[Metric, int]) -> tuple[Standing, ...]:
    """How the four weekly minimums stand, by what was done and by what the week's goals count."""
    return tuple(
        Standing(metric, done.get(metric, 0), least, offered.get(metric, 0))
        for metric, least in WEEKLY.items()
    )


def holds(minutes: Mapping[Area, int]) -> bool:
    """Whether a day with these minutes by area holds the daily minimum.

    Stories and tying the work to Leadership Principles are both recorded as behavioural, so that a day holds
    its minimum with 45 behavioural and 45 technical minutes, coding and design together ("Timelines").
    """
    return all(
        sum(minutes.get(area, 0) for area in areas)
        >= sum(least.minutes for least in DAILY if least.areas == areas)
        for areas in {least.areas for least in DAILY}
    )


def working_days(
    monday: date, *, begins: date, days_off: Collection[int], paused: AbstractSet[date]
) -> tuple[date, ...]:
    """The days of a week on which the daily minimum is asked: Monday to Friday.

    Days off (0 to 6 from Monday), paused days and days before `begins`, the plan's first, are not asked.
    """
    return tuple(
        day
        for day in calendar.days_of_week(monday)
        if day.weekday() <= FRIDAY and day >= begins and day.weekday() not in days_off and day not in paused
    )


def days_held(asked: Iterable[date], minutes: Mapping[date, Mapping[Area, int]], today: date) -> Held:
    """On how many of the asked days up to `today` the daily minimum held.

    Today is not over: it counts from the moment at which it holds.
    """
    holding = {day for day, spent in minutes.items() if holds(spent)}
    so_far = [day for day in asked if day < today or (day == today and day in holding)]
    return Held(sum(day in holding for day in so_far), len(so_far))


def weekend_minutes(
    monday: date, today: date, *, days_off: Collection[int], paused: AbstractSet[date]
) -> int:
    """What the Saturday and the Sunday of a week may still be asked for, from `today` on."""
    weekend = calendar.days_of_week(monday)[FRIDAY + 1 :]
    free = [day for day in weekend if day >= today and day.weekday() not in days_off and day not in paused]
    return WEEKEND_DAY * len(free)


def fitting(short: Sequence[Standing], minutes: int) -> tuple[Piece, ...]:
    """What of these shortfalls fits into so many minutes: what is soonest closed comes first."""
    pieces = []
    for each in sorted(short, key=lambda standing: standing.missing * MINUTES_EACH[standing.metric]):
        number = min(each.missing, minutes // MINUTES_EACH[each.metric])
        if number > 0:
            pieces.append(Piece(each.metric, number, number * MINUTES_EACH[each.metric]))
            minutes -= pieces[-1].minutes
    return tuple(pieces)
