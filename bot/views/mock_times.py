"""About the time of a mock session: reminders, who has not answered, the forms for another time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views import form
from bot.views.message import Message, actions, built, button, context, section
from bot.views.mock_sessions import CANNOT, MOST_TIMES, OTHER, QUESTION, Room, slot, when
from bot.views.words import escape, listed
from plans.mocks import Kind

CONFIRM, FIND_ANOTHER = "mock_confirm", "mock_find_another"
OTHER_FORM, CANNOT_FORM = "mock_other_times_form", "mock_cannot_form"
TIMES, MOMENT, WHAT, WORDS = "times", "moment", "what", "words"  # the fields of the forms
ANOTHER_TIME, NOT_THIS_WEEK = "another_time", "not_this_week"


# Reminders


def reminder(card: Room, *, hour: bool) -> Message:
    """A day or an hour ahead: still on? It shows who has said so."""
    time_ = when(card.starts_at, 0, card.zones) if card.starts_at else ""
    ahead = "In an hour" if hour else "Tomorrow"
    yes = [escape(person.name) for person in card.here if person.confirmed]
    open_ = [escape(person.name) for person in card.here if not person.confirmed]
    if open_:
        question = f"{ahead}: {time_}. Still on?"
        state = (f"{listed(yes)} will be there; " if yes else "") + f"waiting for {listed(open_)}."
    else:
        question = f"{ahead}: {time_}. All of you will be there."
        state = "Have a good one."
    about = f"{card.session_id}:{card.sequence}"
    doors = []
    if open_:
        doors.append(button("I'll be there", CONFIRM, about, style="primary"))
    if hour:
        doors.append(button("The question", QUESTION, str(card.session_id)))
        if open_:
            doors.append(button("Find me somebody else", FIND_ANOTHER, about))
    doors.append(button("I can't make it", CANNOT, str(card.session_id)))
    return Message(f"{question} {state}", built([section(f"*{question}*"), context(state), actions(*doors)]))


def past() -> Message:
    """What a reminder shows once its session is over."""
    return settled("This reminder has done its work: the session is over.")


def outdated() -> Message:
    """What a reminder shows once its time is not the session's any more."""
    return settled(
        "This reminder is out of date: the session has changed. Its newest message says what counts."
    )


# Somebody alone


def unanswered(card: Room, others: Sequence[str]) -> Message:
    """A direct message to somebody who has picked no time yet."""
    names = listed([escape(name) for name in others])
    text = (
        f"{names} would like to practise with you, and no time is picked yet. Which one suits you?"
        if others
        else "No time is picked yet for your mock. Which one suits you?"
    )
    blocks: list[Block] = [section(text)]
    blocks += [slot(card, start, ()) for start, _ in card.slots[:MOST_TIMES]]
    row = actions(
        button("Other times", OTHER, str(card.session_id)),
        button("I can't make it", CANNOT, str(card.session_id)),
    )
    note = "If I hear nothing until tomorrow, I look for somebody else for them. No harm done."
    times = "; ".join(when(start, 0, card.zones) for start, _ in card.slots[:MOST_TIMES])
    return Message(f"{text} {times}. {note}", built([*blocks, context(note), row]))


def settled(text: str) -> Message:
    """One sentence about what has become of something."""
    return Message(text, built([section(text)]))


def answered(card: Room) -> Message:
    """What the question "which time suits you?" shows once it is answered."""
    if card.starts_at is not None:
        return settled(f"Agreed: {when(card.starts_at, 0, card.zones)}. See you there.")
    return settled("Thank you. I tell you as soon as a time suits everybody.")


def no_longer_asked() -> Message:
    """The same once it is too late or needless."""
    return settled("This session is no longer on. `/prep mock` shows what is next.")


def alone(kind: Kind, gone: Sequence[str], ask: ButtonElement) -> Message:
    """A direct message to somebody whose session fell through and for whom nobody else was found."""
    who = f": {listed([escape(name) for name in gone])} can't make it this time" if gone else ""
    text = (
        f"Your {kind.words} mock does not take place{who}, and nobody else who is free fits your hours,"
        " kind and level. You come first when I match next."
    )
    return Message(text, built([section(text), actions(ask)]))


# Forms


def other_times_form(
    session_id: int, zones: Sequence[tuple[str, str]], times: Sequence[datetime]
) -> dict[str, Any]:
    """More times that suit everybody's hours, and room for a time of one's own."""
    blocks: list[Block] = [
        section("Tick what suits you, or name a time of your own. The others can then say yes to it.")
    ]
    if times:
        blocks.append(
            form.boxes(
                TIMES,
                "More times inside everybody's hours",
                [(when(start, 0, zones), start.isoformat()) for start in times[:MOST_TIMES]],
            )
        )
    blocks.append(
        form.moment(
            MOMENT,
            "A time of your own",
            hint="On your own clock, within the next two weeks.",
            optional=True,
        )
    )
    return form.modal("Other times", blocks, callback_id=OTHER_FORM, submit="Propose", about=str(session_id))


def cannot_form(session_id: int, partners: int) -> dict[str, Any]:
    """Another time, or not this week; with words for the partner if one likes."""
    others = "partners" if partners > 1 else "partner"
    blocks: list[Block] = [
        form.radio(
            WHAT,
            "That happens. What would help?",
            [
                ("Another time", ANOTHER_TIME, "You keep each other and pick again"),
                ("Not this week", NOT_THIS_WEEK, "I look for somebody else for them"),
            ],
            value=ANOTHER_TIME,
        ),
        form.text(
            WORDS,
            f"A word to your {others}",
            most=300,
            multiline=True,
            optional=True,
            hint="Shown in your conversation, as you write it.",
        ),
    ]
    return form.modal(
        "I can't make it", blocks, callback_id=CANNOT_FORM, submit="Send", about=str(session_id)
    )
