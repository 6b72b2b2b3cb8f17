"""A group's week as its channel sees it: a line for each member as far as they share, and totals.

The rule for totals: a total counts those who show its measure, and says how many these are. No sum on the
card depends on what anybody keeps to themself, so nobody can compute it from the card, whatever else they
know. To count hidden people once enough of them hide each other does not do: a total that says that nobody
did anything says so of each of them, and when one of them leaves between both publications of a week, the
difference is theirs. How many mocks were held is no such sum: who was to meet whom was announced in the
channel.

The sharing choices are those of the first publication: a line that appeared or went with the second would
say who has just changed their mind.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from pydantic import Field

from plans.model import Metric, Value
from plans.scorecard import Band, GoalsMet, Scorecard


class Sharing(StrEnum):
    """What of their week a member shows to the group."""

    FULL = "full"
    SUMMARY = "summary"
    PRIVATE = "private"


class MemberWeek(Value):
    """One member's week as it is known to them; `counts` are by metric."""

    member: str
    name: str
    sharing: Sharing
    card: Scorecard
    counts: dict[Metric, int] = Field(default_factory=dict)


class Line(Value):
    """One member as far as they share; `hours`, `points` and `possible` are None in a summary."""

    member: str
    name: str
    band: Band
    percent: int | None
    hours: float | None = None
    points: int | None = None
    possible: int | None = None


class Total(Value):
    """A sum over `people` of the group's members."""

    amount: int
    people: int


class GroupCard(Value):
    """What the channel may know of a week.

    `unlisted` members have no line. `goals` is the sum of goals done and planned over the `goals_people`
    who show them. `minutes` were studied. `mocks_held` are sessions of the group, not one for each who took
    part; their pairs were announced in the channel.
    """

    members: int
    lines: tuple[Line, ...]
    unlisted: int
    goals: GoalsMet
    goals_people: int
    minutes: Total
    metrics: dict[Metric, Total]
    mocks_held: int = 0
    previous_percent: int | None = None

    @property
    def percent(self) -> int | None:
        """Goals met by the group in per cent, rounded down."""
        return self.goals.percent

    @property
    def trend(self) -> int | None:
        """Percentage points since last week's card; None if either week has no percentage."""
        if self.percent is None or self.previous_percent is None:
            return None
        return self.percent - self.previous_percent


def group_card(
    weeks: Iterable[MemberWeek], *, mocks_held: int = 0, previous: GroupCard | None = None
) -> GroupCard:
    """The channel's view of these members' week; `previous` is last week's card as it was published.

    Lines stand in the order of the names: nobody is ranked.
    """
    group = sorted(weeks, key=lambda week: (week.name.casefold(), week.member))
    in_goals = [week for week in group if _shows_goals(week)]
    in_rest = [week for week in group if _shows_all(week)]
    lines = tuple(map(_line, in_goals))
    return GroupCard(
        members=len(group),
        lines=lines,
        unlisted=len(group) - len(lines),
        goals=_goals(in_goals),
        goals_people=len(in_goals),
        minutes=Total(amount=sum(week.card.minutes for week in in_rest), people=len(in_rest)),
        metrics={metric: _total(metric, in_rest) for metric in Metric},
        mocks_held=mocks_held,
        previous_percent=previous.percent if previous else None,
    )


def may_stand_in_channel(sharing: Sharing, before: Sequence[tuple[Band, Sharing]]) -> bool:
    """Whether the channel may see what is suggested after a week that is shared like this.

    `before` are the bands of the weeks before with their sharing, oldest first. Only for who shares fully,
    and only if the weeks that the suggestion builds on were shown, too: "a second week below 70 %" tells
    the band of the week before, and a first one tells what it was not.
    """
    if sharing is not Sharing.FULL:
        return False
    for band, shown in reversed(before):
        if shown is Sharing.PRIVATE or band is not Band.REST:
            return shown is not Sharing.PRIVATE
    return True


def _shows_goals(week: MemberWeek) -> bool:
    return week.sharing is not Sharing.PRIVATE


def _shows_all(week: MemberWeek) -> bool:
    return week.sharing is Sharing.FULL


def _line(week: MemberWeek) -> Line:
    card = week.card
    line = Line(member=week.member, name=week.name, band=card.band, percent=card.goals.percent)
    if not _shows_all(week):
        return line
    shown = {"hours": card.hours, "points": card.shown_points, "possible": card.possible}
    return line.model_copy(update=shown)


def _goals(weeks: list[MemberWeek]) -> GoalsMet:
    """The goals of these members together; who was excused from what stays out of it."""
    return GoalsMet(
        done=sum(week.card.goals.done for week in weeks),
        planned=sum(week.card.goals.planned for week in weeks),
    )


def _total(metric: Metric, weeks: list[MemberWeek]) -> Total:
    return Total(amount=sum(week.counts.get(metric, 0) for week in weeks), people=len(weeks))
