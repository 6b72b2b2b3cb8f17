"""After a full loop: the panel's votes, the debrief, and what the candidate is given to read.

A vote or feedback on a round says that the loop took place: it is held from then on and counts once for its
candidate. Votes open to the panel when all are in, feedback to the candidate when each interviewer's is in,
too; both at the latest two days after the end (`plans.feedback.DEADLINE`). What arrives later still arrives.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, memberships, mock_counts, mock_loops, mock_notes, mock_sessions, timers
from bot.store.mock_loops import Cast
from bot.store.mock_notes import Notes
from bot.store.mock_sessions import Seated
from bot.store.tables import LoopPanelist, Membership, MockSession
from plans.feedback import DEADLINE
from plans.loop import Vote, votes_open
from plans.mocks import Role

WORTH_ASKING = timedelta(days=7)  # after that nobody remembers how it was
WORTH_READING = timedelta(days=14)


def deadline(cast: Cast) -> datetime:
    """Until when votes and feedback are waited for."""
    return cast.ends_at + DEADLINE


def votes(cast: Cast) -> dict[str, Vote]:
    """Who on the panel has voted how, by membership."""
    return {str(each.membership.id): Vote(each.row.vote) for each in cast.here if each.row.vote}


def is_open(cast: Cast, now: datetime) -> bool:
    """Whether the panel may read each other's votes; once they may, they may."""
    panel = [str(each.membership.id) for each in cast.here]
    found = votes(cast)
    return bool(found) and (
        cast.loop.debriefed_at is not None or votes_open(found, panel, now=now, deadline=deadline(cast))
    )


async def ask(session: AsyncSession, cast: Cast, now: datetime) -> None:
    """The last round is over: owe each interviewer the vote, the candidate their own rating."""
    name = mock_loops.whom(cast.loop)
    await timers.stop(session, name, "loop_after", *mock_loops.AHEAD)
    if cast.loop.state != "planned":
        return
    expires_at = cast.ends_at + WORTH_ASKING
    for member in (cast.candidate, *(each.membership for each in cast.here)):
        if now < expires_at and member.status == "active":
            await _owe(session, member, "loop_after", name, now, expires_at)
    await timers.set_next(session, "loop_verdict", name, deadline(cast).date(), deadline(cast))
    await mock_loops.redraw(session, cast)


async def vote(
    session: AsyncSession, cast: Cast, mine: LoopPanelist, said: Vote, note: str, now: datetime
) -> None:
    """Keep an interviewer's vote; the newest counts until the votes are open."""
    mine.vote, mine.note, mine.voted_at = said.value, note, now
    await session.flush()
    await settle(session, cast, now)


async def settle(session: AsyncSession, cast: Cast, now: datetime) -> None:
    """Count the loop, hold the debrief and give feedback to read, as far as it is time; twice is once."""
    loop, name = cast.loop, mock_loops.whom(cast.loop)
    if loop.state == "cancelled":
        return
    mocks = await mock_loops.rounds(session, loop)
    notes = {mock.id: await mock_notes.of_session(session, mock.id) for mock in mocks}
    is_due = now >= deadline(cast)
    if votes(cast) or any(author != about for each in notes.values() for author, about in each):
        await _hold(session, cast, mocks, now)
    elif is_due:
        for mock in mocks:
            mock.state, mock.closed_at = "unclear", mock.closed_at or now
    if is_open(cast, now):
        loop.debriefed_at = loop.debriefed_at or now
        await _owe_debrief(session, cast, now)
    if is_due or (loop.debriefed_at is not None and await _is_written(session, cast, mocks, notes)):
        loop.state = "over"
        await _owe(session, cast.candidate, "loop_feedback", name, now, now + WORTH_READING)
    await session.flush()
    await _redraw(session, cast)


async def settle_round(session: AsyncSession, mock: MockSession, now: datetime) -> None:
    """Something was written about a round of a loop."""
    cast = await mock_loops.find(session, mock.loop_id or 0)
    if cast is not None:
        await settle(session, cast, now)


async def decide(session: AsyncSession, cast: Cast, now: datetime) -> None:
    """The deadline has come: nobody is waited for any more."""
    await timers.stop(session, mock_loops.whom(cast.loop), "loop_verdict")
    await settle(session, cast, now)


async def _hold(session: AsyncSession, cast: Cast, mocks: Sequence[MockSession], now: datetime) -> None:
    """It took place: its rounds are held, and the first of them counts for the whole day."""
    for mock in mocks:
        if mock.state != "held":
            mock.state, mock.closed_at = "held", mock.closed_at or now
    first = mocks[0]
    rows = await mock_sessions.seated(session, first.id)
    await mock_counts.count(session, first, _of(rows, cast.candidate), now, minutes=cast.minutes)


def _of(rows: Sequence[Seated], member: Membership) -> Seated:
    return next(row for row in rows if row.membership.id == member.id)


async def _is_written(
    session: AsyncSession, cast: Cast, mocks: Sequence[MockSession], notes: dict[int, Notes]
) -> bool:
    """Whether whoever interviewed has written about each round; nobody waits for who only listened."""
    for mock in mocks:
        for row in mock_sessions.coming(await mock_sessions.seated(session, mock.id)):
            key = row.membership.id, cast.candidate.id
            if row.seat.role == Role.INTERVIEWER and key not in notes[mock.id]:
                return False
    return True


async def _owe(
    session: AsyncSession, member: Membership, kind: str, period: str, now: datetime, expires_at: datetime
) -> None:
    await deliveries.owe(
        session,
        kind,
        workspace_id=member.workspace_id,
        whom=memberships.whom(member),
        period=period,
        due_at=now,
        expires_at=expires_at,
    )


async def _owe_debrief(session: AsyncSession, cast: Cast, now: datetime) -> None:
    await deliveries.owe(
        session,
        "debrief",
        workspace_id=cast.candidate.workspace_id,
        whom=mock_loops.whom(cast.loop),
        period="panel",
        due_at=now,
        expires_at=now + WORTH_READING,
    )


async def _redraw(session: AsyncSession, cast: Cast) -> None:
    name = mock_loops.whom(cast.loop)
    await deliveries.want_redraw(session, "debrief", name, "panel")
    await deliveries.want_redraw(session, "loop_feedback", memberships.whom(cast.candidate), name)
    await deliveries.want_newest_redrawn(session, "checkpoint", memberships.whom(cast.candidate))
    for member in (cast.candidate, *(each.membership for each in cast.panel)):
        await deliveries.want_redraw(session, "loop_after", memberships.whom(member), name)
    await mock_loops.redraw(session, cast)
