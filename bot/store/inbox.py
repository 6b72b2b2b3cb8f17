"""What Slack has delivered already."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.inserting import insert_new
from bot.store.tables import Received

KEPT = timedelta(days=7)


async def receive(session: AsyncSession, key: str, now: datetime) -> bool:
    """Whether `key` arrives for the first time; a repeat must change nothing."""
    return await insert_new(session, Received, key=key, received_at=now)


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Drop what is older than any redelivery that Slack makes."""
    await session.execute(delete(Received).where(Received.received_at < now - KEPT))
