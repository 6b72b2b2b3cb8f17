"""The nouns of a workspace: its people, channels and what lies in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

Json = dict[str, Any]
Kind = Literal["channel", "private", "im", "mpim"]


@dataclass
class Member:
    """A person or a bot. `name` is what people see; the handle is what Slack calls `user.name`."""

    id: str
    name: str
    real_name: str
    tz: str
    is_bot: bool = False
    deleted: bool = False
    guest: bool = False
    updated: int = 0

    @property
    def handle(self) -> str:
        """Return the lower-case name without spaces that old payloads carry as `name`."""
        return re.sub(r"[^\w.-]+", ".", self.name.lower()).strip(".") or self.id.lower()

    def utc_offset(self, at: datetime) -> timedelta:
        """Return how far this member's wall clock is ahead of UTC."""
        return at.astimezone(ZoneInfo(self.tz)).utcoffset() or timedelta(0)

    def document(self) -> Json:
        """Return this member as it is stored."""
        return asdict(self)


@dataclass
class Channel:
    """A public or private channel, a direct message or a group direct message, with its messages."""

    id: str
    name: str
    kind: Kind
    members: list[str]
    topic: str = ""
    archived: bool = False
    created: int = 0
    creator: str = ""
    last_ts: str = ""
    read: dict[str, str] = field(default_factory=dict)
    messages: dict[str, Json] = field(default_factory=dict, repr=False)
    order: list[str] = field(default_factory=list, repr=False)
    # Messages that only one member sees: ts -> (who, message). Slack forgets them on a reload, and so do we.
    whispers: dict[str, tuple[str, Json]] = field(default_factory=dict, repr=False)

    @property
    def is_direct(self) -> bool:
        """Say whether this is a conversation between people rather than a place."""
        return self.kind in ("im", "mpim")

    @property
    def slack_type(self) -> str:
        """Return the kind as events name it in `channel_type`."""
        return {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}[self.kind]

    def visible_to(self, user: str) -> bool:
        """Say whether this member could look inside."""
        return self.kind == "channel" or user in self.members

    def keep(self, message: Json) -> None:
        """Put a message at its place."""
        ts = message["ts"]
        if ts not in self.messages:
            self.order.insert(bisect_left(self.order, ts), ts)
        self.messages[ts] = message

    def drop(self, ts: str) -> None:
        """Take a message away."""
        del self.messages[ts]
        del self.order[bisect_left(self.order, ts)]

    def unread(self, user: str) -> int:
        """Count what others have said since this member last looked."""
        start = bisect_left(self.order, self.read.get(user, ""))
        seen = self.read.get(user, "")
        return sum(1 for ts in self.order[start:] if ts > seen and self.messages[ts].get("user") != user)

    def document(self) -> Json:
        """Return this channel as it is stored; its messages are stored beside it."""
        fields = (
            "id",
            "name",
            "kind",
            "members",
            "topic",
            "archived",
            "created",
            "creator",
            "last_ts",
            "read",
        )
        return {name: getattr(self, name) for name in fields}
