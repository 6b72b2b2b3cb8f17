"""Mistakes and failures: one kind sentence, and a way on."""

from slack_sdk.models.blocks import ButtonElement

from bot.views.day import TODAY
from bot.views.group import OPEN_START
from bot.views.membership import OPEN_JOIN
from bot.views.message import Message, actions, built, button, section
from bot.views.words import clip, escape
from plans.errors import StudyError

WORD_LIMIT = 60


def mistake(error: StudyError) -> Message:
    """What a member did wrong, in the error's own sentence, with the next step as a button."""
    facts = {name: escape(clip(str(value), WORD_LIMIT)) for name, value in error.facts.items()}
    text = type(error)(**facts).args[0]
    door = _door(error)
    blocks = [section(text)]
    return Message(text, built([*blocks, actions(door)] if door else blocks))


def _door(error: StudyError) -> ButtonElement | None:
    """The next step that the mistake itself knows."""
    if group_id := error.facts.get("join"):
        return button("Join", OPEN_JOIN, str(group_id), style="primary")
    if channel := error.facts.get("start"):
        return button("Start a study group", OPEN_START, str(channel), style="primary")
    if error.facts.get("today"):
        return button("Today", TODAY, "0")
    return None


def failure(reference: str) -> Message:
    """A failure of ours; the reference stands in the log, too."""
    text = f"That was not saved. Please try again; if it happens twice, tell the group's lead the code {reference}."
    return Message(text, built([section(text)]))


def too_slow() -> Message:
    """The database was busy for too long."""
    text = "That was not saved: it took too long just now. Please try again in a moment."
    return Message(text, built([section(text)]))


def form_expired(command: str) -> Message:
    """Slack lets a form open within three seconds of the click."""
    text = f"The form came too late to open. Please try `/prep {command}` again."
    return Message(text, built([section(text)]))


def outdated() -> Message:
    """A button of an older version."""
    text = "That button is from an older message and no longer does anything. `/prep` shows what you can do."
    return Message(text, built([section(text)]))
