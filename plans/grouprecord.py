"""A group's published weeks together: the month for the channel, the report for a lead.

It is made of nothing but the cards that the channel has seen, so nobody can learn more from it than from
them. Weeks are summed only where the same people stand behind each of them: a sum over changing people says
little, and invites to compute what one of them did. Else each week stands for itself. The one exception is
how many mocks were held, which counts sessions of the group and nobody's doing.

A group's month is four published weeks in a row since its first one.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from plans.groupcard import GroupCard, Line, Total
from plans.model import Metric, Value
from plans.month import WEEKS
from plans.scorecard import GoalsMet

_People = tuple[frozenset[str], int]


class RecordWeek(Value):
    """One week as it was published; `closed` says that it will not change any more."""

    monday: date
    card: GroupCard
    closed: bool = True


class Shown(Value):
    """Somebody whose week the channel has seen, by the name under which it did last."""

    member: str
    name: str
    weeks: int


class GroupRecord(Value):
    """Published weeks of a group, oldest first."""

    weeks: tuple[RecordWeek, ...]

    @property
    def mocks_held(self) -> int:
        """Sessions of the group in these weeks."""
        return sum(week.card.mocks_held for week in self.weeks)

    @property
    def goals(self) -> GoalsMet | None:
        """Goals met over all weeks; None unless the same people stand behind each."""
        if not _are_the_same([_in_goals(week.card) for week in self.weeks]):
            return None
        return GoalsMet(
            done=sum(week.card.goals.done for week in self.weeks),
            planned=sum(week.card.goals.planned for week in self.weeks),
        )

    @property
    def minutes(self) -> Total | None:
        """Minutes studied over all weeks; None unless the same people, and some, stand behind each."""
        return self._total([week.card.minutes for week in self.weeks])

    @property
    def metrics(self) -> Mapping[Metric, Total] | None:
        """What was counted over all weeks, where there is any; None under the same terms."""
        if self.minutes is None:
            return None
        nothing = Total(amount=0, people=0)
        sums = {
            metric: self._total([week.card.metrics.get(metric, nothing) for week in self.weeks])
            for metric in Metric
        }
        return {metric: total for metric, total in sums.items() if total is not None and total.amount}

    def _total(self, totals: Sequence[Total]) -> Total | None:
        people = totals[-1].people if totals else 0
        if not people or not _are_the_same([_in_rest(week.card) for week in self.weeks]):
            return None
        return Total(amount=sum(total.amount for total in totals), people=people)

    @property
    def trend(self) -> int | None:
        """Percentage points of goals met from the first week to the last; None without both."""
        shares = [week.card.percent for week in self.weeks]
        if len(shares) < 2 or shares[0] is None or shares[-1] is None:
            return None
        return shares[-1] - shares[0]

    @property
    def roster(self) -> tuple[Shown, ...]:
        """Everybody who has a line in one of the weeks, in the order of the names."""
        found: dict[str, Shown] = {}
        for _, line in self.lines:
            before = found.get(line.member)
            weeks = before.weeks + 1 if before else 1
            found[line.member] = Shown(member=line.member, name=line.name, weeks=weeks)
        return tuple(sorted(found.values(), key=lambda shown: (shown.name.casefold(), shown.member)))

    @property
    def lines(self) -> tuple[tuple[RecordWeek, Line], ...]:
        """Each line with its week: by week, then as it stood on the card."""
        return tuple((week, line) for week in self.weeks for line in week.card.lines)


class GroupMonth(Value):
    """Month `number` of a group (from 1): its four weeks, and how many milestones the channel celebrated."""

    number: int
    record: GroupRecord
    milestones: int = 0


def months_of(published: int) -> int | None:
    """The number of the group's month that ends with the newest of so many published weeks; None if none."""
    return published // WEEKS if published and published % WEEKS == 0 else None


def _in_goals(card: GroupCard) -> _People:
    """Who stands behind the goals met. Somebody who was forgotten has no line and still counts among them."""
    return frozenset(line.member for line in card.lines), card.goals_people


def _in_rest(card: GroupCard) -> _People:
    """Who stands behind the hours and the totals."""
    return frozenset(line.member for line in card.lines if line.hours is not None), card.minutes.people


def _are_the_same(people: Sequence[_People]) -> bool:
    return len(set(people)) == 1
