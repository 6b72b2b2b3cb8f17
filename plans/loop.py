"""A full-loop simulation: one candidate, two to five interviewers, several rounds, a debrief with a vote.

The "Practice framework" asks for five to six hours with breaks, another interviewer in each round, the
pressure of a real day, and a debrief at its end; "Templates" has three hours of it in week 6. The rounds of
the short one are as long as those in week 4 of "The 12-week plan" (45, 60 and 45 minutes). Which rounds a
full one has, its breaks, and that each format ends with the bar raiser's round are ours.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import cycle, islice
from random import Random
from types import MappingProxyType
from typing import Literal, NamedTuple

from plans.errors import StudyError
from plans.questions import Subject

FEWEST_INTERVIEWERS, MOST_INTERVIEWERS = 2, 5

What = Literal["round", "break", "debrief"]


class PanelSize(StudyError):
    """A loop takes {fewest} to {most} interviewers, and you have named {count}. Please choose again."""


class CandidateInterviews(StudyError):
    """Nobody interviews themselves: choose interviewers without the candidate."""


class BarRaiserNotOnPanel(StudyError):
    """The bar raiser is one of the interviewers. Choose one of them, or nobody."""


class LoopFormat(StrEnum):
    """How much of an interview day is simulated."""

    FULL = "full"
    SHORT = "short"

    @property
    def minutes(self) -> int:
        """How long it lasts, breaks and debrief included."""
        return sum(part.minutes for part in _PARTS[self])

    @property
    def words(self) -> str:
        """The format as people read it."""
        rounds = sum(part.what == "round" for part in _PARTS[self])
        return f"{self.value} loop, {rounds} rounds in {self.minutes // 60} hours"


@dataclass(frozen=True)
class Stop:
    """A stretch of the day, in minutes from its beginning.

    Only a round has a `subject` and an `interviewer`. A round's `shadow` listens and takes notes.
    """

    start: int
    end: int
    what: What
    title: str
    subject: Subject | None = None
    interviewer: str | None = None
    shadow: str | None = None

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start


class _Part(NamedTuple):
    """A stop whose people are not chosen yet."""

    minutes: int
    what: What
    title: str
    subject: Subject | None = None


def _round(minutes: int, subject: Subject) -> _Part:
    return _Part(minutes, "round", subject.words.capitalize(), subject)


_PARTS: Mapping[LoopFormat, tuple[_Part, ...]] = MappingProxyType(
    {
        LoopFormat.FULL: (
            _round(50, Subject.BEHAVIORAL),
            _Part(10, "break", "Break"),
            _round(60, Subject.DESIGN),
            _Part(30, "break", "Long break: eat something"),
            _round(50, Subject.CODING),
            _Part(10, "break", "Break"),
            _round(50, Subject.LEADERSHIP),
            _Part(10, "break", "Break"),
            _round(50, Subject.BAR_RAISER),
            _Part(10, "break", "Interviewers vote"),
            _Part(30, "debrief", "Debrief"),
        ),
        LoopFormat.SHORT: (
            _round(45, Subject.BEHAVIORAL),
            _Part(5, "break", "Break"),
            _round(60, Subject.DESIGN),
            _Part(5, "break", "Break"),
            _round(45, Subject.BAR_RAISER),
            _Part(20, "debrief", "Vote and debrief"),
        ),
    }
)


def schedule(
    format: LoopFormat,  # noqa: A002 the product's word, and the table's
    candidate: str,
    interviewers: Sequence[str],
    *,
    bar_raiser: str | None,
    seed: int,
) -> tuple[Stop, ...]:
    """Who does what when, one stop after the other; the same people and seed give the same day.

    Nobody interviews twice in a row, and nobody has more than one round more than another. The bar raiser
    takes the last round and is the shadow of one that somebody else holds. Where there are more interviewers
    than rounds, the others are shadows, so that each has something to do.

    Raises:
        PanelSize: fewer than two different interviewers, or more than five.
        CandidateInterviews: the candidate is among them.
        BarRaiserNotOnPanel: the bar raiser is not.
    """
    panel = sorted(set(interviewers))
    if not FEWEST_INTERVIEWERS <= len(panel) <= MOST_INTERVIEWERS:
        raise PanelSize(fewest=FEWEST_INTERVIEWERS, most=MOST_INTERVIEWERS, count=len(panel))
    if candidate in panel:
        raise CandidateInterviews
    if bar_raiser is not None and bar_raiser not in panel:
        raise BarRaiserNotOnPanel
    chance = Random(seed)
    chance.shuffle(panel)
    rounds = sum(part.what == "round" for part in _PARTS[format])
    holders = _holders(panel, bar_raiser, rounds)
    return tuple(_stops(format, holders, _shadows(panel, holders, bar_raiser, chance)))


def _holders(panel: Sequence[str], bar_raiser: str | None, rounds: int) -> list[str]:
    """Who interviews in each round.

    Everybody takes turns. A bar raiser has the last round and no other, where there are two more people to
    take turns in the rounds before it.
    """
    if bar_raiser is None:
        return list(islice(cycle(panel), rounds))
    others = [each for each in panel if each != bar_raiser]
    before = others if len(others) > 1 else [*others, bar_raiser]
    backwards = [bar_raiser, *islice(cycle(before), rounds - 1)]
    return backwards[::-1]


def _shadows(
    panel: Sequence[str], holders: Sequence[str], bar_raiser: str | None, chance: Random
) -> Mapping[int, str]:
    """Who listens in which round (by number): the bar raiser in one of others, then who holds none."""
    free = list(range(len(holders)))
    chance.shuffle(free)
    shadows: dict[int, str] = {}
    spare = [each for each in panel if each not in holders]
    for person in ([bar_raiser] if bar_raiser else []) + spare:
        number = next(number for number in free if holders[number] != person)
        free.remove(number)
        shadows[number] = person
    return shadows


def _stops(format: LoopFormat, holders: Sequence[str], shadows: Mapping[int, str]) -> Iterator[Stop]:  # noqa: A002
    """The format's parts with their times and people."""
    start = number = 0
    for part in _PARTS[format]:
        end = start + part.minutes
        if part.what == "round":
            yield Stop(start, end, part.what, part.title, part.subject, holders[number], shadows.get(number))
            number += 1
        else:
            yield Stop(start, end, part.what, part.title)
        start = end


class Vote(StrEnum):
    """What an interviewer says in the end: would they hire the candidate at this level?"""

    STRONG_HIRE = "strong_hire"
    HIRE = "hire"
    NO_HIRE = "no_hire"
    STRONG_NO_HIRE = "strong_no_hire"

    @property
    def words(self) -> str:
        """The vote in the words of a debrief."""
        return _VOTE_WORDS[self]

    @property
    def inclined(self) -> bool:
        """Whether it is a yes."""
        return self in (Vote.STRONG_HIRE, Vote.HIRE)


_VOTE_WORDS = {
    Vote.STRONG_HIRE: "Strongly inclined",
    Vote.HIRE: "Inclined",
    Vote.NO_HIRE: "Not inclined",
    Vote.STRONG_NO_HIRE: "Strongly not inclined",
}


def votes_open(
    votes: Mapping[str, Vote], panel: Collection[str], *, now: datetime, deadline: datetime
) -> bool:
    """Whether votes may be read: everybody on the panel has voted, or time is up.

    Until then nobody sees another's, so that nobody follows the first who speaks. The deadline is that of
    feedback (`plans.feedback.DEADLINE` after the end), unless the debrief is held earlier.
    """
    return now >= deadline or (bool(panel) and all(person in votes for person in panel))


@dataclass(frozen=True)
class Outcome:
    """What a debrief's votes come to. `inclined` is None for a tie, and when nobody has voted."""

    counts: Mapping[Vote, int]
    inclined: bool | None
    bar_raiser_says_no: bool

    @property
    def votes(self) -> int:
        """How many have voted."""
        return sum(self.counts.values())

    @property
    def tie(self) -> bool:
        """Whether as many are for it as against it."""
        return self.votes > 0 and self.inclined is None

    @property
    def sentence(self) -> str:
        """The outcome in words, with a bar raiser's no."""
        if not self.votes:
            return "Nobody has voted, so there is no outcome."
        against = " The bar raiser is not inclined: in a real loop that alone can decide it."
        return self._result() + (against if self.bar_raiser_says_no else "")

    def _result(self) -> str:
        """What the majority says."""
        yes = sum(number for vote, number in self.counts.items() if vote.inclined)
        if self.tie:
            return f"A tie: {yes} inclined, {yes} not. Talk about what one side saw and the other did not."
        verb = "is" if yes == 1 else "are"
        return f"{yes or 'None'} of {self.votes} {verb} inclined: {'a yes' if self.inclined else 'not yet'}."


def debrief(votes: Mapping[str, Vote], bar_raiser: str | None) -> Outcome:
    """What the votes of these interviewers come to.

    The majority decides and a strong vote counts as one: how strong it is belongs into the talk. A bar
    raiser's no overrules nobody here, but is named.
    """
    inclined = sum(vote.inclined for vote in votes.values())
    against = len(votes) - inclined
    counted = Counter(votes.values())
    raised = votes.get(bar_raiser) if bar_raiser is not None else None
    return Outcome(
        counts=MappingProxyType({vote: counted[vote] for vote in Vote}),
        inclined=None if inclined == against else inclined > against,
        bar_raiser_says_no=raised is not None and not raised.inclined,
    )
