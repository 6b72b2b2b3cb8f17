"""What the database promises: its schema, its instants, its keys, its claims."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, StatementError

from bot.store import deliveries, home_pages, inbox, people, timers
from bot.store.database import Database, open_database
from bot.store.people import Profile
from bot.store.tables import Table, Timer
from tests.bot.databases import database_in

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
LEASE = timedelta(seconds=60)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    kept = database_in(tmp_path)
    await kept.make()
    opened = open_database(kept.address)
    yield opened
    await opened.close()
    kept.drop()


async def owe(database: Database, whom: str = "m1", at: datetime = NOW) -> bool:
    async with database.write() as session:
        return await deliveries.owe(
            session,
            "day",
            workspace_id="T",
            whom=whom,
            period="2026-11-23",
            due_at=at,
            expires_at=at + timedelta(hours=12),
        )


# The schema


async def test_the_migrations_make_exactly_the_tables(database: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Table.metadata))

    async with database.writer.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_upgrading_twice_is_harmless(database: Database) -> None:
    await owe(database)
    await database.upgrade()
    assert not await owe(database)


UPGRADE = """
import asyncio, sys
from bot.store.database import open_database
asyncio.run(open_database(sys.argv[1]).upgrade())
"""


async def test_two_programs_may_upgrade_a_new_database_at_the_same_time(tmp_path: Path) -> None:
    kept = database_in(tmp_path / "deeper")
    kept.make_room()
    both = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", UPGRADE, kept.address, cwd=ROOT)
        for _ in range(2)
    ]
    assert [await each.wait() for each in both] == [0, 0]
    database = open_database(kept.address)
    assert await owe(database)
    await database.close()
    kept.drop()


async def test_a_reader_cannot_write(database: Database) -> None:
    async with database.read() as session:
        with pytest.raises(DBAPIError, match=r"read-?only"):
            await inbox.receive(session, "click", NOW)


# Instants


async def test_an_instant_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    there = NOW.astimezone(ZoneInfo("Australia/Lord_Howe"))
    async with database.write() as session:
        await timers.set_next(session, "day", "m1", NOW.date(), there)
    async with database.read() as session:
        timer = await session.get_one(Timer, 1)
    assert (timer.next_due_at, timer.next_due_at.tzinfo) == (NOW, UTC)


async def test_a_datetime_without_a_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="give it a zone"):
        async with database.write() as session:
            await timers.set_next(session, "day", "m1", NOW.date(), naive)


# Words


def named(name: str) -> Profile:
    return Profile("U1", name, None, deleted=False, is_bot=False)


async def test_a_nul_is_left_out_of_what_is_kept(database: Database) -> None:
    async with database.write() as session:
        await people.remember(session, "T", named("nul\0byte"), NOW)
    async with database.read() as session:
        found = await people.find(session, "T", "U1")
    assert found is not None
    assert found.name == "nulbyte"


async def test_a_name_that_begins_with_an_accent_is_found(database: Database) -> None:
    async with database.write() as session:
        await people.remember(session, "T", named("\u00c9lodie"), NOW)
        assert await people.named(session, "T", "\u00c9LODIE") is not None


# Keys


async def test_a_message_is_owed_once_for_each_kind_person_and_period(database: Database) -> None:
    assert [await owe(database), await owe(database), await owe(database, "m2")] == [True, False, True]


async def test_what_was_received_is_known_for_a_week(database: Database) -> None:
    async with database.write() as session:
        assert await inbox.receive(session, "click", NOW)
        assert not await inbox.receive(session, "click", NOW)
        await inbox.forget_old(session, NOW + timedelta(days=6))
        assert not await inbox.receive(session, "click", NOW)
        await inbox.forget_old(session, NOW + timedelta(days=8))
        assert await inbox.receive(session, "click", NOW)


async def receive_and_fail(database: Database) -> None:
    async with database.write() as session:
        await inbox.receive(session, "click", NOW)
        raise ZeroDivisionError


async def test_a_transaction_that_raises_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await receive_and_fail(database)
    async with database.write() as session:
        assert await inbox.receive(session, "click", NOW)


# Two programs on one database


@pytest.fixture
async def other(database: Database) -> AsyncIterator[Database]:
    opened = open_database(database.writer.url.render_as_string(hide_password=False))
    yield opened
    await opened.close()


async def test_what_two_programs_write_at_once_rests_on_what_the_other_has_written(
    database: Database, other: Database
) -> None:
    async def put_off(mine: Database, times: int) -> None:
        for _ in range(times):
            async with mine.write() as session:
                timer = await timers.find(session, "day", "m1")
                due_at = timer.next_due_at + MINUTE if timer else NOW
                await timers.set_next(session, "day", "m1", NOW.date(), due_at)

    await asyncio.gather(*(put_off(mine, 20) for mine in (database, other)))
    async with database.read() as session:
        timer = await timers.find(session, "day", "m1")
    assert timer is not None
    assert timer.next_due_at == NOW + 39 * MINUTE


async def test_a_reader_sees_one_moment_while_another_program_writes(
    database: Database, other: Database
) -> None:
    async with database.read() as session:
        assert not await deliveries.is_waiting(session, NOW)
        await owe(other)
        assert not await deliveries.is_waiting(session, NOW)
    async with database.read() as session:
        assert await deliveries.is_waiting(session, NOW)


# Homes


async def test_the_home_that_was_never_published_is_looked_at_first(database: Database) -> None:
    async with database.write() as session:
        for who in ("U1", "U2"):
            await home_pages.opened(session, ("T", who), NOW)
        assert await home_pages.published(session, ("T", "U1"), "a page", "", NOW)
    async with database.read() as session:
        assert await home_pages.waiting(session) == [("T", "U2"), ("T", "U1")]


async def test_who_publishes_a_home_beside_another_page_does_not_know_what_it_shows(
    database: Database,
) -> None:
    ana = ("T", "U1")
    async with database.write() as session:
        await home_pages.opened(session, ana, NOW)
        assert await home_pages.published(session, ana, "newer", "", NOW)
        assert await home_pages.published(session, ana, "newer", "", NOW)
        assert not await home_pages.published(session, ana, "older", "", NOW)
        row = await home_pages.find(session, ana)
    assert row is not None
    assert row.digest == ""


# Claims


async def test_many_claimers_at_once_get_each_message_once(database: Database) -> None:
    for number in range(20):
        await owe(database, f"m{number}")

    async def claimed(owner: str) -> list[str]:
        mine: list[str] = []
        while True:
            async with database.write() as session:
                found = await deliveries.claim(session, NOW, owner=owner, lease=LEASE)
            if found is None:
                return mine
            mine.append(found.whom)

    taken = await asyncio.gather(*(claimed(f"bot {number}") for number in range(4)))
    assert sorted(whom for mine in taken for whom in mine) == sorted(f"m{number}" for number in range(20))


async def test_the_oldest_message_is_claimed_first_and_none_before_its_time(database: Database) -> None:
    await owe(database, "later", NOW + MINUTE)
    await owe(database, "now", NOW)
    async with database.write() as session:
        first = await deliveries.claim(session, NOW, owner="a", lease=LEASE)
        second = await deliveries.claim(session, NOW, owner="a", lease=LEASE)
    assert (first.whom if first else None, second) == ("now", None)


async def test_who_lost_a_message_cannot_change_it_any_more(database: Database) -> None:
    await owe(database)
    async with database.write() as session:
        slow = await deliveries.claim(session, NOW, owner="slow", lease=LEASE)
    assert slow is not None
    async with database.write() as session:
        await deliveries.doubt_expired(session, NOW + 2 * LEASE)
    async with database.write() as session:
        assert not await deliveries.move(session, slow, "sent", channel="D1", ts="1.0")
    async with database.read() as session:
        kept = await deliveries.find(session, "day", "m1", "2026-11-23")
    assert kept is not None
    assert (kept.state, kept.ts) == ("unknown", None)


async def test_a_lease_that_ran_out_is_doubted_never_sent_again_at_once(database: Database) -> None:
    await owe(database)
    async with database.write() as session:
        await deliveries.claim(session, NOW, owner="dead", lease=LEASE)
    later = NOW + 2 * LEASE
    async with database.write() as session:
        await deliveries.doubt_expired(session, later)
        assert await deliveries.claim(session, later, owner="alive", lease=LEASE) is None
        assert await deliveries.unknown(session, later, settle=3 * LEASE) == []
        assert len(await deliveries.unknown(session, NOW + 3 * LEASE, settle=3 * LEASE)) == 1
