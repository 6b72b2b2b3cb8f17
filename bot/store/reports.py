"""What a lead's report reads: the groups, and their weeks as the channel has seen them.

Only the columns that it needs are named, so that it can be made of a database that an older Cadence left.
"""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Group, Scorecard
from plans.groupcard import GroupCard
from plans.grouprecord import GroupRecord, RecordWeek


class KnownGroup(NamedTuple):
    """A group as one can ask for it."""

    id: int
    channel_id: str
    name: str


async def groups(session: AsyncSession) -> list[KnownGroup]:
    """All groups of the database, archived ones too, in the order in which they were started."""
    rows = await session.execute(select(Group.id, Group.channel_id, Group.name).order_by(Group.id))
    return [KnownGroup(*row) for row in rows]


async def record(session: AsyncSession, group_id: int, weeks: int | None) -> GroupRecord:
    """The group's published weeks, oldest first: the newest `weeks` of them, or all."""
    query = select(Scorecard.week_of, Scorecard.card, Scorecard.closed).where(
        Scorecard.whom == f"g{group_id}"
    )
    newest = list(await session.execute(query.order_by(Scorecard.week_of.desc()).limit(weeks)))
    return GroupRecord(
        weeks=tuple(
            RecordWeek(monday=monday, card=GroupCard.model_validate(kept["card"]), closed=closed)
            for monday, kept, closed in reversed(newest)
        )
    )
