"""Leaving a group: all ways of it end here."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import buddies, groups, lead_week, memberships, mentors, mock_sessions, mock_signups, timers
from bot.store.tables import Membership


async def leave(session: AsyncSession, membership: Membership, status: str, now: datetime) -> None:
    """End a membership; what was done stays, nothing is posted any more.

    They are out of the open round of mock interviews, what they asked for is withdrawn, and the seats in
    sessions that have not begun are free: the others are matched anew.
    """
    membership.status = status
    membership.left_at = now
    await timers.stop(session, memberships.whom(membership))
    await mock_signups.sign_off(session, membership, now)
    await mock_sessions.free(session, membership, now)
    await buddies.leave(session, membership, now)
    await lead_week.redraw(session, await groups.get(session, membership.group_id))
    if membership.role == mentors.MENTOR:
        await mentors.redraw(session, membership)
