"""A member's day, read together from goals, plan, ratings and pauses."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import (
    consistency,
    curricula,
    enrolments,
    goals,
    memberships,
    pauses,
    periods,
    proposals,
    ratings,
    weeks,
)
from bot.store.tables import Enrolment, Goal, Membership, Week
from plans import calendar, windows
from plans.agenda import Agenda, AgendaGoal, Ahead
from plans.library import Library
from plans.model import Area, Plan

SUNDAY = 6


async def read(
    session: AsyncSession, membership: Membership, library: Library, day: date, now: datetime
) -> Agenda:
    """The member's `day` as it stands at `now`. Its week is opened if it was not yet, so `session` writes."""
    enrolment = await enrolments.current(session, membership.id)
    today = memberships.today(membership, now)
    monday = calendar.monday_of(day)
    week = None
    if enrolment is not None:
        opened = await weeks.open_week(session, membership, enrolment, library, monday, now)
        week = opened or await weeks.of(session, membership.id, monday)
    pause = await pauses.on(session, membership.id, day)
    rated = await ratings.of_days(session, membership.id, day, day)
    steady = await consistency.of(session, membership, today)
    agenda = Agenda(
        membership_id=membership.id,
        day=day,
        today=today,
        title=_title(week, day),
        goals=tuple(
            as_agenda(goal, memberships.zone(membership))
            for goal in await goals.on_day(session, membership.id, day)
        ),
        streak=steady.streak,
        strength=steady.strength,
        earlier_open=len(await goals.earlier_open(session, membership.id, day)),
        ratings=tuple(rated.get(day, {}).values()),
        paused_until=pause.ends_on if pause else None,
    )
    if enrolment is None:
        return agenda
    held = await enrolments.of_week(session, week, enrolment)
    plan = await curricula.of(session, library, held)
    facts = _in_plan(plan, enrolment, week, day) | {"plan_begins": held.first_day}
    facts["periods"] = await periods.of_days(session, membership.id, enrolment.interview_on, day, day)
    if week is not None:
        facts["agreed"] = await proposals.agreed(session, membership, monday)
    facts["goals"] = _in_windows(
        agenda, windows.of_week(membership.windows, plan, week.number if week else None)
    )
    if agenda.is_complete or not agenda.counted:  # only then does anybody look further
        facts["ahead"] = await _ahead(session, membership, enrolment, library, day, now)
    return agenda.model_copy(update=facts)


def _in_plan(plan: Plan, enrolment: Enrolment, week: Week | None, day: date) -> dict[str, object]:
    """What the plan adds to a day."""
    facts: dict[str, object] = {"weeks": len(plan.weeks), "plan_begins": enrolment.first_day}
    if enrolment.interview_on is not None:
        facts["days_to_interview"] = calendar.days_to(enrolment.interview_on, day)
    if week is not None:
        ahead = [checkpoint.title for checkpoint in plan.checkpoints if checkpoint.week == week.number]
        facts |= {"week": week.number, "mode": week.mode, "checkpoint": ahead[0] if ahead else None}
    return facts


def _in_windows(agenda: Agenda, kept: windows.Windows) -> tuple[AgendaGoal, ...]:
    """The day's goals under the clock times of its windows; what was carried over keeps its own place."""
    of_day = windows.of_day(kept, agenda.day.weekday())
    fresh = [goal for goal in agenda.goals if goal.carried_from is None]
    others = [goal for goal in agenda.goals if goal.carried_from is not None]
    if not of_day:
        return agenda.goals
    timed = [
        goal.model_copy(update={"block": window.label})
        for window, goals in windows.lay_out(fresh, of_day)
        for goal in goals
    ]
    return (*timed, *others)


def _title(week: Week | None, day: date) -> str:
    titles = week.outline["titles"] if week else {}
    nearest = "5" if day.weekday() == SUNDAY else str(day.weekday())
    return str(titles.get(str(day.weekday())) or titles.get(nearest) or "")


def as_agenda(goal: Goal, zone: ZoneInfo) -> AgendaGoal:
    """A goal as the day and the week show it; `zone` says on which day it was done."""
    return AgendaGoal(
        id=goal.id,
        text=goal.text,
        note=goal.note,
        minutes=goal.minutes,
        area=Area(goal.area),
        block=goal.block,
        state=goal.state,
        carried_from=goal.first_due_on if goal.first_due_on != goal.due_on else None,
        skip_reason=goal.skip_reason,
        excused=goal.excused,
        late=goals.is_late(goal, zone),
    )


async def _ahead(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    day: date,
    now: datetime,
) -> Ahead | None:
    """The next day on which something is planned, within a week."""
    for offset in range(1, 8):
        following = day + timedelta(days=offset)
        monday = calendar.monday_of(following)
        if monday == calendar.monday_of(day):
            week = await weeks.open_week(session, membership, enrolment, library, monday, now)
            planned = [
                g for g in await goals.on_day(session, membership.id, following) if g.due_on == following
            ]
            if planned:
                return Ahead(
                    day=following, title=_title(week, following), minutes=sum(g.minutes for g in planned)
                )
            continue
        outlook = await weeks.outlook(session, membership, enrolment, library, monday)
        fitted = outlook.fitted.day(following.weekday()) if outlook else None
        if fitted is not None:
            return Ahead(day=following, title=fitted.title, minutes=fitted.minutes)
    return None
