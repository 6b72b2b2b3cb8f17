"""What a group was asked to change for everybody, what it said, and what holds because of that."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Membership, Proposal, Vote
from plans.model import Area

PASSED = "passed"
KEEP = "keep"


async def eased(session: AsyncSession, membership: Membership, monday: date) -> dict[Area, float]:
    """The parts of their share that areas keep in the member's week of `monday`, as the group has agreed.

    Who voted to keep theirs keeps it.
    """
    against = select(Vote.proposal_id).where(Vote.membership_id == membership.id, Vote.choice == KEEP)
    query = select(Proposal).where(
        Proposal.group_id == membership.group_id,
        Proposal.state == PASSED,
        Proposal.first_week <= monday,
        Proposal.last_week >= monday,
        Proposal.id.not_in(against),
    )
    found = await session.scalars(query.order_by(Proposal.id))
    return {Area(row.area): row.factor for row in found}
