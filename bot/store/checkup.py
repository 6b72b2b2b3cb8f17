"""What the doctor asks of the database. Nothing is changed by asking."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.database import MIGRATIONS, Database
from bot.store.tables import Delivery

STUCK = ("held", "failed", "unknown")


def shown(address: str) -> str:
    """The address of a database without its password."""
    return make_url(address).render_as_string(hide_password=True)


def file_of(address: str) -> Path | None:
    """The file of an SQLite database; none for another kind."""
    url = make_url(address)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


async def try_writing(database: Database) -> None:
    """Do what a migration does, and leave without keeping it.

    Raises:
        SQLAlchemyError: the database does not let us.
    """
    async with database.writer.connect() as connection:
        await connection.execute(text("CREATE TABLE doctor_was_here (id INTEGER)"))
        await connection.rollback()


async def damage(session: AsyncSession) -> str | None:
    """What SQLite finds wrong in its file; none if it is sound, and none for another kind of database."""
    if session.get_bind().dialect.name != "sqlite":
        return None
    found = str(await session.scalar(text("PRAGMA quick_check(1)")))
    return None if found == "ok" else found


async def revision(session: AsyncSession) -> str | None:
    """The migration at which the database stands; none if it is empty."""
    connection = await session.connection()
    return await connection.run_sync(lambda plain: MigrationContext.configure(plain).get_current_revision())


def revisions() -> Sequence[str]:
    """The migrations that this program knows, newest first."""
    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]


async def stuck(session: AsyncSession, since: datetime) -> Sequence[tuple[str, str, int]]:
    """The deliveries since then that were not plainly sent: state, reason, how many."""
    rows = await session.execute(
        select(Delivery.state, Delivery.reason, func.count())
        .where(Delivery.state.in_(STUCK), Delivery.due_at >= since)
        .group_by(Delivery.state, Delivery.reason)
        .order_by(Delivery.state, Delivery.reason)
    )
    return [(state, reason or "no reason noted", count) for state, reason, count in rows]
