"""The database: one writer that queues, readers beside it, and the schema brought up to date."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

MIGRATIONS = Path(__file__).parent / "migrations"


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
        if self.reader is not self.writer:
            await self.reader.dispose()


def open_database(address: str) -> Database:
    """The database at an SQLAlchemy address; nothing is connected yet.

    On SQLite the writer is a single connection whose transactions begin IMMEDIATE: writers queue
    instead of failing with "database is locked". On PostgreSQL both are the same pool.
    """
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        engine = create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
        return Database(engine, engine)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    writer = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=10, hide_parameters=True)
    reader = create_async_engine(url, pool_size=4, max_overflow=4, hide_parameters=True)
    _tune(writer, begin="BEGIN IMMEDIATE", query_only=False)
    _tune(reader, begin="BEGIN", query_only=True)
    return Database(writer, reader)


def _tune(engine: AsyncEngine, *, begin: str, query_only: bool) -> None:
    """SQLite's pragmas on each connection, and our own BEGIN instead of the driver's."""

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # sqlite3's own attribute
        cursor = connection.cursor()
        for pragma in ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
