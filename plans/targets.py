"""How much a week asks for: its targets by metric."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from plans.fitted import FittedWeek
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


def of_week(week: FittedWeek) -> dict[Metric, int]:
    """What the week's goals add up to by metric; a metric that no goal counts has no target."""
    totals: Counter[Metric] = Counter()
    for goal in week.goals:
        totals.update(goal.metrics)
    return dict(totals)
