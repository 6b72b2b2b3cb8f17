"""A change of plan that is tried out, made once as it was shown, and kept so that it can be taken back.

A preview is the change itself, made and rolled back in the same transaction: it cannot promise anything that
accepting does not do. What a change does is its own file's matter (`changes`, `mode_changes`); `change_undo`
takes it back.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import change_undo, enrolments, memberships, suggestions
from bot.store.tables import Goal, Membership, PlanChange
from plans.course import Planned


class Shown(Protocol):
    """What a change does, as the member sees it before they accept it."""

    @property
    def fingerprint(self) -> str:
        """What differs as soon as anything in it does."""


S = TypeVar("S", bound=Shown)
Make = Callable[[], Awaitable[S]]  # makes the change in the present transaction, and says what it did


@dataclass(frozen=True)
class Accepted(Generic[S]):
    """What became of an accepted preview: the change and what it did; no change if the preview was stale."""

    change: PlanChange | None
    preview: S


async def preview(session: AsyncSession, make: Make[S]) -> S:
    """What a change would do; nothing of it stays in the database."""
    trial = await session.begin_nested()
    try:
        return await make()
    finally:
        await trial.rollback()


async def accept(
    session: AsyncSession,
    membership: Membership,
    make: Make[S],
    now: datetime,
    *,
    asked_in: str,
    seen: str | None,
) -> Accepted[S] | None:
    """Make a change whose preview had the fingerprint `seen`; none if `asked_in` made its change before.

    If things have moved since the preview, nothing changes, and the new preview comes back. What needs no
    preview was not seen, and is made as it comes.
    """
    if await _is_made(session, membership, asked_in):
        return None
    before = await change_undo.kept(session, membership, memberships.monday(membership, now))
    trial = await session.begin_nested()
    made = await make()
    if seen is not None and made.fingerprint != seen:
        await trial.rollback()
        return Accepted(None, made)
    await trial.commit()
    return Accepted(await _remember(session, membership, before, now, asked_in), made)


async def _is_made(session: AsyncSession, membership: Membership, asked_in: str) -> bool:
    query = select(PlanChange.id).where(
        PlanChange.membership_id == membership.id, PlanChange.asked_in == asked_in
    )
    return await session.scalar(query) is not None


async def _remember(
    session: AsyncSession, membership: Membership, before: dict[str, Any], now: datetime, asked_in: str
) -> PlanChange:
    """Keep what stood there before, so that it can be put back."""
    change = PlanChange(
        membership_id=membership.id,
        enrolment_id=(await enrolments.needed(session, membership)).id,
        asked_in=asked_in,
        made_on=memberships.today(membership, now),
        before=before,
        after=await change_undo.fingerprint(session, membership),
        made_at=now,
    )
    session.add(change)
    await session.flush()
    return change


# What such changes have in common


async def open_goals(
    session: AsyncSession, membership: Membership, first: date, last: date
) -> tuple[Planned, ...]:
    """The plan's goals that are open from `first` to `last`, both included, in day order."""
    query = select(Goal).where(
        Goal.membership_id == membership.id,
        Goal.state == "open",
        Goal.key.is_not(None),
        Goal.due_on.between(first, last),
    )
    rows = await session.scalars(query.order_by(Goal.due_on, Goal.position, Goal.id))
    return tuple(
        Planned(
            key=goal.key or "",
            text=goal.text,
            minutes=goal.minutes,
            due_on=goal.due_on,
            optional=goal.excused and goal.first_due_on < goal.due_on,
        )
        for goal in rows
    )


async def overtake_suggestions(session: AsyncSession, membership: Membership, monday: date) -> None:
    """What was suggested for the week of `monday` or a later one is withdrawn, and says so."""
    found = await suggestions.overtake(session, membership, monday)
    await change_undo.redraw_suggestions(session, membership, [{"week_of": row.week_of} for row in found])
