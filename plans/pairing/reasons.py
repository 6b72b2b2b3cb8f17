"""Why a group is as it is and why somebody is left, as facts first and then in words.

A block is no fact. Who is left because of blocks only reads the same words as somebody whom nobody's hours,
kind and level fitted, so that no reason tells that there is one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from plans.model import Level

Naming = Callable[[str], str]
Timing = Callable[[datetime, datetime], str]


@dataclass(frozen=True)
class Met:
    """How often people met before, and how many rounds ago for the last time (None: never)."""

    people: tuple[str, ...]
    times: int
    rounds_ago: int | None


@dataclass(frozen=True)
class Free:
    """The first stretch in which all of a group can; both None if nobody named any time."""

    people: int
    start: datetime | None
    end: datetime | None


@dataclass(frozen=True)
class Complement:
    """One's weak area is another's strong one."""

    weak: str
    strong: str
    area: str


@dataclass(frozen=True)
class SameLevel:
    """They prepare for the same level."""

    level: Level


@dataclass(frozen=True)
class Observes:
    """Who observes; `before` counts how often they did."""

    id: str
    before: int


@dataclass(frozen=True)
class Mentored:
    """A mentor interviews."""

    mentor: str


Fact = Met | Free | Complement | SameLevel | Observes | Mentored


@dataclass(frozen=True)
class Reason:
    """The facts of a group, the weightiest first."""

    facts: tuple[Fact, ...]

    def text(self, name: Naming = str, timing: Timing | None = None) -> str:
        """One sentence; `name` turns an id into a name, `timing` a stretch of time into words (else UTC)."""
        said = "; ".join(_said(fact, name, timing or in_utc) for fact in self.facts)
        return f"{said[:1].upper()}{said[1:]}."


class LeftOutReason(StrEnum):
    """Why somebody has no session; the value is for programs, the text for people."""

    ALONE = "alone"
    NO_TIME = "no_time"
    NOBODY_FREE = "nobody_free"
    NOBODY_FITS = "nobody_fits"
    ALL_TAKEN = "all_taken"
    NOT_NEEDED = "not_needed"
    NO_PEERS = "no_peers"

    def text(self) -> str:
        """One sentence to the person."""
        return _LEFT_OUT[self]


_LEFT_OUT = {
    LeftOutReason.ALONE: "You are the only one in this time.",
    LeftOutReason.NO_TIME: "You named no time that is long enough for a session.",
    LeftOutReason.NOBODY_FREE: "Nobody else is free at your hours.",
    LeftOutReason.NOBODY_FITS: "Nobody free fitted your hours, kind and level this time.",
    LeftOutReason.ALL_TAKEN: "Everybody who fits has a partner; you come first next time.",
    LeftOutReason.NOT_NEEDED: "Everybody had a partner this time.",
    LeftOutReason.NO_PEERS: "Nobody who wants to practise is in this time.",
}


def in_utc(start: datetime, end: datetime) -> str:
    """A stretch of time as "Thursday 14 January 17:00-20:00 UTC"."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    ends = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%A} {end.day} {end:%B %H:%M}"
    return f"{start:%A} {start.day} {start:%B %H:%M}-{ends} UTC"


def _said(fact: Fact, name: Naming, timing: Timing) -> str:
    match fact:
        case Met():
            return _met(fact)
        case Free(people, start, end):
            who = "both" if people == 2 else "all three"
            return f"{who} free {timing(start, end)}" if start and end else f"{who} free at any time"
        case Complement(weak, strong, area):
            return f"{name(weak)}'s weak area {area} is {name(strong)}'s strong one"
        case SameLevel(level):
            return f"same level, {level}"
        case Observes(who, before):
            return f"{name(who)} observes and takes notes" + ("" if before else ", for the first time")
        case Mentored(mentor):
            return f"{name(mentor)} is a mentor and interviews"


def _met(fact: Met) -> str:
    if fact.rounds_ago is None:
        return "you have not met yet"
    ago = "the round before" if fact.rounds_ago == 1 else f"{fact.rounds_ago} rounds ago"
    often = "once" if fact.times == 1 else f"{fact.times} times"
    return f"you have met {often}, last {ago}, and nobody fitted better"
