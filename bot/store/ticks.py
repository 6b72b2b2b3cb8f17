"""Ticks in lists that no goal stands behind: a checkpoint's lines, what is to be ready for an interview."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.goals import is_older
from bot.store.inserting import insert_new
from bot.store.tables import CheckpointTick, InterviewTick

Ticks = TypeVar("Ticks", CheckpointTick, InterviewTick)


async def put(
    session: AsyncSession,
    table: type[Ticks],
    of: Mapping[str, Any],
    *,
    offered: Collection[str],
    chosen: Collection[str],
    action_ts: str,
    now: datetime,
) -> None:
    """Make `chosen` the ticked ones among `offered`, which are lines of the list that the columns `of` name.

    Set, never toggle; the newest click wins whatever the order of arrival, as with the goals of a day:
    `action_ts` is Slack's time of the click.
    """
    for item in offered:
        key = {**of, "item": item}
        ticked_at = now if item in chosen else None
        if await insert_new(session, table, **key, ticked_at=ticked_at, marked_ts=action_ts):
            continue
        row = (await session.scalars(select(table).filter_by(**key))).one()
        if is_older(row.marked_ts, action_ts):
            row.ticked_at, row.marked_ts = ticked_at, action_ts
