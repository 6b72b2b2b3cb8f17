"""Insert unless it is there already: how everything that must happen once is written."""

from typing import Any

from sqlalchemy import literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Table


async def insert_new(session: AsyncSession, table: type[Table], **values: Any) -> bool:
    """Insert one row unless one of the table's unique keys is taken; say whether a row was written."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing()
    written = await session.scalar(statement.returning(literal(1)))  # psycopg gives no count of inserted rows
    return written is not None
