"""A member's week as they see it themselves: the scorecard, the weeks before, their own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from plans.areashares import AreaShare
from plans.minimums import WeekMinimums
from plans.progress import Consistency
from plans.scorecard import Scorecard

TREND = 6  # weeks on a card; ours


@dataclass(frozen=True)
class PastWeek:
    """A published week in numbers; `percent` are goals met, `sections` are per cent by section.

    A week that was not published has no numbers, one that an older Cadence published no sections.
    """

    monday: date
    points: int = 0
    possible: int = 0
    percent: int | None = None
    sections: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class MemberCard:
    """Everything that the member's own card says.

    `number` is the plan's week, None outside it. `trend` holds the published weeks, this one last, none left
    out between two. `insights` are by question. `advice` are whole sentences: warning signs and what helps.
    `minimums` is None where nothing was asked. `areas` are those in which anything was planned, asked or
    done. `consistency` is None for a week that is long over. `begins` is the plan's first day if the week
    lies before it.
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
    areas: Sequence[AreaShare] = ()
    consistency: Consistency | None = None
    begins: date | None = None


def trend(weeks: Sequence[PastWeek]) -> tuple[PastWeek, ...]:
    """The last six weeks up to the last of these, oldest first; one that is missing in between is empty."""
    if not weeks:
        return ()
    known = {week.monday: week for week in weeks}
    last = max(known)
    near = min(monday for monday in known if last - monday < timedelta(weeks=TREND))
    span = (last - near).days // 7
    mondays = (near + timedelta(weeks=number) for number in range(span + 1))
    return tuple(known.get(monday) or PastWeek(monday) for monday in mondays)
