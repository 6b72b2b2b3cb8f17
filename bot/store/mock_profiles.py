"""How members like to practise, and whom they are never paired with."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Membership, MockBlock, MockProfile, MockSignup
from plans import availability
from plans.availability import Hours
from plans.mocks import Kind


async def find(session: AsyncSession, membership_id: int) -> MockProfile | None:
    """What the member has said of how they practise; none if nothing."""
    return await session.get(MockProfile, membership_id)


async def needed(session: AsyncSession, membership_id: int, now: datetime) -> MockProfile:
    """The member's profile, made with what is assumed of everybody if they have said nothing."""
    found = await find(session, membership_id)
    if found is None:
        found = MockProfile(
            membership_id=membership_id,
            kinds=[],
            wish=None,
            same_level_only=False,
            hours=availability.to_json(availability.ASSUMED),
            always=False,
            capacity=1,
            thanked_in=None,
            changed_at=now,
        )
        session.add(found)
        await session.flush()
    return found


def hours_of(profile: MockProfile | None, signup: MockSignup | None = None) -> Hours:
    """When somebody has time: as they said for this round, else always, else as it is assumed."""
    stored = (signup.hours if signup else None) or (profile.hours if profile else None)
    return availability.from_json(stored) if stored else availability.ASSUMED


def kinds_of(profile: MockProfile | None, signup: MockSignup | None = None) -> frozenset[Kind]:
    """What somebody wants to practise in a round; none stands for any kind."""
    stored = (signup.kinds if signup else None) or (profile.kinds if profile else [])
    return frozenset(Kind(kind) for kind in stored)


# Blocks


async def blocked(session: AsyncSession, membership_id: int) -> list[str]:
    """The users with whom the member is never paired, in the order in which they were named."""
    query = select(MockBlock.user_id).where(MockBlock.membership_id == membership_id)
    return list(await session.scalars(query.order_by(MockBlock.id)))


async def block(session: AsyncSession, membership: Membership, users: Sequence[str], now: datetime) -> None:
    """Let exactly these users be the ones with whom the member is never paired."""
    before = set(await blocked(session, membership.id))
    wanted = [user for user in dict.fromkeys(users) if user != membership.user_id]
    await session.execute(
        delete(MockBlock).where(MockBlock.membership_id == membership.id, MockBlock.user_id.not_in(wanted))
    )
    for user in wanted:
        if user not in before:
            session.add(MockBlock(membership_id=membership.id, user_id=user, made_at=now))
    await session.flush()


async def blocks_among(session: AsyncSession, members: Collection[Membership]) -> dict[int, frozenset[str]]:
    """Whom each of these members blocks, as the ids of memberships that the matcher knows."""
    by_user = {member.user_id: str(member.id) for member in members}
    query = select(MockBlock).where(MockBlock.membership_id.in_([member.id for member in members]))
    found: dict[int, set[str]] = {}
    for each in await session.scalars(query):
        if each.user_id in by_user:
            found.setdefault(each.membership_id, set()).add(by_user[each.user_id])
    return {member_id: frozenset(ids) for member_id, ids in found.items()}
