"""A group's channel and the clock, without Slack: the store and the jobs are the bot's own.

What is due rings, what is owed is composed, and every version of every message that goes to the channel is
written down to the letter, its picture included. Where `House` lets people act as they do in Slack, here they
act through the store, which makes weeks of a group of twelve affordable.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.pool import ConnectionPoolEntry

from bot.local import LOCAL_REDRAWS
from bot.outbox import Letter, Outbox
from bot.pace import Pace
from bot.schedule import Schedule, composers
from bot.store import deliveries, groups, timers
from bot.store.database import Database, open_database
from bot.store.tables import Delivery, Group
from tests.bot.databases import database_in
from tests.bot.house import BERLIN, bank, plans

WORKSPACE, ROOM = "T1", "C1"
LEASE = timedelta(minutes=1)
# What goes to members alone, whatever it says, and changes nothing: to compose it as well would take long.
THEIR_OWN = frozenset({"checkin", "card", "month", "milestone", "holidays", "checkpoint", "leadweek"})


class Channel:
    """One group in its channel; `posts` is everything that was to be read there, edits too, in order.

    `leak` is a statement that runs whenever something has rung: a way to make the memory tell more than it
    should, for tests that want to see it found.
    """

    def __init__(self, database: Database, now: datetime, leak: str) -> None:
        self.database = database
        self.now = now
        self.posts: list[str] = []
        self.group_id = 0
        self._leak = leak
        self._composers = composers(plans(), bank())
        nobody = AsyncWebClient()  # is never called: what is owed is sent here
        outbox = Outbox(
            database, {}, poster=nobody, reader=nobody, now=lambda: self.now, redraws=Pace(*LOCAL_REDRAWS)
        )
        self._schedule = Schedule(database, outbox, plans(), bank(), lambda: self.now)

    async def start(self) -> None:
        """Make the channel a study group with places on its card."""
        async with self.database.write() as session:
            group = await groups.start(
                session,
                workspace_id=WORKSPACE,
                channel_id=ROOM,
                name="Staff Prep",
                timezone=BERLIN,
                user_id="U0",
                now=self.now,
            )
            group.has_ranking = True
            await groups.set_rhythm(session, group, self.now)
            await self._owe_card(session, group)
            self.group_id = group.id

    async def _owe_card(self, session: AsyncSession, group: Group) -> None:
        await deliveries.owe(
            session,
            "opening",
            workspace_id=WORKSPACE,
            whom=groups.whom(group),
            period="card",
            due_at=self.now,
            expires_at=self.now + timedelta(days=1),
        )

    async def travel(self, to: datetime) -> None:
        """Move the clock, through everything that is due on the way."""
        while (stop := await self._next_stop(to)) is not None:
            self.now = max(stop, self.now)
            await self._arrive()
        self.now = to
        await self._arrive()

    async def _next_stop(self, until: datetime) -> datetime | None:
        async with self.database.read() as session:
            found = [
                await timers.next_due_at(session, self.now),
                await deliveries.next_attempt_at(session, self.now),
            ]
        return min((at for at in found if at is not None and at <= until), default=None)

    async def _arrive(self) -> None:
        """Do all that is due at this instant."""
        await self._schedule.plan()
        if self._leak:
            async with self.database.write() as session:
                await session.execute(text(self._leak))
        while await self._send():
            continue
        await self._redraw()

    async def _send(self) -> bool:
        """Send the oldest message that is due; false if there is none."""
        async with self.database.write() as session:
            delivery = await deliveries.claim(session, self.now, owner="channel", lease=LEASE)
            if delivery is None:
                return False
            letter = await self._composed(session, delivery) if self.now < delivery.expires_at else None
            if letter is None:
                await deliveries.move(session, delivery, "skipped")
                return True
            ts = f"{delivery.id}.0"
            await deliveries.move(session, delivery, "sent", channel=letter.to, ts=ts)
        self._read("post", delivery.kind, letter)
        return True

    async def _redraw(self) -> None:
        """Draw again what has changed."""
        async with self.database.write() as session:
            for delivery in await deliveries.redraws(session, self.now):
                letter = await self._composed(session, delivery)
                await deliveries.redrawn(session, delivery, delivery.wanted)
                if letter is not None:
                    self._read("edit", delivery.kind, letter)

    async def _composed(self, session: AsyncSession, delivery: Delivery) -> Letter | None:
        if delivery.kind in THEIR_OWN:
            return None
        return await self._composers[delivery.kind](session, delivery, self.now)

    def _read(self, how: str, kind: str, letter: Letter) -> None:
        """Write down what a reader of the channel gets, to the letter."""
        if letter.to != ROOM:
            return
        message = letter.message
        drawn = hashlib.sha256(letter.picture.draw()).hexdigest() if letter.picture else ""
        blocks = json.dumps([message.blocks, message.plainer, message.pictured])
        self.posts.append(f"{self.now:%a %d %b %H:%M} {how} {kind}: {message.text} {blocks} {drawn}")


@asynccontextmanager
async def channel(folder: Path, now: datetime, leak: str = "") -> AsyncIterator[Channel]:
    """A channel whose group has just started, on a database of its own."""
    place = database_in(folder)
    await place.make()
    database = open_database(place.address)
    if database.writer.dialect.name == "sqlite":
        event.listen(database.writer.sync_engine, "connect", _without_waiting_for_the_disk)
    try:
        found = Channel(database, now, leak)
        await found.start()
        yield found
    finally:
        await database.close()
        place.drop()


def _without_waiting_for_the_disk(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Nobody pulls the plug in these tests."""
    connection.cursor().execute("PRAGMA synchronous=OFF")
