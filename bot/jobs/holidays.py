"""A week before public holidays: shall these days be lighter?"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import curricula, deliveries, enrolments, groups, holiday_asks, memberships, pauses, weeks
from bot.store.tables import Delivery, HolidayAsk, Membership, Timer
from bot.views import holidays as view
from plans import calendar, public_holidays
from plans.library import Library
from plans.mode_changes import WeekChange


async def owe(
    session: AsyncSession, timer: Timer, membership: Membership, now: datetime, *, library: Library
) -> None:
    """Owe the question about the coming week, on the first day of this one that has a post, until it ends.

    Who is paused on that day gets it on a later one; twice is the same as once.
    """
    day = timer.period
    monday = calendar.next_monday(day)
    expires_at = memberships.end_of_week(membership, calendar.monday_of(day))
    if now >= expires_at or await pauses.on(session, membership.id, day):
        return
    enrolment = await enrolments.current(session, membership.id)
    plan = await curricula.if_readable(session, library, enrolment) if enrolment else None
    if enrolment is None or plan is None:
        return
    if (await weeks.place(session, enrolment, plan, monday)).week is None:
        return
    if await holiday_asks.begin(session, membership, monday, now):
        await deliveries.owe(
            session,
            holiday_asks.KIND,
            workspace_id=membership.workspace_id,
            whom=timer.whom,
            period=monday.isoformat(),
            due_at=timer.next_due_at,
            expires_at=expires_at,
        )


async def compose(
    session: AsyncSession, delivery: Delivery, now: datetime, *, library: Library
) -> Letter | None:
    """The question as it stands; none where lighter days would change nothing."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    group = await groups.get(session, membership.group_id)
    monday = calendar.monday_of(datetime.fromisoformat(delivery.period).date())
    ask = await holiday_asks.of_week(session, membership.id, monday)
    if ask is None or membership.status != "active" or group.status != "active":
        return None
    change = await _change(session, membership, library, ask)
    if delivery.state != "sent" and (change is None or change.changes_nothing):
        return None
    country = holiday_asks.country_of(membership)
    week = view.HolidayWeek(
        ask_id=ask.id,
        membership_id=membership.id,
        monday=monday,
        holidays=holiday_asks.holidays_of(ask),
        country=public_holidays.name_of(country or ""),
        guessed=membership.country is None,
        state=ask.state,
        over=holiday_asks.is_over(ask, memberships.today(membership, now)),
        change=change,
    )
    return Letter(delivery.channel or membership.user_id, view.post(week))


async def _change(
    session: AsyncSession, membership: Membership, library: Library, ask: HolidayAsk
) -> WeekChange | None:
    """What lighter days would change, while that is the question."""
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is None or ask.state != holiday_asks.ASKED:
        return None
    return await holiday_asks.preview(session, membership, enrolment, library, ask)
