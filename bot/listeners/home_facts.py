"""What the App Home shows of a member, read together."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.store import (
    catching_up,
    checkpoints,
    curricula,
    enrolments,
    entries,
    goals,
    memberships,
    mock_feedback,
    pauses,
    periods,
    scorecards,
    weeks,
)
from bot.store.tables import Enrolment, Goal, Membership
from bot.views.home_map import MapGlance
from bot.views.home_standing import Readiness, TrendWeek
from bot.views.home_week import AreaMinutes, WeekGlance
from plans import calendar, feedback
from plans import checkpoints as rules
from plans.mocks import Kind
from plans.model import Plan
from plans.planmap import steps
from plans.published import PublishedWeek

SUNDAY = timedelta(days=6)
TREND = 6  # weeks
MOCKS = 20  # of the newest, for the names of the skills


class Facts(NamedTuple):
    """What the Home says beside today's list."""

    week: WeekGlance
    plan: MapGlance | None
    trend: list[TrendWeek]
    readiness: Readiness


@dataclass(frozen=True)
class _Course:
    """The plan that a member follows, the weeks that lengthened it, where today lies in it."""

    enrolment: Enrolment
    plan: Plan
    extensions: tuple[date, ...]
    here: calendar.Place


async def read(session: AsyncSession, house: House, membership: Membership) -> Facts:
    """Everything, as things stand now.

    Raises:
        PlanNotFoundError, PlanFaults: the plan that the member follows cannot be read.
    """
    today = memberships.today(membership, house.now())
    course = await _course(session, house, membership, today)
    return Facts(
        week=await _week(session, membership, course, today),
        plan=_plan_map(membership, course, today) if course else None,
        trend=await trend(session, membership, today),
        readiness=await _readiness(session, house, membership, course),
    )


async def _course(session: AsyncSession, house: House, membership: Membership, today: date) -> _Course | None:
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is None:
        return None
    plan = await curricula.of(session, house.library, enrolment)
    extensions = await enrolments.extensions(session, enrolment)
    here = calendar.place(enrolment.starts_on, today, len(plan.weeks), extensions)
    return _Course(enrolment, plan, extensions, here)


async def _week(
    session: AsyncSession, membership: Membership, course: _Course | None, today: date
) -> WeekGlance:
    """The week that holds today: sums, minutes by area, what makes it different."""
    monday = calendar.monday_of(today)
    first_day = course.enrolment.first_day if course else today
    opened = await weeks.of(session, membership.id, monday)
    offered = [goal for goal in await goals.of_week(session, membership.id, monday) if _counts(goal)]
    pause = await pauses.on(session, membership.id, today)
    different = await periods.between(session, membership.id, monday, monday + SUNDAY)
    return WeekGlance(
        membership_id=membership.id,
        number=opened.number if opened else None,
        has_plan=course is not None,
        goals_done=sum(goal.state == "done" for goal in offered),
        goals_planned=len(offered),
        areas=await _areas(session, membership, monday, offered),
        mode=opened.mode if opened else "normal",
        modes=[(each.mode.words, each.ends_on) for each in different if each.ends_on >= today],
        paused_until=pause.ends_on if pause else None,
        begins=first_day if first_day > today else None,
        behind=await catching_up.count(session, membership, today),
    )


def _counts(goal: Goal) -> bool:
    """Whether a goal counts as planned: an excused one does only if it was done all the same."""
    return goal.state == "done" or (goal.state != "skipped" and not goal.excused)


async def _areas(
    session: AsyncSession, membership: Membership, monday: date, offered: list[Goal]
) -> list[AreaMinutes]:
    """Minutes by area, what is planned most first; then what was done beside the plan."""
    done = (await entries.totals(session, membership.id, monday, monday + SUNDAY)).minutes_by_area
    planned: dict[str, int] = {}
    for goal in offered:
        planned[goal.area] = planned.get(goal.area, 0) + goal.minutes
    order = sorted({*planned, *done}, key=lambda area: (-planned.get(area, 0), area))
    return [AreaMinutes(area, done.get(area, 0), planned.get(area, 0)) for area in order]


def _plan_map(membership: Membership, course: _Course, today: date) -> MapGlance:
    """The plan with where the member is in it."""
    enrolment, plan = course.enrolment, course.plan
    checked = rules.weeks_of(plan.checkpoints)
    return MapGlance(
        membership_id=membership.id,
        title=plan.title,
        theme=plan.week(course.here.week).theme if course.here.week else "",
        steps=steps(enrolment.starts_on, len(plan.weeks), course.extensions, checked, today),
        phases=[(phase.title, phase.weeks) for phase in plan.phases],
        weeks=len(plan.weeks),
        begins=enrolment.first_day,
        ends=calendar.last_day(enrolment.starts_on, len(plan.weeks), course.extensions),
        today=today,
        interview_on=enrolment.interview_on,
    )


async def trend(session: AsyncSession, membership: Membership, today: date) -> list[TrendWeek]:
    """The member's published weeks, oldest first."""
    monday = calendar.monday_of(today)
    rows = await scorecards.history(session, memberships.whom(membership), monday, TREND)
    return [_published(row.week_of, PublishedWeek.model_validate(row.card)) for row in rows]


def _published(monday: date, card: PublishedWeek) -> TrendWeek:
    return TrendWeek(monday, card.band.value, card.points, card.possible, card.percent)


async def _readiness(
    session: AsyncSession, house: House, membership: Membership, course: _Course | None
) -> Readiness:
    """What partners say of the member on average, and how the nearest checkpoint stands."""
    pieces = (await mock_feedback.evidence(session, [membership.id])).get(membership.id, ())
    mine = await mock_feedback.of_member(session, membership.id, MOCKS)
    held = [Kind(mock.kind) for mock in mine if mock.state == "held"]
    calibration = feedback.calibration([(piece.own, piece.partner) for piece in pieces if piece.own])
    return Readiness(
        membership_id=membership.id,
        averages=mock_feedback.averages_of(pieces),
        sessions=min(len(pieces), feedback.LATEST),
        kind=held[-1] if held else Kind.TECHNICAL,
        calibration=calibration.sentence if calibration else "",
        checkpoint=await _checkpoint(session, house, membership, course) if course else None,
    )


async def _checkpoint(
    session: AsyncSession, house: House, membership: Membership, course: _Course
) -> tuple[int, int, int] | None:
    """The nearest checkpoint's week with how many of its lines are done, of how many."""
    plan, here = course.plan, course.here
    after = len(plan.weeks) + 1 if here.part is calendar.Part.AFTER else None
    number = rules.nearest(rules.weeks_of(plan.checkpoints), here.week or after)
    if number is None:
        return None
    page = await checkpoints.read(session, membership, course.enrolment, plan, number, house.now())
    return number, page.sheet.standing, len(page.sheet.lines)
