"""The targets of the scorecard in "Weekly planning", a load that hardly any week of a plan asks for."""

from collections.abc import Mapping
from types import MappingProxyType

from plans.model import Metric

FULL_LOAD: Mapping[Metric, int] = MappingProxyType(
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
