"""A whole house for tests: a workspace, the bot on a real database, people, a clock that travels."""

from __future__ import annotations

import base64
import functools
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import local
from bot.manifest import read_manifest
from bot.running import Bot
from bot.store.tables import Delivery
from bot.workspace.clock import Clock
from bot.workspace.profile import BOT_USER_ID
from bot.workspace.state.accepted import Write
from bot.workspace.visitors.people import People, Person
from bot.workspace.visitors.words import words
from plans import calendar, library, question_files
from plans.library import Library
from plans.questions import Bank
from tests.bot.databases import Rows, database_in
from tests.bot.joining import fills_in_joining

WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)  # an ordinary one: ten in the morning in Berlin
PATIENT = 30.0  # seconds; Slack itself waits for three
SUNDAY = datetime(2026, 11, 22, 9, tzinfo=UTC)  # the day before the plans begin
MONDAY = datetime(2026, 11, 23, tzinfo=UTC).date()  # the first day of who joined then with the defaults
CHANNEL = "#staff-prep"
BERLIN = "Europe/Berlin"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CONNECTED = 20.0  # seconds to wait at most


@functools.cache
def plans() -> Library:
    """The shipped plans, read once for all tests."""
    return library.read()


@functools.cache
def bank() -> Bank:
    """The shipped questions, read once for all tests."""
    return question_files.read()


class House:
    """All that an end-to-end test needs, in one hand. The fixtures `house` and `open_house` make it."""

    def __init__(self, folder: Path, start: datetime = WEDNESDAY) -> None:
        self._database = database_in(folder)
        self.workspace = local.open_workspace(read_manifest(), clock=Clock(start))
        self.workspace.socket.ack_seconds = PATIENT  # how fast it answers is measured elsewhere
        self.workspace.team.triggers.seconds = PATIENT
        self.refusals = {"ratelimited"}  # what Slack may refuse in this test
        self.complaints: list[str] = []  # what the log may complain about at level ERROR, as regexps
        self._bot: Bot | None = None

    # --- opening and closing ---

    async def open(self) -> None:
        """Open the workspace, let the bot in, open the doors for people."""
        await self._database.make()
        await self.workspace.start()
        self.people = People(self.workspace.page_url)
        await self.start_bot()

    async def close(self) -> None:
        """Send the bot and everybody else home."""
        await self.stop_bot()
        await self.people.close()
        await self.workspace.stop()
        self._database.drop()

    @property
    def bot(self) -> Bot:
        """The bot that is at work now."""
        assert self._bot is not None, "the bot is stopped"
        return self._bot

    @property
    def database(self) -> str:
        """The address of the bot's database."""
        return self._database.address

    def another_bot(self) -> Bot:
        """One more bot on the same database and workspace, not started."""
        return Bot(
            local.connection_to(self.workspace),
            database=self.database,
            library=plans(),
            bank=bank(),
            now=self.workspace.clock.now,
            redraws=local.LOCAL_REDRAWS,
        )

    async def start_bot(self) -> None:
        """Start the bot; it catches up with what is due."""
        self._bot = self.another_bot()
        await self._bot.start()
        self.workspace.timekeeper = local.BotTime(self._bot)

    async def stop_bot(self) -> None:
        """Stop the bot as SIGTERM would; the clock can be moved without it."""
        self.workspace.timekeeper = None
        if self._bot is not None:
            await self._bot.stop()
            self._bot = None

    async def restart_bot(self) -> None:
        """Stop the bot and start a new one on the same database."""
        await self.stop_bot()
        await self.start_bot()

    # --- people ---

    async def person(self, name: str, zone: str = BERLIN) -> Person:
        """Let somebody join the workspace."""
        return await self.people.create(name, tz=zone)

    async def group(
        self,
        *names: str,
        zones: Mapping[str, str] | None = None,
        answers: Mapping[str, Mapping[str, Any]] | None = None,
        **for_all: Any,
    ) -> list[Person]:
        """Start a group in #staff-prep and let everybody join it, the first as its lead.

        `for_all` are answers in everybody's form by block id (`hours=9, start="today"`), `answers` those of
        single people by name. Without any, the form's defaults hold: 12 hours, from next Monday, at 08:00.
        """
        persons = [await self.person(name, (zones or {}).get(name, BERLIN)) for name in names]
        await self.starts(persons[0])
        for person in persons:
            await self.joins(person, **{**for_all, **(answers or {}).get(person.name, {})})
        await self.settle()
        return persons

    async def starts(self, lead: Person, channel: str = CHANNEL, **answers: Any) -> None:
        """Let somebody make a new channel a study group."""
        await lead.creates_channel(channel.removeprefix("#"))
        await lead.invites(channel)
        await lead.says(channel, "/prep start")
        await self.submits(lead, await lead.modal("Start a study group"), {"name": "Staff Prep", **answers})

    async def joins(self, person: Person, channel: str = CHANNEL, **answers: Any) -> None:
        """Let somebody come into the channel and join its study group."""
        await person.joins(channel)
        await person.says(channel, "/prep join")
        result = await fills_in_joining(person, await person.modal("Join the study group"), answers)
        assert result.ok, f"{result.error} {result.errors}"

    async def submits(self, person: Person, form: dict[str, Any], answers: Mapping[str, Any]) -> None:
        """Fill a form in and submit it; it must be accepted."""
        result = await person.submits(form, answers)
        assert result.ok, f"{result.error} {result.errors}"

    # --- time ---

    @property
    def now(self) -> datetime:
        """The present moment in the workspace."""
        return self.workspace.clock.now()

    def at(self, when: str, zone: str = BERLIN) -> datetime:
        """The next time that clocks in `zone` show `when`: "08:00", "Tuesday 08:00", "2026-11-24 08:00"."""
        day, _, hour = when.rpartition(" ")
        clock, place = time.fromisoformat(hour), ZoneInfo(zone)
        if re.match(r"\d{4}-", day):
            found = calendar.occurrence(datetime.fromisoformat(day).date(), clock, place)
            assert found is not None, f"{when} never came in {zone}"
            return found
        weekdays = frozenset({WEEKDAYS.index(day.lower())}) if day else None
        return calendar.next_occurrence(self.now, clock, place, weekdays).instant

    async def travel(self, to: datetime | timedelta | str, zone: str = BERLIN) -> None:
        """Move the clock, through everything that is due on the way: `at("Tuesday 08:00")`, or by a time."""
        match to:
            case str():
                await self.workspace.travel(self.at(to, zone))
            case timedelta():
                await self.workspace.travel(self.now + to)
            case datetime():
                await self.workspace.travel(to)
        if self._bot is not None:
            await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is under way: events, listeners, messages, redraws."""
        await self.workspace.socket.settled()
        await self.bot._listening.finish(CONNECTED)
        await self.bot.schedule.arrive()
        await self.bot.schedule.arrive()  # what the first round found not to have been sent, is sent now
        await self.bot.homes.drain()

    # --- what became of it ---

    def posts(self, to: Person | Sequence[Person] | str | None = None, saying: str = "") -> list[Write]:
        """Every message that was accepted, oldest first: for people or in a channel, with these words."""
        return [
            write
            for write in self._writes("chat.postMessage")
            if (to is None or write.channel == self.place(to)) and saying in words(write.payload)
        ]

    def updates(self, ts: str = "") -> list[Write]:
        """Every redrawing that Slack has accepted, oldest first, of one message or of all."""
        return [write for write in self._writes("chat.update") if ts in ("", write.ts)]

    def files(self, to: Person | Sequence[Person] | str) -> list[bytes]:
        """The contents of all files that were shown to these people or in a channel, oldest first."""
        shown = [
            file["id"]
            for write in self._writes("files.completeUploadExternal")
            if write.channel == self.place(to)
            for file in json.loads(write.payload["files"])
        ]
        return [base64.b64decode(self.workspace.team.files[file_id]["content"]) for file_id in shown]

    def place(self, to: Person | Sequence[Person] | str) -> str:
        """The id of the app's conversation with a person or with several, or of a channel by its name."""
        team = self.workspace.team
        if not isinstance(to, str):
            people = [to] if isinstance(to, Person) else to
            direct = team.direct([*(person.id for person in people), BOT_USER_ID])
            return direct.id if direct else ""
        return next(room.id for room in team.channels.values() if to in (room.id, f"#{room.name}"))

    def _writes(self, method: str) -> list[Write]:
        return [write for write in self.workspace.accepted if write.method == method]

    def doubles(self) -> list[str]:
        """The deliveries of which Slack has accepted more than one message. There must never be any."""
        sent = [write.payload.get("metadata") or {} for write in self._writes("chat.postMessage")]
        keys = Counter(each["event_payload"]["k"] for each in sent if each.get("event_type") == "delivery")
        return [key for key, times in keys.items() if times > 1]

    def refused(self) -> list[str]:
        """What Slack refused although this test did not expect it."""
        return [
            f"{refused.method}: {refused.code} {refused.messages}"
            for refused in self.workspace.refused
            if refused.code not in self.refusals
        ]

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A read-only view of the database."""
        async with self.bot.database.read() as session:
            yield session

    async def deliveries(self, kind: str = "") -> list[Delivery]:
        """What the bot owes or has sent, in the order in which it was made."""
        async with self.read() as session:
            rows = await session.scalars(select(Delivery).order_by(Delivery.id))
            return [row for row in rows if kind in ("", row.kind)]

    def locked(self) -> AbstractContextManager[None]:
        """Let another process hold the database's write lock."""
        return self._database.locked()

    def sql(self, statement: str, values: Iterable[Any] = ()) -> Rows:
        """Run a statement (`?` for a value) behind the bot's back; the rows, dates as SQLite keeps them."""
        return self._database.sql(statement, values)
