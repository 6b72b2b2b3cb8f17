"""Where somebody stands who looks for a plan: weeks left, level, hours, how much they dare."""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.model import Level, Plan

EMERGENCY_WEEKS = 2  # up to here the framework of "Timelines" knows nothing but an emergency


class CurrentLevel(StrEnum):
    """Where somebody stands now, lowest first. Compare with `is_at_least`: text has another order."""

    ENGINEER = "engineer"
    SENIOR_ENGINEER = "senior_engineer"
    MANAGER = "manager"
    SENIOR_MANAGER = "senior_manager"

    @property
    def words(self) -> str:
        """The level as people read it."""
        return self.value.replace("_", " ")

    def is_at_least(self, other: "CurrentLevel") -> bool:
        """Whether this level is `other` or above it."""
        order = list(CurrentLevel)
        return order.index(self) >= order.index(other)


class Risk(StrEnum):
    """How much may be at stake: whether one would go into the interview half prepared."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True)
class Case:
    """Somebody's situation; `weeks` are None as long as there is no date."""

    weeks: int | None
    current: CurrentLevel
    target: Level
    hours: float
    risk: Risk

    @property
    def too_short(self) -> bool:
        """Whether the framework knows nothing but an emergency."""
        return self.weeks is not None and self.weeks <= EMERGENCY_WEEKS

    def missing(self, plan: Plan) -> int:
        """How many of the plan's weeks would come after the interview."""
        return 0 if self.weeks is None else max(len(plan.weeks) - self.weeks, 0)

    def has_hours_for(self, plan: Plan) -> bool:
        """Whether the hours reach for the plan's lightest track."""
        return self.hours >= lightest(plan)

    def dares(self, plan: Plan) -> bool:
        """Whether an emergency is the right advice: for high risk always, for medium if the hours reach."""
        return self.risk is Risk.HIGH or (self.risk is Risk.MEDIUM and self.has_hours_for(plan))

    def share_of(self, plan: Plan) -> float:
        """How much of the plan, on its lightest track, there is time for: 0 to 1."""
        weeks = math.inf if self.weeks is None else max(self.weeks, 0.5)
        return min(1.0, weeks / len(plan.weeks)) * min(1.0, self.hours / lightest(plan))


def weeks_left(today: date, interview: date | None) -> int | None:
    """Whole weeks from `today` to the interview; none if there is no date yet, 0 once it is over."""
    return None if interview is None else max((interview - today).days // 7, 0)


def lightest(plan: Plan) -> float:
    """The hours a week of the plan's lightest track."""
    return min((track.hours for track in plan.tracks), default=plan.load[0])
