"""What a channel is told: what it could become, and the card of its group."""

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
    members = await groups.members(session, group)
    names = [member.name for member in members if member.role != "mentor"]
    mentors = [member.name for member in members if member.role == "mentor"]
    rhythm = view.Rhythm(
        name=group.name,
        timezone=group.timezone,
        checkin_weekday=group.checkin_weekday,
        checkin_time=group.checkin_time,
        scorecard_weekday=group.scorecard_weekday,
        scorecard_time=group.scorecard_time,
    )
    return Letter(group.channel_id, view.card(rhythm, names, group.id, now, mentors))


async def compose_hello(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """To a channel that has invited the bot; nothing if it has become a group meanwhile."""
    channel = delivery.whom[1:]
    if delivery.state != "sent" and await groups.of_channel(session, delivery.workspace_id, channel):
        return None
    return Letter(channel, view.hello(channel))
