"""The workspace as whoever starts it sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from bot.workspace.addresses import Addresses, is_loopback
from bot.workspace.app.socket_mode import Socket
from bot.workspace.clock import Clock, Timekeeper
from bot.workspace.faults import Faults
from bot.workspace.profile import APP_TOKEN, BOT_TOKEN, AppProfile, Command
from bot.workspace.state.accepted import Refused, Write
from bot.workspace.state.models import Json
from bot.workspace.state.store import Store
from bot.workspace.state.team import Team
from bot.workspace.travel import Travel


class Workspace:
    """A Slack on loopback for one app.

    Give the app's name and commands, or a whole `profile`. With `store` (a path) it goes on after a restart
    where it stopped.
    """

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN

    def __init__(
        self,
        *,
        name: str = "Staff Prep",
        app_name: str = "App",
        commands: Iterable[Command] = (),
        profile: AppProfile | None = None,
        store: Path | None = None,
        clock: Clock | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        if not is_loopback(host):
            raise ValueError(
                f"The workspace has no passwords, so it listens on loopback only, not on {host}."
            )
        self.clock = clock or Clock()
        self._store = Store(store)
        profile = profile or AppProfile(name=app_name, commands=tuple(commands))
        self.team = Team(name, profile, self.clock, self._store)
        self._travel = Travel(self.team)
        self._stopping = asyncio.Event()
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None

    # --- starting and stopping ---

    async def start(self) -> None:
        """Open the doors."""
        application = Addresses(self.team, self._travel, self._stopping).application()
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._port = self._runner.addresses[0][1]
        self.team.base_url = f"http://{self._netloc}"

    async def stop(self) -> None:
        """Close the doors and let go of everything."""
        self._stopping.set()
        self.team.save_clock()
        self.team.feed.close()
        await self.team.app.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self._store.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def _netloc(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{host}:{self._port}"

    @property
    def page_url(self) -> str:
        """Return the address of the page."""
        return f"http://{self._netloc}/"

    @property
    def api_url(self) -> str:
        """Return the address of the Web API, as `base_url` of a client."""
        return f"http://{self._netloc}/api/"

    # --- time ---

    @property
    def timekeeper(self) -> Timekeeper | None:
        """Return who does the app's work at the stops of a travel."""
        return self._travel.timekeeper

    @timekeeper.setter
    def timekeeper(self, timekeeper: Timekeeper | None) -> None:
        self._travel.timekeeper = timekeeper

    async def travel(self, to: datetime) -> None:
        """Move the clock forward to a moment, through every stop of the timekeeper."""
        await self._travel.to(to)

    async def show_clock(self) -> None:
        """Let the pages know that the clock or its landmarks have changed."""
        await self._travel.show_clock()

    # --- for tests ---

    @property
    def faults(self) -> Faults:
        """Return the troubles on demand."""
        return self.team.faults

    @property
    def socket(self) -> Socket:
        """Return the app's Socket Mode connections."""
        return self.team.app

    @property
    def accepted(self) -> list[Write]:
        """Return every write that was accepted, oldest first."""
        return self.team.accepted

    @property
    def refused(self) -> list[Refused]:
        """Return every call and ack that was refused, oldest first."""
        return self.team.refused

    async def deliver(self, envelope: Json) -> Any:
        """Send the app an envelope as it is, well-formed or not, and return the payload of its ack."""
        return await self.team.app.deliver(envelope)
