"""A member's week as they see it themselves: the scorecard, the weeks before, their own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plans.minimums import WeekMinimums
from plans.scorecard import Scorecard


@dataclass(frozen=True)
class PastWeek:
    """A published week in four numbers; `percent` are goals met."""

    monday: date
    points: int
    possible: int
    percent: int | None


@dataclass(frozen=True)
class MemberCard:
    """Everything that the member's own card says.

    `number` is the plan's week, None outside it. `trend` holds the published weeks, this one last.
    `insights` are by question. `advice` are whole sentences: warning signs and what helps. `minimums` is None
    where nothing was asked.
    """

    membership_id: int
    monday: date
    number: int | None
    card: Scorecard
    trend: Sequence[PastWeek]
    insights: Mapping[str, str]
    advice: Sequence[str]
    suggestion_in_channel: bool
    closed: bool
    minimums: WeekMinimums | None = None
