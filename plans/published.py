"""A member's week as it was published, in plain numbers: what trends, months and reports are made of."""

from pydantic import Field

from plans.model import Area, Metric, Value
from plans.ratings import Dimension
from plans.scorecard import Band, GoalsMet


class AreaWeek(Value):
    """One area of a week: goals done of goals planned, and minutes studied.

    `share` is the per cent of the hours that was asked for it; None where the plan sets none.
    """

    done: int = 0
    planned: int = 0
    minutes: int = 0
    share: float | None = None


class PublishedWeek(Value):
    """A week in numbers. What a card that was published by an older Cadence did not keep is empty.

    `percent` are goals met, `hours` what there was to fill. `sections` are per cent by section, `ratings`
    1 to 5, `counts` and `targets` by metric. `mock_rating` is the mean of the ratings that partners gave.
    `excused`, `late` and `carried` are goals, `streak` days in a row and `strength` per cent at its end.
    """

    band: Band
    percent: int | None
    points: int
    possible: int
    minutes: int
    done: int = 0
    planned: int = 0
    excused: int = 0
    late: int = 0
    carried: int = 0
    streak: int | None = None
    strength: int | None = None
    hours: float | None = None
    sections: dict[str, int | None] = Field(default_factory=dict)
    ratings: dict[Dimension, float] = Field(default_factory=dict)
    counts: dict[Metric, int] = Field(default_factory=dict)
    targets: dict[Metric, int] = Field(default_factory=dict)
    areas: dict[Area, AreaWeek] = Field(default_factory=dict)
    lp_covered: int | None = None
    mock_rating: float | None = None
    confidence: float | None = None

    @property
    def goals(self) -> GoalsMet:
        """Goals met, in numbers."""
        return GoalsMet(done=self.done, planned=self.planned, excused=self.excused)
