"""Study groups."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import timers
from bot.store.tables import Group, Membership, MockRound, Proposal
from plans import calendar

WEDNESDAY, SATURDAY, SUNDAY = 2, 5, 6
CHECKIN_AT, SCORECARD_AT = time(18), time(18)


def whom(group: Group) -> str:
    """How timers and deliveries name a group."""
    return f"g{group.id}"


async def of_channel(session: AsyncSession, workspace_id: str, channel_id: str) -> Group | None:
    """The group that lives in this channel, whatever its status."""
    found: Group | None = await session.scalar(
        select(Group).where(Group.workspace_id == workspace_id, Group.channel_id == channel_id)
    )
    return found


async def get(session: AsyncSession, group_id: int) -> Group:
    """The group with this id; it must exist."""
    return await session.get_one(Group, group_id)


async def start(
    session: AsyncSession,
    *,
    workspace_id: str,
    channel_id: str,
    name: str,
    timezone: str,
    user_id: str,
    now: datetime,
) -> Group:
    """Make a channel a study group; by default check-in is on Saturday, the scorecard on Sunday, at 18:00."""
    group = Group(
        workspace_id=workspace_id,
        channel_id=channel_id,
        name=name,
        timezone=timezone,
        checkin_weekday=SATURDAY,
        checkin_time=CHECKIN_AT,
        scorecard_weekday=SUNDAY,
        scorecard_time=SCORECARD_AT,
        status="active",
        started_by=user_id,
        started_at=now,
    )
    session.add(group)
    await session.flush()
    return group


async def set_rhythm(session: AsyncSession, group: Group, now: datetime) -> None:
    """Let the weekly timers follow the group's rhythm and zone from `now` on."""
    zone = ZoneInfo(group.timezone)
    day, due_at = calendar.next_occurrence(
        now, group.scorecard_time, zone, frozenset({group.scorecard_weekday})
    )
    await timers.set_next(session, "scorecard", whom(group), day, due_at)
    await _resume_round(session, group)
    await _resume_vote(session, group)
    if not group.has_mocks:
        await timers.stop(session, whom(group), "call")
        return
    day, due_at = calendar.next_occurrence(now, group.call_time, zone, frozenset({group.call_weekday}))
    await timers.set_next(session, "call", whom(group), day, due_at)


async def _resume_round(session: AsyncSession, group: Group) -> None:
    """Let a mock round that is open be matched when it said it would, also after the group has rested."""
    round_ = await session.scalar(
        select(MockRound).where(MockRound.group_id == group.id, MockRound.state == "open")
    )
    if round_ is not None:
        await timers.set_next(session, "matching", whom(group), round_.week_of, round_.closes_at)


async def _resume_vote(session: AsyncSession, group: Group) -> None:
    """Let a vote that is open be counted when it said it would, also after the group has rested."""
    found = await session.scalar(
        select(Proposal).where(Proposal.group_id == group.id, Proposal.state == "open")
    )
    if found is not None:
        await timers.set_next(session, "vote", whom(group), found.week_of, found.closes_at)


async def members(session: AsyncSession, group: Group) -> list[Membership]:
    """The active members, in the order of their names."""
    query = select(Membership).where(Membership.group_id == group.id, Membership.status == "active")
    return sorted(await session.scalars(query), key=lambda member: (member.name.casefold(), member.id))


async def lead(session: AsyncSession, group: Group) -> Membership | None:
    """The member who leads the group; of several, who joined first."""
    query = select(Membership).where(
        Membership.group_id == group.id, Membership.role == "lead", Membership.status == "active"
    )
    found: Membership | None = await session.scalar(query.order_by(Membership.joined_at).limit(1))
    return found
