"""A member's week against the weekly and daily minimums."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import entries, goals, memberships, pauses, weeks
from bot.store.tables import Enrolment, Entry, Goal, Membership
from plans import minimums
from plans.minimums import Piece, WeekMinimums
from plans.model import Area, Metric

SUNDAY = timedelta(days=6)


async def of_week(
    session: AsyncSession, membership: Membership, monday: date, now: datetime
) -> WeekMinimums | None:
    """How the minimums of the week of `monday` stand; none if no week was opened or all of it is free.

    What excused goals count is not asked.
    """
    week = await weeks.of(session, membership.id, monday)
    offered = [goal for goal in await goals.of_week(session, membership.id, monday) if _is_asked(goal)]
    if week is None or not offered:
        return None
    enrolment = await session.get_one(Enrolment, week.enrolment_id)
    asked = minimums.working_days(
        monday,
        begins=enrolment.first_day,
        days_off=membership.days_off,
        paused=await pauses.days(session, membership.id, monday, monday + SUNDAY),
    )
    done = await entries.totals(session, membership.id, monday, monday + SUNDAY)
    today = memberships.today(membership, now)
    return WeekMinimums(
        minimums.standings(_by_metric(done.counts), _by_metric(goals.counted(offered))),
        minimums.days_held(asked, await _minutes(session, membership.id, monday), today),
        sum(goal.minutes for goal in offered) / 60,
    )


async def for_weekend(
    session: AsyncSession, membership: Membership, monday: date, now: datetime
) -> tuple[Piece, ...]:
    """What is still short in the week of `monday` and fits into what is left of its weekend."""
    week = await of_week(session, membership, monday, now)
    if week is None:
        return ()
    paused = await pauses.days(session, membership.id, monday, monday + SUNDAY)
    today = memberships.today(membership, now)
    left = minimums.weekend_minutes(monday, today, days_off=membership.days_off, paused=paused)
    return minimums.fitting(week.short, left)


def _is_asked(goal: Goal) -> bool:
    return goal.state == "done" or not goal.excused


def _by_metric(counts: dict[str, int]) -> dict[Metric, int]:
    return {Metric(metric): count for metric, count in counts.items() if metric in set(Metric)}


async def _minutes(session: AsyncSession, membership_id: int, monday: date) -> dict[date, dict[Area, int]]:
    """The week's minutes by day and area."""
    query = (
        select(Entry.on_date, Entry.area, func.sum(Entry.minutes))
        .where(Entry.membership_id == membership_id, Entry.on_date.between(monday, monday + SUNDAY))
        .where(Entry.undone_at.is_(None), Entry.area.in_([area.value for area in Area]))
        .group_by(Entry.on_date, Entry.area)
    )
    found: dict[date, dict[Area, int]] = {}
    for day, area, minutes in await session.execute(query):
        if area is not None:
            found.setdefault(day, {})[Area(area)] = minutes
    return found
