"""Clicks that arrive late, twice or in the wrong order: what was chosen last is what counts."""

from __future__ import annotations

import asyncio
import copy
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import goals
from bot.store.database import Database, open_database
from bot.store.tables import Entry, Goal, Group, Membership
from tests.bot.conftest import OpenHouse
from tests.bot.house import SUNDAY, House

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


# Through Slack


def click(envelope: dict[str, Any], chosen: list[dict[str, Any]], action_ts: str) -> dict[str, Any]:
    """The same click with another selection, at another time."""
    made = copy.deepcopy(envelope) | {"envelope_id": str(uuid.uuid4())}
    made["payload"]["actions"][0] |= {"selected_options": chosen, "action_ts": action_ts}
    return made


async def test_clicks_in_any_order_and_twice_leave_what_was_chosen_last(open_house: OpenHouse) -> None:
    house = await open_house(SUNDAY)
    (ana,) = await house.group("Ana")
    await house.travel("Monday 08:00")
    post = await ana.waits_for_dm("Monday · week 1")
    box = next(block["accessory"] for block in post["blocks"] if "accessory" in block)
    one, two, three = box["options"][:3]
    await ana.ticks(post, [one["value"]])
    sample = house.workspace.socket.sent[-1]
    began = int(house.now.timestamp()) + 60
    choices = ([one], [one, two], [two, three])
    for number, order in enumerate(permutations(range(3))):
        for turn in (*order, order[0]):  # and the first once more
            at = f"{began + 10 * number + turn}.000100"
            await house.workspace.deliver(click(sample, choices[turn], at))
        await house.settle()
        assert await done(house) == {int(two["value"]), int(three["value"])}, f"delivered as {order}"
    logged = house.sql("SELECT DISTINCT goal_id FROM entries")
    assert {goal for (goal,) in logged} == await done(house)


async def done(house: House) -> set[int]:
    async with house.read() as session:
        return set(await session.scalars(select(Goal.id).where(Goal.state == "done")))


# In the database


class Days:
    """A member with three goals in a database of their own; what an example does is rolled back."""

    def __init__(self, file: Path) -> None:
        self._runner = asyncio.Runner()
        self._database: Database = open_database(f"sqlite+aiosqlite:///{file}")
        self._runner.run(self._furnish())

    def close(self) -> None:
        self._runner.run(self._database.close())
        self._runner.close()

    def after(self, clicks: list[tuple[int, set[int]]]) -> tuple[set[int], set[int]]:
        """Which goals are done, and for which something is logged, after these clicks (time, chosen)."""
        return self._runner.run(self._after(clicks))

    async def _after(self, clicks: list[tuple[int, set[int]]]) -> tuple[set[int], set[int]]:
        async with self._database.read() as session:
            member = await session.get_one(Membership, 1)
        async with AsyncSession(self._database.writer, expire_on_commit=False) as session:
            for at, chosen in clicks:
                await goals.complete(
                    session, member, offered=(1, 2, 3), chosen=chosen, action_ts=f"{at}.5", now=NOW
                )
            completed = set(await session.scalars(select(Goal.id).where(Goal.state == "done")))
            logged = set(await session.scalars(select(Entry.goal_id)))
            await session.rollback()
        return completed, {goal for goal in logged if goal is not None}

    async def _furnish(self) -> None:
        await self._database.upgrade()
        async with self._database.write() as session:
            session.add(
                Group(
                    workspace_id="T",
                    channel_id="C",
                    name="Crew",
                    timezone="UTC",
                    checkin_weekday=5,
                    checkin_time=time(18),
                    scorecard_weekday=6,
                    scorecard_time=time(18),
                    started_by="U",
                    started_at=NOW,
                )
            )
            await session.flush()
            session.add(
                Membership(
                    group_id=1,
                    workspace_id="T",
                    user_id="U",
                    name="Ana",
                    timezone="UTC",
                    post_time=time(8),
                    joined_at=NOW,
                )
            )
            await session.flush()
            for _ in range(3):
                day = date(2026, 11, 23)
                await goals.add_own(
                    session,
                    await session.get_one(Membership, 1),
                    text="Retell a story",
                    minutes=30,
                    area="behavioral",
                    day=day,
                )


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    furnished = Days(tmp_path_factory.mktemp("days") / "cadence.db")
    yield furnished
    furnished.close()


@settings(max_examples=60, deadline=None)
@given(
    clicks=st.lists(
        st.tuples(st.integers(1, 12), st.sets(st.integers(1, 3))),
        min_size=1,
        max_size=6,
        unique_by=lambda made: made[0],  # a person clicks once at a time
    ),
    data=st.data(),
)
def test_the_newest_click_wins_whatever_order_the_clicks_arrive_in(
    days: Days, clicks: list[tuple[int, set[int]]], data: st.DataObject
) -> None:
    newest = max(clicks, key=lambda made: made[0])[1]
    again = data.draw(st.lists(st.sampled_from(clicks), max_size=4))
    arriving = data.draw(st.permutations([*clicks, *again]))
    assert days.after(arriving) == (newest, newest)
