"""Did a mock interview take place? Everybody who was expected is asked; this is what their answers mean.

- Who says yes was there. It was *held* if two were there as far as anybody says: one yes is enough while
  nobody contradicts it, two outweigh a third who waited elsewhere.
- It was *missed* if nobody says yes and somebody was missing: they say so themselves, or one person says
  that the others did not come, and those who were to come say nothing against it.
- Everything else is *unclear*: nobody answers, or one person's word stands against another's. Then it counts
  for nobody, and nobody is held to have stayed away.

Who was absent is known only where nobody contradicts it. The rules are ours; "did you meet?" alone, without
them, would let one wrong click cost somebody their good name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What somebody says when they are asked whether their mock took place."""

    YES = "yes"
    NO_PARTNER = "no_partner"  # I was there, the others were not
    NO_ME = "no_me"  # I could not come
    MOVED = "moved"  # it has another time now


class State(StrEnum):
    """What became of a session; the values are those of its state."""

    HELD = "held"
    MISSED = "missed"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Verdict:
    """What became of a session, and who was not there (by the keys of the answers)."""

    state: State
    absent: frozenset[int] = frozenset()


def judge(answers: Mapping[int, Answer | None]) -> Verdict:
    """What the answers of those who were expected mean; None is silence.

    A session that was moved has no verdict until its new time has passed: do not ask.
    """
    said = {answer: {who for who, each in answers.items() if each is answer} for answer in Answer}
    there, away, waited = said[Answer.YES], said[Answer.NO_ME], said[Answer.NO_PARTNER]
    silent = {who for who, answer in answers.items() if answer is None}
    if len(there) >= 2:
        return Verdict(State.HELD, frozenset(away))
    if there:
        uncontradicted = not waited and bool(silent)
        return Verdict(State.HELD, frozenset(away)) if uncontradicted else Verdict(State.UNCLEAR)
    if len(waited) > 1 or not (waited or away):
        return Verdict(State.UNCLEAR)
    missing = away | silent if waited else away
    return Verdict(State.MISSED, frozenset(missing))
