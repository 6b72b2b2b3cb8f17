"""What the clock does for mock sessions: asks for a time, reminds, finds somebody else, writes the rooms."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Attachment, Letter
from bot.store import deliveries, groups, memberships, mock_sessions, mock_times, timers
from bot.store.mock_sessions import Seated
from bot.store.tables import Delivery, MockSession, Timer
from bot.views import mock_sessions as view
from bot.views import mock_times as times_view
from bot.views.message import Message
from plans import invitation
from plans.mocks import Kind, Role

FILE = "mock-interview.ics"


async def living(session: AsyncSession, whom: str) -> MockSession | None:
    """The session that a timer or a delivery names; none if its group rests: then nothing is sent."""
    mock = await mock_sessions.get(session, int(whom[1:]))
    if mock is None:
        return None
    group = await groups.get(session, mock.group_id)
    return mock if group.status == "active" else None


async def living_or_ended(session: AsyncSession, timer: Timer, now: datetime) -> MockSession | None:
    """The session that a timer names, if it is still to be; one whose group rests ends without a word."""
    await timers.stop(session, timer.whom, timer.kind)
    mock = await mock_sessions.get(session, int(timer.whom[1:]))
    if mock is None or not mock_sessions.begins_later(mock, now):
        return None
    if await living(session, timer.whom) is None:
        await mock_sessions.close(session, mock, "cancelled", now)
        return None
    return mock


# Rings


async def ring_answer(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """Ask who has picked no time, a day later go on without them."""
    mock = await living_or_ended(session, timer, now)
    if mock is None or mock.state != "proposed":
        return
    await mock_times.look_for_answers(session, mock, now)


async def ring_reminder(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """Owe the reminder of a day or an hour ahead, until it would say something else than the clock."""
    await timers.stop(session, timer.whom, timer.kind)
    mock = await living(session, timer.whom)
    if mock is None or mock.state != "agreed" or mock.starts_at is None or now >= mock.starts_at:
        return
    group = await groups.get(session, mock.group_id)
    await deliveries.owe(
        session,
        timer.kind,
        workspace_id=group.workspace_id,
        whom=timer.whom,
        period=f"v{mock.sequence}",
        due_at=timer.next_due_at,
        expires_at=mock.starts_at - (timedelta(0) if timer.kind == "hourahead" else mock_sessions.HOUR),
    )


# Letters


async def compose_room(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """The room of a session: who, why, when, what; or what became of it."""
    mock = await living(session, delivery.whom)
    if mock is None:
        return None
    rows = await mock_sessions.seated(session, mock.id)
    card = _card(mock, rows, now)
    is_current = delivery.period == mock_sessions.room_of(rows)
    if delivery.state != "sent" and (
        mock.state not in mock_sessions.ALIVE or not is_current or len(card.here) < 2
    ):
        return None
    goes_on = mock.state in mock_sessions.ALIVE and not is_current and len(card.here) > 1
    message = view.moved_on(card) if goes_on else view.room(card)
    return Letter(delivery.channel or _together(rows), message)


async def compose_invitation(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """The calendar file of an agreed time, or the one that takes it back; only the newest counts."""
    mock = await living(session, delivery.whom)
    if mock is None or mock.starts_at is None or delivery.period != f"v{mock.sequence}":
        return None
    rows = await mock_sessions.seated(session, mock.id)
    card = _card(mock, rows, now)
    cancelled = mock.state in ("cancelled", "dissolved")
    content = invitation.calendar_file(
        uid=f"mock-{mock.id}-{mock.seed}@cadence",
        sequence=mock.sequence,
        starts_at=mock.starts_at,
        minutes=mock.minutes,
        title=view.clipped_title(card),
        description=view.description(card),
        made_at=now,
        cancelled=cancelled,
    )
    comment = view.file_comment(card, cancelled=cancelled)
    return Letter(
        delivery.channel or await _address(session, mock, rows),
        Message(comment),
        file=Attachment(FILE, content, view.clipped_title(card)),
    )


async def compose_reminder(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """Still on? With who has said so."""
    mock = await living(session, delivery.whom)
    if mock is None:
        return None
    rows = await mock_sessions.seated(session, mock.id)
    is_current = mock.state == "agreed" and delivery.period == f"v{mock.sequence}"
    if delivery.state != "sent" and (not is_current or len(mock_sessions.coming(rows)) < 2):
        return None
    if is_current:
        message = times_view.reminder(_card(mock, rows, now), hour=delivery.kind == "hourahead")
    else:
        message = times_view.past() if mock.state in view.PAST else times_view.outdated()
    return Letter(delivery.channel or await _address(session, mock, rows), message)


async def compose_unanswered(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """Which time suits you? To one who has picked none; afterwards what came of it."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    mock = await living(session, f"s{delivery.period[1:].partition('-')[0]}")
    if mock is None or membership.status != "active":
        return None
    rows = await mock_sessions.seated(session, mock.id)
    mine = next((row for row in mock_sessions.coming(rows) if row.membership.id == membership.id), None)
    asks = mock.state == "proposed" and mine is not None and not mine.seat.picks
    if delivery.state != "sent" and not asks:
        return None
    card = _card(mock, rows, now)
    if asks:
        others = [row.membership.name for row in mock_sessions.coming(rows) if row is not mine]
        message = times_view.unanswered(card, others)
    else:
        is_on = mock.state in mock_sessions.ALIVE and mine is not None
        message = times_view.answered(card) if is_on else times_view.no_longer_asked()
    return Letter(delivery.channel or membership.user_id, message)


# What the letters are made of


def _together(rows: Sequence[Seated]) -> str:
    """Everybody who is expected, as one address."""
    return ",".join(row.membership.user_id for row in mock_sessions.coming(rows))


async def _address(session: AsyncSession, mock: MockSession, rows: Sequence[Seated]) -> str:
    """The room that is open already, of who is expected or, where nobody is, of all; else the people."""
    for period in (mock_sessions.room_of(rows), *mock_sessions.ROOMS):
        room = await deliveries.find(session, "session", mock_sessions.whom(mock), period)
        if room is not None and room.channel:
            return room.channel
    return _together(rows)


def _card(mock: MockSession, rows: Sequence[Seated], now: datetime) -> view.Room:
    here = mock_sessions.coming(rows)
    slots = [
        (start, [row.membership.name for row in here if start in mock_times.picks(row.seat)])
        for start in mock_times.slots(mock, now)
    ]
    people = [_sitter(row) for row in rows]
    card = view.Room(
        session_id=mock.id,
        sequence=mock.sequence,
        kind=Kind(mock.kind),
        minutes=mock.minutes,
        swaps=mock.swaps,
        seed=mock.seed,
        reason=mock.reason,
        state=mock.state,
        people=people,
        starts_at=mock.starts_at,
        slots=slots,
    )
    if mock.state != "agreed" or mock.starts_at is None:
        return card
    links = invitation.links(mock.starts_at, mock.minutes, view.clipped_title(card), view.description(card))
    return replace(card, links=links)


def _sitter(row: Seated) -> view.Sitter:
    seat, membership = row
    return view.Sitter(
        name=membership.name,
        zone=membership.timezone,
        role=Role(seat.role),
        mentor=membership.role == "mentor",
        there=seat.state in mock_sessions.COMING,
        confirmed=seat.confirmed_at is not None,
        said=seat.said,
    )
