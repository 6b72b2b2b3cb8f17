"""Self-assessments and the member's own words about a day or a week."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.inserting import insert_new
from bot.store.tables import Rating, Reflection

# A month and an interview have words alone, under its first Monday and on its day.
Scope = Literal["day", "week", "month", "interview"]


async def rate(
    session: AsyncSession,
    membership_id: int,
    scope: Scope,
    day: date,
    values: Mapping[str, int],
    now: datetime,
) -> None:
    """Keep the newest rating of each dimension given; a second rating replaces the first."""
    for dimension, value in values.items():
        key = {"membership_id": membership_id, "scope": scope, "on_date": day, "dimension": dimension}
        if not await insert_new(session, Rating, **key, value=value, rated_at=now):
            rating = await session.scalar(select(Rating).filter_by(**key))
            if rating is not None:
                rating.value, rating.rated_at = value, now


async def write(
    session: AsyncSession,
    membership_id: int,
    scope: Scope,
    day: date,
    texts: Mapping[str, str],
    now: datetime,
) -> None:
    """Keep the newest words on each question; empty words take the old ones away."""
    for question, text in texts.items():
        key = {"membership_id": membership_id, "scope": scope, "on_date": day, "question": question}
        found = await session.scalar(select(Reflection).filter_by(**key))
        if found is None and text:
            session.add(Reflection(**key, text=text, written_at=now))
        elif found is not None and text:
            found.text, found.written_at = text, now
        elif found is not None:
            await session.delete(found)


async def of_days(
    session: AsyncSession, membership_id: int, first: date, last: date
) -> dict[date, dict[str, int]]:
    """The day ratings from `first` to `last`, by day and dimension."""
    query = select(Rating).where(
        Rating.membership_id == membership_id, Rating.scope == "day", Rating.on_date.between(first, last)
    )
    found: dict[date, dict[str, int]] = {}
    for rating in await session.scalars(query.order_by(Rating.on_date, Rating.id)):
        found.setdefault(rating.on_date, {})[rating.dimension] = rating.value
    return found


async def of_week(session: AsyncSession, membership_id: int, monday: date) -> dict[str, int]:
    """The ratings that the member gave at the check-in of this week."""
    query = select(Rating).filter_by(membership_id=membership_id, scope="week", on_date=monday)
    return {rating.dimension: rating.value for rating in await session.scalars(query)}


async def words(session: AsyncSession, membership_id: int, scope: Scope, day: date) -> dict[str, str]:
    """What the member wrote, by question."""
    query = select(Reflection).filter_by(membership_id=membership_id, scope=scope, on_date=day)
    return {reflection.question: reflection.text for reflection in await session.scalars(query)}
