"""Stories: what a STAR story is, what it covers, how long it takes to tell, and what it still lacks.

The four parts, their times and the 4 to 6 minutes with follow-ups are those of "Templates".
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, NamedTuple

from pydantic import Field

from plans.model import Level, Value
from plans.questions import Bank, LeadershipPrinciple, Question, Subject

PRINCIPLES = tuple(LeadershipPrinciple)  # in Amazon's order: number 1 is the first
TITLE_LIMIT = 150
PART_LIMIT = 3000
SPEAKING_RATE = 130  # words a minute, unhurried (ours)
SLACK = 0.2  # how far an estimate may lie outside of a part's time before it is worth a word (ours)
MOST_HINTS = 3
CLOSE = 0.6  # how alike a title and what was typed have to be (ours)


class Part(StrEnum):
    """The four parts of a story, in the order in which they are told."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"


class Status(StrEnum):
    """How far a story is; it is the member who says so."""

    DRAFT = "draft"
    REFINED = "refined"
    POLISHED = "polished"


class Span(NamedTuple):
    """From so many seconds to so many."""

    least: int
    most: int


TIMES: Mapping[Part, Span] = MappingProxyType(
    {
        Part.SITUATION: Span(30, 45),
        Part.TASK: Span(15, 30),
        Part.ACTION: Span(90, 120),
        Part.RESULT: Span(30, 45),
    }
)
CORE = Span(sum(span.least for span in TIMES.values()), sum(span.most for span in TIMES.values()))
ANSWER = Span(4 * 60, 6 * 60)  # the core with its follow-ups


class Story(Value):
    """One story. A part that is not written yet is empty; `quality` is 1 to 5, as its teller rated it."""

    id: int = 0
    title: str = ""
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    principles: tuple[LeadershipPrinciple, ...] = ()
    status: Status = Status.DRAFT
    quality: Annotated[int, Field(ge=1, le=5)] | None = None

    def text(self, part: Part) -> str:
        """The words of one part."""
        return {
            Part.SITUATION: self.situation,
            Part.TASK: self.task,
            Part.ACTION: self.action,
            Part.RESULT: self.result,
        }[part]

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that are not written yet."""
        return tuple(part for part in Part if not self.text(part).strip())

    @property
    def is_whole(self) -> bool:
        """Whether all four parts are written."""
        return not self.missing

    @property
    def seconds(self) -> int:
        """About how long the four parts take to tell."""
        return sum(seconds_of(self.text(part)) for part in Part)


class Coverage(Value):
    """`covered` are the principles of whole stories, `begun` those that only unfinished ones name."""

    covered: frozenset[LeadershipPrinciple] = frozenset()
    begun: frozenset[LeadershipPrinciple] = frozenset()

    @property
    def gaps(self) -> tuple[LeadershipPrinciple, ...]:
        """What no whole story covers, in Amazon's order; what is begun is among it."""
        return tuple(each for each in PRINCIPLES if each not in self.covered)


class StoryBank(Value):
    """A member's stories, the one that they changed last first."""

    membership_id: int
    stories: tuple[Story, ...] = ()

    @property
    def coverage(self) -> Coverage:
        """Which principles the stories cover."""
        return coverage(self.stories)

    def of(self, status: Status) -> int:
        """How many stories are that far."""
        return sum(story.status is status for story in self.stories)


# Coverage


def coverage(stories: Iterable[Story]) -> Coverage:
    """Which of the 16 principles the stories cover.

    A story covers its principles once all four parts are written (ours): a title alone answers no question.
    Neither a further story nor a further part ever takes anything away.
    """
    told = list(stories)
    covered = frozenset(each for story in told if story.is_whole for each in story.principles)
    named = frozenset(each for story in told for each in story.principles)
    return Coverage(covered=covered, begun=named - covered)


def covered_by(stories: Sequence[Story]) -> int | None:
    """How many principles the stories cover; none while no story is whole, for then a bank says nothing."""
    return len(coverage(stories).covered) if any(story.is_whole for story in stories) else None


def numbers_of(principles: Collection[LeadershipPrinciple]) -> list[int]:
    """Principles by their numbers from 1 to 16, in order."""
    return [number for number, each in enumerate(PRINCIPLES, start=1) if each in principles]


def principles_of(numbers: Collection[int]) -> tuple[LeadershipPrinciple, ...]:
    """The principles with these numbers, in order; a number that there is not is nothing."""
    return tuple(each for number, each in enumerate(PRINCIPLES, start=1) if number in numbers)


# Time


def seconds_of(text: str) -> int:
    """About how many seconds these words take, at `SPEAKING_RATE`, to the next five."""
    return 5 * round(len(text.split()) * 60 / SPEAKING_RATE / 5)


# What is still to do


class Lack(StrEnum):
    """What a story can do without for now, but not for ever."""

    PART = "part"
    PRINCIPLES = "principles"
    SHORT = "short"
    LONG = "long"
    NUMBER = "number"
    OWN_SHARE = "own share"


class Hint(NamedTuple):
    """One thing to do next: what it is, in which part, and how many seconds that takes as it is."""

    lack: Lack
    part: Part | None = None
    seconds: int = 0


_I = re.compile(r"\b(?:i|i'm|i've|i'd|my|me)\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|we're|we've|we'd|our|us)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|\b(?:half|halved|third|quarter|twice|doubled?|tripled?|tenfold"
    r"|two|three|four|five|six|seven|eight|nine|ten|hundreds?|thousands?|millions?)\b",
    re.IGNORECASE,
)


def hints(story: Story) -> tuple[Hint, ...]:
    """At most `MOST_HINTS` things to do next, the most important first; none for a story that is ready.

    First what is missing, then the substance ("Templates": quantified results, one's own role), then time.
    """
    return tuple([*to_polish(story), *_substance(story), *_time(story)][:MOST_HINTS])


def to_polish(story: Story) -> tuple[Hint, ...]:
    """Without what a story cannot be called polished: the parts not written, and its principles (ours)."""
    unwritten = tuple(Hint(Lack.PART, part) for part in story.missing)
    return unwritten if story.principles else (*unwritten, Hint(Lack.PRINCIPLES))


def _substance(story: Story) -> Iterator[Hint]:
    if story.result.strip() and not _NUMBER.search(story.result):
        yield Hint(Lack.NUMBER, Part.RESULT)
    if len(_WE.findall(story.action)) > len(_I.findall(story.action)):
        yield Hint(Lack.OWN_SHARE, Part.ACTION)


def _time(story: Story) -> Iterator[Hint]:
    """The parts that are written and clearly outside of their time, the action first."""
    for part in sorted(Part, key=lambda each: each is not Part.ACTION):
        seconds, span = seconds_of(story.text(part)), TIMES[part]
        if part in story.missing:
            continue
        if seconds < span.least * (1 - SLACK):
            yield Hint(Lack.SHORT, part, seconds)
        elif seconds > span.most * (1 + SLACK):
            yield Hint(Lack.LONG, part, seconds)


def next_status(story: Story) -> Status | None:
    """What the story may be called next; none if it is polished, or cannot be called so yet."""
    following = {Status.DRAFT: Status.REFINED, Status.REFINED: Status.POLISHED}.get(story.status)
    return None if following is None or not story.is_whole or to_polish(story) else following


# Finding one


def nearest(words: str, stories: Sequence[Story]) -> Story | None:
    """The story whose title is what was typed, holds all of its words, or is much like it; else none."""
    wanted = words.casefold().split()
    if not wanted:
        return None
    titles = {" ".join(story.title.casefold().split()): story for story in reversed(stories)}
    if found := titles.get(" ".join(wanted)):
        return found
    holding = [title for title in titles if all(word in title for word in wanted)]
    if holding:
        return titles[min(holding, key=lambda title: (len(title), title))]
    alike = get_close_matches(" ".join(wanted), titles, n=1, cutoff=CLOSE)
    return titles[alike[0]] if alike else None


def following(story_id: int, stories: Sequence[Story]) -> Story | None:
    """The story to tell after this one, so that in turn each is told; none if there is no other.

    Stories without a single word have nothing to be told.
    """
    others = sorted(
        (each for each in stories if each.id != story_id and len(each.missing) < len(Part)),
        key=lambda each: each.id,
    )
    return next((each for each in others if each.id > story_id), others[0] if others else None)


# Follow-ups


class FollowUp(NamedTuple):
    """Something that an interviewer may ask next, and the principle for which."""

    principle: LeadershipPrinciple
    ask: str


def follow_up(bank: Bank, story: Story, level: Level | None, turn: int) -> FollowUp | None:
    """A follow-up for one of the story's principles; the next `turn` gives another. None without one.

    It is a probe and never the question that it belongs to: a question that was read could not be asked
    in a mock interview any more. The same values always give the same follow-up.
    """
    found = sorted(_probes(bank, story, level), key=lambda each: _lot(story.id, each))
    return found[turn % len(found)] if found else None


def _probes(bank: Bank, story: Story, level: Level | None) -> Iterator[FollowUp]:
    for question in bank.of(Subject.BEHAVIORAL, level):
        if question.principle in story.principles:
            yield from _of(question)


def _of(question: Question) -> Iterator[FollowUp]:
    if question.principle is not None:
        yield from (FollowUp(question.principle, probe) for probe in question.probes)


def _lot(seed: int, each: FollowUp) -> bytes:
    return hashlib.sha256(f"{seed}:{each.principle}:{each.ask}".encode()).digest()
