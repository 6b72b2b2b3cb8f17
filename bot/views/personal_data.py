"""A person's own data: the file with all of it, and being forgotten."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import ActionsBlock, ConfirmObject

from bot.views.message import Message, actions, built, button, context, header, mrkdwn, plain, section
from bot.views.words import escape, listed, long_date, plural

EXPORT, FORGET, FORGET_NOW, KEEP = "data_export", "data_forget", "data_forget_now", "data_keep"


def doors() -> ActionsBlock:
    """The two buttons that stand wherever somebody may look for their data."""
    return actions(button("Send me my data", EXPORT, "all"), button("Forget me", FORGET, "all"))


def overview(groups: Sequence[str]) -> Message:
    """What can be done with one's data."""
    text = f"Your data in {_named(groups)} is yours: a file with all of it comes on request, and so does the end of it."
    note = "To leave a group and keep what you did, there is `/prep leave`."
    return Message(text, built([section(text), context(note), doors()]))


def _named(groups: Sequence[str]) -> str:
    return listed([f"*{escape(name)}*" for name in groups]) or "Cadence"


# The file


def on_its_way(*, again: bool) -> Message:
    """What `/prep export` answers."""
    text = "On its way to your direct messages with me: one file with everything that I keep of you."
    if again:
        text = "It is on its way already. If it has not come in a minute, ask once more."
    return Message(text, built([section(text)]))


def file_name(day: date) -> str:
    """What the file is called on the reader's machine."""
    return f"cadence-{day.isoformat()}.json"


def file_title(day: date) -> str:
    """What the file is called in Slack."""
    return f"Everything that Cadence keeps of you, {long_date(day)}"


def file_comment() -> str:
    """What is said beside the file."""
    return (
        "Here is all that I keep of you, in every group: your plan, ticks, log, ratings, stories, words, scorecards and"
        " mock interviews, with what others gave you to read. It is JSON, which any text editor opens. Only you see it here."
    )


# Being forgotten


GOES = (
    "your plans, goals, log, ratings and suggestions, with your pauses and lighter times",
    "your stories, reflections and strategies, and what you wrote down after an interview",
    "your scorecards, and your line in those of the group",
    "your hours, wishes and sign-ups for mock interviews, and what others wrote about you after one",
    "what you wrote about others: they keep the ratings that you gave, without your words and your name",
    "your seats in sessions that are still to come: the others are matched anew",
)
STAYS = (
    "messages that are already in a channel or in a conversation with others, until somebody deletes them there",
    "the group's totals, as numbers without a name",
    'sessions that took place, for the other person: with "someone who left"',
    "a plan that you uploaded for a group, without your name",
    "what others keep for themselves, such as with whom they would rather not practise",
)


def forget_question(groups: Sequence[str]) -> Message:
    """What goes and what cannot go, before anything does."""
    text = f"Forget you, in {_named(groups)}? That cannot be undone. To keep a copy, ask for your data first."
    blocks = [
        header("Forget me"),
        section(text),
        section("*This goes*\n" + "\n".join(f"• {each}" for each in GOES)),
        section("*This stays*\n" + "\n".join(f"• {each}" for each in STAYS)),
        context(
            "Afterwards I delete my messages in this conversation of ours, as far as Slack lets me. `/prep join` starts from nothing."
        ),
        actions(
            button("Forget me", FORGET_NOW, "all", style="danger", confirm=_once_more(groups)),
            button("Keep everything", KEEP, "all"),
            button("Send me my data", EXPORT, "all"),
        ),
    ]
    said = [text, "This goes: " + "; ".join(GOES) + ".", "This stays: " + "; ".join(STAYS) + "."]
    return Message(" ".join(said), built(blocks))


def _once_more(groups: Sequence[str]) -> ConfirmObject:
    """Slack's own question before the click counts."""
    where = plural(len(groups), "group") if groups else "Cadence"
    return ConfirmObject(
        title=plain("Forget me for good?"),
        text=mrkdwn(f"Everything of yours in {where} is erased at once and cannot be brought back."),
        confirm=plain("Forget me"),
        deny=plain("Keep everything"),
        style="danger",
    )


def kept() -> Message:
    """Not forgotten."""
    text = "Good. Nothing has changed."
    return Message(text, built([section(text)]))


def forgotten(messages: int) -> Message:
    """It is done; what is still under way."""
    text = "It is done: I keep nothing of you any more. Thank you for the time, and good luck."
    note = "`/prep join` starts from nothing, whenever you like."
    if messages:
        note = (
            f"I am deleting my {plural(messages, 'message')} to you now; that may take some minutes. {note}"
        )
    return Message(f"{text} {note}", built([section(text), context(note)]))


def not_deleted(messages: int) -> Message:
    """What Slack would not let us delete."""
    text = f"{plural(messages, 'message')} of mine to you could not be deleted. Whoever runs this Slack workspace can do it."
    return Message(text, built([section(text)]))


def new_lead(group: str) -> Message:
    """To the member who leads a group from now on."""
    text = f"You lead *{escape(group)}* from now on: its lead has left, and nobody has been in it longer than you. `/prep group` shows what that means."
    return Message(text, built([section(text)]))
