"""What the doctor asks of the database, over a plain connection of its own. Nothing is changed by asking."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from bot.store.database import MIGRATIONS
from bot.store.tables import Delivery

STUCK = ("held", "failed", "unknown")
PATIENCE = 10  # seconds


def shown(address: str) -> str:
    """The address of a database without its password."""
    return make_url(address).render_as_string(hide_password=True)


def file_of(address: str) -> Path | None:
    """The file of an SQLite database; none for another kind."""
    url = make_url(address)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


@contextmanager
def looking_at(address: str) -> Iterator[Connection]:
    """A connection on which nothing is kept.

    Raises:
        SQLAlchemyError: there is no such database, or it cannot be used.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url.set(drivername="sqlite"), poolclass=NullPool)
    else:
        engine = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": PATIENCE})
    with engine.connect() as connection:
        yield connection


def try_writing(connection: Connection) -> None:
    """Do what a migration does, and take it back.

    Raises:
        SQLAlchemyError: the database does not let us.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.exec_driver_sql("CREATE TABLE doctor_was_here (id INTEGER)")
    connection.rollback()


def damage(connection: Connection) -> str | None:
    """What SQLite finds wrong in its file; none if it is sound, and none for another kind of database."""
    if connection.dialect.name != "sqlite":
        return None
    found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
    return None if found == "ok" else found


def revision(connection: Connection) -> str | None:
    """The migration at which the database stands; none if it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def revisions() -> Sequence[str]:
    """The migrations that this program knows, newest first."""
    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]


def stuck(connection: Connection, since: datetime) -> Sequence[tuple[str, str, int]]:
    """The deliveries since then that were not plainly sent: state, reason, how many."""
    rows = connection.execute(
        select(Delivery.state, Delivery.reason, func.count())
        .where(Delivery.state.in_(STUCK), Delivery.due_at >= since)
        .group_by(Delivery.state, Delivery.reason)
        .order_by(Delivery.state, Delivery.reason)
    )
    return [(state, reason or "no reason noted", count) for state, reason, count in rows]
