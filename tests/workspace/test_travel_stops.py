"""The clock runs through every stop, forward only, one journey at a time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.workspace.clock import Clock, Landmark
from bot.workspace.server import Workspace
from bot.workspace.visitors.people import NotDone, People

START = datetime(2026, 11, 20, 6, tzinfo=UTC)


class Diary:
    """A timekeeper that has something to do at some moments and notes when it did."""

    def __init__(self, *stops: datetime) -> None:
        self.stops = stops
        self.arrivals: list[datetime] = []

    async def next_stop(self, after: datetime, until: datetime) -> datetime | None:
        return next((stop for stop in self.stops if after < stop <= until), None)

    async def arrive(self, now: datetime) -> None:
        await asyncio.sleep(0)
        self.arrivals.append(now.replace(microsecond=0))

    async def landmarks(self, now: datetime) -> list[Landmark]:
        return [Landmark("to the next post", stop) for stop in self.stops if stop > now]


@pytest.fixture
async def workspace() -> Workspace:
    return Workspace(clock=Clock(now=START))


async def test_a_travel_arrives_at_every_stop_and_at_its_end(workspace: Workspace) -> None:
    diary = Diary(*(START + timedelta(hours=hours) for hours in (1, 5, 30)))
    workspace.timekeeper = diary
    await workspace.travel(START + timedelta(hours=10))
    assert diary.arrivals == [START + timedelta(hours=hours) for hours in (1, 5, 10)]
    assert workspace.clock.now() - (START + timedelta(hours=10)) < timedelta(seconds=5)


async def test_a_stop_at_the_very_end_is_arrived_at_once(workspace: Workspace) -> None:
    diary = Diary(START + timedelta(hours=10))
    workspace.timekeeper = diary
    await workspace.travel(START + timedelta(hours=10))
    assert diary.arrivals == [START + timedelta(hours=10)]


async def test_a_second_travel_waits_for_the_first(workspace: Workspace) -> None:
    diary = Diary(*(START + timedelta(hours=hours) for hours in (1, 2, 3)))
    workspace.timekeeper = diary
    await asyncio.gather(
        workspace.travel(START + timedelta(hours=2.5)), workspace.travel(START + timedelta(hours=3.5))
    )
    assert diary.arrivals == [START + timedelta(hours=hours) for hours in (1, 2, 2.5, 3, 3.5)]


async def test_the_page_shows_and_moves_the_clock(workspace: Workspace) -> None:
    workspace.timekeeper = Diary(START + timedelta(hours=1))
    async with workspace, People(workspace.page_url) as people:
        ana = await people.create("Ana")
        state = await ana.state()
        assert state["landmarks"] == [
            {"label": "to the next post", "at": (START + timedelta(hours=1)).isoformat()}
        ]
        face = await people.travel(START + timedelta(hours=1))
        assert face["landmarks"] == []
        assert datetime.fromisoformat(face["now"]) >= START + timedelta(hours=1)
        face = await people.doors.knock("clock", {"by": 3600})
        assert datetime.fromisoformat(face["now"]) >= START + timedelta(hours=2)
        await ana.waits(lambda: _clock_seen(ana.seen))
        for to, why in ((START, "forward"), (START + timedelta(days=90), "60 days")):
            with pytest.raises(NotDone, match=why):
                await people.travel(to)
        for to_text in ("tomorrow", "2026-11-22T08:00:00"):
            with pytest.raises(NotDone, match="2026-11-20T08:00:00Z"):
                await people.doors.knock("clock", {"to": to_text})


async def _clock_seen(seen: list[dict[str, object]]) -> bool | None:
    kinds = {event["type"] for event in seen}
    return True if {"clock", "travelling"} <= kinds else None


def test_a_clock_never_goes_back() -> None:
    clock = Clock(now=START)
    clock.move_to(START - timedelta(days=1))
    assert clock.now() >= START
    clock.resume(timedelta(days=-9999))
    assert clock.now() >= START
