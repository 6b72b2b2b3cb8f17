"""Mock sessions: who sits in them, when they are, what is asked, what became of them.

How a time is found for one is in `mock_times`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, enrolments, timers
from bot.store.tables import Group, Membership, MockQuestion, MockSeat, MockSession
from plans import mocks
from plans.availability import Interval
from plans.mocks import Kind, Role, Style
from plans.model import Level
from plans.questions import Bank, Subject, choose

ALIVE = ("proposed", "agreed")
COMING = ("invited", "in")  # the states of a seat whose person is still expected
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
REMINDERS = ("dayahead", "hourahead")
ROOMS = tuple(f"room{number or ''}" for number in range(3))  # a three that loses somebody gets a new one
SET_ASIDE = 0  # the turn of a question that was handed out and is not asked any more
ROLES = (Role.INTERVIEWER, Role.CANDIDATE, Role.OBSERVER)  # the order in which people are named


class Place(NamedTuple):
    """Who gets which seat; `style` is how this candidate is to be interviewed."""

    membership_id: int
    role: Role
    style: Style | None = None


class Seated(NamedTuple):
    """A seat with the person in it."""

    seat: MockSeat
    membership: Membership


def whom(mock: MockSession) -> str:
    """How timers and deliveries name a session."""
    return f"s{mock.id}"


async def create(
    session: AsyncSession,
    *,
    group_id: int,
    kind: Kind,
    minutes: int,
    swaps: bool,
    places: Sequence[Place],
    slots: Sequence[Interval],
    reason: str,
    seed: int,
    now: datetime,
    round_id: int | None = None,
    ask_id: int | None = None,
    loop_id: int | None = None,
    subject: str | None = None,
    starts_at: datetime | None = None,
) -> MockSession:
    """Seat people in a new session; with `starts_at` its time is agreed already."""
    mock = MockSession(
        group_id=group_id,
        round_id=round_id,
        ask_id=ask_id,
        loop_id=loop_id,
        kind=kind.value,
        subject=subject,
        minutes=minutes,
        swaps=swaps,
        state="agreed" if starts_at else "proposed",
        slots=[[start.isoformat(), end.isoformat()] for start, end in slots],
        starts_at=starts_at,
        reason=reason,
        seed=seed,
        made_at=now,
    )
    session.add(mock)
    await session.flush()
    for place in places:
        session.add(
            MockSeat(
                session_id=mock.id,
                membership_id=place.membership_id,
                role=place.role.value,
                style=place.style.value if place.style else None,
                state="invited",
                picks=[],
            )
        )
    await session.flush()
    return mock


async def get(session: AsyncSession, mock_id: int) -> MockSession | None:
    """The session with this id."""
    return await session.get(MockSession, mock_id)


async def seated(session: AsyncSession, mock_id: int) -> list[Seated]:
    """Everybody who has or had a seat: the interviewer of the first turn, the candidate, an observer."""
    query = (
        select(MockSeat, Membership)
        .join(Membership, Membership.id == MockSeat.membership_id)
        .where(MockSeat.session_id == mock_id)
    )
    rows = [Seated(seat, membership) for seat, membership in await session.execute(query)]
    return sorted(rows, key=lambda row: (ROLES.index(Role(row.seat.role)), row.seat.id))


def coming(rows: Sequence[Seated]) -> list[Seated]:
    """Who of them is still expected."""
    return [row for row in rows if row.seat.state in COMING]


def zones(rows: Sequence[Seated]) -> list[tuple[str, str]]:
    """The names and the time zones of who is expected, the interviewer first."""
    return [(row.membership.name, row.membership.timezone) for row in coming(rows)]


def begins_later(mock: MockSession, now: datetime) -> bool:
    """Whether a living session has not begun at `now`."""
    return mock.state in ALIVE and (mock.starts_at is None or mock.starts_at > now)


def room_of(rows: Sequence[Seated]) -> str:
    """The period of the delivery that opened the present people's room: one more for each who is gone."""
    return ROOMS[min(len(rows) - len(coming(rows)), len(ROOMS) - 1)]


async def known_questions(session: AsyncSession, memberships: Collection[Membership]) -> set[str]:
    """What any of these people has been asked, has asked, or has heard, in any group of theirs."""
    users = {(member.workspace_id, member.user_id) for member in memberships}
    query = (
        select(MockQuestion.question)
        .join(MockSeat, MockSeat.session_id == MockQuestion.session_id)
        .join(Membership, Membership.id == MockSeat.membership_id)
        .where(
            Membership.workspace_id.in_([workspace for workspace, _ in users]),
            Membership.user_id.in_([user for _, user in users]),
        )
    )
    return set(await session.scalars(query.distinct()))


# Questions


async def hand_out(session: AsyncSession, bank: Bank, mock: MockSession, seats: Sequence[Seated]) -> None:
    """Choose each turn's questions: at the level of its candidate, and new to everybody in the session.

    Where the bank has fewer that are new, there are fewer. A second call chooses anew; what was handed out
    before is set aside and counts as known, for somebody may have read it.
    """
    known = await known_questions(session, [row.membership for row in seats])
    await session.execute(
        update(MockQuestion).where(MockQuestion.session_id == mock.id).values(turn=SET_ASIDE)
    )
    for turn, candidate in _candidates(mock, seats):
        level = await level_of(session, candidate)
        position = 0
        for subject, many in _wanted(mock, turn):
            for question in choose(bank, subject, level, known=known, seed=mock.seed + turn, many=many):
                known.add(question.id)
                position += 1
                session.add(
                    MockQuestion(session_id=mock.id, turn=turn, position=position, question=question.id)
                )
    await session.flush()


def _candidates(mock: MockSession, seats: Sequence[Seated]) -> list[tuple[int, Membership]]:
    """The candidate of each turn; after the swap it is the first turn's interviewer."""
    sitting = {Role(row.seat.role): row.membership for row in coming(seats)}
    turns = ((1, Role.CANDIDATE), (2, Role.INTERVIEWER)) if mock.swaps else ((1, Role.CANDIDATE),)
    return [(turn, sitting[role]) for turn, role in turns if role in sitting]


def _wanted(mock: MockSession, turn: int) -> Sequence[tuple[Subject, int]]:
    """The subjects of a turn and how many questions of each; a round of a full loop has one subject."""
    if mock.subject is not None:
        subject = Subject(mock.subject)
        return [(subject, mocks.how_many(subject, mock.minutes))]
    return mocks.subjects(Kind(mock.kind), mock.minutes, swap=mock.swaps, turn=turn)


async def level_of(session: AsyncSession, member: Membership) -> Level:
    """The level that the member prepares for; L6 if nobody knows."""
    enrolment = await enrolments.current(session, member.id)
    return Level(enrolment.level) if enrolment else Level.L6


async def questions(session: AsyncSession, mock_id: int, turn: int) -> list[str]:
    """The ids of a turn's questions, in order."""
    query = select(MockQuestion.question).where(MockQuestion.session_id == mock_id, MockQuestion.turn == turn)
    return list(await session.scalars(query.order_by(MockQuestion.position, MockQuestion.id)))


def interviews_in(mock: MockSession, seat: MockSeat) -> list[int]:
    """The turns in which this seat interviews."""
    if seat.role == Role.INTERVIEWER:
        return [1]
    return [2] if mock.swaps and seat.role == Role.CANDIDATE else []


# Its time


async def agree(session: AsyncSession, mock: MockSession, starts_at: datetime, now: datetime) -> None:
    """Everybody can at `starts_at`: the reminders are set, the calendar file is owed, the rooms redrawn.

    A reminder whose moment has passed is left out; who agrees within a day of the start has confirmed by it.
    """
    if mock.state == "agreed" and mock.starts_at == starts_at:
        return
    mock.state, mock.starts_at = "agreed", starts_at
    mock.sequence += 1
    for row in coming(await seated(session, mock.id)):
        row.seat.picks = [starts_at.isoformat()]
        row.seat.confirmed_at = now if starts_at - now < DAY else None
        row.seat.answered = row.seat.answered_at = None  # an earlier "we moved it" is dealt with
    await set_reminders(session, mock, now)
    await _owe_invitation(session, mock, now, expires_at=starts_at)
    await redraw(session, mock)


async def set_reminders(session: AsyncSession, mock: MockSession, now: datetime) -> None:
    """Let the timers of an agreed session follow its time; those of another time ring no more."""
    name = whom(mock)
    await timers.stop(session, name, "answer", "verdict", *REMINDERS, "after")
    if mock.starts_at is None or mock.loop_id is not None:
        return
    rings = (
        ("dayahead", mock.starts_at - DAY),
        ("hourahead", mock.starts_at - HOUR),
        ("after", mock.starts_at + timedelta(minutes=mock.minutes)),
    )
    for kind, due_at in rings:
        if due_at > now:
            await timers.set_next(session, kind, name, due_at.date(), due_at)


async def _owe_invitation(
    session: AsyncSession, mock: MockSession, now: datetime, *, expires_at: datetime
) -> None:
    if mock.loop_id is not None:
        return
    await deliveries.owe(
        session,
        "invitation",
        workspace_id=await _workspace(session, mock),
        whom=whom(mock),
        period=f"v{mock.sequence}",
        due_at=now,
        expires_at=max(expires_at, now + HOUR),
    )


async def owe_room(session: AsyncSession, mock: MockSession, now: datetime) -> None:
    """Owe the people of a session their room, until its last possible hour has passed."""
    ends = [datetime.fromisoformat(end) for _, end in mock.slots]
    await deliveries.owe(
        session,
        "session",
        workspace_id=await _workspace(session, mock),
        whom=whom(mock),
        period=room_of(await seated(session, mock.id)),
        due_at=now,
        expires_at=mock.starts_at or max([*ends, now + DAY]),
    )


async def _workspace(session: AsyncSession, mock: MockSession) -> str:
    group = await session.get_one(Group, mock.group_id)
    return group.workspace_id


async def redraw(session: AsyncSession, mock: MockSession) -> None:
    """Ask that everything that shows the session be drawn again."""
    if mock.loop_id is not None:
        await deliveries.want_redraw(session, "loop", f"l{mock.loop_id}", "room")
    await deliveries.want_redraw(session, "session", whom(mock), *ROOMS)
    versions = [f"v{number}" for number in range(1, mock.sequence + 1)]  # those of another time say so
    for kind in REMINDERS:
        await deliveries.want_redraw(session, kind, whom(mock), *versions)
    for row in await seated(session, mock.id):
        name = f"m{row.membership.id}"
        for period in (whom(mock), *(f"{whom(mock)}-{version[1:]}" for version in versions)):
            await deliveries.want_redraw(session, "unanswered", name, period)
        asked = (whom(mock), *(f"{whom(mock)}{version}" for version in versions))
        await deliveries.want_redraw(session, "after", name, *asked)


# Its end


async def close(session: AsyncSession, mock: MockSession, state: str, now: datetime) -> None:
    """End a session that does not take place: nothing rings any more, calendars are told, rooms redrawn.

    `state` is "cancelled" or "dissolved". Closing twice is closing once.
    """
    mock.state = state
    if mock.closed_at is None:
        mock.closed_at = now
        await timers.stop(session, whom(mock))
        if mock.sequence:
            mock.sequence += 1
            await _owe_invitation(session, mock, now, expires_at=now + DAY)
    await redraw(session, mock)


async def vacate(session: AsyncSession, mock: MockSession, seat: MockSeat, state: str, now: datetime) -> None:
    """Somebody does not come ("cancelled", "left", "silent"): at once the others are matched anew.

    A full loop, of which this is a round, gets a new day.
    """
    seat.state = state
    seat.picks = []
    kind, name = ("rematch", whom(mock)) if mock.loop_id is None else ("loop_anew", f"l{mock.loop_id}")
    await timers.set_next(session, kind, name, now.date(), now)
    await redraw(session, mock)


async def of_member(session: AsyncSession, membership_id: int) -> list[tuple[MockSession, MockSeat]]:
    """The living sessions in which a member is expected."""
    query = (
        select(MockSession, MockSeat)
        .join(MockSeat, MockSeat.session_id == MockSession.id)
        .where(
            MockSeat.membership_id == membership_id,
            MockSeat.state.in_(COMING),
            MockSession.state.in_(ALIVE),
        )
        .order_by(MockSession.id)
    )
    return [(mock, seat) for mock, seat in await session.execute(query)]


async def free(session: AsyncSession, membership: Membership, now: datetime) -> None:
    """Take who leaves out of every session that has not begun; the others are matched anew."""
    for mock, seat in await of_member(session, membership.id):
        if begins_later(mock, now):
            await vacate(session, mock, seat, "left", now)


async def redraw_of(session: AsyncSession, membership: Membership) -> None:
    """Draw a member's sessions again, for their zone or their name has changed."""
    for mock, _ in await of_member(session, membership.id):
        await redraw(session, mock)


async def go_on_without(session: AsyncSession, bank: Bank, mock: MockSession, now: datetime) -> None:
    """Let the two who are left of a three go on, in a room of their own.

    The observer takes the empty seat. If the candidate of a turn is another one now, so are its questions.
    Two peers change roles half-way, also where a mentor was to interview throughout.
    """
    rows = await seated(session, mock.id)
    here = coming(rows)
    before = _candidates(mock, rows)
    taken = {Role(row.seat.role) for row in here}
    empty = [role for role in (Role.INTERVIEWER, Role.CANDIDATE) if role not in taken]
    for row in here:
        if row.seat.role == Role.OBSERVER and empty:
            row.seat.role = empty.pop(0).value
    mock.swaps = all(row.membership.role != "mentor" for row in here)
    if _candidates(mock, rows) != before:
        await hand_out(session, bank, mock, here)
    await session.flush()
    await owe_room(session, mock, now)
    await redraw(session, mock)
