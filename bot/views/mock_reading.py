"""Feedback on a mock as its candidate reads it, beside their own rating, and where it leads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block

from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.words import clip, escape, plural
from plans.feedback import BREAK_HOURS, Skill, label
from plans.mocks import Kind

HIGHEST = 5
PRACTISE = "mock_practise"


@dataclass(frozen=True)
class Paper:
    """What one person wrote; no name for a partner who has left."""

    author: str | None
    observer: bool
    ratings: Mapping[str, int]
    improvements: Sequence[str]
    strength: str


@dataclass(frozen=True)
class Received:
    """The feedback on one session as its candidate reads it.

    `averages` are over the latest `sessions` sessions. `goal` says where the goal for the weakest skill
    stands, once there is one.
    """

    session_id: int
    kind: Kind
    when: str
    papers: Sequence[Paper]
    own: Mapping[str, int]
    questions: Sequence[str]
    averages: Mapping[str, float]
    sessions: int
    calibration: str
    falling: bool
    weakest: Skill
    goal: str = ""


def received(facts: Received) -> Message:
    """What the others said, beside one's own rating; where that leads."""
    title = f"Feedback on your {facts.kind.words} mock"
    texts = [f"{title}, {facts.when}."]
    blocks: list[Block] = [header(title), context(facts.when)]
    for paper in facts.papers:
        lines = [*_paper(paper, facts)]
        texts += lines
        blocks.append(section("\n".join(lines)))
    notes = [*_notes(facts)]
    blocks += [context(note) for note in notes]
    if facts.goal:
        blocks.append(context(facts.goal))
    elif facts.papers[0].ratings[facts.weakest.value] < HIGHEST:
        words = f"Practise {label(facts.weakest, facts.kind).lower()} next week"
        blocks.append(actions(button(clip(words, 75), PRACTISE, str(facts.session_id), style="primary")))
    return Message(clip(" ".join([*texts, *notes, facts.goal]).strip(), 3900), built(blocks))


def _paper(paper: Paper, facts: Received) -> Iterator[str]:
    author = escape(paper.author) if paper.author else "A partner who has left"
    yield f"*{author}{' (observing)' if paper.observer else ''}*"
    for skill in Skill:
        own = facts.own.get(skill.value)
        beside = f" · you said {own}" if own else ""
        yield f"{label(skill, facts.kind)}: *{paper.ratings[skill.value]}* of 5{beside}"
    if paper.strength:
        yield f"Keep: {escape(paper.strength)}"
    for number, improvement in enumerate(paper.improvements, start=1):
        yield f"{number}. {escape(improvement)}"


def _notes(facts: Received) -> Iterator[str]:
    if facts.sessions > 1:
        yield f"Your last {plural(facts.sessions, 'mock')}: {averages(facts.averages, facts.kind)}."
    if facts.calibration:
        yield escape(facts.calibration)
    if facts.falling:
        low, high = BREAK_HOURS
        yield (
            f"Your ratings fell twice in a row. That is mostly tiredness: {low} to {high} hours without any"
            " practice help more than another mock."
        )
    if facts.questions:
        yield "Practised: " + " / ".join(f'"{escape(clip(each, 200))}"' for each in facts.questions)


def averages(values: Mapping[str, float], kind: Kind) -> str:
    """Each skill's average, in the order of the form."""
    return ", ".join(
        f"{label(skill, kind).lower()} {values[skill.value]:.1f}" for skill in Skill if skill.value in values
    )


def goal_made(text: str, day: str, *, new: bool) -> Message:
    """The goal for the weakest skill, in words."""
    said = (
        f'Added "{escape(text)}" for {day}.'
        if new
        else f'"{escape(text)}" stands on your list already, for {day}.'
    )
    return Message(said, built([section(said)]))


def planned(text: str, day: str) -> str:
    """Where the goal for the weakest skill stands."""
    return f'On your list for {day}: "{escape(text)}".'
