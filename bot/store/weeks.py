"""Opening a member's week: what the fit chose is written down as goals, once, and stays as it was offered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import curricula, enrolments, pauses, periods, proposals
from bot.store.inserting import insert_new
from bot.store.tables import Enrolment, Goal, Membership, Week
from plans import calendar, weekload
from plans.adapting import Change, Kind
from plans.fitted import FittedGoal, FittedWeek
from plans.library import Library
from plans.model import Area, Level, Plan
from plans.modes import Mode
from plans.weekload import AS_IT_COMES, Circumstances

SUNDAY = 6


@dataclass(frozen=True)
class Outlook:
    """A week as the fit would offer it now: the plan's week number, the goals, and why it looks so.

    `staying` are the goals that it does not offer anew, since the week is under way, with their minutes.
    """

    monday: date
    number: int
    fitted: FittedWeek
    mode: str  # normal, recovery, longer, core, lighter, stretch
    track: str
    modes: tuple[Mode, ...]
    shares: dict[Area, float]  # per cent of the hours by area
    staying: dict[str, int] = field(default_factory=dict)


async def of(session: AsyncSession, membership_id: int, monday: date) -> Week | None:
    """The opened week of `monday`."""
    found: Week | None = await session.scalar(
        select(Week).where(Week.membership_id == membership_id, Week.week_of == monday)
    )
    return found


async def place(session: AsyncSession, enrolment: Enrolment, plan: Plan, day: date) -> calendar.Place:
    """Where `day` lies in the member's plan, weeks that lengthened it included."""
    inserted = await enrolments.extensions(session, enrolment)
    return calendar.place(enrolment.starts_on, day, len(plan.weeks), inserted)


async def ends_on(session: AsyncSession, enrolment: Enrolment, plan: Plan) -> date:
    """The last day of the member's plan."""
    inserted = await enrolments.extensions(session, enrolment)
    return calendar.last_day(enrolment.starts_on, len(plan.weeks), inserted)


async def load(session: AsyncSession, enrolment: Enrolment, monday: date) -> tuple[str, float]:
    """The track and the weekly hours that hold in the week of `monday`, without that week's own easing."""
    lasting = await enrolments.track_change(session, enrolment, monday)
    if lasting is None:
        return enrolment.track, enrolment.hours
    change = Change.model_validate(lasting.change)
    return change.track, change.hours or enrolment.hours


async def circumstances(
    session: AsyncSession, membership: Membership, enrolment: Enrolment, plan: Plan, monday: date
) -> Circumstances | None:
    """What is known of the member's week of `monday`; none before or after the plan."""
    where = await place(session, enrolment, plan, monday)
    if where.week is None:
        return None
    track, hours = await load(session, enrolment, monday)
    return Circumstances(
        plan=plan,
        track=track,
        level=Level(enrolment.level),
        week=where.week,
        monday=monday,
        hours=hours,
        interview=enrolment.interview_on,
        days_off=frozenset(membership.days_off),
        windows=membership.windows,
        periods=await periods.between(session, membership.id, monday, monday + timedelta(days=SUNDAY)),
        eased=await proposals.eased(session, membership, monday),
        done_or_offered=await offered_before(session, enrolment, monday),
    )


async def outlook(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    monday: date,
    *,
    from_day: date | None = None,
) -> Outlook | None:
    """What the week of `monday` would hold as things stand; none before or after the plan.

    With `from_day`, only what is left of the week from that day on: what was offered before it stays.
    """
    plan = await curricula.of(session, library, enrolment)
    where = await circumstances(session, membership, enrolment, plan, monday)
    if where is None:
        return None
    staying = await _staying(session, enrolment, monday, from_day or monday)
    where = _in_its_course(where, staying, from_day or monday)
    accepted = await enrolments.adjustment(session, enrolment, monday)
    change = Change.model_validate(accepted.change) if accepted else None
    wanted = change.wanted if change else AS_IT_COMES
    terms = weekload.load(where, wanted)
    return Outlook(
        monday,
        where.week,
        weekload.fitted(where, wanted),
        _mode(change, where.hours),
        terms.track,
        terms.modes,
        terms.shares or plan.track(terms.track).shares,
        {str(goal.key): goal.minutes for goal in staying},
    )


async def left_of(
    session: AsyncSession, where: Circumstances, enrolment: Enrolment, from_day: date
) -> Circumstances:
    """The same week when the days before `from_day` are over: what a refit would leave alone, stays."""
    return _in_its_course(where, await _staying(session, enrolment, where.monday, from_day), from_day)


def _in_its_course(where: Circumstances, staying: Sequence[Goal], from_day: date) -> Circumstances:
    """The same week from `from_day` on, with what is not offered anew."""
    if from_day <= where.monday:
        return where
    return where.model_copy(
        update={
            "from_weekday": from_day.weekday(),
            "staying": frozenset(str(goal.key) for goal in staying),
            "settled": sum(goal.minutes for goal in staying if goal.first_due_on >= from_day),
        }
    )


async def _staying(session: AsyncSession, enrolment: Enrolment, monday: date, from_day: date) -> list[Goal]:
    """The plan's goals of a week that a refit from `from_day` on leaves alone; none before it begins."""
    if from_day <= monday:
        return []
    query = select(Goal).where(
        Goal.enrolment_id == enrolment.id, Goal.week_of == monday, Goal.state != "withdrawn"
    )
    there = await session.scalars(query.where(Goal.key.is_not(None)))
    return [goal for goal in there if not _is_offered_anew(goal, from_day)]


def _is_offered_anew(goal: Goal, from_day: date) -> bool:
    """Whether a refit from `from_day` on takes this goal back before it offers the week again."""
    return goal.state == "open" and goal.due_on >= from_day and goal.due_on == goal.first_due_on


_LIGHT = {Kind.RECOVERY: "recovery", Kind.EXTEND: "longer"}


def _mode(change: Change | None, hours: float) -> str:
    """What the change makes of a week of so many hours."""
    if change is None:
        return "normal"
    if change.core_only:
        return _LIGHT.get(change.kind, "core")
    if change.include_stretch:
        return "stretch"
    is_lighter = change.kind in _LIGHT and (change.hours or hours) < hours
    return "lighter" if is_lighter else "normal"


async def open_week(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    monday: date,
    now: datetime,
) -> Week | None:
    """The week of `monday`, opened if it was not yet; none outside the plan. Twice is the same as once."""
    week = await of(session, membership.id, monday)
    if week is not None and week.enrolment_id == enrolment.id:
        return week
    view = await outlook(session, membership, enrolment, library, monday)
    if view is None:
        return None
    if week is not None:
        return await _refill(session, membership, enrolment, week, view, monday)
    row = _row(view)
    await insert_new(
        session,
        Week,
        membership_id=membership.id,
        enrolment_id=enrolment.id,
        week_of=monday,
        opened_at=now,
        **row,
    )
    await _write_goals(session, membership, enrolment, view, monday)
    return await of(session, membership.id, monday)


async def refit(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    monday: date,
    *,
    from_day: date | None = None,
) -> Week | None:
    """Offer an opened week anew after a change; none if it was not opened.

    What is done or skipped stays, and so does everything before `from_day`: the past stays as it was.
    What was moved to another day by hand stays there. What the days that are left then hold, says
    `weekload.fitted`.
    """
    week = await of(session, membership.id, monday)
    if week is None:
        return None
    view = await outlook(session, membership, enrolment, library, monday, from_day=from_day)
    if view is None:
        return None
    return await _refill(session, membership, enrolment, week, view, from_day or monday)


async def _refill(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    week: Week,
    view: Outlook,
    from_day: date,
) -> Week:
    await session.execute(
        update(Goal)
        .where(Goal.membership_id == membership.id, Goal.week_of == view.monday)
        .where(Goal.state == "open", Goal.key.is_not(None), Goal.due_on >= from_day)
        .where(Goal.due_on == Goal.first_due_on)
        .values(state="withdrawn")
    )
    week.enrolment_id = enrolment.id
    for name, value in (_row_in_course(week, view) if view.staying else _row(view)).items():
        setattr(week, name, value)
    await _write_goals(session, membership, enrolment, view, from_day)
    return week


def _row_in_course(week: Week, view: Outlook) -> dict[str, Any]:
    """The row of a week that changed under way: past days keep their titles; what stays is not left out."""
    row = _row(view)
    row["hours"] += sum(view.staying.values()) / 60
    outline = row["outline"]
    outline["titles"] = week.outline["titles"] | outline["titles"]
    outline["shares"] = week.outline.get("shares", outline["shares"])  # those of the whole week
    outline["left_out"] = [left for left in outline["left_out"] if left["goal_id"] not in view.staying]
    return row


def _row(view: Outlook) -> dict[str, Any]:
    titles = {str(day.weekday): day.title for day in view.fitted.days}
    left_out = [left.model_dump(mode="json") for left in view.fitted.left_out]
    return {
        "number": view.number,
        "hours": view.fitted.minutes / 60,
        "mode": view.mode,
        "outline": {
            "titles": titles,
            "left_out": left_out,
            "modes": [mode.value for mode in view.modes],
            "shares": {area.value: share for area, share in view.shares.items()},
        },
    }


async def _write_goals(
    session: AsyncSession, membership: Membership, enrolment: Enrolment, view: Outlook, from_day: date
) -> None:
    """Write the fitted goals from `from_day` on down; one that was withdrawn before comes back.

    In the course of a week what comes back keeps its place in the order, and what is new comes last.
    """
    sunday = view.monday + timedelta(days=SUNDAY)
    paused = await pauses.days(session, membership.id, view.monday, sunday)
    keeps_order = from_day > view.monday
    first = await _next_position(session, membership, view.monday) if keeps_order else 0
    for position, goal in enumerate(view.fitted.goals, first):
        due_on = view.monday + timedelta(days=goal.weekday)
        if due_on < from_day:
            continue
        early = due_on < enrolment.first_day
        values = _goal_values(goal) | {
            "week_of": view.monday,
            "due_on": enrolment.first_day if early else due_on,
            "first_due_on": due_on,
            "position": position,
            "state": "open",
            "excused": early or due_on in paused,
        }
        key = {"enrolment_id": enrolment.id, "key": goal.id}
        if not await insert_new(session, Goal, membership_id=membership.id, **key, **values):
            if keeps_order:
                del values["position"]
            await session.execute(update(Goal).filter_by(**key, state="withdrawn").values(**values))


async def _next_position(session: AsyncSession, membership: Membership, monday: date) -> int:
    """The place after every goal that the week ever had."""
    last = await session.scalar(
        select(func.max(Goal.position)).where(Goal.membership_id == membership.id, Goal.week_of == monday)
    )
    return 0 if last is None else last + 1


def _goal_values(goal: FittedGoal) -> dict[str, Any]:
    return {
        "text": goal.text,
        "note": goal.note,
        "block": goal.block,
        "minutes": goal.minutes,
        "area": goal.area.value,
        "tier": goal.tier.value,
        "metrics": {metric.value: count for metric, count in goal.metrics.items()},
    }


async def offered_before(session: AsyncSession, enrolment: Enrolment, monday: date) -> frozenset[str]:
    """The plan's goals that an earlier week offered, so that a week that is held twice brings the rest.

    Who left and came back within a week has had what they did before they left, too, if it was of this plan:
    two plans may use the same id for different goals.
    """
    same_plan = select(Enrolment.id).where(
        Enrolment.membership_id == enrolment.membership_id, Enrolment.plan == enrolment.plan
    )
    earlier = (Goal.enrolment_id == enrolment.id) & (Goal.week_of < monday) & (Goal.state != "withdrawn")
    before_leaving = (
        (Goal.enrolment_id < enrolment.id)
        & Goal.enrolment_id.in_(same_plan)
        & (Goal.week_of == monday)
        & (Goal.state == "done")
    )
    query = select(Goal.key).where(
        Goal.membership_id == enrolment.membership_id, or_(earlier, before_leaving)
    )
    return frozenset(key for key in await session.scalars(query) if key is not None)
