"""The first direct message after joining."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import curricula, enrolments, goals, groups, memberships, weeks
from bot.store.tables import Delivery
from bot.views import membership as view
from plans import calendar
from plans.library import Library


async def compose(
    session: AsyncSession, delivery: Delivery, now: datetime, *, library: Library
) -> Letter | None:
    """What was agreed and what the first week holds."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is None or membership.status != "active":
        return None
    plan = await curricula.of(session, library, enrolment)
    group = await groups.get(session, membership.group_id)
    monday = calendar.monday_of(enrolment.first_day)
    week = await weeks.open_week(session, membership, enrolment, library, monday, now)
    titles = week.outline["titles"] if week else {}
    offered = [goal for goal in await goals.of_week(session, membership.id, monday) if not goal.excused]
    days = [monday + timedelta(days=n) for n in range(7)]
    first_week = [
        (day, str(titles.get(str(day.weekday()), "")), sum(goal.minutes for goal in on_day))
        for day in days
        if (on_day := [goal for goal in offered if goal.due_on == day])
    ]
    facts = view.Welcome(
        name=membership.name,
        group=group.name,
        plan=plan.title,
        track=plan.track(enrolment.track).title,
        hours=enrolment.hours,
        level=enrolment.level,
        first_day=enrolment.first_day,
        interview_on=enrolment.interview_on,
        ends_on=await weeks.ends_on(session, enrolment, plan),
        post_time=membership.post_time,
        has_windows=bool(membership.windows),
        timezone=membership.timezone,
        sharing=membership.sharing,
        first_week=first_week,
        left_out=len(week.outline["left_out"]) if week else 0,
        membership_id=membership.id,
    )
    return Letter(delivery.channel or membership.user_id, view.welcome(facts, now))
