"""A full loop changes before it begins: somebody comes or does not, it is moved or called off.

Whoever drops out makes the day anew with those who stay; below two interviewers there is none.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import memberships, mock_loop_plans, mock_loops, mock_sessions, timers
from bot.store.mock_loops import DECLINED, Cast
from bot.store.mock_sessions import ALIVE
from bot.store.tables import LoopPanelist, Membership
from plans.loop import FEWEST_INTERVIEWERS
from plans.questions import Bank


async def accept(session: AsyncSession, bank: Bank, cast: Cast, mine: LoopPanelist, now: datetime) -> bool:
    """An interviewer comes, perhaps after all; false if they could no longer be put on this panel."""
    was_out = mine.state == DECLINED
    if was_out and not await _fits_again(session, cast, mine):
        return False
    mine.state = "coming"
    await session.flush()
    if was_out:
        await mock_loop_plans.make_day(session, bank, cast, now)
    await mock_loops.redraw(session, cast)
    return True


async def _fits_again(session: AsyncSession, cast: Cast, mine: LoopPanelist) -> bool:
    """Whether who declined may come back: free at that time, and nobody there is kept apart from them."""
    member = await memberships.get(session, mine.membership_id)
    there = [cast.candidate, cast.planner, *(each.membership for each in cast.here)]
    if await mock_loop_plans.is_kept_apart(session, member, there):
        return False
    return not await mock_loop_plans.is_taken(
        session, member, cast.loop.starts_at, cast.ends_at, but=cast.loop.id
    )


async def decline(
    session: AsyncSession, bank: Bank, cast: Cast, gone: Collection[LoopPanelist], now: datetime
) -> None:
    """Interviewers cannot come: who stays has a new day, which they are told; fewer than two have none."""
    for row in gone:
        row.state = DECLINED
    await session.flush()
    if len(cast.here) < FEWEST_INTERVIEWERS:
        await cancel(session, cast, now)
        return
    if cast.loop.bar_raiser_id not in {each.membership.id for each in cast.here}:
        cast.loop.bar_raiser_id = mock_loop_plans.raiser(
            [each.membership for each in cast.here], cast.loop.seed
        ).id
    await mock_loop_plans.make_day(session, bank, cast, now)
    for row in gone:
        await mock_loops.owe(session, cast, "loop_anew", f"p{row.id}", now, cast.loop.starts_at)
    await mock_loops.redraw(session, cast)


async def leave_out(session: AsyncSession, bank: Bank, cast: Cast, now: datetime) -> None:
    """Somebody has left the group: without the candidate there is no loop, else the day is made anew."""
    if not cast.is_ahead(now):
        return
    if cast.candidate.status != "active":
        await cancel(session, cast, now)
        return
    gone = [each.row for each in cast.here if each.membership.status != "active"]
    if gone:
        await decline(session, bank, cast, gone, now)


async def busy_at(session: AsyncSession, cast: Cast, starts_at: datetime) -> list[Membership]:
    """Who could not come if the loop began then."""
    end = starts_at + timedelta(minutes=cast.minutes)
    people = [cast.candidate, *(each.membership for each in cast.here)]
    return [
        each
        for each in people
        if await mock_loop_plans.is_taken(session, each, starts_at, end, but=cast.loop.id)
    ]


async def move(session: AsyncSession, cast: Cast, starts_at: datetime, by: Membership, now: datetime) -> None:
    """Let the loop begin at another time: everybody but who moved it is asked again."""
    loop = cast.loop
    if starts_at == loop.starts_at:
        return
    shift = starts_at - loop.starts_at
    for mock in await mock_loops.rounds(session, loop):
        mock.starts_at = (mock.starts_at or loop.starts_at) + shift
    loop.starts_at = starts_at
    loop.sequence += 1
    for each in cast.here:
        each.row.state = "coming" if each.membership.id == by.id else "invited"
    await session.flush()
    await mock_loops.owe_invitation(session, cast, now)
    await mock_loops.set_timers(session, cast, now)
    await mock_loops.redraw(session, cast)


async def cancel(session: AsyncSession, cast: Cast, now: datetime) -> None:
    """There is no loop: nothing rings any more, calendars are told, the room says so; twice is once."""
    if cast.loop.state != "planned":
        return
    cast.loop.state = "cancelled"
    cast.loop.sequence += 1
    await timers.stop(session, mock_loops.whom(cast.loop))
    for mock in await mock_loops.rounds(session, cast.loop):
        if mock.state in ALIVE:
            await mock_sessions.close(session, mock, "cancelled", now)
    await session.flush()
    await mock_loops.owe_invitation(session, cast, now)
    await mock_loops.redraw(session, cast)
