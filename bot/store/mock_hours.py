"""When the people of a session are free: as said for the round, else in their profile, else as assumed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import memberships, mock_times
from bot.store.mock_sessions import Seated, coming
from bot.store.tables import MockProfile, MockSession, MockSignup
from plans import availability
from plans.availability import Hours

NOTICE = timedelta(hours=3)  # nobody is asked to be there sooner
AHEAD = timedelta(days=7)
MOST = 10


async def more_slots(
    session: AsyncSession, mock: MockSession, rows: Sequence[Seated], now: datetime
) -> list[datetime]:
    """Further beginnings inside everybody's hours of the next seven days, spread over them."""
    since, until = now + NOTICE, now + AHEAD
    free = [
        availability.intervals(
            await _hours(session, mock, row), memberships.zone(row.membership), since, until
        )
        for row in coming(rows)
    ]
    together = availability.common(*free, minutes=mock.minutes)
    known = set(mock_times.slots(mock, now)) | {mock.starts_at}
    found = availability.slots(
        together,
        mock.minutes,
        since,
        most=MOST + len(known),
        zones=[memberships.zone(row.membership) for row in coming(rows)],
    )
    return [start for start, _ in found if start not in known][:MOST]


async def _hours(session: AsyncSession, mock: MockSession, row: Seated) -> Hours:
    """This person's weekly hours."""
    this_once = await session.scalar(
        select(MockSignup.hours).where(
            MockSignup.round_id == mock.round_id, MockSignup.membership_id == row.membership.id
        )
    )
    profile = await session.get(MockProfile, row.membership.id)
    chosen = this_once or (profile.hours if profile else None)
    return availability.from_json(chosen) if chosen else availability.ASSUMED
