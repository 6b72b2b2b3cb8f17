"""One call of a Web API method: its arguments, and what every method asks of them."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.workspace.errors import Refusal
from bot.workspace.profile import BOT_USER_ID
from bot.workspace.state.accepted import Write
from bot.workspace.state.models import Channel, Json, Member
from bot.workspace.state.team import Team

T = TypeVar("T")
SCOPE_PREFIX = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


@dataclass
class Call:
    """The arguments of a call, whether they came as a form or as JSON."""

    team: Team
    method: str
    args: Json
    base_url: str = ""
    understood: Json = field(default_factory=dict)

    # --- reading arguments ---

    def text(self, name: str, default: str = "") -> str:
        """Return an argument as a string."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def needed(self, name: str, code: str = "invalid_arguments") -> str:
        """Return an argument that must be there."""
        value = self.text(name)
        if not value:
            missing = f"[ERROR] missing required field: {name} [json-pointer:/{name}]"
            raise Refusal(code, response_metadata={"messages": [missing]})
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """Return an argument as yes or no."""
        value = self.args.get(name)
        return default if value is None else str(value).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        """Return an argument as a whole number."""
        try:
            return int(self.text(name) or default)
        except ValueError as error:
            raise Refusal("invalid_arguments") from error

    def json(self, name: str, code: str) -> Any:
        """Return an argument that is JSON, written out or as a string; None if it is absent."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except json.JSONDecodeError as error:
            raise Refusal(code) from error

    # --- what the app may touch ---

    def need(self, scope: str) -> None:
        """Refuse unless the app was granted this scope."""
        profile = self.team.profile
        if not profile.may(scope):
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(profile.scopes or ())))

    def need_for(self, channel: Channel, right: str) -> None:
        """Refuse unless the app was granted a right (`read`, `history`) on this kind of conversation."""
        self.need(f"{SCOPE_PREFIX[channel.kind]}:{right}")

    def channel(self, name: str = "channel") -> Channel:
        """Return the conversation that an argument names, if the app's bot user could see it."""
        channel = self.team.channels.get(self.needed(name, "channel_not_found"))
        if channel is None or not channel.visible_to(BOT_USER_ID):
            raise Refusal("channel_not_found")
        return channel

    def member(self, name: str = "user") -> Member:
        """Return the person that an argument names."""
        member = self.team.people.get(self.needed(name, "user_not_found"))
        if member is None:
            raise Refusal("user_not_found")
        return member

    def message(self, channel: Channel, name: str = "ts", code: str = "message_not_found") -> Json:
        """Return the message that an argument names."""
        message = channel.messages.get(self.text(name))
        if message is None:
            raise Refusal(code)
        return message

    # --- answering ---

    def accept(self, channel: str = "", ts: str = "") -> None:
        """Write this call into the log of accepted writes."""
        self.team.accepted.append(Write(self.method, {**self.args, **self.understood}, channel, ts))

    def page(self, items: list[T], default: int = 100, most: int = 1000) -> tuple[list[T], Json]:
        """Return one page of a list and the `response_metadata` that leads to the next."""
        limit = max(1, min(self.number("limit", default), most))
        start = self._start()
        following = start + limit
        cursor = ""
        if following < len(items):
            cursor = base64.b64encode(f"next:{following}".encode()).decode()
        return items[start:following], {"next_cursor": cursor}

    def _start(self) -> int:
        cursor = self.text("cursor")
        if not cursor:
            return 0
        try:
            return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
        except (binascii.Error, ValueError) as error:
            raise Refusal("invalid_cursor") from error
