"""Reading a member's week as it is shown: opened as it was offered, or ahead as it would be."""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.store import days, enrolments, entries, goals, memberships, weeks
from bot.store.tables import Membership
from bot.views.week import WeekDay, WeekSheet
from plans import calendar, targets
from plans.agenda import AgendaGoal
from plans.fit import FittedGoal

SUNDAY = timedelta(days=6)


async def week_sheet(
    session: AsyncSession, house: House, membership: Membership, monday: date, now: datetime
) -> WeekSheet:
    """The week of `monday`. This week is opened by looking at it; later ones stay open to change."""
    enrolment = await enrolments.current(session, membership.id)
    today = memberships.today(membership, now)
    ahead = monday > calendar.monday_of(today)
    week = await weeks.of(session, membership.id, monday)
    if enrolment is not None and week is None and not ahead:
        week = await weeks.open_week(session, membership, enrolment, house.library, monday, now)
    if enrolment is not None and week is None and ahead:
        return await _preview(session, house, membership, monday, today)
    sums = await entries.totals(session, membership.id, monday, monday + SUNDAY)
    offered = await goals.of_week(session, membership.id, monday)
    titles = week.outline["titles"] if week else {}
    plan = house.library.find(enrolment.plan) if enrolment else None
    wanted: dict[str, int] = {}
    for goal in offered:
        for metric, count in goal.metrics.items():
            wanted[metric] = wanted.get(metric, 0) + count
    sheet = [
        WeekDay(
            day,
            str(titles.get(str(day.weekday())) or "Also planned"),
            tuple(days.as_agenda(goal) for goal in offered if goal.due_on == day),
        )
        for day in sorted({goal.due_on for goal in offered})
    ]
    return WeekSheet(
        membership_id=membership.id,
        monday=monday,
        today=today,
        number=week.number if week else None,
        weeks=len(plan.weeks) if plan else None,
        theme=plan.week(week.number).theme if plan and week else "",
        mode=week.mode if week else "normal",
        days=sheet,
        minutes_done=sums.minutes,
        counts=sums.counts,
        targets=wanted,
        left_out=[(left["text"], left["reason"]) for left in (week.outline["left_out"] if week else [])],
        preview=False,
    )


async def _preview(
    session: AsyncSession, house: House, membership: Membership, monday: date, today: date
) -> WeekSheet:
    enrolment = await enrolments.current(session, membership.id)
    view = await weeks.outlook(session, membership, enrolment, house.library, monday) if enrolment else None
    plan = house.library.find(enrolment.plan) if enrolment else None
    sheet = [
        WeekDay(monday + timedelta(days=day.weekday), day.title, tuple(_fitted(goal) for goal in day.goals))
        for day in (view.fitted.days if view else ())
    ]
    return WeekSheet(
        membership_id=membership.id,
        monday=monday,
        today=today,
        number=view.number if view else None,
        weeks=len(plan.weeks) if plan else None,
        theme=plan.week(view.number).theme if plan and view else "",
        mode=view.mode if view else "normal",
        days=sheet,
        minutes_done=0,
        counts={},
        targets={
            metric.value: count for metric, count in (targets.of_week(view.fitted) if view else {}).items()
        },
        left_out=[(left.text, left.reason) for left in (view.fitted.left_out if view else ())],
        preview=True,
    )


def _fitted(goal: FittedGoal) -> AgendaGoal:
    return AgendaGoal(
        id=0,
        text=goal.text,
        note=goal.note,
        minutes=goal.minutes,
        area=goal.area,
        block=goal.block,
        state="open",
        carried_from=None,
    )
