"""What was done: logged by hand or by completing a goal, and what it adds up to."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Entry
from plans.logbook import LogLine


@dataclass(frozen=True)
class Totals:
    """What a span of days adds up to: counts by metric, minutes altogether and by area."""

    counts: dict[str, int] = field(default_factory=dict)
    minutes: int = 0
    minutes_by_area: dict[str, int] = field(default_factory=dict)


async def log(session: AsyncSession, membership_id: int, line: LogLine, today: date, now: datetime) -> Entry:
    """Write down what one line says."""
    entry = Entry(
        membership_id=membership_id,
        goal_id=None,
        on_date=today - timedelta(days=line.days_ago),
        metric=line.subject.value,
        count=line.count,
        minutes=line.minutes,
        area=line.area.value if line.area else None,
        note=line.note,
        logged_at=now,
        undone_at=None,
    )
    session.add(entry)
    await session.flush()
    return entry


async def newest(session: AsyncSession, membership_id: int) -> Entry | None:
    """What was logged by hand last and not undone."""
    query = select(Entry).where(
        Entry.membership_id == membership_id,
        Entry.goal_id.is_(None),
        Entry.mock_id.is_(None),
        Entry.undone_at.is_(None),
    )
    found: Entry | None = await session.scalar(query.order_by(Entry.id.desc()).limit(1))
    return found


async def mine(session: AsyncSession, membership_id: int, entry_id: int) -> Entry | None:
    """This entry, if it was logged by this membership by hand."""
    query = select(Entry).where(
        Entry.id == entry_id,
        Entry.membership_id == membership_id,
        Entry.goal_id.is_(None),
        Entry.mock_id.is_(None),
    )
    found: Entry | None = await session.scalar(query)
    return found


async def undo(session: AsyncSession, entry: Entry, now: datetime) -> bool:
    """Take an entry out of every total; false if it was taken out before."""
    if entry.undone_at is not None:
        return False
    entry.undone_at = now
    await session.flush()
    return True


async def totals(session: AsyncSession, membership_id: int, first: date, last: date) -> Totals:
    """What the days from `first` to `last` add up to, both included."""
    query = (
        select(Entry.metric, Entry.area, func.sum(Entry.count), func.sum(Entry.minutes))
        .where(Entry.membership_id == membership_id, Entry.on_date.between(first, last))
        .where(Entry.undone_at.is_(None))
        .group_by(Entry.metric, Entry.area)
    )
    counts: dict[str, int] = {}
    areas: dict[str, int] = {}
    for metric, area, count, minutes in await session.execute(query):
        if count:
            counts[metric] = counts.get(metric, 0) + count
        if minutes:
            areas[area or "other"] = areas.get(area or "other", 0) + minutes
    return Totals(counts, sum(areas.values()), areas)
