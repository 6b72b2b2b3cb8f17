"""What is kept of a member's mock interviews, as plain values: their own words, and what they may read.

What somebody else wrote is told only once it was released to the member, and what was asked only once the
session is over. A partner has the name that the member can see; whoever has left has none.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, memberships, mock_feedback, mock_loops, mock_notes, mock_profiles
from bot.store import mock_sessions as sessions
from bot.store.mock_loops import Cast
from bot.store.mock_sessions import Seated
from bot.store.tables import (
    LoopPanelist,
    Membership,
    MockAsk,
    MockBlock,
    MockFeedback,
    MockLoop,
    MockRound,
    MockSeat,
    MockSession,
    MockSignup,
    Person,
)
from bot.store.telling import Row, told
from plans.loop import Vote, debrief
from plans.questions import Bank

PARTNER_GONE = "a partner who has left"


async def of_member(session: AsyncSession, bank: Bank, member: Membership, now: datetime) -> Row:
    """A member's profile, wishes, sessions and full loops."""
    profile = await mock_profiles.find(session, member.id)
    return {
        "profile": told(profile) if profile else None,
        "never_paired_with": await _blocks(session, member),
        "rounds": await _signups(session, member),
        "asked_for": [
            told(ask)
            for ask in await session.scalars(
                select(MockAsk).where(MockAsk.membership_id == member.id).order_by(MockAsk.id)
            )
        ],
        "sessions": [
            await _session(session, bank, mock, member, now) for mock in await _sessions(session, member)
        ],
        "full_loops": [await _loop(session, cast, member) for cast in await _loops(session, member)],
    }


async def _blocks(session: AsyncSession, member: Membership) -> list[Row]:
    """Whom the member never wants to meet; nobody's wish about the member."""
    query = (
        select(MockBlock, Person.name)
        .outerjoin(
            Person,
            (Person.user_id == MockBlock.user_id) & (Person.workspace_id == member.workspace_id),
        )
        .where(MockBlock.membership_id == member.id)
    )
    rows = await session.execute(query.order_by(MockBlock.id))
    return [{**told(block), "name": name} for block, name in rows]


async def _signups(session: AsyncSession, member: Membership) -> list[Row]:
    """What the member said about each round, and why they had nobody."""
    query = (
        select(MockSignup, MockRound)
        .join(MockRound, MockRound.id == MockSignup.round_id)
        .where(MockSignup.membership_id == member.id)
    )
    rows = await session.execute(query.order_by(MockRound.week_of))
    return [{"round": told(round_), **told(signup)} for signup, round_ in rows]


# Sessions


async def _sessions(session: AsyncSession, member: Membership) -> list[MockSession]:
    query = (
        select(MockSession)
        .join(MockSeat, MockSeat.session_id == MockSession.id)
        .where(MockSeat.membership_id == member.id)
    )
    return list(await session.scalars(query.order_by(MockSession.id)))


async def _session(
    session: AsyncSession, bank: Bank, mock: MockSession, member: Membership, now: datetime
) -> Row:
    """One session as this member knows it."""
    rows = await sessions.seated(session, mock.id)
    mine = next(row for row in rows if row.membership.id == member.id)
    return {
        "number": mock.id,
        **told(mock),
        "full_loop": mock.loop_id,
        "my_part": told(mine.seat),
        "with": [_partner(row) for row in rows if row.membership.id != member.id],
        "asked": await _questions(session, bank, mock, now),
        "my_own_rating": await _own_rating(session, mock, member),
        "feedback_received": await _received(session, mock, member),
        "feedback_given": await _given(session, mock, member, rows),
    }


def _partner(row: Seated) -> Row:
    return {"name": mock_notes.name_of(row.membership) or PARTNER_GONE, "role": row.seat.role}


async def _questions(session: AsyncSession, bank: Bank, mock: MockSession, now: datetime) -> list[str]:
    """What was asked, in the order of the turns; before the end that would spoil the session."""
    if mock.starts_at is None or now < mock_notes.ends_at(mock):
        return []
    by_id = {question.id: question.ask for question in bank.questions}
    asked = [*await sessions.questions(session, mock.id, 1), *await sessions.questions(session, mock.id, 2)]
    return [by_id[each] for each in asked if each in by_id]


async def _own_rating(session: AsyncSession, mock: MockSession, member: Membership) -> Row | None:
    own = (await mock_notes.of_session(session, mock.id)).get((member.id, member.id))
    return told(own) if own else None


async def _received(session: AsyncSession, mock: MockSession, member: Membership) -> list[Row]:
    """What others wrote about the member, as far as it was given to them to read."""
    if not await mock_notes.is_released(session, mock, member.id):
        return []
    found = await mock_feedback.about(session, mock, member.id)
    return [{"from": _partner(row)["name"], **told(note)} for note, row in found]


async def _given(
    session: AsyncSession, mock: MockSession, member: Membership, rows: Sequence[Seated]
) -> list[Row]:
    """What the member wrote about others."""
    names = {row.membership.id: _partner(row)["name"] for row in rows}
    query = select(MockFeedback).where(
        MockFeedback.session_id == mock.id,
        MockFeedback.author_id == member.id,
        MockFeedback.about_id != member.id,
    )
    found = await session.scalars(query.order_by(MockFeedback.id))
    return [{"about": names.get(note.about_id, PARTNER_GONE), **told(note)} for note in found]


# Full loops


async def _loops(session: AsyncSession, member: Membership) -> list[Cast]:
    """The full loops that the member planned, took or sat in."""
    on_panel = select(LoopPanelist.loop_id).where(LoopPanelist.membership_id == member.id)
    query = select(MockLoop.id).where(
        or_(
            MockLoop.candidate_id == member.id,
            MockLoop.planned_by == member.id,
            MockLoop.id.in_(on_panel),
        )
    )
    ids = list(await session.scalars(query.order_by(MockLoop.id)))
    return [await mock_loops.needed(session, loop_id) for loop_id in ids]


async def _loop(session: AsyncSession, cast: Cast, member: Membership) -> Row:
    """One full loop as this member knows it: their own vote, and as its candidate what it came to."""
    mine = next((each.row for each in cast.panel if each.membership.id == member.id), None)
    is_candidate = cast.candidate.id == member.id
    return {
        "number": cast.loop.id,
        **told(cast.loop),
        "planned_by_me": cast.planner.id == member.id,
        "candidate": "me" if is_candidate else _name(cast.candidate),
        "interviewers": [_name(each.membership) for each in cast.panel if each.membership.id != member.id],
        "my_vote": told(mine) if mine else None,
        "outcome": await _outcome(session, cast) if is_candidate else None,
    }


def _name(member: Membership) -> str:
    return mock_notes.name_of(member) or PARTNER_GONE


async def _outcome(session: AsyncSession, cast: Cast) -> Any:
    """What the votes came to, once the candidate was told; how each voted is the panel's."""
    name = memberships.whom(cast.candidate)
    if await deliveries.find(session, "loop_feedback", name, mock_loops.whom(cast.loop)) is None:
        return None
    votes = {str(each.membership.id): Vote(each.row.vote) for each in cast.here if each.row.vote}
    raiser = cast.loop.bar_raiser_id
    return debrief(votes, str(raiser) if raiser is not None else None).sentence
