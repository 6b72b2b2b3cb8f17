"""Without tokens: a Slack on loopback with the bot in it, and a clock that can be moved."""

from datetime import datetime
from pathlib import Path

from bot.manifest import Manifest
from bot.running import Bot, Connection
from bot.schedule import Schedule
from bot.workspace.clock import Clock, Landmark
from bot.workspace.profile import AppProfile, Command
from bot.workspace.server import Workspace

TEAM = "Staff Prep"
STORE = "workspace.db"  # in the data folder: what the workspace remembers
DATABASE = "local.db"  # beside it: what the bot remembers
LOCAL_REDRAWS = (6000.0, 100)  # nobody limits us on loopback
LANDMARKS = (
    ("day", "Next post"),
    ("checkin", "Weekly check-in"),
    ("scorecard", "Sunday's scorecard"),
    ("call", "Mock round opens"),
    ("matching", "Mocks are matched"),
)


def open_workspace(
    manifest: Manifest,
    *,
    store: Path | None = None,
    clock: Clock | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> Workspace:
    """A workspace that knows the app from its manifest, as Slack would."""
    profile = AppProfile(
        name=manifest.name,
        commands=tuple(
            Command(each.command, each.description, each.usage_hint) for each in manifest.commands
        ),
        home=manifest.home,
        scopes=manifest.scopes,
        events=manifest.events,
    )
    return Workspace(name=TEAM, profile=profile, store=store, clock=clock, host=host, port=port)


def connection_to(workspace: Workspace) -> Connection:
    """How the bot reaches the workspace."""
    return Connection(workspace.api_url, workspace.bot_token, workspace.app_token)


class BotTime:
    """Tells the workspace's clock when the bot has something to do on the way."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    @property
    def _schedule(self) -> Schedule:
        return self._bot.schedule

    async def next_stop(self, after: datetime, until: datetime) -> datetime | None:
        """The next instant at which the bot owes something."""
        return await self._schedule.next_stop(after, until)

    async def arrive(self, _now: datetime) -> None:
        """Let the bot do what is due."""
        await self._schedule.arrive()

    async def landmarks(self, now: datetime) -> list[Landmark]:
        """The bot's next post, check-in, scorecard and mock round, soonest first."""
        found = [(await self._schedule.next_ring(kind), label) for kind, label in LANDMARKS]
        ahead = [Landmark(label, at) for at, label in found if at is not None and at > now]
        return sorted(ahead, key=lambda mark: mark.at)
