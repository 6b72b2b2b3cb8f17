"""Mock interviews: the words for kinds, roles and styles, and what happens in a session, minute by minute.

The timeboxes of 90 minutes are those of the "Practice framework": technical 45 design, 30 coding, 15 deep
dive; behavioural 60 questions, 20 bar raiser, 10 for the candidate's questions and a wrap-up. The 60-minute
session is the same in proportion, on five minutes.

What two peers who swap half-way do is ours. Technical: whoever begins as candidate has the whole design,
the other one the coding and the deep dive, so that each timebox stays whole; the next time the other begins.
Behavioural: each has half of everything, and the last ten minutes belong to both. A full loop takes more
people (`plans.loop`); two who want a taste of it get a short one, also ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from plans.questions import TALK, Subject

LONG, SHORT = 90, 60  # the two lengths of a session in minutes
GRID = 5  # timeboxes of a short session fall on multiples of this
QUESTION_MINUTES = 12  # "Practice framework": 4 to 5 questions with follow-ups in an hour


class Kind(StrEnum):
    """What a mock interview practises."""

    TECHNICAL = "technical"
    BEHAVIORAL = "behavioral"
    FULL_LOOP = "full_loop"

    @property
    def words(self) -> str:
        """The kind as people read it."""
        return "behavioural" if self is Kind.BEHAVIORAL else self.value.replace("_", " ")


class Role(StrEnum):
    """Who does what in a session's first turn."""

    INTERVIEWER = "interviewer"
    CANDIDATE = "candidate"
    OBSERVER = "observer"


class Style(StrEnum):
    """How an interviewer behaves; the four of week 9 ("The 12-week plan")."""

    DEEP_DIVER = "deep_diver"
    SKEPTIC = "skeptic"
    COLLABORATOR = "collaborator"
    SILENT = "silent"

    @property
    def words(self) -> str:
        """The style as people read it."""
        return self.value.replace("_", " ")


STYLES: Mapping[Style, str] = MappingProxyType(
    {
        Style.DEEP_DIVER: (
            "Play the deep diver: pick one detail and keep asking how it really worked, until you have"
            " seen the ground or the candidate says where their knowledge ends."
        ),
        Style.SKEPTIC: (
            "Play the skeptic: stay polite and doubt everything. Look for the case in which it breaks,"
            " and let a good answer convince you."
        ),
        Style.COLLABORATOR: (
            "Play the collaborator: think along, offer an idea of your own, one of them a weak one,"
            " and see how the candidate works with you."
        ),
        Style.SILENT: (
            "Play the silent one: ask, then say next to nothing. Let pauses last; the candidate has"
            " to lead the conversation."
        ),
    }
)


@dataclass(frozen=True)
class Timebox:
    """A stretch of a session, in minutes from its beginning.

    `turn` 1 is before the swap and 2 after it; without a swap there is only 1. 0 belongs to everybody.
    `subject` says which questions it takes, None that it takes none.
    """

    start: int
    end: int
    turn: int
    title: str
    subject: Subject | None

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start


class _Part(NamedTuple):
    """A timebox of the long session."""

    minutes: int
    turn: int
    subject: Subject | None


_TOGETHER = _Part(10, 0, None)
_ALONE: Mapping[Kind, tuple[_Part, ...]] = MappingProxyType(
    {
        Kind.TECHNICAL: (
            _Part(45, 1, Subject.DESIGN),
            _Part(30, 1, Subject.CODING),
            _Part(15, 1, Subject.DEEP_DIVE),
        ),
        Kind.BEHAVIORAL: (_Part(60, 1, Subject.BEHAVIORAL), _Part(20, 1, Subject.BAR_RAISER), _TOGETHER),
        Kind.FULL_LOOP: (
            _Part(45, 1, Subject.DESIGN),
            _Part(20, 1, Subject.BEHAVIORAL),
            _Part(15, 1, Subject.BAR_RAISER),
            _TOGETHER,
        ),
    }
)
_SWAPPING: Mapping[Kind, tuple[_Part, ...]] = MappingProxyType(
    {
        Kind.TECHNICAL: (
            _Part(45, 1, Subject.DESIGN),
            _Part(30, 2, Subject.CODING),
            _Part(15, 2, Subject.DEEP_DIVE),
        ),
        Kind.BEHAVIORAL: (
            _Part(30, 1, Subject.BEHAVIORAL),
            _Part(10, 1, Subject.BAR_RAISER),
            _Part(30, 2, Subject.BEHAVIORAL),
            _Part(10, 2, Subject.BAR_RAISER),
            _TOGETHER,
        ),
        Kind.FULL_LOOP: (
            _Part(25, 1, Subject.BEHAVIORAL),
            _Part(15, 1, Subject.LEADERSHIP),
            _Part(25, 2, Subject.BEHAVIORAL),
            _Part(15, 2, Subject.LEADERSHIP),
            _TOGETHER,
        ),
    }
)
_TITLES: Mapping[Subject | None, str] = MappingProxyType(
    {
        Subject.DESIGN: "System design",
        Subject.CODING: "Coding",
        Subject.DEEP_DIVE: "Technical deep dive",
        Subject.BEHAVIORAL: "Behavioural questions",
        Subject.BAR_RAISER: "Bar raiser",
        Subject.LEADERSHIP: "Leadership discussion",
        None: "Your questions and a look back",
    }
)


def agenda(kind: Kind, minutes: int, *, swap: bool) -> tuple[Timebox, ...]:
    """The timeboxes of a session, one after the other from 0 to `minutes`.

    `swap` says that two peers change roles half-way; without it one interviews throughout, as a mentor
    does. The three minutes of warm-up come before minute 0.

    Raises:
        ValueError: a session lasts 60 or 90 minutes.
    """
    if minutes not in (SHORT, LONG):
        raise ValueError(f"a session lasts {SHORT} or {LONG} minutes, not {minutes}")
    parts = (_SWAPPING if swap else _ALONE)[kind]
    lengths = [_in_proportion(part.minutes, minutes) for part in parts[:-1]]
    ends = [*accumulate(lengths), minutes]
    starts = [0, *ends[:-1]]
    return tuple(
        Timebox(start, end, part.turn, _TITLES[part.subject], part.subject)
        for start, end, part in zip(starts, ends, parts, strict=True)
    )


def _in_proportion(part: int, minutes: int) -> int:
    """A part of the long session as long as it is in one of `minutes`, rounded to the grid (half up)."""
    return (2 * part * minutes + LONG * GRID) // (2 * LONG * GRID) * GRID


def subjects(kind: Kind, minutes: int, *, swap: bool, turn: int) -> tuple[tuple[Subject, int], ...]:
    """Which questions, and how many of each, the candidate of a turn needs; none for a turn that is not.

    Raises:
        ValueError: a session lasts 60 or 90 minutes.
    """
    return tuple(
        (box.subject, how_many(box.subject, box.minutes))
        for box in agenda(kind, minutes, swap=swap)
        if box.turn == turn and box.subject is not None
    )


def how_many(subject: Subject, minutes: int) -> int:
    """How many questions of a subject fill so many minutes; at least one.

    Talk takes about twelve minutes a question; a design, a coding problem or a deep dive fills its time.
    """
    if subject not in TALK:
        return 1
    return max(1, (2 * minutes + QUESTION_MINUTES) // (2 * QUESTION_MINUTES))


def session_minutes(kind: Kind, longest_common: int) -> int:
    """How long a session is when its people have at most `longest_common` minutes in one piece: 90 or 60.

    Who has less than an hour in common is not matched, so nothing is shorter.
    """
    whole = sum(part.minutes for part in _ALONE[kind])
    return whole if longest_common >= whole else SHORT


_WARM_UPS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.TECHNICAL: (
            "What did you build lately that you would show a friend?",
            "Which tool could you no longer work without, and why?",
            "What broke at work this month, and what was funny about it?",
            "Which system do you use every day and admire?",
        ),
        Kind.BEHAVIORAL: (
            "Who taught you most about leading people?",
            "What went well this week that nobody else saw?",
            "Which of your stories do you like telling best?",
            "What would your team say if they had one sentence about you?",
        ),
        Kind.FULL_LOOP: (
            "What do you look forward to in the new job?",
            "Which part of an interview day costs you most strength?",
            "What do you do in the last quarter of an hour before an interview?",
        ),
    }
)


def warm_up(kind: Kind, seed: int) -> str:
    """A question for the three minutes before the clock starts; the same seed gives the same one."""
    questions = _WARM_UPS[kind]
    return f"Three minutes before the clock starts: {questions[seed % len(questions)]}"


def how_to_swap(kind: Kind) -> str:
    """How two peers change roles half-way."""
    if kind is Kind.TECHNICAL:
        return (
            "When the design's time is up, stop even in mid-sentence and swap: the other one is the candidate"
            " for coding and the deep dive. Next time you begin the other way round."
        )
    return (
        "When the first turn's time is up, stop even in mid-sentence, take two breaths and swap."
        " Both turns are equally long; the end belongs to both of you."
    )


def if_someone_is_late() -> str:
    """What to do if somebody does not come."""
    return (
        "If somebody is late, write here and wait ten minutes. If nobody comes, you are free to go:"
        " tell me when I ask how it was, and you come first when I match next time."
    )
