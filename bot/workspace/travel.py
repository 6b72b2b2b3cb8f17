"""Moves the clock forward through every moment that matters to the app."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.workspace.clock import Timekeeper
from bot.workspace.errors import DoorRefusal
from bot.workspace.state.models import Json
from bot.workspace.state.team import Team

LONGEST = timedelta(days=60)


class Travel:
    """One journey at a time; a second one waits for the first."""

    def __init__(self, team: Team) -> None:
        self.timekeeper: Timekeeper | None = None
        self._team = team
        self._lock = asyncio.Lock()

    async def to(self, destination: datetime) -> None:
        """Move the clock to `destination`, stopping wherever the timekeeper has something to do."""
        async with self._lock:
            await self._go(destination)

    async def by(self, distance: timedelta) -> None:
        """Move the clock forward by a distance."""
        async with self._lock:
            await self._go(self._team.clock.now() + distance)

    async def _go(self, destination: datetime) -> None:
        now = self._team.clock.now()
        if destination < now:
            raise DoorRefusal("backwards", "That is in the past, and this clock only goes forward.")
        if destination - now > LONGEST:
            raise DoorRefusal("too_far", "That is further than 60 days; please go there in several steps.")
        self._show_travelling(on=True)
        try:
            await self._through_stops(now, destination)
        finally:
            self._show_travelling(on=False)
            self._team.save_clock()
            await self.show_clock()

    async def _through_stops(self, start: datetime, destination: datetime) -> None:
        after = start
        while self.timekeeper is not None:
            stop = await self.timekeeper.next_stop(after, destination)
            if stop is None or stop <= after or stop >= destination:
                break
            await self._arrive(stop)
            after = stop
        await self._arrive(destination)

    async def _arrive(self, at: datetime) -> None:
        self._team.clock.move_to(at)
        if self.timekeeper is not None:
            await self.timekeeper.arrive(self._team.clock.now())
        await self.show_clock()

    def _show_travelling(self, *, on: bool) -> None:
        self._team.travelling = on
        self._team.feed.push_all("travelling", {"travelling": on})

    async def face(self) -> Json:
        """Return what the clock shows: the time, and the buttons that lead onwards."""
        now = self._team.clock.now()
        marks = await self.timekeeper.landmarks(now) if self.timekeeper is not None else []
        landmarks = [{"label": mark.label, "at": mark.at.isoformat()} for mark in marks]
        return {"now": now.isoformat(), "landmarks": landmarks, "travelling": self._team.travelling}

    async def show_clock(self) -> None:
        """Let every page know what the clock shows."""
        if self._team.feed.watching():
            self._team.feed.push_all("clock", await self.face())
