"""Who would be glad of a word from the lead: said only of members who agreed to it, and never with a number.

The three signs are ours: a week below 70 % ("Weekly planning"), three working days without anything done,
two weekly check-ins in a row without an answer. The lead learns that a word would help and since when, not
which of the three it was.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from plans.groupcard import GroupCard, WeekBeside
from plans.milestones import Name
from plans.model import Value

QUIET_DAYS = 3  # working days
MISSED_CHECKINS = 2
FEWEST_NAMED = 3  # a smaller number of people is not told


class Signs(Value):
    """What is known of one member: since when each sign holds, None where it does not."""

    recovery_since: date | None = None
    quiet_since: date | None = None
    unanswered_since: date | None = None

    @property
    def since(self) -> date | None:
        """Since when a word would help; None if none is needed."""
        found = (self.recovery_since, self.quiet_since, self.unanswered_since)
        return min((day for day in found if day), default=None)


def quiet_since(working: Sequence[date], active: AbstractSet[date]) -> date | None:
    """The first of these days, oldest first, since which nothing was done; None if fewer than three were."""
    quiet: list[date] = []
    for day in reversed(working):
        if day in active:
            break
        quiet.append(day)
    return quiet[-1] if len(quiet) >= QUIET_DAYS else None


def unanswered_since(checkins: Sequence[tuple[date, bool]]) -> date | None:
    """The week since which check-ins were not answered, if the newest two were not.

    `checkins` are the weeks in which the question was asked and whether it was answered, oldest first.
    """
    missed: list[date] = []
    for monday, answered in reversed(checkins):
        if answered:
            break
        missed.append(monday)
    return missed[-1] if len(missed) >= MISSED_CHECKINS else None


def shown_count(missed: int, asked: int) -> int | None:
    """How many did not check in, if that gives nobody away: at least three, and not everybody."""
    return missed if FEWEST_NAMED <= missed < asked else None


@dataclass(frozen=True)
class Word:
    """A member who agreed to it and would be glad of a word, and since when."""

    membership_id: int
    name: str
    since: date


@dataclass(frozen=True)
class LeadWeek:
    """What the lead of a group sees of a week: the card of the channel, and what members agreed to.

    `card` is None before the first scorecard. `weeks` stand side by side, oldest first.
    `agreed` counts the members who agreed to be pointed out, `missed` those who did not check in, None where
    that is not told. `celebrated` are names and milestones that stand in the channel's post.
    """

    group_id: int
    name: str
    monday: date
    card: GroupCard | None
    weeks: Sequence[WeekBeside]
    closed: bool
    agreed: int
    words: Sequence[Word]
    missed: int | None
    celebrated: Sequence[tuple[str, Sequence[Name]]] = ()
