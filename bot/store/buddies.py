"""Half an hour together: whom a member could ask, who was asked, what they said.

A buddy is asked by one person a week, and only who agreed to be asked. Whoever blocks somebody for mock
interviews, or is blocked, is never proposed; nobody learns of it.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, enrolments, groups, memberships, mock_profiles, pauses
from bot.store.tables import Buddy, Membership
from plans import availability, buddies, calendar
from plans.availability import Interval
from plans.buddies import Candidate

ASK, ROOM, NEXT = "buddy_ask", "buddies", "buddy_next"  # kinds of deliveries
ASKED, ACCEPTED, DECLINED, WITHDRAWN = "asked", "accepted", "declined", "withdrawn"
OPEN = (ASKED, ACCEPTED)
NOTICE = timedelta(hours=3)  # nobody is asked to be there sooner
TIMES = 3  # proposed in a conversation


def period(row: Buddy) -> str:
    """How the messages about one question are named."""
    return f"b{row.id}"


async def of_period(session: AsyncSession, name: str) -> Buddy | None:
    """The question that a delivery's period names."""
    return await session.get(Buddy, int(name[1:]))


async def get(session: AsyncSession, buddy_id: int) -> Buddy | None:
    """The question with this id."""
    return await session.get(Buddy, buddy_id)


async def open_of(session: AsyncSession, membership_id: int, monday: date) -> Buddy | None:
    """Who the member has asked for the week of `monday`, or who said yes to them."""
    query = select(Buddy).where(
        Buddy.membership_id == membership_id, Buddy.week_of == monday, Buddy.state.in_(OPEN)
    )
    found: Buddy | None = await session.scalar(query.limit(1))
    return found


# Whom to ask


async def candidates(
    session: AsyncSession, membership: Membership, monday: date, now: datetime
) -> list[Membership]:
    """Whom the member could ask for the week of `monday`, the first one first."""
    group = await groups.get(session, membership.group_id)
    willing = [
        each
        for each in await groups.members(session, group)
        if each.may_be_asked and each.id != membership.id and each.role != "mentor"
    ]
    taken = await _not_to_be_asked(session, membership, willing, monday)
    free = [
        each for each in willing if each.id not in taken and not await _is_paused(session, each, monday, now)
    ]
    found = {each.id: each for each in free}
    ranked = buddies.in_order([await _candidate(session, membership, each, monday, now) for each in free])
    return [found[each.id] for each in ranked]


async def _not_to_be_asked(
    session: AsyncSession, membership: Membership, willing: Sequence[Membership], monday: date
) -> set[int]:
    """Who was asked for that week already, by anybody, and whom a block keeps apart from the member."""
    query = select(Buddy.buddy_id).where(Buddy.week_of == monday)
    asked = set(await session.scalars(query))
    blocks = await mock_profiles.blocks_among(session, [membership, *willing])
    theirs = {member_id for member_id, ids in blocks.items() if str(membership.id) in ids}
    return asked | theirs | {int(each) for each in blocks.get(membership.id, frozenset())}


async def _is_paused(session: AsyncSession, member: Membership, monday: date, now: datetime) -> bool:
    day = max(memberships.today(member, now), monday)
    return await pauses.on(session, member.id, day) is not None


async def _candidate(
    session: AsyncSession, membership: Membership, other: Membership, monday: date, now: datetime
) -> Candidate:
    """What decides whether this one is asked first."""
    mine, theirs = [await enrolments.current(session, each.id) for each in (membership, other)]
    shared = await _common(session, membership, other, monday, now)
    helped = select(func.max(Buddy.week_of)).where(Buddy.buddy_id == other.id, Buddy.state == ACCEPTED)
    return Candidate(
        id=other.id,
        same_level=bool(mine and theirs and mine.level == theirs.level),
        minutes=int(sum((end - start).total_seconds() for start, end in shared) // 60),
        helped=await session.scalar(helped),
    )


async def _common(
    session: AsyncSession, one: Membership, other: Membership, monday: date, now: datetime
) -> tuple[Interval, ...]:
    """When both have half an hour in what is left of the week, by the hours that they gave for mocks."""
    since = max(now + NOTICE, calendar.day_span(monday, memberships.zone(one))[0])
    until = max(since, memberships.end_of_week(one, monday))
    free = [
        availability.intervals(
            mock_profiles.hours_of(await mock_profiles.find(session, each.id)),
            memberships.zone(each),
            since,
            until,
        )
        for each in (one, other)
    ]
    return availability.common(*free, minutes=buddies.TOGETHER)


async def times(
    session: AsyncSession, one: Membership, other: Membership, monday: date, now: datetime
) -> list[datetime]:
    """Up to three beginnings of half an hour that suit both."""
    shared = await _common(session, one, other, monday, now)
    zones = [memberships.zone(one), memberships.zone(other)]
    found = availability.slots(shared, buddies.TOGETHER, now + NOTICE, most=TIMES, zones=zones)
    return [start for start, _ in found]


# Asking and answering


async def ask(
    session: AsyncSession, membership: Membership, other: Membership, monday: date, now: datetime
) -> Buddy:
    """Ask somebody for half an hour in the week of `monday`; they are told until it is over."""
    row = Buddy(membership_id=membership.id, buddy_id=other.id, week_of=monday, state=ASKED, made_at=now)
    session.add(row)
    await session.flush()
    await _owe(session, ASK, row, other, now)
    return row


async def accept(session: AsyncSession, row: Buddy, now: datetime) -> None:
    """They have time: both get a conversation together."""
    row.state, row.answered_at = ACCEPTED, now
    await session.flush()
    asker = await memberships.get(session, row.membership_id)
    await _owe(session, ROOM, row, asker, now)
    await _redraw(session, row)


async def decline(session: AsyncSession, row: Buddy, now: datetime) -> None:
    """Not this week: who asked hears of the next one whom they could ask."""
    row.state, row.answered_at = DECLINED, now
    await session.flush()
    asker = await memberships.get(session, row.membership_id)
    if asker.status == "active":
        await _owe(session, NEXT, row, asker, now)
    await _redraw(session, row)


async def withdraw(session: AsyncSession, row: Buddy, now: datetime) -> None:
    """Take a question back."""
    row.state, row.answered_at = WITHDRAWN, now
    await session.flush()
    await _redraw(session, row)


async def leave(session: AsyncSession, membership: Membership, now: datetime) -> None:
    """End what somebody who leaves has asked for or was asked; no message names them any more."""
    query = select(Buddy).where(or_(Buddy.membership_id == membership.id, Buddy.buddy_id == membership.id))
    for row in list(await session.scalars(query.order_by(Buddy.id))):
        if row.state == ASKED and row.buddy_id == membership.id:
            await decline(session, row, now)
        elif row.state in OPEN:
            await withdraw(session, row, now)
        else:
            await _redraw(session, row)


async def _owe(session: AsyncSession, kind: str, row: Buddy, reader: Membership, now: datetime) -> None:
    """A message about this question, while its week lasts; what both read is owed to who asked."""
    expires_at = memberships.end_of_week(reader, row.week_of)
    if now >= expires_at:
        return
    await deliveries.owe(
        session,
        kind,
        workspace_id=reader.workspace_id,
        whom=memberships.whom(reader),
        period=period(row),
        due_at=now,
        expires_at=expires_at,
    )


async def _redraw(session: AsyncSession, row: Buddy) -> None:
    """Draw everything anew that shows how this question stands."""
    await deliveries.want_redraw(session, ASK, f"m{row.buddy_id}", period(row))
    await deliveries.want_redraw(session, ROOM, f"m{row.membership_id}", period(row))
    await redraw_search(session, row.membership_id, row.week_of)


async def redraw_search(session: AsyncSession, membership_id: int, monday: date) -> None:
    """Draw the proposals anew that the member got for the week of `monday`."""
    mine = select(Buddy.id).where(Buddy.membership_id == membership_id, Buddy.week_of == monday)
    names = [f"b{each}" for each in await session.scalars(mine)]
    await deliveries.want_redraw(session, NEXT, f"m{membership_id}", *names)
