"""Members taking plans."""

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Adjustment, Enrolment, Membership, Week
from plans.errors import StudyError


class NoPlanToChange(StudyError):
    """You have no plan in this group yet. `/prep join` gives you one that fits your hours."""


async def current(session: AsyncSession, membership_id: int) -> Enrolment | None:
    """The enrolment that the member follows now."""
    query = select(Enrolment).where(Enrolment.membership_id == membership_id, Enrolment.ended_at.is_(None))
    found: Enrolment | None = await session.scalar(query.order_by(Enrolment.id.desc()).limit(1))
    return found


async def needed(session: AsyncSession, membership: Membership) -> Enrolment:
    """The enrolment that the member follows now, where they want to change something of it.

    Raises:
        NoPlanToChange: they follow none, or only interview here.
    """
    enrolment = await current(session, membership.id)
    if enrolment is None or membership.role == "mentor":
        raise NoPlanToChange(join=membership.group_id)
    return enrolment


async def enrol(
    session: AsyncSession,
    membership: Membership,
    *,
    plan: str,
    track: str,
    level: str,
    hours: float,
    starts_on: date,
    first_day: date,
    interview_on: date | None,
    now: datetime,
    current_level: str | None = None,
    risk: str | None = None,
) -> Enrolment:
    """Begin a plan; an earlier enrolment ends, and what it offered stays as it was."""
    previous = await current(session, membership.id)
    if previous is not None:
        previous.ended_at = now
    enrolment = Enrolment(
        membership_id=membership.id,
        plan=plan,
        track=track,
        level=level,
        hours=hours,
        starts_on=starts_on,
        first_day=first_day,
        interview_on=interview_on,
        current_level=current_level,
        risk=risk,
        made_at=now,
    )
    session.add(enrolment)
    await session.flush()
    return enrolment


async def of_week(session: AsyncSession, week: Week | None, present: Enrolment) -> Enrolment:
    """The enrolment that offered an opened week: not the present one while a new plan is still to begin."""
    offered = await session.get(Enrolment, week.enrolment_id) if week else None
    return offered or present


async def adjustment(session: AsyncSession, enrolment: Enrolment, monday: date) -> Adjustment | None:
    """The change that the member accepted for the week of `monday`."""
    found: Adjustment | None = await session.scalar(
        select(Adjustment).where(Adjustment.enrolment_id == enrolment.id, Adjustment.for_week == monday)
    )
    return found


async def extensions(session: AsyncSession, enrolment: Enrolment) -> tuple[date, ...]:
    """The Mondays of the weeks that lengthened the plan."""
    query = select(Adjustment.for_week).where(
        Adjustment.enrolment_id == enrolment.id, Adjustment.extends.is_(True)
    )
    return tuple(sorted(await session.scalars(query)))


async def track_change(session: AsyncSession, enrolment: Enrolment, monday: date) -> Adjustment | None:
    """The newest change of track that holds in the week of `monday`."""
    query = select(Adjustment).where(
        Adjustment.enrolment_id == enrolment.id, Adjustment.lasts.is_(True), Adjustment.for_week <= monday
    )
    found: Adjustment | None = await session.scalar(query.order_by(Adjustment.for_week.desc()).limit(1))
    return found


async def forget_track_changes(session: AsyncSession, enrolment: Enrolment) -> None:
    """A load that the member sets by hand replaces every change of track before it."""
    await session.execute(
        delete(Adjustment).where(Adjustment.enrolment_id == enrolment.id, Adjustment.lasts.is_(True))
    )
