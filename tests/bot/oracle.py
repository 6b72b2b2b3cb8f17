"""What must hold of everything that is shown to anybody: looked for in whatever the bot has said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.workspace.state.accepted import Write
from bot.workspace.visitors.people import Person

Json = dict[str, Any]
SAYING = (
    "chat.postEphemeral",
    "chat.postMessage",
    "chat.update",
    "response_url",
    "views.open",
    "views.publish",
    "views.push",
)
SUBSTANCE = 10  # characters below which a text says nothing


def faults_in(said: Json) -> list[str]:
    """What is wrong with a message or a view: markup that came alive, links that make themselves, no text."""
    faults = []
    for text in marked_up(said):
        if "<" in text["text"] or ">" in text["text"]:
            faults.append(f"live markup in {text['text']!r}")
        if not text.get("verbatim"):
            faults.append(f"names and links make themselves in {text['text']!r}")
    if "view" not in said and said.get("type") not in ("modal", "home"):
        plain = str(said.get("text") or "")
        if len(plain.strip()) < SUBSTANCE:
            faults.append(f"a message without a text of substance: {plain!r}")
        if "<" in plain or ">" in plain:
            faults.append(f"live markup in {plain!r}")
    return faults


def marked_up(said: Any) -> Iterator[Json]:
    """Every text object that Slack reads as markup, however deep."""
    if isinstance(said, dict):
        if said.get("type") == "mrkdwn":
            yield said
        for value in said.values():
            yield from marked_up(value)
    elif isinstance(said, list):
        for value in said:
            yield from marked_up(value)


def faults_of(writes: list[Write]) -> list[str]:
    """What is wrong with every message and view that Slack has accepted."""
    said = [write.payload for write in writes if write.method in SAYING]
    return [fault for payload in said for fault in faults_in(payload)]


async def faults_before(person: Person, *channels: str) -> list[str]:
    """What is wrong with everything of the bot's that this person can see, answers to commands included."""
    seen = [message for channel in channels for message in await person.messages(channel)]
    seen += await person.modals()
    return [fault for thing in seen if thing.get("user") != person.id for fault in faults_in(thing)]
