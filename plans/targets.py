"""How much a week asks for: its targets by metric."""

from collections import Counter

from plans.fitted import FittedWeek
from plans.model import Metric

LEADERSHIP_PRINCIPLES = 16


def of_week(week: FittedWeek) -> dict[Metric, int]:
    """What the week's goals add up to by metric; a metric that no goal counts has no target."""
    totals: Counter[Metric] = Counter()
    for goal in week.goals:
        totals.update(goal.metrics)
    return dict(totals)
