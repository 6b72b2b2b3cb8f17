"""One knock at a door of the page: who knocks, and what they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.workspace.errors import DoorRefusal
from bot.workspace.profile import SLACKBOT_ID
from bot.workspace.state.models import Channel, Json, Member
from bot.workspace.state.team import Team
from bot.workspace.travel import Travel


@dataclass
class Knock:
    """The fields of a request at a door."""

    team: Team
    travel: Travel
    fields: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """Return a field as a string."""
        value = self.fields.get(name)
        return default if value is None else str(value)

    def needed(self, name: str) -> str:
        """Return a field that must be there."""
        value = self.text(name)
        if not value:
            raise DoorRefusal("missing", f"Please say which {name} you mean.", field=name)
        return value

    def flag(self, name: str) -> bool:
        """Return a field as yes or no."""
        return str(self.fields.get(name, "")).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        """Return a field as a whole number."""
        try:
            return int(self.text(name) or default)
        except ValueError as error:
            raise DoorRefusal("invalid", f"{name} must be a number.") from error

    def player(self) -> Member:
        """Return the member whom the page plays."""
        member = self.team.people.get(self.needed("as"))
        if member is None or member.is_bot or member.id == SLACKBOT_ID:
            raise DoorRefusal("unknown_person", "There is nobody of that name here to play.")
        return member

    def active_player(self) -> Member:
        """Return the member whom the page plays, who must not have left."""
        member = self.player()
        if member.deleted:
            raise DoorRefusal("user_disabled", f"{member.name}'s account is deactivated.")
        return member

    def member(self, name: str) -> Member:
        """Return the member that a field names."""
        member = self.team.people.get(self.needed(name))
        if member is None:
            raise DoorRefusal("unknown_person", "There is nobody of that name here.")
        return member

    def channel(self) -> Channel:
        """Return the channel that is meant, which the player must be able to see."""
        channel = self.team.channels.get(self.needed("channel"))
        if channel is None or not channel.visible_to(self.player().id):
            raise DoorRefusal("channel_not_found", "You cannot see a channel of that name.")
        return channel

    def message(self, channel: Channel) -> Json:
        """Return the message that is meant, which the player must be able to see."""
        ts = self.needed("ts")
        if ts in channel.whispers:
            user, whisper = channel.whispers[ts]
            if user == self.player().id:
                return whisper
        if ts in channel.messages:
            return channel.messages[ts]
        raise DoorRefusal("message_not_found", "That message is no longer there.")

    def view(self) -> Json:
        """Return the modal or Home tab that is meant, which must be open in front of the player."""
        user, view_id = self.player().id, self.needed("view_id")
        if view_id not in [*self.team.stacks.get(user, []), self.team.homes.get(user)]:
            raise DoorRefusal("view_not_found", "That window is no longer open.")
        return self.team.views[view_id]
