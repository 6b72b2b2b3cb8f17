"""A log of what the app's writes came to: the oracle of tests."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.workspace.state.models import Json


@dataclass(frozen=True)
class Write:
    """One Web API write that was accepted; `payload` holds the arguments as they were understood."""

    method: str
    payload: Json
    channel: str = ""
    ts: str = ""


@dataclass(frozen=True)
class Refused:
    """One call, or one ack, that was refused, and why."""

    method: str
    code: str
    messages: list[str] = field(default_factory=list)
    payload: Json = field(default_factory=dict)
