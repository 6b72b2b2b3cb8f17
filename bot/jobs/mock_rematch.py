"""Somebody's seat in a mock session is free: who is left is matched anew, or told that nobody was found."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs.mock_sessions import living, living_or_ended
from bot.outbox import Letter
from bot.store import memberships, mock_rounds, mock_sessions
from bot.store.tables import Delivery, Timer
from bot.views import mock_rounds as rounds_view
from bot.views import mock_times as view
from plans.mocks import Kind
from plans.questions import Bank


async def ring(session: AsyncSession, timer: Timer, now: datetime, *, bank: Bank) -> None:
    """Somebody's seat is free: match who is left anew, or end the session if nobody is."""
    mock = await living_or_ended(session, timer, now)
    if mock is None:
        return
    if mock_sessions.coming(await mock_sessions.seated(session, mock.id)):
        await mock_rounds.rematch(session, mock, bank, now)
    else:
        await mock_sessions.close(session, mock, "cancelled", now)


async def compose_alone(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """Your session fell through and nobody else was found; why, and a way to ask for one."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    mock = await living(session, delivery.period)
    if mock is None or membership.status != "active":
        return None
    rows = await mock_sessions.seated(session, mock.id)
    gone = [row.membership.name for row in rows if row.seat.state not in mock_sessions.COMING]
    message = view.alone(Kind(mock.kind), gone, rounds_view.ask_button(membership.id, Kind(mock.kind)))
    return Letter(delivery.channel or membership.user_id, message)
