"""The checkpoints of a plan: posted on the Friday of their week."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import checkpoints, curricula, deliveries, enrolments, groups, memberships, pauses
from bot.store.tables import Delivery, Membership, Timer
from bot.views import checkpoints as view
from plans import calendar
from plans.checkpoints import posting_day
from plans.library import Library


async def owe(
    session: AsyncSession, timer: Timer, membership: Membership, now: datetime, *, library: Library
) -> None:
    """Owe the checkpoint that ends with this week, from its day on until the week is over.

    Who is paused on that day gets it on a later one; twice is the same as once.
    """
    day = timer.period
    first = posting_day(membership.days_off)
    if first is None or day.weekday() < first or await pauses.on(session, membership.id, day):
        return
    enrolment = await enrolments.current(session, membership.id)
    expires_at = memberships.end_of_week(membership, calendar.monday_of(day))
    if enrolment is None or now >= expires_at:
        return
    plan = await curricula.if_readable(session, library, enrolment)
    if plan is None:
        return
    week = await checkpoints.week_that_ends(session, enrolment, plan, day)
    if week is not None:
        await deliveries.owe(
            session,
            checkpoints.KIND,
            workspace_id=membership.workspace_id,
            whom=timer.whom,
            period=checkpoints.period(enrolment, week),
            due_at=timer.next_due_at,
            expires_at=expires_at,
        )


async def compose(
    session: AsyncSession, delivery: Delivery, now: datetime, *, library: Library
) -> Letter | None:
    """The checklist as it stands; nothing on a pause, or of a plan that the member no longer follows."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    group = await groups.get(session, membership.group_id)
    enrolment_id, _, week = delivery.period.partition(":")
    enrolment = await checkpoints.get(session, int(enrolment_id))
    if enrolment is None or membership.status != "active" or group.status != "active":
        return None
    here = memberships.today(membership, now)
    if delivery.state != "sent" and await pauses.on(session, membership.id, here):
        return None
    plan = await curricula.of(session, library, enrolment)
    page = await checkpoints.read(session, membership, enrolment, plan, int(week), now)
    if not page.sheet.lines:
        return None
    return Letter(delivery.channel or membership.user_id, view.post(page, f"r{delivery.revision}"))
