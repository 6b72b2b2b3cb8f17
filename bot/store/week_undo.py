"""What a decision changes in a week that was opened: kept, so that taking it back leaves no trace.

Only the rows that the decision changed are kept and put back. What the member does beside it, and what they
said of a goal before or since, stays theirs.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import plain_rows
from bot.store.change_undo import SETTLED
from bot.store.tables import Goal, Week

Rows = dict[str, dict[str, Any]]  # by table, by id; None for a row that was not there


async def rows(session: AsyncSession, membership_id: int, monday: date) -> Rows:
    """The opened week of `monday` and the plan's goals in it, as plain values; empty if it is not opened."""
    weeks = await session.scalars(select(Week).filter_by(membership_id=membership_id, week_of=monday))
    goals = await session.scalars(
        select(Goal).filter_by(membership_id=membership_id, week_of=monday).where(Goal.key.is_not(None))
    )
    return {Week.__tablename__: _by_id(weeks), Goal.__tablename__: _by_id(goals)}


def _by_id(rows: Iterable[Week | Goal]) -> dict[str, Any]:
    return {str(row.id): plain_rows.plain(row) for row in rows}


def changed(before: Rows, after: Rows) -> Rows:
    """What of `before` is not so in `after`: each such row as it was, None for one that is new."""
    return {
        name: {key: before[name].get(key) for key, row in there.items() if before[name].get(key) != row}
        for name, there in after.items()
    }


async def put_back(session: AsyncSession, kept: Rows) -> None:
    """Make the rows again what they were; a goal that was new is withdrawn."""
    tables: tuple[type[Week | Goal], ...] = (Week, Goal)
    for table in tables:
        for key, was in kept[table.__tablename__].items():
            row = await session.get(table, int(key))
            if row is None or (isinstance(row, Goal) and row.state in SETTLED):
                continue
            for name, value in (plain_rows.values(table, was) if was else {"state": "withdrawn"}).items():
                setattr(row, name, value)
    await session.flush()
