"""What is worth a word when somebody reaches it: each once, found in the weeks as they were published.

Names and thresholds are ours. They stand where the sources count, too: a standard week is 70 % of the goals
("Weekly planning"), a Leadership Principle is one of sixteen ("Templates"), one mock a week is the least
("Timelines"), so ten of them are a good ten weeks.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from plans.groupcard import Sharing
from plans.model import Metric, Value
from plans.published import PublishedWeek
from plans.scorecard import Band
from plans.targets import LEADERSHIP_PRINCIPLES

STEADY = (Band.STANDARD, Band.HIGH)


class Name(StrEnum):
    """The milestones, in the order in which they are told; the database keeps these names."""

    FIRST_WEEK = "first_week"
    GOALS_25 = "goals_25"
    GOALS_100 = "goals_100"
    GOALS_250 = "goals_250"
    ROW_4 = "row_4"
    ROW_8 = "row_8"
    FIRST_MOCK = "first_mock"
    MOCKS_5 = "mocks_5"
    MOCKS_10 = "mocks_10"
    ALL_PRINCIPLES = "all_principles"
    HALF_OF_PLAN = "half_of_plan"
    PLAN_FINISHED = "plan_finished"
    COMEBACK = "comeback"


# Never in the channel: the one tells that the week before went badly, the other comes from the member's own
# check-in, which no sharing choice gives away.
ALWAYS_PRIVATE = frozenset({Name.COMEBACK, Name.ALL_PRINCIPLES})


_LATER = {
    Name.GOALS_25: (Name.GOALS_100, Name.GOALS_250),
    Name.GOALS_100: (Name.GOALS_250,),
    Name.ROW_4: (Name.ROW_8,),
    Name.FIRST_MOCK: (Name.MOCKS_5, Name.MOCKS_10),
    Name.MOCKS_5: (Name.MOCKS_10,),
    Name.HALF_OF_PLAN: (Name.PLAN_FINISHED,),
}


class Standing(Value):
    """A member's weeks as they were published, the judged one last.

    `closed` says whether that one is over. `number` is its number in the plan of `weeks_of_plan` weeks, None
    outside of a plan.
    """

    weeks: tuple[PublishedWeek, ...]
    closed: bool
    number: int | None = None
    weeks_of_plan: int = 0

    @property
    def goals(self) -> int:
        """Goals done in all of the weeks."""
        return sum(week.done for week in self.weeks)

    @property
    def mocks(self) -> int:
        """Mock interviews in all of the weeks."""
        return sum(week.counts.get(Metric.MOCK_INTERVIEWS, 0) for week in self.weeks)

    @property
    def row(self) -> int:
        """Weeks in a row at standard or better, up to the judged one; rest weeks are passed over."""
        row = 0
        for week in reversed(self.weeks):
            if week.band in STEADY:
                row += 1
            elif week.band is not Band.REST:
                break
        return row

    @property
    def is_first(self) -> bool:
        """Whether the judged week is the first in which something was done."""
        return bool(self.weeks[-1].done) and not any(week.percent for week in self.weeks[:-1])

    @property
    def is_comeback(self) -> bool:
        """Whether the judged week is strong and the one before it was a recovery week."""
        bands = [week.band for week in self.weeks if week.band is not Band.REST]
        return bands[-2:] == [Band.RECOVERY, Band.HIGH] and self.weeks[-1].band is Band.HIGH

    def is_through(self, week: int) -> bool:
        """Whether so many weeks of the plan are over, and something was done in the last of them."""
        through = self.closed and self.number is not None and bool(self.weeks_of_plan)
        return through and (self.number or 0) >= week and self.weeks[-1].done > 0


RULES: dict[Name, Callable[[Standing], bool]] = {
    Name.FIRST_WEEK: lambda so_far: so_far.closed and so_far.is_first,
    Name.GOALS_25: lambda so_far: so_far.goals >= 25,
    Name.GOALS_100: lambda so_far: so_far.goals >= 100,
    Name.GOALS_250: lambda so_far: so_far.goals >= 250,
    Name.ROW_4: lambda so_far: so_far.row >= 4,
    Name.ROW_8: lambda so_far: so_far.row >= 8,
    Name.FIRST_MOCK: lambda so_far: so_far.mocks >= 1,
    Name.MOCKS_5: lambda so_far: so_far.mocks >= 5,
    Name.MOCKS_10: lambda so_far: so_far.mocks >= 10,
    Name.ALL_PRINCIPLES: lambda so_far: so_far.weeks[-1].lp_covered == LEADERSHIP_PRINCIPLES,
    Name.HALF_OF_PLAN: lambda so_far: so_far.is_through((so_far.weeks_of_plan + 1) // 2),
    Name.PLAN_FINISHED: lambda so_far: so_far.is_through(so_far.weeks_of_plan),
    Name.COMEBACK: lambda so_far: so_far.is_comeback,
}


def reached(so_far: Standing) -> tuple[Name, ...]:
    """Every milestone that these weeks hold, also those of earlier weeks: who keeps them keeps each once."""
    return tuple(name for name, holds in RULES.items() if so_far.weeks and holds(so_far))


def worth_telling(found: Sequence[Name]) -> tuple[Name, ...]:
    """These without what a later one of them says better: 25 goals beside 100, half of a finished plan."""
    return tuple(name for name in Name if name in found and not set(_LATER.get(name, ())) & set(found))


def may_stand_in_channel(name: Name, sharing: Sequence[Sharing]) -> bool:
    """Whether the group may celebrate it; `sharing` says how each of the weeks so far was shown.

    Only if every one of them was shown fully. A milestone is reached once, so its absence after a row of good
    weeks would otherwise tell that it was reached before, in weeks that were not shown.
    """
    return name not in ALWAYS_PRIVATE and bool(sharing) and all(each is Sharing.FULL for each in sharing)
