"""What is owed about a week that is over: once for each member or group, for three days."""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries
from bot.store.tables import Group
from plans import calendar

LATE = timedelta(hours=72)  # after that it is no news any more


async def owe(
    session: AsyncSession, kind: str, whom: str, group: Group, monday: date, due_at: datetime
) -> None:
    """Owe `whom`, a member or a group, a post of this kind about the week of `monday`."""
    await deliveries.owe(
        session,
        kind,
        workspace_id=group.workspace_id,
        whom=whom,
        period=calendar.week_label(monday),
        due_at=due_at,
        expires_at=due_at + LATE,
    )
