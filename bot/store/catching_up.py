"""What a member is behind with, what of it is offered again, and taking that up."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import curricula, deliveries, enrolments, goals, memberships, pauses, weeks
from bot.store.tables import Enrolment, Goal, Membership
from plans import calendar, windows
from plans.catching_up import OLDEST, Behind, CatchUp, catch_up
from plans.library import Library
from plans.model import Area, Tier

SUNDAY = 6


async def count(session: AsyncSession, membership: Membership, today: date) -> int:
    """How many goals could be offered again: open, and not older than four weeks."""
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is None:
        return 0
    behind = await _behind(session, membership, enrolment, today)
    return sum(goal.first_due_on >= today - OLDEST for goal in behind)


async def left_open(session: AsyncSession, enrolment: Enrolment, monday: date) -> tuple[Behind, ...]:
    """What the plan offered in the four weeks up to that of `monday`, itself included, and is still open."""
    query = select(Goal).where(
        Goal.enrolment_id == enrolment.id,
        Goal.key.is_not(None),
        Goal.state == "open",
        Goal.excused.is_(False),
        Goal.week_of.between(monday - OLDEST, monday),
    )
    found = await session.scalars(query.order_by(Goal.first_due_on, Goal.position, Goal.id))
    return tuple(_as_behind(goal) for goal in found)


async def offer(
    session: AsyncSession, membership: Membership, library: Library, now: datetime
) -> CatchUp | None:
    """What is offered again in the rest of this week; none without a plan."""
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is None:
        return None
    today = memberships.today(membership, now)
    monday = calendar.monday_of(today)
    _, hours = await weeks.load(session, enrolment, monday)
    this_week = await _this_week(session, membership, today)
    return catch_up(
        [_as_behind(goal) for goal in await _behind(session, membership, enrolment, today)],
        hours=hours,
        days=await _days_left(session, membership, today),
        today=today,
        taken=_taken(this_week, enrolment, today),
        capacity=await _capacity(session, membership, enrolment, library, this_week, today),
    )


async def take(
    session: AsyncSession, membership: Membership, chosen: Mapping[date, Sequence[int]], today: date
) -> list[Goal]:
    """Move open goals of earlier days to the days for which they are named; those that moved.

    Each stays in the week that counts it, and remembers the day that offered it first.
    """
    moved, drawn = [], set()
    for day, ids in chosen.items():
        waiting = [goal for goal in await goals.mine(session, membership.id, ids) if goal.due_on < today]
        drawn |= {shown for goal in waiting for shown in goals.shown_on(goal.due_on)}
        moved += await goals.carry(session, waiting, day)
        drawn |= set(goals.shown_on(day))
    days = [day.isoformat() for day in sorted(drawn)]
    await deliveries.want_redraw(session, "day", memberships.whom(membership), *days, anew=True)
    return moved


async def _behind(
    session: AsyncSession, membership: Membership, enrolment: Enrolment, today: date
) -> list[Goal]:
    """The open goals of earlier days: the plan's own and the member's; excused ones are not missed.

    On Sunday, Saturday's goals still stand.
    """
    last = today - timedelta(days=2 if today.weekday() == SUNDAY else 1)
    query = select(Goal).where(
        Goal.membership_id == membership.id,
        Goal.state == "open",
        Goal.excused.is_(False),
        Goal.due_on <= last,
        _of(enrolment),
    )
    return list(await session.scalars(query.order_by(Goal.first_due_on, Goal.position, Goal.id)))


def _of(enrolment: Enrolment) -> ColumnElement[bool]:
    """What belongs to the plan that is taken now, and what the member set themselves."""
    return or_(Goal.enrolment_id == enrolment.id, Goal.key.is_(None))


async def _this_week(session: AsyncSession, membership: Membership, today: date) -> list[Goal]:
    """What stands on the days from Monday to Sunday, whichever week offered it."""
    days = calendar.days_of_week(calendar.monday_of(today))
    query = select(Goal).where(
        Goal.membership_id == membership.id, Goal.state.in_(("open", "done")), Goal.due_on.in_(days)
    )
    return list(await session.scalars(query))


async def _days_left(session: AsyncSession, membership: Membership, today: date) -> list[date]:
    """The days from today to Sunday on which there is study."""
    days = [day for day in calendar.days_of_week(calendar.monday_of(today)) if day >= today]
    paused = await pauses.days(session, membership.id, days[0], days[-1])
    return [day for day in days if day.weekday() not in membership.days_off and day not in paused]


def _taken(this_week: Sequence[Goal], enrolment: Enrolment, today: date) -> dict[date, list[int]]:
    """The minutes of what was moved into this week already, by day; missed once more, it does not count."""
    taken: dict[date, list[int]] = {}
    for goal in this_week:
        moved = goal.due_on > goal.first_due_on >= enrolment.first_day
        if moved and (goal.state == "done" or goal.due_on >= today):
            taken.setdefault(goal.due_on, []).append(goal.minutes)
    return taken


async def _capacity(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    this_week: Sequence[Goal],
    today: date,
) -> dict[date, int] | None:
    """The minutes that the study windows still have beside what is planned; none without windows."""
    plan = await curricula.of(session, library, enrolment)
    here = await weeks.place(session, enrolment, plan, today)
    each = windows.capacity(windows.of_week(membership.windows, plan, here.week))
    if each is None:
        return None
    room = {day: each[day.weekday()] for day in calendar.days_of_week(calendar.monday_of(today))}
    for goal in this_week:
        if not goal.excused:
            room[goal.due_on] -= goal.minutes
    return room


def _as_behind(goal: Goal) -> Behind:
    return Behind(
        id=goal.id,
        text=goal.text,
        area=Area.PLANNING if goal.area not in set(Area) else Area(goal.area),
        tier=Tier(goal.tier),
        minutes=goal.minutes,
        due_on=goal.first_due_on,
    )
