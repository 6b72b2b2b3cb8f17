"""After an interview: the questions, an offer, and what comes next."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, ConfirmObject, InteractiveElement

from bot.views import form
from bot.views.interviews import SET_DATE
from bot.views.message import Message, actions, built, button, context, header, plain, section
from bot.views.pausing import OPEN_PAUSE
from bot.views.words import clip, escape, short_date
from plans.interview_week import QUESTIONS, Aftermath

WRITE, REFLECTION = "interview_write", "interview_reflection"  # a button, a callback id
OFFER, NO_OFFER, TELL = "interview_offer", "interview_no_offer", "interview_tell"
WORDS_LIMIT = 2000  # characters of an answer

_PRIVATE = "Only you can read what you write. `/prep export` holds it."


def afterwards(after: Aftermath) -> Message:
    """How was it: the questions, and what comes next."""
    text = _afterwards_text(after)
    blocks: list[Block] = [header(f"After your interview on {short_date(after.interview_on)}"), section(text)]
    if after.has_offer:
        blocks.append(section(_offer_text(after)))
    blocks += [context(_PRIVATE), actions(*_ways_on(after))]
    said = f"{text} {_offer_text(after)}" if after.has_offer else text
    return Message(
        f"After your interview on {short_date(after.interview_on)}: {said} {_PRIVATE}", built(blocks)
    )


def _afterwards_text(after: Aftermath) -> str:
    if after.answered:
        return (
            f"*Written down: {after.answered} of {len(QUESTIONS)} questions.* It is there for the next time."
        )
    return (
        f"However it went, you went through with it. *{len(QUESTIONS)} questions, five minutes*: what you write"
        " down now is what a next interview is made of. Then rest; your goals come again as planned."
    )


def _offer_text(after: Aftermath) -> str:
    if after.is_told:
        return f"You have an offer, and {escape(after.group)} knows. Enjoy it."
    if after.was_refused:
        return (
            f"You have an offer. Your message did not reach the channel, so {escape(after.group)} does not know yet."
            " If Cadence is no longer in the channel, `/invite @Cadence` there brings it back; then tell them again."
        )
    return "You have an offer. That is your work; enjoy it. The group hears of it only if you tell."


def _ways_on(after: Aftermath) -> list[InteractiveElement]:
    about = _about(after)
    row: list[InteractiveElement] = [
        button("Read or change it", WRITE, about)
        if after.answered
        else button("Write it down", WRITE, about, style="primary")
    ]
    if after.has_offer and not after.is_told:
        row += [_tell(after), button("No offer after all", NO_OFFER, about)]
    if not after.has_offer:
        row += [button("I got an offer", OFFER, about), button("New interview date", SET_DATE, about)]
    return [*row, button("Pause", OPEN_PAUSE, str(after.membership_id))]


def _tell(after: Aftermath) -> ButtonElement:
    sure = ConfirmObject(
        title=plain("Tell the group?"),
        text=plain(f"This goes to the channel, and nothing else: {_offer_line(clip(after.name, 80))}"),
        confirm=plain("Tell them"),
        deny=plain("Not now"),
    )
    return button("Tell the group", TELL, _about(after), confirm=sure)


def _offer_line(who: str) -> str:
    return f"{who} has an offer. Congratulations, {who}, from all of us."


def offer(name: str) -> Message:
    """The good news, in the channel."""
    text = _offer_line(escape(name))
    return Message(text, built([section(text)]))


def reflection_form(interview: date, words: Mapping[str, str], about: str) -> dict[str, Any]:
    """Four questions; any of them is enough."""
    return form.modal(
        "After the interview",
        [
            section(f"Your interview on {short_date(interview)}. Answer what you like, in any order."),
            *(
                form.text(
                    key, question, value=words.get(key), most=WORDS_LIMIT, multiline=True, optional=True
                )
                for key, question in QUESTIONS
            ),
            context(_PRIVATE),
        ],
        callback_id=REFLECTION,
        submit="Keep it",
        about=about,
    )


def _about(after: Aftermath) -> str:
    return f"{after.membership_id}:{after.interview_on.isoformat()}"
