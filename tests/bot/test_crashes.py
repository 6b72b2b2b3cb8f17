"""Killed at any moment, stopped in the middle of a call, started again and again: one message, none lost."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import OpenHouse
from tests.bot.house import SUNDAY, House

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0  # seconds
POST = "chat.postMessage"
MONDAY_POST = "Monday · week 1"
CLAIMED = ("UPDATE deliveries", "sending")
SENT = ("UPDATE deliveries", "sent")
PLANNED = ("INSERT INTO deliveries", "day")
KILLED = -signal.SIGKILL


async def a_mortal_bot(house: House, *death: str) -> int | None:
    """Run a bot that dies at this point; how its process ended."""
    arguments = (house.workspace.api_url, house.database, str(house.workspace.clock.offset.total_seconds()))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.mortal", *arguments, *death, cwd=ROOT
    )
    try:
        async with asyncio.timeout(PATIENCE):
            return await process.wait()
    finally:
        if process.returncode is None:  # it did not come to that point: it must not go on beside other tests
            process.kill()
            await process.wait()


async def due_without_a_bot(house: House, *names: str) -> list[Any]:
    """Members whose first posts are due, while no bot is at work."""
    persons = await house.group(*names)
    await house.travel("Monday 07:59")
    await house.stop_bot()
    await house.travel("Monday 08:00")
    return persons


@pytest.mark.parametrize(
    ("death", "posted"),
    [
        (("before", *PLANNED), 0),
        (("after", *PLANNED), 0),
        (("after", *CLAIMED), 0),
        (("before", *SENT), 1),  # Slack has it, we have not written it down
        (("after", *SENT), 1),
    ],
)
async def test_a_bot_that_is_killed_anywhere_has_sent_one_message_in_the_end(
    open_house: OpenHouse, death: tuple[str, str, str], posted: int
) -> None:
    house = await open_house(SUNDAY)
    (ana,) = await due_without_a_bot(house, "Ana")
    assert await a_mortal_bot(house, *death) == KILLED
    assert len(house.posts(ana, MONDAY_POST)) == posted
    await house.start_bot()
    await house.settle()
    assert len(house.posts(ana, MONDAY_POST)) <= 1
    for _ in range(2):  # past the lease, past the doubt
        await house.travel(timedelta(minutes=4))
    assert len(house.posts(ana, MONDAY_POST)) == 1
    assert "sent" in {row.state for row in await house.deliveries("day")}


async def test_a_crash_loop_sends_everybody_one_message(open_house: OpenHouse) -> None:
    house = await open_house(SUNDAY)
    persons = await due_without_a_bot(house, "Ana", "Bo", "Chen")
    for _ in persons:  # each life sends one message and ends before it is written down
        assert await a_mortal_bot(house, "before", *SENT) == KILLED
    await house.start_bot()
    for _ in range(2):
        await house.travel(timedelta(minutes=4))
    assert [len(house.posts(person, MONDAY_POST)) for person in persons] == [1, 1, 1]


# The real program, on real time


@asynccontextmanager
async def the_program(house: House) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bot`, connected to the workspace; killed at the end if it still runs."""
    settings = {
        "SLACK_API_URL": house.workspace.api_url,
        "SLACK_BOT_TOKEN": house.workspace.bot_token,
        "SLACK_APP_TOKEN": house.workspace.app_token,
        "DATABASE_URL": house.database,
        "CADENCE_PORT": "0",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", cwd=ROOT, env={**os.environ, **settings}, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            assert b"connected to Slack" in await process.stdout.readline()
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        async with asyncio.timeout(PATIENCE):
            await process.communicate()


async def joining(house: House, trouble: Any, **options: Any) -> Any:
    """Somebody joins, and this trouble meets their welcome."""
    ana = await house.person("Ana")
    await house.starts(ana)
    await ana.waits_for("#staff-prep", "Nobody is in yet")
    house.workspace.faults.next(POST, trouble, **options)
    await house.joins(ana)
    await until(ana, lambda: (POST, trouble) in house.workspace.faults.happened)
    return ana


async def until(person: Any, happened: Callable[[], bool]) -> None:
    """Wait until it has happened."""

    async def check() -> bool | None:
        return happened() or None

    await person.waits(check)


@pytest.mark.parametrize(("trouble", "accepted"), [("hang_after_accept", 1), ("hang_before_accept", 0)])
async def test_the_program_killed_during_a_call_has_welcomed_once_in_the_end(
    open_house: OpenHouse, trouble: str, accepted: int
) -> None:
    house = await open_house(datetime.now(UTC))
    await house.stop_bot()
    async with the_program(house) as program:
        ana = await joining(house, trouble)
        await until(ana, lambda: len(house.posts(ana)) == accepted)
        program.kill()
        assert await program.wait() == KILLED
    await house.start_bot()
    await house.settle()
    assert len(house.posts(ana)) == accepted
    for _ in range(2):
        await house.travel(timedelta(minutes=4))
    assert len(house.posts(ana)) == 1


async def test_sigterm_lets_the_call_end_that_is_under_way(open_house: OpenHouse) -> None:
    house = await open_house(datetime.now(UTC))
    await house.stop_bot()
    async with the_program(house) as program:
        ana = await joining(house, "slow", seconds=1.0)
        program.terminate()
        async with asyncio.timeout(PATIENCE):
            assert await program.wait() == 0
    assert len(house.posts(ana)) == 1
    await house.start_bot()
    await house.settle()
    (welcome,) = await house.deliveries("welcome")
    assert (welcome.state, welcome.attempt, len(house.posts(ana))) == ("sent", 1, 1)
