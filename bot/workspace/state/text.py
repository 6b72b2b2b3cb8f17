"""What a composer does to typed words: escapes them and turns names into mentions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from bot.workspace.state.models import Channel, Member

T = TypeVar("T")
URL = re.compile(r"(?<![<|\w])(https?://[^\s<>]+[^\s<>.,;:!?)\]'\"])")


def escaped(text: str) -> str:
    """Escape the three characters that Slack escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def composed(text: str, people: Iterable[Member], channels: Iterable[Channel], *, named: bool = False) -> str:
    """Return typed text as Slack passes it on.

    `named` gives `<@U1|ana>` as slash commands with `should_escape` do; otherwise `<@U1>` as messages do.
    """
    text = escaped(text)
    by_name = {name.lower(): member for member in people for name in _names(member)}
    text = _swap(text, "@", by_name, lambda member: f"<@{member.id}{'|' + member.handle if named else ''}>")
    rooms = {channel.name.lower(): channel for channel in channels if channel.name}
    text = _swap(text, "#", rooms, lambda channel: f"<#{channel.id}|{channel.name}>")
    for word in ("here", "channel", "everyone"):
        text = re.sub(rf"(?<![\w<])@{word}\b", f"<!{word}>", text)
    return text if named else URL.sub(r"<\1>", text)


def _names(member: Member) -> set[str]:
    return {escaped(name) for name in (member.name, member.real_name, member.handle) if name}


def _swap(text: str, sign: str, things: Mapping[str, T], mention: Callable[[T], str]) -> str:
    if sign not in text or not things:
        return text
    names = "|".join(re.escape(name) for name in sorted(things, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w<&]){sign}({names})(?![\w])", re.IGNORECASE)
    return pattern.sub(lambda match: mention(things[match[1].lower()]), text)
