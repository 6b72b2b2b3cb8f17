"""A buddy for half an hour: who would be asked, what they see, and what the two could do together.

Nobody learns here how anybody's week was: who is asked sees that somebody would like company, and no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slack_sdk.models.blocks import ButtonElement

from bot.views.membership import OPEN_SETTINGS
from bot.views.message import Message, actions, built, button, context, header, said, section
from bot.views.mock_sessions import when
from bot.views.words import clip, escape, short_date

BUDDY_WANTED = "buddy_wanted"
ASK, OTHER, NOT_NOW, WITHDRAW = "buddy_ask", "buddy_other", "buddy_not_now", "buddy_withdraw"
YES, NO = "buddy_yes", "buddy_no"
IDEAS = (  # ours, of the length of "Practice framework"'s parts: a story with questions, a sketch, easy problems
    "*A story each.* Five minutes to tell it, five for questions. The other one says what they would ask next.",
    "*One design aloud.* One draws it in fifteen minutes, the other asks why; then one thing to do better.",
    "*Two easy problems side by side.* Each talks while solving, and you compare at the end.",
)


@dataclass(frozen=True)
class Wish:
    """For whom and for which week somebody is looked for; `skipped` were proposed and not wanted."""

    membership_id: int
    monday: date
    skipped: Sequence[int] = ()


def wanted_button(membership_id: int, monday: date) -> ButtonElement:
    """Return the button by which a member asks for company in the week of that Monday."""
    return button("Find a buddy", BUDDY_WANTED, f"{membership_id}:{monday}")


def _half_an_hour(monday: date) -> str:
    return f"half an hour together in the week of {short_date(monday)}"


# To who would like company


def proposal(wish: Wish, buddy_id: int, name: str, *, again: bool = False) -> Message:
    """Whom I would ask, and what they would see; `again` after somebody else could not."""
    who = escape(name)
    first = (
        f"It did not work out this time. I would ask {who} next." if again else f"I would ask {who} first."
    )
    text = f"{first} They see that you would like {_half_an_hour(wish.monday)}, nothing else."
    about = _about(wish, buddy_id)
    row = actions(
        button(f"Ask {clip(name, 60)}", ASK, about, style="primary"),
        button("Somebody else", OTHER, about),
        button("Not now", NOT_NOW, about),
    )
    return Message(text, built([section(text), row]))


def _about(wish: Wish, buddy_id: int) -> str:
    return f"{wish.membership_id}:{wish.monday}:{buddy_id}:{'-'.join(map(str, wish.skipped))}"


def nobody(wish: Wish) -> Message:
    """There is nobody to ask; a line that the member may post themself."""
    text = (
        "There is nobody whom I could ask for that week. You can ask the group yourself, in words like these:"
    )
    line = f"Who is up for {_half_an_hour(wish.monday)}? A story each, or one design aloud."
    note = "I ask only who agreed to it in their settings. You can agree, too, for somebody else's week."
    blocks = [
        section(text),
        said(line),
        context(note),
        actions(button("My settings", OPEN_SETTINGS, str(wish.membership_id))),
    ]
    return Message(f"{text} {line}", built(blocks))


def waiting(name: str, row_id: int, monday: date) -> Message:
    """They were asked and have not answered."""
    text = f"I have asked {escape(name)} for {_half_an_hour(monday)}, and will tell you what they say."
    return Message(text, built([section(text), actions(button("Take it back", WITHDRAW, str(row_id)))]))


def found(name: str, monday: date) -> Message:
    """They said yes."""
    return _sentence(
        f"{escape(name)} has time for {_half_an_hour(monday)}. You two have a conversation with me."
    )


def not_now() -> Message:
    """No buddy is wanted now."""
    return _sentence("Fine. `/prep buddy` finds somebody whenever you like.")


def taken_back() -> Message:
    """A question was taken back by who asked."""
    return _sentence("Taken back. `/prep buddy` finds somebody whenever you like.")


def over() -> Message:
    """What a proposal shows when its week is over."""
    return _sentence("That week is over. `/prep buddy` finds somebody for this one.")


# To who is asked


def question(name: str, row_id: int, monday: date) -> Message:
    """Somebody would like company: yes or no, and a no needs no reason."""
    text = f"{escape(name)} would like {_half_an_hour(monday)}. Do you have time?"
    note = "There is nothing to prepare. A no needs no reason, and none is told."
    row = actions(
        button("I have time", YES, str(row_id), style="primary"), button("Not this week", NO, str(row_id))
    )
    return Message(f"{text} {note}", built([section(text), context(note), row]))


def promised(name: str) -> Message:
    """The question after a yes."""
    return _sentence(f"You have time for {escape(name)}. You two have a conversation with me.")


def declined() -> Message:
    """The question after a no."""
    return _sentence("Not this week, and that is fine. You are not asked again before the next one.")


def needless() -> Message:
    """The question when it is no longer asked."""
    return _sentence("That has settled itself: there is nothing to answer any more. Thank you.")


# To both


def together(names: Sequence[str], zones: Sequence[tuple[str, str]], times: Sequence[datetime]) -> Message:
    """The conversation of the two: when both are free, and three things to do in half an hour.

    `zones` are each one's name and zone, in which the times are written.
    """
    text = f"{escape(names[0])} and {escape(names[1])}, {_when(zones, times)}"
    ideas = "\n".join(f"• {idea}" for idea in IDEAS)
    blocks = [
        header("Half an hour together"),
        section(text),
        section(f"Three things that fit into it:\n{ideas}"),
        context("Agree here on one of them and on the time. What you say here stays with you two."),
    ]
    return Message(
        f"Half an hour together: {text} Three things that fit into it: {ideas.replace('*', '')}",
        built(blocks),
    )


def _when(zones: Sequence[tuple[str, str]], times: Sequence[datetime]) -> str:
    if not times:
        return "your usual hours do not meet in what is left of the week. Which half hour would do?"
    shown = "\n".join(f"• {when(start, 0, zones)}" for start in times)
    return f"you are both free at:\n{shown}"


def no_longer() -> Message:
    """The conversation when one of the two is no longer there or has taken it back."""
    return _sentence("This half hour is off. `/prep buddy` finds somebody for another one.")


def _sentence(text: str) -> Message:
    return Message(text, built([section(text)]))
