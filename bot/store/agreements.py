"""What a group's agreement does to a member's weeks that are open already."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, enrolments, memberships, weeks
from bot.store.tables import Membership, Proposal
from plans import steering
from plans.library import Library

WEEK = timedelta(weeks=1)


async def refit(
    session: AsyncSession, membership: Membership, proposal: Proposal, library: Library, now: datetime
) -> None:
    """Offer the member's open weeks of an agreement anew, from their today on; the past stays as it was."""
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is None:
        return
    here = memberships.today(membership, now)
    for number in range(steering.LASTS):
        monday = proposal.first_week + number * WEEK
        if here >= monday + WEEK:
            continue
        from_day = max(monday, here)
        if await weeks.refit(session, membership, enrolment, library, monday, from_day=from_day):
            await deliveries.want_week_redrawn(session, memberships.whom(membership), monday)
