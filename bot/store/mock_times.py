"""How the people of a mock session find a time: slots, other times, who said yes, reminders."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, mock_sessions, timers
from bot.store.mock_sessions import DAY, REMINDERS, Seated, coming, seated, whom
from bot.store.tables import MockSeat, MockSession

LAST_CALL = timedelta(hours=12)  # before the last slot, silence is an answer


def slots(mock: MockSession, now: datetime) -> list[datetime]:
    """When the session may begin, as far as it is still to come, earliest first."""
    starts = {datetime.fromisoformat(start).astimezone(UTC) for start, _ in mock.slots}
    return sorted(start for start in starts if start > now)


def picks(seat: MockSeat) -> set[datetime]:
    """The beginnings that suit this person."""
    return {datetime.fromisoformat(start).astimezone(UTC) for start in seat.picks}


def common(mock: MockSession, rows: Sequence[Seated], now: datetime) -> datetime | None:
    """The earliest beginning that suits everybody and is not the one agreed already."""
    here = coming(rows)
    if len(here) < 2:
        return None
    shared = set.intersection(*(picks(row.seat) for row in here))
    return min((start for start in shared if start > now and start != mock.starts_at), default=None)


async def pick(
    session: AsyncSession, mock: MockSession, seat: MockSeat, starts: Sequence[datetime], now: datetime
) -> bool:
    """These beginnings suit this person, too; true if that made a time for everybody.

    A beginning that was not proposed before becomes a slot for the others.
    """
    known = set(slots(mock, now))
    added = sorted({start.astimezone(UTC) for start in starts} - known)
    length = timedelta(minutes=mock.minutes)
    mock.slots = [*mock.slots, *([start.isoformat(), (start + length).isoformat()] for start in added)]
    seat.picks = sorted({*seat.picks, *(start.astimezone(UTC).isoformat() for start in starts)})
    seat.state = "in"
    await session.flush()
    found = common(mock, await seated(session, mock.id), now)
    if found is not None:
        await mock_sessions.agree(session, mock, found, now)
        return True
    if mock.state == "proposed" and added:
        await await_answers(session, mock, now)
    await mock_sessions.redraw(session, mock)
    return False


async def postpone(
    session: AsyncSession, mock: MockSession, seat: MockSeat, said: str, now: datetime
) -> None:
    """Somebody needs another time: an agreed one holds no more, and the times that are left stand again."""
    seat.said = said
    if mock.state == "agreed" and mock.starts_at is not None:
        gone = mock.starts_at
        mock.slots = [slot for slot in mock.slots if datetime.fromisoformat(slot[0]) != gone]
        mock.state, mock.starts_at = "proposed", None
        await timers.stop(session, whom(mock), *REMINDERS, "after")
        for row in coming(await seated(session, mock.id)):
            row.seat.picks = [start for start in row.seat.picks if datetime.fromisoformat(start) != gone]
            row.seat.confirmed_at = None
        await await_answers(session, mock, now)
    await mock_sessions.redraw(session, mock)


async def give_up(session: AsyncSession, mock: MockSession, seat: MockSeat, said: str, now: datetime) -> None:
    """Somebody cannot come this week; within a day of the start that is late."""
    seat.said = said
    seat.late = mock.starts_at is not None and mock.starts_at - now < DAY
    await mock_sessions.vacate(session, mock, seat, "cancelled", now)


async def confirm(session: AsyncSession, mock: MockSession, seat: MockSeat, now: datetime) -> None:
    """Somebody says that they will be there."""
    seat.confirmed_at = seat.confirmed_at or now
    seat.state = "in"
    await mock_sessions.redraw(session, mock)


def unconfirmed(rows: Sequence[Seated]) -> list[Seated]:
    """Who has not said yet that they will be there."""
    return [row for row in coming(rows) if row.seat.confirmed_at is None]


async def await_answers(session: AsyncSession, mock: MockSession, now: datetime) -> None:
    """Look after a day, and half a day before the last slot at the latest, who has picked no time."""
    due_at = _next_look(mock, now)
    await timers.set_next(session, "answer", whom(mock), due_at.date(), due_at)


def _next_look(mock: MockSession, now: datetime) -> datetime:
    """In a day, or earlier if the last slot is near; at last when it has come."""
    ahead = slots(mock, now)
    if not ahead:
        return now + DAY  # nothing is left to pick: a day to propose another time
    soonest = min(now + DAY, ahead[-1] - LAST_CALL)
    return soonest if soonest > now else ahead[-1]


async def look_for_answers(session: AsyncSession, mock: MockSession, now: datetime) -> None:
    """Ask who has picked nothing; who was asked before and stays silent loses the seat, kindly.

    When the last slot has passed without a common one, the session ends.
    """
    if not slots(mock, now):
        await mock_sessions.close(session, mock, "cancelled", now)
        return
    silent = False
    for row in coming(await seated(session, mock.id)):
        if row.seat.picks:
            continue
        if await _ask_or_find_asked(session, mock, row, now):
            silent = True
            await mock_sessions.vacate(session, mock, row.seat, "silent", now)
    if silent:
        await timers.stop(session, whom(mock), "answer")
    else:
        await await_answers(session, mock, now)


async def _ask_or_find_asked(session: AsyncSession, mock: MockSession, row: Seated, now: datetime) -> bool:
    """Owe this person the question which time suits them; true if they have had it."""
    period = unanswered_period(mock)
    if await deliveries.find(session, "unanswered", f"m{row.membership.id}", period) is not None:
        return True
    await deliveries.owe(
        session,
        "unanswered",
        workspace_id=row.membership.workspace_id,
        whom=f"m{row.membership.id}",
        period=period,
        due_at=now,
        expires_at=max(slots(mock, now)),
    )
    return False


def unanswered_period(mock: MockSession) -> str:
    """Once for each time that a time was looked for: again after an agreed one was given up."""
    return f"{whom(mock)}-{mock.sequence}" if mock.sequence else whom(mock)


async def find_another(
    session: AsyncSession, mock: MockSession, seat: MockSeat, now: datetime
) -> list[Seated]:
    """Who waits wants somebody who answers: the seats of who has not confirmed become free.

    Returns those people; nobody if everybody has confirmed by now.
    """
    seat.confirmed_at = seat.confirmed_at or now
    gone = unconfirmed(await seated(session, mock.id))
    for row in gone:
        await mock_sessions.vacate(session, mock, row.seat, "silent", now)
    return gone
