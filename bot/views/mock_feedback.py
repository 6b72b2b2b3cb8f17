"""After a mock: the question whether it took place, and the feedback form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views import form
from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.mock_sessions import OTHER
from bot.views.words import clock, escape, listed, short_date
from plans.feedback import Skill, label
from plans.mocks import Kind

ANSWER = {"yes": "mock_yes", "no_partner": "mock_no_partner", "no_me": "mock_no_me", "moved": "mock_moved"}
GIVE, FORM, REOPEN = "mock_feedback_open", "mock_feedback", "mock_reopen"
IMPROVEMENTS, STRENGTH = (
    "improvements",
    "strength",
)  # the fields beside the ratings, as `feedback.check` names them
IMPROVEMENTS_LIMIT, STRENGTH_LIMIT = 900, 300
ENDS: Mapping[Skill, tuple[str, str]] = {
    Skill.STRUCTURE: ("hard to follow", "a clear line"),
    Skill.EVIDENCE: ("general", "concrete, with numbers"),
    Skill.COMMUNICATION: ("lost me", "easy to follow"),
    Skill.TIME_MANAGEMENT: ("ran out", "time to spare"),
    Skill.QUESTION_HANDLING: ("thrown", "grew with each one"),
}


def moment(instant: datetime | None, zone: str) -> str:
    """An instant on one person's own clock: "Thu 26 Nov 17:30"; nothing of none."""
    if instant is None:
        return ""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{short_date(local.date())} {clock(local.time())}"


# Did it happen?


@dataclass(frozen=True)
class Asked:
    """A session that is over, as one of its people sees it.

    `others` are the partners' names, `readers` of them who waits for this person's feedback. `when` and
    `until` (the deadline) are words on this person's clock. `writable` says that there is something to give
    or change, `outdated` that the session was asked about again later.
    """

    session_id: int
    kind: Kind
    when: str
    until: str
    others: Sequence[str]
    readers: Sequence[str] = ()
    answer: str | None = None
    state: str = "agreed"
    given: bool = False
    writable: bool = False
    counted: bool = False
    is_read: bool = False
    received: bool = False
    waits_in_vain: bool = False
    outdated: bool = False

    @property
    def what(self) -> str:
        """The session in words."""
        time_ = f", {self.when}" if self.when else ""
        return f"Your {self.kind.words} mock with {_names(self.others)}{time_}"


def after(facts: Asked) -> Message:
    """Did it happen? And, once that is answered, what is next."""
    if facts.state in ("cancelled", "dissolved"):
        return _settled(f"{facts.what} did not come about any more. `/prep mock` shows what is next.")
    if facts.outdated:
        return _settled(f"{facts.what}: that is its new time. What counts is in the newest message about it.")
    if facts.state == "proposed":
        return _moved(facts)
    match facts.answer:
        case "yes":
            return _happened(facts)
        case "no_partner" | "no_me":
            return _did_not_happen(facts)
        case _:
            return _question(facts)


def _question(facts: Asked) -> Message:
    text = f"{facts.what}: did it happen?"
    notes = ["What you answer never goes to the channel."]
    if facts.state == "unclear":
        notes = ["Nobody can tell yet, so it counts for nobody. You can still say how it was."]
    row = actions(
        _door(facts, "Yes", "yes", style="primary"),
        _door(facts, "They didn't come", "no_partner"),
        _door(facts, "I couldn't", "no_me"),
        _door(facts, "We moved it", "moved"),
    )
    return _message("How was it?", text, notes, row)


def _happened(facts: Asked) -> Message:
    readers = _names(facts.readers)
    notes: list[str] = []
    doors: list[ButtonElement] = []
    if not facts.readers:
        text = f"{facts.what} took place. "
        text += "Thank you, your own rating is in." if facts.given else "How do you rate yourself?"
    elif facts.given:
        text = f"{facts.what} took place. Thank you, your feedback for {readers} is in."
    else:
        text = f"{facts.what} took place. What would help {readers} most, while it is fresh?"
    if facts.is_read and facts.readers:
        notes.append(f"{readers} can read it now.")
    elif facts.readers:
        notes.append(f"Nobody reads the other's before both are in, or time is up: {facts.until}.")
    if facts.received:
        notes.append("What was written about you is in this conversation.")
    elif facts.waits_in_vain:
        notes.append("No feedback for you has come. Ask for two sentences; that is quickly done.")
    notes.append(_counts(facts))
    if facts.writable:
        words = "Rate myself" if not facts.readers else "Give feedback"
        style = None if facts.given else "primary"
        words = "Change what I wrote" if facts.given else words
        doors.append(button(words, GIVE, str(facts.session_id), style=style))
    doors.append(button("It didn't happen", REOPEN, str(facts.session_id)))
    return _message("", text, [note for note in notes if note], actions(*doors))


def _counts(facts: Asked) -> str:
    if facts.state == "unclear":
        return "Your answers differ, so this one counts for nobody; nothing is held against anybody either."
    return "It counts as a mock on your scorecard." if facts.counted else ""


def _did_not_happen(facts: Asked) -> Message:
    others = _names(facts.others)
    if facts.answer == "no_me":
        text = f"{facts.what} did not work out. That happens, and thank you for saying so. A word to {others} is kind."
    elif facts.state == "unclear":
        text = f"{facts.what} did not take place, you say. I am sorry if you waited for nothing."
    else:
        text = (
            f"{facts.what} did not take place. I am sorry that you waited for nothing:"
            " you come first when the next round is matched."
        )
    notes = []
    if facts.state == "unclear":
        notes = [
            f"{_counts(facts)} If it did take place, or one of you pressed the wrong button, change the answer."
        ]
    other = ("They didn't come", "no_partner") if facts.answer == "no_me" else ("I couldn't", "no_me")
    row = actions(
        _door(facts, "It did happen", "yes"), _door(facts, *other), _door(facts, "We moved it", "moved")
    )
    return _message("", text, notes, row)


def _moved(facts: Asked) -> Message:
    text = f"{facts.what} is moved. Which time is it now? Agree in your conversation, or propose one here."
    row = actions(button("Propose a time", OTHER, str(facts.session_id), style="primary"))
    return _message("", text, ["I ask you again when it is over."], row)


def _settled(text: str) -> Message:
    return Message(text, built([section(text)]))


def _message(title: str, text: str, notes: Sequence[str], row: Block) -> Message:
    blocks: list[Block] = [header(title)] if title else []
    blocks += [section(text), *(context(note) for note in notes), row]
    return Message(" ".join([text, *notes]), built(blocks))


def _door(facts: Asked, words: str, answer: str, **kwargs: Any) -> ButtonElement:
    return button(words, ANSWER[answer], str(facts.session_id), **kwargs)


def _names(names: Sequence[str]) -> str:
    return listed([escape(name) for name in names]) or "your partner"


# Giving feedback


@dataclass(frozen=True)
class Sheet:
    """What is written about one person, as far as it is written; without a `name` it is about oneself."""

    member_id: int
    name: str | None
    ratings: Mapping[str, int] = field(default_factory=dict)
    improvements: Sequence[str] = ()
    strength: str = ""
    optional: bool = False


def field_of(member_id: int, name: str) -> str:
    """The block of one field about one person."""
    return f"{member_id}-{name}"


def feedback_form(session_id: int, kind: Kind, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Five ratings, two or three improvements and a strength for each person; for oneself the ratings alone."""
    blocks: list[Block] = []
    for sheet in sheets:
        blocks += _about_oneself(sheet, kind) if sheet.name is None else _about_another(sheet, kind)
    return form.modal(
        "Feedback", blocks, callback_id=FORM, submit="Save", about=str(session_id), close="Not now"
    )


def _about_another(sheet: Sheet, kind: Kind) -> Iterator[Block]:
    name = escape(sheet.name or "")
    optional = "If you like: how" if sheet.optional else "How"
    yield section(f"*{name}* · {optional} did they come across as a candidate? Only {name} reads this.")
    yield from _ratings(sheet, kind, optional=sheet.optional)
    yield form.text(
        field_of(sheet.member_id, IMPROVEMENTS),
        "Two or three things to improve, one a line",
        value="\n".join(sheet.improvements),
        most=IMPROVEMENTS_LIMIT,
        multiline=True,
        hint="Exact enough to practise: what it was, and what would have been better.",
        optional=sheet.optional,
    )
    yield form.text(
        field_of(sheet.member_id, STRENGTH),
        "One strength to keep",
        value=sheet.strength,
        most=STRENGTH_LIMIT,
        optional=sheet.optional,
    )


def _about_oneself(sheet: Sheet, kind: Kind) -> Iterator[Block]:
    yield section(
        "*You, as a candidate* · rate yourself before you read anything; I put it beside what the others say."
    )
    yield from _ratings(sheet, kind, optional=True)


def _ratings(sheet: Sheet, kind: Kind, *, optional: bool) -> Iterator[Block]:
    for skill in Skill:
        low, high = ENDS[skill]
        steps = [f"1 {low}", "2", "3", "4", f"5 {high}"]
        given = sheet.ratings.get(skill.value)
        yield form.select(
            field_of(sheet.member_id, skill.value),
            label(skill, kind),
            [(words, str(number)) for number, words in enumerate(steps, start=1)],
            value=str(given) if given else None,
            optional=optional,
        )


def nothing_to_give(kind: Kind) -> Message:
    """Everything is written and read, or there was nobody to write about."""
    return _settled(
        f"There is nothing left to write about that {kind.words} mock: what was written has been read."
    )
