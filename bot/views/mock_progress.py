"""`/prep mock sessions`: what is coming, what was, and what it adds up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.mock_feedback import GIVE
from bot.views.mock_reading import averages
from bot.views.words import clip, escape, listed, plural
from plans.mocks import Kind

STATES: Mapping[str, str] = {
    "proposed": "no time agreed yet",
    "agreed": "agreed",
    "held": "held",
    "missed": "did not take place",
    "unclear": "nobody can tell whether it took place",
    "cancelled": "called off",
    "dissolved": "matched anew",
}
MOST_DOORS, MOST_PAST, MOST_LISTED = 5, 10, 20


@dataclass(frozen=True)
class Listed:
    """One session of a member's list; `owed` while their feedback can still be given and is not."""

    session_id: int
    kind: Kind
    others: Sequence[str]
    when: str
    state: str
    is_over: bool
    owed: bool = False


@dataclass(frozen=True)
class Progress:
    """A member's mocks, the next and the newest first; `kind` is the newest one's, for the skills' names."""

    coming: Sequence[Listed]
    past: Sequence[Listed]
    averages: Mapping[str, float]
    sessions: int
    calibration: str
    kind: Kind = Kind.TECHNICAL


def progress(facts: Progress) -> Message:
    """The list; without any session, an invitation."""
    if not facts.coming and not facts.past:
        text = "You have no mock interview yet. `/prep mock in` puts you into this week's round; `/prep mock now` asks for one at once."
        return Message(text, built([section(text)]))
    blocks: list[Block] = [header("My mock interviews")]
    texts = []
    for title, rows in (("Coming", facts.coming), ("Past", facts.past)):
        if rows:
            lines = [_line(row) for row in rows]
            blocks.append(section("\n".join([f"*{title}*", *lines])))
            texts.append(f"{title}: {'; '.join(lines)}.")
    for note in _notes(facts):
        blocks.append(context(note))
        texts.append(note)
    doors = [_door(row) for row in facts.past if row.owed]
    if doors:
        blocks.append(actions(*doors[:MOST_DOORS]))
    return Message(" ".join(texts), built(blocks))


def _line(row: Listed) -> str:
    when = f"{row.when}: " if row.when else ""
    state = "over; did it happen?" if row.state == "agreed" and row.is_over else STATES[row.state]
    others = listed([escape(name) for name in row.others])
    return f"{when}{row.kind.words}{f' with {others}' if others else ''}, {state}"


def _notes(facts: Progress) -> list[str]:
    notes = []
    if facts.averages:
        notes.append(
            f"Average of your last {plural(facts.sessions, 'mock')}, out of 5: {averages(facts.averages, facts.kind)}."
        )
    if facts.calibration:
        notes.append(escape(facts.calibration))
    notes.append("Only you see this.")
    return notes


def _door(row: Listed) -> ButtonElement:
    names = listed(list(row.others)) or "your partner"
    return button(clip(f"Feedback for {names}", 75), f"{GIVE}_{row.session_id}", str(row.session_id))
