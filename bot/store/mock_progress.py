"""What a member's mocks add up to: skills, reliability. Private; matching may use it, in silence.

Only feedback that its reader has been given counts, from sessions that were held.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import mock_notes
from bot.store.mock_sessions import COMING
from bot.store.tables import Delivery, MockFeedback, MockSeat, MockSession
from plans import reliability as reliabilities
from plans.feedback import Feedback, readiness
from plans.mocks import Role
from plans.reliability import Incident
from plans.verdict import Answer, judge

WEAK, STRONG = 3.0, 4.0  # an average below the one, or of at least the other


@dataclass(frozen=True)
class Piece:
    """One held session as evidence: what the partner said, and what the candidate said of themselves."""

    session_id: int
    starts_at: datetime
    partner: Feedback
    own: Feedback | None


async def evidence(session: AsyncSession, membership_ids: Collection[int]) -> dict[int, tuple[Piece, ...]]:
    """Every member's held sessions with feedback that they have read, oldest first.

    Of several who wrote, whoever interviewed counts, not the observer.
    """
    released = await _released(session, membership_ids)
    query = (
        select(MockFeedback, MockSession)
        .join(MockSession, MockSession.id == MockFeedback.session_id)
        .join(
            MockSeat,
            (MockSeat.session_id == MockSession.id) & (MockSeat.membership_id == MockFeedback.author_id),
        )
        .where(MockFeedback.about_id.in_(membership_ids), MockSession.state == "held")
        .order_by(
            MockSession.starts_at, MockSession.id, MockSeat.role == Role.OBSERVER.value, MockFeedback.id
        )
    )
    partners: dict[tuple[int, int], tuple[MockSession, MockFeedback]] = {}
    own: dict[tuple[int, int], Feedback] = {}
    for note, mock in await session.execute(query):
        key = (note.about_id, mock.id)
        if note.author_id == note.about_id:
            own[key] = mock_notes.as_said(note)
        elif (note.about_id, mock_notes.message_of(mock)) in released:
            partners.setdefault(key, (mock, note))
    found: dict[int, list[Piece]] = {}
    for (member_id, mock_id), (mock, note) in partners.items():
        piece = Piece(
            mock_id, mock.starts_at or mock.made_at, mock_notes.as_said(note), own.get((member_id, mock_id))
        )
        found.setdefault(member_id, []).append(piece)
    return {member_id: tuple(pieces) for member_id, pieces in found.items()}


async def _released(
    session: AsyncSession, membership_ids: Collection[int]
) -> set[tuple[int, tuple[str, str]]]:
    """Which feedback was given to read: by reader, with its message's kind and period."""
    query = select(Delivery.whom, Delivery.kind, Delivery.period).where(
        Delivery.kind.in_(("feedback", "loop_feedback")),
        Delivery.whom.in_([f"m{member_id}" for member_id in membership_ids]),
    )
    return {(int(whom[1:]), (kind, period)) for whom, kind, period in await session.execute(query)}


async def skills(
    session: AsyncSession, membership_ids: Collection[int]
) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """The weak and the strong skills of who has any, by their averages over the latest five sessions.

    Weak is below 3, strong at least 4 (ours; below 3 is where the weekly focus shifts, too).
    """
    found = {}
    for member_id, pieces in (await evidence(session, membership_ids)).items():
        averages = averages_of(pieces)
        weak = frozenset(skill for skill, average in averages.items() if average < WEAK)
        strong = frozenset(skill for skill, average in averages.items() if average >= STRONG)
        if weak or strong:
            found[member_id] = (weak, strong)
    return found


def averages_of(pieces: Sequence[Piece]) -> dict[str, float]:
    """The average of each skill over the latest sessions."""
    found = readiness([(piece.starts_at.astimezone(UTC).date(), piece.partner) for piece in pieces])
    return {skill.value: average for skill, average in found.averages.items()} if found else {}


async def reliability(
    session: AsyncSession, membership_ids: Collection[int], today: date
) -> dict[int, float]:
    """How far each member's mocks took place as agreed, from 0 to 1 (`plans.reliability`).

    Only what nobody contradicts counts against somebody, and late cancellations. Never shown to anybody.
    """
    query = (
        select(MockSeat, MockSession)
        .join(MockSession, MockSession.id == MockSeat.session_id)
        .where(
            MockSeat.session_id.in_(
                select(MockSeat.session_id).where(MockSeat.membership_id.in_(membership_ids))
            )
        )
    )
    sessions: dict[int, tuple[MockSession, list[MockSeat]]] = {}
    for seat, mock in await session.execute(query):
        sessions.setdefault(mock.id, (mock, []))[1].append(seat)
    incidents: dict[int, list[Incident]] = {}
    held: dict[int, list[date]] = {}
    for mock, seats in sessions.values():
        absent = absentees(mock, seats)
        on = (mock.starts_at or mock.closed_at or mock.made_at).astimezone(UTC).date()
        for seat in seats:
            if seat.late:
                incidents.setdefault(seat.membership_id, []).append(Incident(kind="late_cancel", on=on))
            elif seat.membership_id in absent:
                incidents.setdefault(seat.membership_id, []).append(Incident(kind="no_show", on=on))
            elif mock.state == "held" and seat.state in COMING:
                held.setdefault(seat.membership_id, []).append(on)
    return {
        each: reliabilities.score(incidents.get(each, []), held.get(each, []), today)
        for each in membership_ids
    }


def absentees(mock: MockSession, seats: Sequence[MockSeat]) -> frozenset[int]:
    """Who was expected in a session that is over and was not there, as far as nobody contradicts it.

    The others of a missed session waited in vain: they come first when the next round is matched.
    """
    if mock.state not in ("held", "missed") or mock.loop_id is not None:
        return frozenset()
    return judge(answers_of(seats)).absent


def answers_of(seats: Sequence[MockSeat]) -> dict[int, Answer | None]:
    """What everybody who was expected says, by membership."""
    return {
        seat.membership_id: Answer(seat.answered) if seat.answered else None
        for seat in seats
        if seat.state in COMING
    }


async def of_member(session: AsyncSession, member_id: int, most: int) -> list[MockSession]:
    """A member's newest sessions, oldest first; without the rounds of full loops."""
    query = (
        select(MockSession)
        .join(MockSeat, MockSeat.session_id == MockSession.id)
        .where(MockSeat.membership_id == member_id, MockSession.loop_id.is_(None))
        .order_by(MockSession.id.desc())
        .limit(most)
    )
    return sorted(await session.scalars(query), key=lambda mock: (mock.starts_at or mock.made_at, mock.id))
