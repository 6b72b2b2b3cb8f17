"""What the matcher is told and what it answers: participants, past rounds, groups and who is left."""

from collections.abc import Mapping
from dataclasses import dataclass

from plans.availability import Interval
from plans.errors import StudyError
from plans.mocks import Kind, Role
from plans.model import Level
from plans.pairing.reasons import LeftOutReason, Reason


class NamedTwice(StudyError):
    """Everybody can be in once only, and more than once there is: {ids}."""


@dataclass(frozen=True)
class Participant:
    """Somebody who is in.

    `free` are hours with an offset, None stands for any time and an empty tuple for none at all; `kinds`
    that is empty stands for any kind. `capacity` says how many sessions a mentor gives in a round; peers
    have one. `weak` and `strong` name areas in any words that are the same for everybody. `reliability`
    runs from 0 to 1.
    """

    id: str
    level: Level | None = None
    kinds: frozenset[Kind] = frozenset()
    free: tuple[Interval, ...] | None = None
    mentor: bool = False
    blocks: frozenset[str] = frozenset()
    same_level_only: bool = False
    wish: Role | None = None
    weak: frozenset[str] = frozenset()
    strong: frozenset[str] = frozenset()
    capacity: int = 1
    reliability: float = 1.0


@dataclass(frozen=True)
class PastRound:
    """A round that was; in each group the interviewer of the first turn, the candidate, then observers."""

    number: int
    groups: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """People who meet: interviewer of the first turn, candidate and perhaps an observer, in this order.

    `slots` are proposals, each as long as the session; none if nobody named any time.
    """

    people: tuple[str, ...]
    roles: Mapping[str, Role]
    kind: Kind
    slots: tuple[Interval, ...]
    reason: Reason


@dataclass(frozen=True)
class LeftOut:
    """Somebody without a session, and why as they may know it."""

    id: str
    reason: LeftOutReason


@dataclass(frozen=True)
class Pairing:
    """A round's answer: groups by their first person's id, then who is left by id."""

    groups: tuple[Group, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
