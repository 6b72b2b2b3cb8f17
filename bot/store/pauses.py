"""Days on which nothing is posted and nothing counts as missed."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Goal, Membership, Pause


async def on(session: AsyncSession, membership_id: int, day: date) -> Pause | None:
    """The pause that covers `day`; of several, the one that lasts longest."""
    query = select(Pause).where(
        Pause.membership_id == membership_id, Pause.starts_on <= day, Pause.ends_on >= day
    )
    found: Pause | None = await session.scalar(query.order_by(Pause.ends_on.desc()).limit(1))
    return found


async def days(session: AsyncSession, membership_id: int, first: date, last: date) -> frozenset[date]:
    """The paused days from `first` to `last`, both included."""
    query = select(Pause).where(
        Pause.membership_id == membership_id, Pause.starts_on <= last, Pause.ends_on >= first
    )
    return frozenset(
        day
        for pause in await session.scalars(query)
        for day in _span(max(first, pause.starts_on), min(last, pause.ends_on))
    )


async def begin(
    session: AsyncSession, membership: Membership, first: date, last: date, reason: str, now: datetime
) -> None:
    """Pause from `first` to `last`: the open goals of those days are excused."""
    session.add(Pause(membership_id=membership.id, starts_on=first, ends_on=last, reason=reason, made_at=now))
    await session.flush()
    await _excuse(session, membership, first, last, excused=True)


async def end(session: AsyncSession, membership: Membership, today: date) -> Pause | None:
    """Resume today: the days from today on count again. The pause that ended, or none."""
    pause = await on(session, membership.id, today)
    if pause is None:
        return None
    for each in await session.scalars(
        select(Pause).where(Pause.membership_id == membership.id, Pause.ends_on >= today)
    ):
        last = each.ends_on
        if each.starts_on >= today:
            await session.delete(each)
        else:
            each.ends_on = today - timedelta(days=1)
        await _excuse(session, membership, max(today, each.starts_on), last, excused=False)
    return pause


async def _excuse(
    session: AsyncSession, membership: Membership, first: date, last: date, *, excused: bool
) -> None:
    await session.execute(
        update(Goal)
        .where(Goal.membership_id == membership.id, Goal.state == "open")
        .where(Goal.due_on.between(first, last))
        .values(excused=excused)
    )


def _span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
