"""The group's card in its channel, drawn again whenever somebody comes or goes."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import groups
from bot.store.tables import Delivery
from bot.views import group as view


async def compose(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """What this channel is, who is in, how to join."""
    group = await groups.get(session, int(delivery.whom[1:]))
    if group.status != "active":
        return None
    names = [member.name for member in await groups.members(session, group)]
    rhythm = view.Rhythm(
        name=group.name,
        timezone=group.timezone,
        checkin_weekday=group.checkin_weekday,
        checkin_time=group.checkin_time,
        scorecard_weekday=group.scorecard_weekday,
        scorecard_time=group.scorecard_time,
    )
    return Letter(group.channel_id, view.card(rhythm, names, group.id, now))
