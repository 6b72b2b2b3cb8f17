"""When a mock is over: asking how it was, deciding at the deadline, bringing feedback to its reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import memberships, mock_counts, mock_feedback, mock_notes, mock_sessions
from bot.store.mock_sessions import Seated
from bot.store.tables import Delivery, Goal, Membership, MockFeedback, MockSession, Timer
from bot.views import mock_feedback as view
from bot.views import mock_reading
from bot.views.words import short_date
from plans import feedback
from plans.mocks import Kind, Role
from plans.questions import Bank


async def ring_after(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """A session's time is over: owe the question how it was."""
    mock = await mock_sessions.get(session, int(timer.whom[1:]))
    if mock is not None:
        await mock_feedback.ask(session, mock, now)


async def ring_verdict(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """Two days later: what is known now decides, and feedback waits no longer."""
    mock = await mock_sessions.get(session, int(timer.whom[1:]))
    if mock is not None:
        await mock_feedback.decide(session, mock, now)


# Did it happen?


async def compose_after(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """The question as it now stands for one person; nothing new for who has left or in a resting group."""
    member = await memberships.get(session, int(delivery.whom[1:]))
    number, _, _ = delivery.period[1:].partition("v")
    mock = await mock_sessions.get(session, int(number))
    if mock is None:
        return None
    is_here = member.status == "active" and await mock_feedback.is_awake(session, mock)
    if delivery.state != "sent" and not is_here:
        return None
    rows = await mock_sessions.seated(session, mock.id)
    mine = next((row for row in mock_sessions.coming(rows) if row.membership.id == member.id), None)
    if mine is None:
        return None
    asked = await _asked(session, mock, rows, mine, delivery.period, now)
    return Letter(delivery.channel or member.user_id, view.after(asked))


async def _asked(
    session: AsyncSession,
    mock: MockSession,
    rows: Sequence[Seated],
    mine: Seated,
    period: str,
    now: datetime,
) -> view.Asked:
    member = mine.membership
    others = [row for row in mock_sessions.coming(rows) if row.membership.id != member.id]
    if mine.seat.role != Role.OBSERVER:
        others = mock_notes.partners(rows, member.id)
    known = _Known(mock, await mock_notes.of_session(session, mock.id), member.id)
    readers = mock_notes.others_to_rate(mock, rows, member.id)
    is_over = mock.starts_at is not None and now >= mock_notes.deadline(mock)
    released = [await mock_notes.is_released(session, mock, row.membership.id) for row in readers]
    is_candidate = mock_notes.rates_self(mock, rows, member.id)
    return view.Asked(
        session_id=mock.id,
        kind=Kind(mock.kind),
        when=view.moment(mock.starts_at, member.timezone),
        until=view.moment(mock_notes.deadline(mock) if mock.starts_at else None, member.timezone),
        others=[row.membership.name for row in others],
        readers=[row.membership.name for row in readers],
        answer=mine.seat.answered,
        state=mock.state,
        given=known.is_given([row.membership.id for row in readers] or [member.id]),
        writable=bool(await mock_notes.still_open(session, mock, rows, member.id)),
        counted=await mock_counts.is_counted(session, mock, mine),
        is_read=bool(released) and all(released),
        received=await mock_notes.is_released(session, mock, member.id),
        waits_in_vain=is_candidate and is_over and not known.is_written_about,
        outdated=period != mock_feedback.asked_period(mock),
    )


@dataclass(frozen=True)
class _Known:
    """What was written after a session, seen from one of its people."""

    mock: MockSession
    notes: mock_notes.Notes
    member_id: int

    def is_given(self, about: Sequence[int]) -> bool:
        """Whether they have written about one of these."""
        return any((self.member_id, about_id) in self.notes for about_id in about)

    @property
    def is_written_about(self) -> bool:
        """Whether another person has written about them."""
        return any(about == self.member_id != author for author, about in self.notes)


# Reading feedback


async def compose_feedback(
    session: AsyncSession, delivery: Delivery, _now: datetime, *, bank: Bank
) -> Letter | None:
    """What others wrote about a candidate. It arrives also if they have left since, or the group rests."""
    member = await memberships.get(session, int(delivery.whom[1:]))
    mock = await mock_sessions.get(session, int(delivery.period[1:]))
    if mock is None or (delivery.state != "sent" and member.status != "active"):
        return None
    written = await mock_feedback.about(session, mock, member.id)
    if not written:
        return None
    facts = await received(session, mock, member, written, bank)
    return Letter(delivery.channel or member.user_id, mock_reading.received(facts))


async def received(
    session: AsyncSession,
    mock: MockSession,
    member: Membership,
    written: Sequence[tuple[MockFeedback, Seated]],
    bank: Bank,
) -> mock_reading.Received:
    """The feedback on one session with what it adds up to; also for each round of a full loop."""
    notes = await mock_notes.of_session(session, mock.id)
    own = notes.get((member.id, member.id))
    pieces = (await mock_feedback.evidence(session, [member.id])).get(member.id, ())
    until = [piece for piece in pieces if mock.starts_at is None or piece.starts_at <= mock.starts_at]
    first = mock_notes.as_said(written[0][0])
    means = [feedback.average(piece.partner) for piece in until]
    calibration = feedback.calibration([(piece.own, piece.partner) for piece in until if piece.own])
    return mock_reading.Received(
        session_id=mock.id,
        kind=Kind(mock.kind),
        when=view.moment(mock.starts_at, member.timezone),
        papers=[_paper(note, row) for note, row in written],
        own=own.ratings if own else {},
        questions=await _questions(session, mock, member, bank),
        averages=mock_feedback.averages_of(until),
        sessions=min(len(until), feedback.LATEST),
        calibration=calibration.sentence if calibration else "",
        falling=feedback.falling(means),
        weakest=feedback.weakest(first),
        goal=await _goal(session, written[0][0]),
    )


def _paper(note: MockFeedback, row: Seated) -> mock_reading.Paper:
    return mock_reading.Paper(
        author=mock_notes.name_of(row.membership),
        observer=row.seat.role == Role.OBSERVER,
        ratings=note.ratings,
        improvements=note.improvements,
        strength=note.strength,
    )


async def _questions(session: AsyncSession, mock: MockSession, member: Membership, bank: Bank) -> list[str]:
    """What the candidate was asked, as it was said; a question that the bank has no more is left out."""
    seats = {row.membership.id: row.seat for row in await mock_sessions.seated(session, mock.id)}
    turn = 2 if seats[member.id].role == Role.INTERVIEWER else 1
    ids = set(await mock_sessions.questions(session, mock.id, turn))
    return [question.ask for question in bank.questions if question.id in ids]


async def _goal(session: AsyncSession, note: MockFeedback) -> str:
    """Where the goal for the weakest skill stands."""
    if note.goal_id is None:
        return ""
    goal = await session.get_one(Goal, note.goal_id)
    return mock_reading.planned(goal.text, short_date(goal.due_on))
