"""The lead's weekly view: owed with the group's scorecard, drawn again when the week has closed."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import deliveries, groups, lead_week, memberships
from bot.store.tables import Delivery, Group, Membership
from bot.views import lead_week as view
from plans import calendar


async def owe(
    session: AsyncSession, group: Group, monday: date, due_at: datetime, expires_at: datetime
) -> None:
    """Owe each lead the week of `monday`, after the group's post; else who started the group, by its name."""
    leads: Sequence[Membership] = await lead_week.readers(session, group)
    for whom in [memberships.whom(lead) for lead in leads] or [groups.whom(group)]:
        await deliveries.owe(
            session,
            lead_week.KIND,
            workspace_id=group.workspace_id,
            whom=whom,
            period=calendar.week_label(monday),
            due_at=due_at,
            expires_at=expires_at,
        )


async def compose(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """The week as it stood when it was owed, for who leads the group now."""
    reader = None
    if delivery.whom.startswith("m"):
        reader = await memberships.get(session, int(delivery.whom[1:]))
        group = await groups.get(session, reader.group_id)
        if reader.status != "active" or reader.role != "lead":
            return None
    else:
        group = await groups.get(session, int(delivery.whom[1:]))
    if group.status != "active" or not (reader or group.started_by):
        return None
    monday = calendar.monday_of_label(delivery.period)
    facts = await lead_week.read(session, group, monday, delivery.due_at, reader)
    to = delivery.channel or (reader.user_id if reader else group.started_by)
    return Letter(to, view.week(facts))
