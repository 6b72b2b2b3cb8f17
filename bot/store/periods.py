"""Times in which a member's plan is lighter or different."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Period as Row
from plans.modes import Mode, Period


async def between(session: AsyncSession, membership_id: int, first: date, last: date) -> tuple[Period, ...]:
    """The member's periods that touch the days from `first` to `last`, both included, in order."""
    query = select(Row).where(Row.membership_id == membership_id, Row.starts_on <= last, Row.ends_on >= first)
    return tuple(
        Period(mode=Mode(row.mode), starts_on=row.starts_on, ends_on=row.ends_on, keeps=row.keeps)
        for row in await session.scalars(query.order_by(Row.starts_on, Row.id))
    )
