"""How fast it is, measured on this machine: `make bench`. Nothing here is asserted."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import NamedTuple

from bot.local import LOCAL_REDRAWS, BotTime, connection_to, open_workspace
from bot.manifest import read_manifest
from bot.running import Bot
from bot.workspace.clock import Clock
from bot.workspace.server import Workspace
from bot.workspace.visitors.people import People, Person
from plans import library, question_files
from plans.fit import fit
from plans.model import Level
from tests.browser.program import program

WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)
EIGHT = datetime(2026, 11, 23, 7, tzinfo=UTC)  # on the Monday after, in Berlin
SIX = datetime(2026, 11, 29, 17, tzinfo=UTC)  # on the Sunday after that, when scorecards are published
TICKS = 200
MEMBERS = 200


class Stage(NamedTuple):
    """Where a measurement plays."""

    workspace: Workspace
    bot: Bot
    people: People
    ana: Person
    channel: str


async def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as folder:
        await start_up(Path(folder))
        await demo_and_memory(Path(folder))
        await ticks(Path(folder))
        await morning_and_sunday(Path(folder))
    fits()


async def start_up(folder: Path) -> None:
    """From the command to the printed address, with a fresh data folder and with a used one."""
    for name in ("first start", "second start"):
        began = perf_counter()
        async with program(folder / "start", "run", "--empty") as cadence:
            await cadence.says("Open http")
            say(name, f"{perf_counter() - began:.2f} s")
            await asyncio.sleep(1)  # let the empty workspace be furnished before it is stopped
            await cadence.ends()


async def demo_and_memory(folder: Path) -> None:
    """The demo's three weeks, and the memory of the whole program after them."""
    async with program(folder / "demo", "run", "--at", "2026-11-18T18:30") as cadence:
        await cadence.says("Open http")
        began = perf_counter()
        await cadence.says("your turn")
        say("demo of three weeks", f"{perf_counter() - began:.1f} s")
        say("memory with workspace", f"{cadence.resident_kib() / 1024:.0f} MiB")
        await cadence.ends()


@asynccontextmanager
async def group(database: Path) -> AsyncIterator[Stage]:
    """A workspace and the bot in it, with a group that Ana leads."""
    workspace = open_workspace(read_manifest(), clock=Clock(WEDNESDAY))
    async with workspace, People(workspace.page_url) as people:
        bot = Bot(
            connection_to(workspace),
            database=f"sqlite+aiosqlite:///{database}",
            library=library.read(),
            bank=question_files.read(),
            now=workspace.clock.now,
            redraws=LOCAL_REDRAWS,
        )
        async with bot:
            workspace.timekeeper = BotTime(bot)
            ana = await people.create("Ana", tz="Europe/Berlin")
            channel = await ana.creates_channel("prep")
            await ana.invites(channel)
            await ana.says(channel, "/prep start")
            await ana.submits(await ana.modal("Start"))
            yield Stage(workspace, bot, people, ana, channel)


async def joins(person: Person, channel: str, **answers: str) -> None:
    """Join the group with the 12-week plan."""
    await person.says(channel, "/prep join")
    await person.submits(await person.modal("Join"))
    await person.submits(await person.modal("Your plan"), {"plan": "12-week-comprehensive", **answers})


async def ticks(folder: Path) -> None:
    """A tick, from the click to Slack's acknowledgement, and to the redrawn message; then a log line."""
    async with group(folder / "ticks.db") as stage:
        ana = stage.ana
        await joins(ana, stage.channel, start="today")
        day = await ana.waits_for_dm("Main block")
        goal = next(b for b in day["blocks"] if b.get("accessory"))["accessory"]["options"][0]["value"]
        took, redrawn = [], []
        for number in range(TICKS):
            began = perf_counter()
            await ana.ticks(day, [goal], on=number % 2 == 0)
            took.append(perf_counter() - began)
            await ana.waits_for_dm("1 of 5 done" if number % 2 == 0 else "0 of 5 done")
            redrawn.append(perf_counter() - began)
        say("tick, to the acknowledgement", spread(took))
        say("tick, to the redrawn message", spread(redrawn))
        took = []
        for _ in range(TICKS):
            began = perf_counter()
            await ana.says(stage.channel, "/prep log coding 1 10m")
            took.append(perf_counter() - began)
        say("/prep log, to the receipt", spread(took))


async def morning_and_sunday(folder: Path) -> None:
    """A morning on which many members in one zone are owed their day at the same minute; then, after a week
    in which nobody did anything, the Sunday on which each gets a card with its picture and a suggestion.
    """
    async with group(folder / "morning.db") as stage:
        for number in range(MEMBERS):
            person = await stage.people.create(f"Member {number}", tz="Europe/Berlin")
            await person.joins(stage.channel)
            await joins(person, stage.channel)
            await person.leave()
        await stage.bot.outbox.drain()
        await stage.workspace.travel(EIGHT - timedelta(seconds=1))
        began = perf_counter()
        await stage.workspace.travel(EIGHT + timedelta(seconds=1))
        say(f"a morning of {MEMBERS} members", f"{perf_counter() - began:.1f} s")
        await stage.workspace.travel(SIX - timedelta(seconds=1))
        began = perf_counter()
        await stage.workspace.travel(SIX + timedelta(seconds=1))
        say(f"a Sunday of {MEMBERS} members", f"{perf_counter() - began:.1f} s")


def fits() -> None:
    """The whole plan fitted to a track."""
    plan = library.read().plans[0]
    began = perf_counter()
    for week in plan.weeks:
        fit(week, track=plan.tracks[0], level=Level.L6)
    say("fit of twelve weeks", f"{(perf_counter() - began) * 1000:.0f} ms")


def spread(seconds: Sequence[float]) -> str:
    """Median and 95th percentile."""
    cuts = quantiles(seconds, n=20)
    return f"median {cuts[9] * 1000:.0f} ms, 95 % within {cuts[18] * 1000:.0f} ms"


def say(what: str, figure: str) -> None:
    """One line of the result."""
    print(f"{what:<32} {figure}", flush=True)  # noqa: T201 (a benchmark prints)


if __name__ == "__main__":
    asyncio.run(main())
