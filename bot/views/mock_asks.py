"""Asking for a mock interview now: the form, the post in the channel, the answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from bot.views import form
from bot.views.message import Message, actions, built, button, context, section
from bot.views.mock_rounds import on_clock
from bot.views.words import escape, zone_name
from plans.mocks import Kind

TAKE, WITHDRAW = "mock_ask_take", "mock_ask_withdraw"
ASK_FORM, KIND = "mock_ask_form", "kind"


@dataclass(frozen=True)
class Ask:
    """An ask as the channel sees it; `partner` once somebody has said yes."""

    ask_id: int
    name: str
    kind: Kind
    state: str
    expires_at: datetime
    timezone: str
    partner: str | None = None


def article(kind: Kind) -> str:
    """The kind as part of a sentence: "a technical mock interview"."""
    return f"a {kind.words} mock interview"


def post(ask: Ask) -> Message:
    """Somebody would like a mock in the next days; later, what became of it."""
    name = escape(ask.name)
    if ask.state == "open":
        text = f"*{name}* would like {article(ask.kind)} in the next days. Who can?"
        until = (
            f"Open until {on_clock(ask.expires_at, ask.timezone)}, {zone_name(ask.timezone, ask.expires_at)}."
        )
        row = actions(
            button("I can", TAKE, str(ask.ask_id), style="primary"),
            button("Withdraw", WITHDRAW, str(ask.ask_id)),
        )
        note = f"{until} The first whose hours fit has it."
        return Message(f"{text.replace('*', '')} {note}", built([section(text), context(note), row]))
    over = {
        "taken": f"{name} and {escape(ask.partner or 'somebody')} practise together: {article(ask.kind)}.",
        "withdrawn": f"{name} has taken the ask for {article(ask.kind)} back.",
    }
    text = over.get(ask.state) or (
        f"{name} asked for {article(ask.kind)}; two days have passed, so this is closed. "
        "`/prep mock now` asks again."
    )
    return Message(text, built([context(text)]))


def ask_form(membership_id: int, channel: str, kind: Kind | None) -> dict[str, Any]:
    """Which kind; and what everybody will read."""
    blocks = [
        section(
            "Your name and the kind are posted in the group's channel. The first whose hours fit yours has it."
        ),
        form.radio(
            KIND,
            "What would you like to practise?",
            [
                ("Technical", Kind.TECHNICAL.value, "system design, coding, a deep dive"),
                ("Behavioural", Kind.BEHAVIORAL.value, "Leadership Principles and a bar raiser"),
            ],
            value=(kind or Kind.TECHNICAL).value,
        ),
    ]
    about = f"{membership_id}:{channel}"
    return form.modal("Ask for a mock", blocks, callback_id=ASK_FORM, submit="Ask", about=about)


def asked(ask_id: int, kind: Kind, until: str, *, again: bool) -> Message:
    """To who asked; `again` if they had asked already."""
    begin = "You have asked already" if again else "Asked"
    text = f"{begin}: the channel knows that you would like {article(kind)}. Open until {until}, your time."
    return _sentence(text, button("Withdraw", WITHDRAW, str(ask_id)))


def taken(name: str, kind: Kind) -> Message:
    """To who said yes."""
    return _sentence(
        f"Thank you. You and {escape(name)} have {article(kind)}: the times are in your own conversation."
    )


def withdrawn() -> Message:
    """To who took the ask back."""
    return _sentence("Taken back. `/prep mock now` asks again whenever you like.")


def _sentence(text: str, *doors: ButtonElement) -> Message:
    blocks = [section(text), *([actions(*doors)] if doors else [])]
    return Message(text, built(blocks))
