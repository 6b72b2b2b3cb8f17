"""Asking for a mock interview outside of the rounds: the first who fits has it."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, groups, timers
from bot.store.tables import Membership, MockAsk
from plans.mocks import Kind

LASTS = timedelta(hours=48)


def whom(ask: MockAsk) -> str:
    """How timers and deliveries name an ask."""
    return f"a{ask.id}"


async def get(session: AsyncSession, ask_id: int) -> MockAsk | None:
    """The ask with this id."""
    return await session.get(MockAsk, ask_id)


async def open_of(session: AsyncSession, membership_id: int) -> MockAsk | None:
    """What the member asks for now."""
    found: MockAsk | None = await session.scalar(
        select(MockAsk).where(MockAsk.membership_id == membership_id, MockAsk.state == "open")
    )
    return found


def is_open(ask: MockAsk, now: datetime) -> bool:
    """Whether somebody can still say yes."""
    return ask.state == "open" and now < ask.expires_at


async def ask(session: AsyncSession, membership: Membership, kind: Kind, now: datetime) -> MockAsk:
    """Ask the channel for a session of a kind; whoever has an open ask keeps that one."""
    found = await open_of(session, membership.id)
    if found is not None:
        return found
    found = MockAsk(
        group_id=membership.group_id,
        membership_id=membership.id,
        kind=kind.value,
        state="open",
        session_id=None,
        made_at=now,
        expires_at=now + LASTS,
    )
    session.add(found)
    await session.flush()
    group = await groups.get(session, membership.group_id)
    await deliveries.owe(
        session,
        "ask",
        workspace_id=group.workspace_id,
        whom=groups.whom(group),
        period=whom(found),
        due_at=now,
        expires_at=found.expires_at,
    )
    await timers.set_next(session, "ask", whom(found), found.expires_at.date(), found.expires_at)
    return found


async def end(session: AsyncSession, found: MockAsk, state: str) -> None:
    """Nobody can say yes any more: `state` is "taken", "withdrawn" or "expired"."""
    found.state = state
    await timers.stop(session, whom(found))
    await deliveries.want_redraw(session, "ask", f"g{found.group_id}", whom(found))


async def withdraw_all(session: AsyncSession, membership: Membership) -> None:
    """Take back what somebody who leaves has asked for."""
    found = await open_of(session, membership.id)
    if found is not None:
        await end(session, found, "withdrawn")
