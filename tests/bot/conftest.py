"""A house for each test. Afterwards: what did Slack refuse, and of what did the log complain?"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path

import pytest

from tests.bot.house import WEDNESDAY, House
from tests.bot.oracle import faults_of

OpenHouse = Callable[..., Awaitable[House]]


@pytest.fixture
async def open_house(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[OpenHouse]:
    """Open a house at a moment of the test's choice; at the end nothing may have gone wrong in it."""
    houses: list[House] = []
    async with AsyncExitStack() as closing:

        async def opened(start: datetime = WEDNESDAY) -> House:
            house = House(tmp_path, start)
            houses.append(house)
            await house.open()
            closing.push_async_callback(house.close)
            return house

        yield opened
    for house in houses:
        assert house.refused() == []
        assert house.doubles() == []
        assert faults_of(house.workspace.accepted) == []
    forgiven = [pattern for house in houses for pattern in house.complaints]
    assert complaints(caplog.get_records("call"), forgiven) == []


def complaints(records: list[logging.LogRecord], forgiven: list[str]) -> list[str]:
    """The log lines of level ERROR that the test did not expect."""
    lines = [record.getMessage() for record in records if record.levelno >= logging.ERROR]
    return [line for line in lines if not any(re.search(pattern, line) for pattern in forgiven)]


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    """A house that opens on an ordinary Wednesday morning."""
    return await open_house()
