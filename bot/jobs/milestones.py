"""Milestones: found when a week is published and when it has closed, told to who reached them."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import deliveries, groups, memberships, milestones
from bot.store.tables import Delivery, Membership
from bot.views import milestones as view
from plans.library import Library
from plans.milestones import may_stand_in_channel, reached

KIND = "milestone"


async def find(
    session: AsyncSession, member: Membership, monday: date, now: datetime, library: Library, *, closed: bool
) -> None:
    """Keep what a member reached by the week of `monday`, whose card is published, and owe them a word.

    What is found when the week closes, at midnight, is told with their next post.
    """
    so_far = await milestones.standing(session, member, monday, library, closed=closed)
    if so_far is None:
        return
    sharing = await milestones.sharing(session, member, monday)
    found = {name: may_stand_in_channel(name, sharing) for name in reached(so_far)}
    if await milestones.keep(session, member, monday, found, now):
        await _owe(session, member, now, closed=closed)


async def _owe(session: AsyncSession, member: Membership, now: datetime, *, closed: bool) -> None:
    """One message for all that was reached at once; its period is that instant."""
    due = memberships.next_post(member, now) if closed else None
    day = due.day if due else memberships.today(member, now)
    await deliveries.owe(
        session,
        KIND,
        workspace_id=member.workspace_id,
        whom=memberships.whom(member),
        period=now.isoformat(),
        due_at=due.instant if due else now,
        expires_at=memberships.end_of_day(member, day),
    )


async def compose(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """What was reached, and whether the group's post says so."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    group = await groups.get(session, membership.group_id)
    if membership.status != "active" or group.status != "active":
        return None
    found = await milestones.told_at(session, membership.id, datetime.fromisoformat(delivery.period))
    if not found:
        return None
    message = view.post(found, celebrates=group.has_milestones)
    return Letter(delivery.channel or membership.user_id, message)
