"""How much a week asks for: its targets by metric, and the minimums below which nobody should fall."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from plans.fit import FittedWeek
from plans.model import Metric

LEADERSHIP_PRINCIPLES = 16

# The full load of "Weekly planning", for weeks that no plan describes.
DEFAULTS: Mapping[Metric, int] = MappingProxyType(
    {
        Metric.STORIES: 3,
        Metric.CODING_PROBLEMS: 40,
        Metric.SYSTEM_DESIGN_PROBLEMS: 4,
        Metric.MOCK_INTERVIEWS: 2,
        Metric.CONCEPTS: 2,
        Metric.INDUSTRY_UPDATES: 2,
        Metric.NETWORK_ACTIVITIES: 1,
    }
)

# "Timelines": what every week holds on every plan.
MINIMUMS: Mapping[Metric, int] = MappingProxyType(
    {
        Metric.MOCK_INTERVIEWS: 1,
        Metric.SYSTEM_DESIGN_PROBLEMS: 2,
        Metric.CODING_PROBLEMS: 10,
        Metric.STORIES: 3,
    }
)


class DailyMinimum(NamedTuple):
    """Minutes a day, Monday to Friday, and what they are for."""

    minutes: int
    practice: str


# "Timelines": what every working day holds on every plan.
DAILY_MINIMUMS = (
    DailyMinimum(30, "telling and refining stories"),
    DailyMinimum(45, "a technical exercise, coding or design"),
    DailyMinimum(15, "tying the work to Leadership Principles"),
)


class Shortfall(NamedTuple):
    """A weekly minimum that was not reached."""

    metric: Metric
    done: int
    minimum: int


def of_week(week: FittedWeek) -> dict[Metric, int]:
    """What the week's goals add up to by metric; a metric that no goal counts has no target."""
    totals: Counter[Metric] = Counter()
    for goal in week.goals:
        totals.update(goal.metrics)
    return dict(totals)


def below_minimums(done: Mapping[Metric, int]) -> tuple[Shortfall, ...]:
    """The weekly minimums that these counts do not reach."""
    return tuple(
        Shortfall(metric, done.get(metric, 0), minimum)
        for metric, minimum in MINIMUMS.items()
        if done.get(metric, 0) < minimum
    )
