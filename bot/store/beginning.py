"""Beginning a plan in place of another: what the old one had ahead goes, the new one offers what is left."""

from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, enrolments, goals, memberships, weeks
from bot.store.tables import Adjustment, Enrolment, Goal, Membership
from plans import calendar
from plans.course import Course, Wish
from plans.library import Library


async def begin(
    session: AsyncSession,
    membership: Membership,
    previous: Enrolment,
    library: Library,
    after: Course,
    wish: Wish,
    now: datetime,
) -> Enrolment:
    """Begin a plan: what lies ahead of the old one is withdrawn, what is past or done stays.

    Its goals of today come at once if the hour of the day's post is over.
    """
    since = after.first_day
    await _put_back(session, membership, previous, since)
    await goals.withdraw_all_open(session, membership.id, since)
    await _forget_adjustments(session, membership, calendar.monday_of(since))
    enrolment = await enrolments.enrol(
        session,
        membership,
        plan=after.name,
        track=after.track,
        level=after.level,
        hours=after.hours,
        starts_on=after.starts_on,
        first_day=since,
        interview_on=after.interview_on,
        now=now,
        current_level=wish.current_level or previous.current_level,
        risk=wish.risk or previous.risk,
    )
    if since == memberships.today(membership, now):
        await _open_first_week(session, membership, enrolment, library, now)
        await _owe_today(session, membership, since, now)
    return enrolment


async def _put_back(session: AsyncSession, membership: Membership, enrolment: Enrolment, since: date) -> None:
    """Open goals that were moved ahead go back to the day that offered them: that week counts them."""
    await session.execute(
        update(Goal)
        .where(Goal.membership_id == membership.id, Goal.state == "open", Goal.key.is_not(None))
        .where(Goal.due_on >= since, Goal.first_due_on < since, Goal.first_due_on >= enrolment.first_day)
        .values(due_on=Goal.first_due_on)
    )


async def _forget_adjustments(session: AsyncSession, membership: Membership, monday: date) -> None:
    """What was agreed for coming weeks of the old plan does not hold in the new one."""
    await session.execute(
        delete(Adjustment).where(Adjustment.membership_id == membership.id, Adjustment.for_week >= monday)
    )


async def _open_first_week(
    session: AsyncSession, membership: Membership, enrolment: Enrolment, library: Library, now: datetime
) -> None:
    """The new plan's first week from today on; its earlier days are offered as for who joins in mid-week.

    What the old plan had offered on days that are over stays.
    """
    monday, today = memberships.monday(membership, now), memberships.today(membership, now)
    past = await session.scalars(
        select(Goal.id).where(
            Goal.membership_id == membership.id,
            Goal.state == "open",
            Goal.week_of == monday,
            Goal.due_on < today,
        )
    )
    ids = list(past)
    await weeks.open_week(session, membership, enrolment, library, monday, now)
    await session.execute(update(Goal).where(Goal.id.in_(ids)).values(state="open"))


async def _owe_today(session: AsyncSession, membership: Membership, today: date, now: datetime) -> None:
    """Today's goals at once, if the hour of the post is over and there was none."""
    due_at = calendar.occurrence(today, membership.post_time, memberships.zone(membership))
    if due_at is not None and due_at <= now:
        await deliveries.owe(
            session,
            "day",
            workspace_id=membership.workspace_id,
            whom=memberships.whom(membership),
            period=today.isoformat(),
            due_at=now,
            expires_at=memberships.end_of_day(membership, today),
        )
