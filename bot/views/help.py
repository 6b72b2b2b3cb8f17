"""What one can type, said by the commands themselves."""

from collections.abc import Sequence

from bot.views.membership import SHOW_TODAY, SHOW_WEEK
from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.words import escape


def overview(commands: Sequence[tuple[str, str]], *, member: bool) -> Message:
    """All sub-commands with a line each; for a member, the two that matter most as buttons."""
    lines = [f"`/prep {name}`  {text}" for name, text in commands]
    text = "What you can type: " + "; ".join(f"/prep {name}: {what}" for name, what in commands)
    blocks = [header("What can I do for you?"), section("\n".join(lines))]
    if member:
        blocks.append(actions(button("Show today", SHOW_TODAY, "0"), button("Show my week", SHOW_WEEK, "0")))
    blocks.append(context("Case, plurals and order are forgiven. Only you see my answers."))
    return Message(text, built(blocks))


def did_you_mean(word: str, nearest: str, what: str) -> Message:
    """For a word that is no command."""
    text = f"I don't know `{escape(word[:40])}`. Did you mean `/prep {nearest}`? ({what}) `/prep help` lists everything."
    return Message(text, built([section(text)]))
