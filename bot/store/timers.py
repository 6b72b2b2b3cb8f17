"""When something recurring is due next."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Timer


async def set_next(session: AsyncSession, kind: str, whom: str, period: date, due_at: datetime) -> None:
    """Let `kind` ring for `whom` at `due_at`, for the local date `period`, and not before."""
    timer = await find(session, kind, whom)
    if timer is None:
        session.add(Timer(kind=kind, whom=whom, period=period, next_due_at=due_at))
    else:
        timer.period, timer.next_due_at = period, due_at


async def set_all(
    session: AsyncSession, kind: str, whoms: Sequence[str], period: date, due_at: datetime
) -> None:
    """Let `kind` ring for each of these at `due_at`, for the local date `period`, and not before."""
    await session.execute(delete(Timer).where(Timer.kind == kind, Timer.whom.in_(whoms)))
    session.add_all(Timer(kind=kind, whom=whom, period=period, next_due_at=due_at) for whom in whoms)
    await session.flush()


async def find(session: AsyncSession, kind: str, whom: str) -> Timer | None:
    """The timer of this kind, if one is set."""
    found: Timer | None = await session.scalar(select(Timer).where(Timer.kind == kind, Timer.whom == whom))
    return found


async def stop(session: AsyncSession, whom: str, *kinds: str) -> None:
    """Let nothing ring for `whom` any more, or only the `kinds` given."""
    condition = Timer.whom == whom
    if kinds:
        condition &= Timer.kind.in_(kinds)
    await session.execute(delete(Timer).where(condition))


async def due(session: AsyncSession, now: datetime) -> Timer | None:
    """What has been due at `now` for longest; none if nothing is."""
    query = select(Timer).where(Timer.next_due_at <= now).order_by(Timer.next_due_at, Timer.id).limit(1)
    found: Timer | None = await session.scalar(query)
    return found


async def put_off(session: AsyncSession, timer: Timer, until: datetime) -> None:
    """Let a timer ring later, for the same date."""
    await session.execute(update(Timer).where(Timer.id == timer.id).values(next_due_at=until))


async def next_due_at(session: AsyncSession, after: datetime, *kinds: str) -> datetime | None:
    """The next instant after `after` at which anything, or one of `kinds`, rings."""
    query = select(func.min(Timer.next_due_at)).where(Timer.next_due_at > after)
    if kinds:
        query = query.where(Timer.kind.in_(kinds))
    found: datetime | None = await session.scalar(query)
    return found
