"""What stays of a forgotten member in mock interviews: that somebody sat there, and the ratings they gave.

Their partners' past, counts and averages do not change by it. What was written about them is deleted, with
the votes of a full loop that was theirs.
"""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, mock_loops, mock_notes, mock_sessions, mock_signups, timers
from bot.store.tables import (
    LoopPanelist,
    Membership,
    MockAsk,
    MockFeedback,
    MockLoop,
    MockRound,
    MockSeat,
    MockSession,
    MockSignup,
)


async def empty(session: AsyncSession, membership: Membership) -> None:
    """Take a member's words and wishes out of everything that others share with them; ask for redraws."""
    await _empty_feedback(session, membership)
    await _empty_seats(session, membership)
    await _empty_loops(session, membership)
    await _redraw_channel(session, membership)
    await session.flush()


# Sessions


async def _empty_feedback(session: AsyncSession, membership: Membership) -> None:
    """Delete what was written about them; what they wrote keeps its ratings, and its reader sees it anew."""
    await session.execute(delete(MockFeedback).where(MockFeedback.about_id == membership.id))
    query = (
        select(MockFeedback, MockSession)
        .join(MockSession, MockSession.id == MockFeedback.session_id)
        .where(MockFeedback.author_id == membership.id)
    )
    for note, mock in list(await session.execute(query)):
        note.improvements, note.strength = [], ""
        kind, period = mock_notes.message_of(mock)
        await deliveries.want_redraw(session, kind, f"m{note.about_id}", period)


async def _empty_seats(session: AsyncSession, membership: Membership) -> None:
    """Keep of each seat its part, and the answer whether it took place: that decides for the others."""
    query = (
        select(MockSeat, MockSession)
        .join(MockSession, MockSession.id == MockSeat.session_id)
        .where(MockSeat.membership_id == membership.id)
    )
    for seat, mock in list(await session.execute(query)):
        seat.style, seat.late, seat.picks, seat.said = None, False, [], ""
        seat.confirmed_at = seat.answered_at = None
        seat.goal_id = None
        mock.reason = ""  # it names everybody
        await mock_sessions.redraw(session, mock)


# Full loops


async def _empty_loops(session: AsyncSession, membership: Membership) -> None:
    """Their vote stays a vote; a loop of their own loses its votes, and nobody is asked about it any more."""
    await session.execute(
        update(LoopPanelist).where(LoopPanelist.membership_id == membership.id).values(note="", voted_at=None)
    )
    on_panel = select(LoopPanelist.loop_id).where(LoopPanelist.membership_id == membership.id)
    query = select(MockLoop).where(
        or_(
            MockLoop.candidate_id == membership.id,
            MockLoop.planned_by == membership.id,
            MockLoop.id.in_(on_panel),
        )
    )
    for loop in list(await session.scalars(query)):
        if loop.candidate_id == membership.id:
            await _empty_own(session, loop)
        elif loop.planned_by == membership.id:
            loop.planned_by = loop.candidate_id
        await session.flush()
        await mock_loops.redraw(session, await mock_loops.needed(session, loop.id))
        await deliveries.want_redraw(session, "debrief", mock_loops.whom(loop), "panel")


async def _empty_own(session: AsyncSession, loop: MockLoop) -> None:
    """A loop that was the member's: what was said of them goes; one that has begun is over.

    One that is still to come is called off by whoever makes its day anew.
    """
    await session.execute(
        update(LoopPanelist).where(LoopPanelist.loop_id == loop.id).values(vote=None, note="", voted_at=None)
    )
    name = mock_loops.whom(loop)
    if await timers.find(session, "loop_anew", name) is None:
        await timers.stop(session, name)
        loop.state = "over" if loop.state == "planned" else loop.state


# The channel


async def _redraw_channel(session: AsyncSession, membership: Membership) -> None:
    """What the channel was asked and answered shows no name any more: calls, and asks on either side."""
    rounds = select(MockRound).join(MockSignup, MockSignup.round_id == MockRound.id)
    for round_ in list(await session.scalars(rounds.where(MockSignup.membership_id == membership.id))):
        await mock_signups.redraw(session, round_)
    sat_in = select(MockSeat.session_id).where(MockSeat.membership_id == membership.id)
    asks = select(MockAsk.id).where(
        or_(MockAsk.membership_id == membership.id, MockAsk.session_id.in_(sat_in))
    )
    periods = [f"a{ask_id}" for ask_id in await session.scalars(asks)]
    await deliveries.want_redraw(session, "ask", f"g{membership.group_id}", *periods)
