"""Times in which a member's plan is lighter or different."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Period as Row
from plans.mode_changes import ModeWish
from plans.modes import Mode, Period, interview_period

DAY = timedelta(days=1)


async def between(session: AsyncSession, membership_id: int, first: date, last: date) -> tuple[Period, ...]:
    """The member's periods that touch the days from `first` to `last`, both included, in order."""
    return tuple(as_period(row) for row in await rows(session, membership_id, first, last))


async def of_days(
    session: AsyncSession, membership_id: int, interview_on: date | None, first: date, last: date
) -> tuple[Period, ...]:
    """The same with the light days before an interview among them."""
    found = list(await between(session, membership_id, first, last))
    light = interview_period(interview_on) if interview_on else None
    if light and light.starts_on <= last and light.ends_on >= first:
        found.append(light)
    return tuple(found)


async def rows(session: AsyncSession, membership_id: int, first: date, last: date | None = None) -> list[Row]:
    """The same as rows; without `last`, everything that is on at `first` or later."""
    query = select(Row).where(Row.membership_id == membership_id, Row.ends_on >= first)
    if last is not None:
        query = query.where(Row.starts_on <= last)
    return list(await session.scalars(query.order_by(Row.starts_on, Row.id)))


def as_period(row: Row) -> Period:
    """A row as the rules see it."""
    return Period(mode=Mode(row.mode), starts_on=row.starts_on, ends_on=row.ends_on, keeps=row.keeps)


async def get(session: AsyncSession, membership_id: int, period_id: int) -> Row | None:
    """The member's period with this id."""
    found: Row | None = await session.scalar(
        select(Row).where(Row.membership_id == membership_id, Row.id == period_id)
    )
    return found


async def widened(session: AsyncSession, membership_id: int, wish: ModeWish) -> ModeWish:
    """The wish together with the periods of its mode that it overlaps or follows without a day between."""
    met = await _met(session, membership_id, wish)
    return wish.model_copy(
        update={
            "starts_on": min([wish.starts_on, *(row.starts_on for row in met)]),
            "ends_on": max([wish.ends_on, *(row.ends_on for row in met)]),
            "note": wish.note or next((row.note for row in met if row.note), ""),
        }
    )


async def begin(session: AsyncSession, membership_id: int, wish: ModeWish, now: datetime) -> Row:
    """Write a wish down; the periods that it has been widened by become this one."""
    for row in await _met(session, membership_id, wish):
        await session.delete(row)
    return await add(session, membership_id, wish, now)


async def add(session: AsyncSession, membership_id: int, wish: ModeWish, now: datetime) -> Row:
    """Write a wish down as a period of its own, whatever lies beside it."""
    row = Row(
        membership_id=membership_id,
        mode=wish.mode.value,
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
        keeps=wish.keeps,
        note=wish.note,
        made_at=now,
    )
    session.add(row)
    await session.flush()
    return row


async def end(session: AsyncSession, row: Row, today: date) -> None:
    """Let a period be over with yesterday; one that has not begun before today was never there."""
    if row.starts_on >= today:
        await session.delete(row)
    else:
        row.ends_on = today - DAY
    await session.flush()


async def _met(session: AsyncSession, membership_id: int, wish: ModeWish) -> list[Row]:
    near = await rows(session, membership_id, wish.starts_on - DAY, wish.ends_on + DAY)
    return [row for row in near if row.mode == wish.mode]
