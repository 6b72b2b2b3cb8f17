"""How steadily a member works: days in a row and their strength."""

from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import goals, pauses, periods
from bot.store.tables import Membership
from plans import progress
from plans.modes import Mode
from plans.progress import Consistency

LOOKED_BACK = timedelta(days=365)


async def of(session: AsyncSession, membership: Membership, day: date) -> Consistency:
    """The row of days up to the member's local `day`.

    Pauses, holidays and days that asked for nothing (days off, all excused) are passed over.
    """
    since = day - LOOKED_BACK
    span = [since + timedelta(days=n) for n in range(LOOKED_BACK.days + 1)]
    active = await goals.active_days(session, membership.id, since)
    planned = await goals.planned_days(session, membership.id, since)
    paused = await pauses.days(session, membership.id, since, day)
    times = await periods.between(session, membership.id, since, day)
    holidays = [time for time in times if time.mode is Mode.HOLIDAY]
    free = {each for each in span if each not in planned or any(time.holds_on(each) for time in holidays)}
    return progress.consistency(active & set(span), day, free | paused)
