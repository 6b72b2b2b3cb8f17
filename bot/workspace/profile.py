"""What a Slack knows of an app from the app's manifest."""

from __future__ import annotations

from dataclasses import dataclass, field

TEAM_ID = "T0LOCAL"
TEAM_DOMAIN = "local"
APP_ID = "A0APP"
BOT_ID = "B0BOT"
BOT_USER_ID = "U0BOT"
SLACKBOT_ID = "USLACKBOT"
BOT_TOKEN = "xoxb-local"  # noqa: S105 - opens nothing but this workspace on loopback
APP_TOKEN = "xapp-local"  # noqa: S105 - opens nothing but this workspace on loopback


@dataclass(frozen=True)
class Command:
    """A slash command that the app has registered."""

    command: str
    description: str = ""
    usage_hint: str = ""


@dataclass(frozen=True)
class AppProfile:
    """The manifest in short. `scopes` and `events` of None mean that everything is granted and subscribed."""

    name: str = "App"
    commands: tuple[Command, ...] = ()
    home: bool = True
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = field(default=None)

    def command(self, name: str) -> Command | None:
        """Return the registered command of this name, if there is one."""
        return next((command for command in self.commands if command.command == name), None)

    def subscribes(self, event: str) -> bool:
        """Say whether the app wants events of this name, such as `team_join` or `message.im`."""
        return self.events is None or event in self.events

    def may(self, scope: str) -> bool:
        """Say whether the app was granted this scope."""
        return self.scopes is None or scope in self.scopes
