"""The database: one writer that queues, readers beside it, and the schema brought up to date."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

MIGRATIONS = Path(__file__).parent / "migrations"


# PostgreSQL has no lock for writing of its own: this is ours, the same for every process on the database.
ONE_WRITER = f"SELECT pg_advisory_xact_lock({int.from_bytes(b'cadence')})"
ONE_VIEW = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"

# The lock for writing is waited for 5 s. On PostgreSQL who holds it and falls silent loses it after a minute:
# a machine that has vanished must not stop the others.
_PRAGMAS = tuple(
    f"PRAGMA {pragma}"
    for pragma in ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
)
_TIMEOUTS = ("SET lock_timeout = '5s'", "SET idle_in_transaction_session_timeout = '60s'")


@dataclass(frozen=True)
class _Manners:
    """What is said to a database on each connection, and when a transaction begins."""

    settings: Sequence[str]
    begin: str


_WRITER = {
    "sqlite": _Manners(_PRAGMAS, "BEGIN IMMEDIATE"),
    "postgresql": _Manners(_TIMEOUTS, ONE_WRITER),
}
_READER = {
    "sqlite": _Manners((*_PRAGMAS, "PRAGMA query_only=ON"), "BEGIN"),
    "postgresql": _Manners(_TIMEOUTS, ONE_VIEW),
}


@dataclass(frozen=True)
class Database:
    """Two session makers: what reads never waits for what writes."""

    writer: AsyncEngine
    reader: AsyncEngine

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction that is committed at the end of the block, rolled back if the block raises."""
        async with async_sessionmaker(self.writer, expire_on_commit=False).begin() as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A consistent view for queries."""
        async with async_sessionmaker(self.reader, expire_on_commit=False)() as session:
            yield session

    async def upgrade(self) -> None:
        """Bring the schema up to date; running it twice, or half-way and again, is harmless."""
        async with self.writer.connect() as connection:
            await connection.run_sync(_upgrade)
            await connection.commit()

    async def close(self) -> None:
        """Give all connections back."""
        await self.writer.dispose()
        await self.reader.dispose()


def open_database(address: str) -> Database:
    """The database at an SQLAlchemy address; nothing is connected yet.

    The writer is a single connection whose transactions begin by taking the one lock for writing. So nothing
    that a transaction has read can change before it commits, in whichever process: writers queue.
    """
    url = make_url(address)
    kind = url.get_backend_name()
    if kind == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    pool: dict[str, Any] = {"pool_pre_ping": kind != "sqlite", "hide_parameters": True}
    writer = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=10, **pool)
    reader = create_async_engine(url, pool_size=4, max_overflow=4, **pool)
    _tune(writer, _WRITER[kind])
    _tune(reader, _READER[kind])
    return Database(writer, reader)


def _tune(engine: AsyncEngine, manners: _Manners) -> None:
    """Settings on each connection, and our own beginning of each transaction."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        if engine.dialect.name == "sqlite":
            connection.isolation_level = None  # sqlite3's own attribute: it must not begin by itself
        cursor = connection.cursor()
        for setting in manners.settings:
            cursor.execute(setting)
        cursor.close()
        connection.commit()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(manners.begin)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
