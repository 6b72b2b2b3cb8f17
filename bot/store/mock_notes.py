"""What the people of a mock session wrote about each other, and who of them may read it yet.

Feedback is about whoever was candidate in a turn. It is *released* to them by owing them its message: both
are in, or time is up (`plans.feedback.is_open`). From then on it stays as it was read.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, mock_sessions
from bot.store.mock_sessions import Seated
from bot.store.tables import Membership, MockFeedback, MockSession
from plans.feedback import DEADLINE, Feedback, Skill, is_open
from plans.mocks import Role

Notes = Mapping[tuple[int, int], MockFeedback]  # by author and whom it is about


def ends_at(mock: MockSession) -> datetime:
    """The end of a session that has a time."""
    if mock.starts_at is None:
        raise ValueError(f"session {mock.id} has no time")
    return mock.starts_at + timedelta(minutes=mock.minutes)


def deadline(mock: MockSession) -> datetime:
    """Until when each waits for the other's answer and feedback."""
    return ends_at(mock) + DEADLINE


def candidates(mock: MockSession, rows: Sequence[Seated]) -> list[Seated]:
    """Who is candidate in a turn: with a swap both of the first two, never a mentor, an observer, nobody."""
    roles = {Role.CANDIDATE, Role.INTERVIEWER} if mock.swaps else {Role.CANDIDATE}
    return [
        row
        for row in mock_sessions.coming(rows)
        if Role(row.seat.role) in roles
        and row.membership.role != "mentor"
        and row.membership.status != "forgotten"
    ]


def partners(rows: Sequence[Seated], member_id: int) -> list[Seated]:
    """The others who interview or are interviewed; who only observes may write, but nobody waits for it."""
    return [
        row
        for row in mock_sessions.coming(rows)
        if row.membership.id != member_id and row.seat.role != Role.OBSERVER
    ]


def others_to_rate(mock: MockSession, rows: Sequence[Seated], author_id: int) -> list[Seated]:
    """Whom this person can give feedback to."""
    return [row for row in candidates(mock, rows) if row.membership.id != author_id]


def rates_self(mock: MockSession, rows: Sequence[Seated], author_id: int) -> bool:
    """Whether this person was a candidate and can rate themselves beside their partner."""
    return author_id in {row.membership.id for row in candidates(mock, rows)}


async def of_session(session: AsyncSession, mock_id: int) -> Notes:
    """Everything that was written after a session, ratings of oneself included."""
    found = await session.scalars(
        select(MockFeedback).where(MockFeedback.session_id == mock_id).order_by(MockFeedback.id)
    )
    return {(note.author_id, note.about_id): note for note in found}


async def write(
    session: AsyncSession, mock: MockSession, author_id: int, about_id: int, said: Feedback, now: datetime
) -> MockFeedback:
    """Keep what one person says about another or about themselves; a second time replaces the first."""
    note = (await of_session(session, mock.id)).get((author_id, about_id))
    if note is None:
        note = MockFeedback(session_id=mock.id, author_id=author_id, about_id=about_id, goal_id=None)
        session.add(note)
    note.ratings = {skill.value: value for skill, value in said.ratings.items()}
    note.improvements = list(said.improvements)
    note.strength = said.strength
    note.given_at = now
    await session.flush()
    return note


def as_said(note: MockFeedback) -> Feedback:
    """A stored note as a value."""
    ratings = {Skill(skill): int(value) for skill, value in note.ratings.items()}
    return Feedback(ratings=ratings, improvements=tuple(note.improvements), strength=note.strength)


def is_complete(mock: MockSession, rows: Sequence[Seated], notes: Notes, author_id: int) -> bool:
    """Whether this person has written what the others wait for: about them, or else about themselves."""
    targets = [row.membership.id for row in others_to_rate(mock, rows, author_id)] or [author_id]
    return all((author_id, about_id) in notes for about_id in targets)


def may_be_read(
    mock: MockSession, rows: Sequence[Seated], notes: Notes, reader_id: int, now: datetime
) -> bool:
    """Whether a candidate may read what was written about them, if there is anything.

    A full loop releases its feedback with the debrief; here it is never open by itself.
    """
    from_others = [note for (author, about), note in notes.items() if reader_id == about != author]
    if mock.loop_id is not None or not from_others:
        return False
    all_in = all((row.membership.id, reader_id) in notes for row in partners(rows, reader_id))
    return is_open(
        mine_given=is_complete(mock, rows, notes, reader_id),
        theirs_given=all_in or now >= deadline(mock),  # an observer's words do not wait for ever
        now=now,
        deadline=deadline(mock),
    )


def message_of(mock: MockSession) -> tuple[str, str]:
    """The kind and the period of the delivery that brings feedback on this session to a candidate."""
    return ("loop_feedback", f"l{mock.loop_id}") if mock.loop_id else ("feedback", f"s{mock.id}")


async def is_released(session: AsyncSession, mock: MockSession, reader_id: int) -> bool:
    """Whether a candidate was given what was written about them; it can no longer be changed."""
    kind, period = message_of(mock)
    return await deliveries.find(session, kind, f"m{reader_id}", period) is not None


async def still_open(
    session: AsyncSession, mock: MockSession, rows: Sequence[Seated], author_id: int
) -> list[Seated]:
    """Whom this person can write about now: what was given to read stays, what was never written can come.

    Who has read their feedback rates themselves no more: that would no longer be their own eye.
    """
    notes = await of_session(session, mock.id)
    found = []
    for row in candidates(mock, rows):
        about_id = row.membership.id
        is_out = await is_released(session, mock, about_id)
        if not is_out or (about_id != author_id and (author_id, about_id) not in notes):
            found.append(row)
    return found


def name_of(membership: Membership) -> str | None:
    """The author's name; none for a partner who has left."""
    return membership.name if membership.status == "active" else None
