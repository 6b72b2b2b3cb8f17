"""One slash command as its sub-command sees it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.house import House
from bot.listeners.actor import Actor
from bot.views.message import Message


@dataclass(frozen=True)
class Call:
    """Who typed what, where; `words` is what stands behind the sub-command."""

    actor: Actor
    words: str
    body: dict[str, Any]
    house: House


Subcommand = Callable[[Call], Awaitable[Message | None]]
