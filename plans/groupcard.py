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

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from pydantic import Field

from plans.model import Metric, Value
from plans.published import PublishedWeek
from plans.scorecard import Band, GoalsMet, Scorecard

LEAST_FOR_TOTALS = 3  # ours: below that a count of problems or stories is nearly somebody's own
WEEKS_BESIDE = 5  # ours: what a phone can show side by side


class Sharing(StrEnum):
    """What of their week a member shows to the group."""

    FULL = "full"
    SUMMARY = "summary"
    PRIVATE = "private"


class MemberWeek(Value):
    """One member's week as it was scored or published; `counts` are by metric."""

    member: str
    name: str
    sharing: Sharing
    card: Scorecard | PublishedWeek
    counts: dict[Metric, int] = Field(default_factory=dict)


class Line(Value):
    """One member as far as they share; `hours`, `points` and `possible` are None in a summary.

    `place` is given on a ranked card to who has a percentage.
    """

    member: str
    name: str
    band: Band
    percent: int | None
    hours: float | None = None
    points: int | None = None
    possible: int | None = None
    place: int | None = None


class Total(Value):
    """A sum over `people` of the group's members."""

    amount: int
    people: int


class GroupCard(Value):
    """What the channel may know of a week.

    `unlisted` members have no line. `goals` is the sum of goals done and planned over the `goals_people`
    who show them. `minutes` were studied. `metrics` are summed from three members on who show everything;
    each one's minutes stand in their line anyway. `mocks_held` are sessions of the group, not one for each
    who took part; their pairs were announced in the channel.
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
    ranked: bool = False

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


class WeekBeside(Value):
    """A week of the group beside others; `percent` are goals met, `minutes` those of who shows them.

    A week without a card has no numbers at all.
    """

    monday: date
    percent: int | None = None
    minutes: int | None = None
    mocks_held: int | None = None

    @property
    def has_card(self) -> bool:
        """Whether there was a card for this week at all."""
        return self.mocks_held is not None


def side_by_side(cards: Mapping[date, GroupCard], monday: date) -> tuple[WeekBeside, ...]:
    """The weeks up to that of `monday`, oldest first, at most five; between two cards no week is left out."""
    shown = [day for day in cards if monday - timedelta(weeks=WEEKS_BESIDE) < day <= monday]
    count = (monday - min(shown)).days // 7 + 1 if shown else 0
    return tuple(
        _beside(monday - timedelta(weeks=back), cards.get(monday - timedelta(weeks=back)))
        for back in reversed(range(count))
    )


def _beside(monday: date, card: GroupCard | None) -> WeekBeside:
    if card is None:
        return WeekBeside(monday=monday)
    minutes = card.minutes.amount if card.minutes.people else None
    return WeekBeside(monday=monday, percent=card.percent, minutes=minutes, mocks_held=card.mocks_held)


def group_card(
    weeks: Iterable[MemberWeek],
    *,
    mocks_held: int = 0,
    previous: GroupCard | None = None,
    ranked: bool = False,
) -> GroupCard:
    """The channel's view of these members' week; `previous` is last week's card as it was published.

    Lines stand in the order of the names: nobody is ranked, unless the lead has turned that on (`ranked`).
    """
    group = sorted(weeks, key=_by_name)
    in_goals = [week for week in group if _shows_goals(week)]
    in_rest = [week for week in group if _shows_all(week)]
    lines = tuple(map(_line, in_goals))
    lines = _in_places(lines) if ranked else lines
    return GroupCard(
        members=len(group),
        lines=lines,
        unlisted=len(group) - len(lines),
        goals=_goals(in_goals),
        goals_people=len(in_goals),
        minutes=Total(amount=sum(week.card.minutes for week in in_rest), people=len(in_rest)),
        metrics=_metrics(in_rest),
        mocks_held=mocks_held,
        previous_percent=previous.percent if previous else None,
        ranked=ranked,
    )


def _in_places(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines by goals met, with places; only shown numbers decide, so the order tells nothing else.

    Equal percentages share a place, and the next one is as far behind as people are before it. Among them
    who shows more points stands first, then the name decides. Who planned nothing has no place.
    """
    order = sorted(lines, key=lambda line: (-_shown(line.percent), -_shown(line.points)))
    shown = [_shown(line.percent) for line in order]
    return tuple(
        line if line.percent is None else line.model_copy(update={"place": shown.index(percent) + 1})
        for line, percent in zip(order, shown, strict=True)
    )


def _shown(number: int | None) -> int:
    """A number for comparing; what is not shown comes after all that is."""
    return -1 if number is None else number


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


def _by_name(week: MemberWeek) -> tuple[str, str]:
    return week.name.casefold(), week.member


def _shows_goals(week: MemberWeek) -> bool:
    return week.sharing is not Sharing.PRIVATE


def _shows_all(week: MemberWeek) -> bool:
    return week.sharing is Sharing.FULL


def _line(week: MemberWeek) -> Line:
    card = week.card
    line = Line(member=week.member, name=week.name, band=card.band, percent=card.goals.percent)
    if not _shows_all(week):
        return line
    shown = {"hours": card.minutes / 60, "points": int(card.points), "possible": card.possible}
    return line.model_copy(update=shown)


def _goals(weeks: list[MemberWeek]) -> GoalsMet:
    """The goals of these members together; who was excused from what stays out of it."""
    return GoalsMet(
        done=sum(week.card.goals.done for week in weeks),
        planned=sum(week.card.goals.planned for week in weeks),
    )


def _metrics(weeks: list[MemberWeek]) -> dict[Metric, Total]:
    if len(weeks) < LEAST_FOR_TOTALS:
        return {}
    return {metric: _total(metric, weeks) for metric in Metric}


def _total(metric: Metric, weeks: list[MemberWeek]) -> Total:
    return Total(amount=sum(week.counts.get(metric, 0) for week in weeks), people=len(weeks))
