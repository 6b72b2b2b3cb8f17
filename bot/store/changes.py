"""Changes of plan in mid-course: tried out for the preview, accepted, taken back.

A preview is the change itself, made and rolled back in the same transaction: it cannot promise anything that
accepting does not do.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import (
    change_undo,
    curricula,
    deliveries,
    enrolments,
    goals,
    interviews,
    memberships,
    suggestions,
    weeks,
)
from bot.store.tables import Adjustment, Enrolment, Goal, Membership, PlanChange, Week
from plans import calendar, changing
from plans.adapting import Change, Kind
from plans.changing import Course, Planned, Preview, Wish
from plans.errors import StudyError
from plans.library import Library

SUNDAY = timedelta(days=6)


class NoPlanToChange(StudyError):
    """You have no plan in this group yet. `/prep join` gives you one that fits your hours."""


@dataclass(frozen=True)
class Accepted:
    """What became of an accepted preview: the change and what it did; no change if the preview was stale."""

    change: PlanChange | None
    preview: Preview


async def course(session: AsyncSession, membership: Membership, library: Library, now: datetime) -> Course:
    """The member's plan as they take it today.

    Raises:
        NoPlanToChange: they have none.
    """
    return await _course(session, library, await _needed(session, membership), _monday(membership, now))


async def preview(
    session: AsyncSession, membership: Membership, library: Library, wish: Wish, now: datetime
) -> Preview:
    """What a change would change; nothing of it stays in the database.

    Raises:
        NoPlanToChange, PlanIsOver, NoWeekToRepeat, PlanNotFoundError: it cannot be made.
    """
    trial = await session.begin_nested()
    try:
        return await _make(session, membership, library, wish, now)
    finally:
        await trial.rollback()


async def accept(
    session: AsyncSession,
    membership: Membership,
    library: Library,
    wish: Wish,
    now: datetime,
    *,
    asked_in: str,
    seen: str,
) -> Accepted | None:
    """Make a change whose preview had the fingerprint `seen`; none if this form made its change before.

    If things have moved since the preview, nothing changes, and the new preview comes back.

    Raises:
        NoPlanToChange, PlanIsOver, NoWeekToRepeat, PlanNotFoundError: it cannot be made.
    """
    if await _made(session, membership, asked_in):
        return None
    monday = _monday(membership, now)
    before = await change_undo.kept(session, membership, monday)
    trial = await session.begin_nested()
    made = await _make(session, membership, library, wish, now)
    if made.fingerprint != seen:
        await trial.rollback()
        return Accepted(None, made)
    await trial.commit()
    change = PlanChange(
        membership_id=membership.id,
        enrolment_id=(await _needed(session, membership)).id,
        asked_in=asked_in,
        made_on=made.today,
        before=before,
        after=await change_undo.fingerprint(session, membership),
        made_at=now,
    )
    session.add(change)
    await session.flush()
    return Accepted(change, made)


async def _made(session: AsyncSession, membership: Membership, asked_in: str) -> bool:
    query = select(PlanChange.id).where(
        PlanChange.membership_id == membership.id, PlanChange.asked_in == asked_in
    )
    return await session.scalar(query) is not None


# Making it


async def _make(
    session: AsyncSession, membership: Membership, library: Library, wish: Wish, now: datetime
) -> Preview:
    """Make the change in the present transaction, and say what it did."""
    enrolment = await _needed(session, membership)
    today, monday = memberships.today(membership, now), _monday(membership, now)
    before = await _course(session, library, enrolment, monday)
    after = await _changed(session, membership, library, before, wish, today)
    anew = wish.is_new(before)
    await weeks.open_week(session, membership, enrolment, library, monday, now)
    had = await _rest_of_week(session, membership, today)
    if anew:
        enrolment = await _begin(session, membership, enrolment, library, after, wish, now)
    else:
        await _adjust(session, enrolment, after, monday)
    await _lengthen(session, enrolment, after, monday, now)
    await _refit(session, membership, enrolment, library, today)
    if before.interview_on != after.interview_on:
        await interviews.follow(session, membership, now)
    if anew or before.model_copy(update={"interview_on": after.interview_on}) != after:
        await _overtake_suggestions(session, membership, monday)
    await deliveries.want_week_redrawn(session, memberships.whom(membership), monday)
    return changing.preview(
        before,
        after,
        today,
        week_before=had,
        week_after=await _rest_of_week(session, membership, today),
        added_weeks=_repeats(membership, None if anew else before, after),
        done=await _done(session, membership),
        begins_anew=anew,
    )


async def _needed(session: AsyncSession, membership: Membership) -> Enrolment:
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is None or membership.role == "mentor":
        raise NoPlanToChange(join=membership.group_id)
    return enrolment


async def _course(session: AsyncSession, library: Library, enrolment: Enrolment, monday: date) -> Course:
    """The course of an enrolment, with the load that holds in the week of `monday`."""
    track, hours = await weeks.load(session, enrolment, monday)
    return Course(
        plan=await curricula.of(session, library, enrolment),
        name=enrolment.plan,
        track=track,
        level=enrolment.level,
        hours=hours,
        starts_on=enrolment.starts_on,
        first_day=enrolment.first_day,
        interview_on=enrolment.interview_on,
        extensions=await enrolments.extensions(session, enrolment),
    )


async def _changed(
    session: AsyncSession, membership: Membership, library: Library, before: Course, wish: Wish, today: date
) -> Course:
    """The course after the wish. Which weeks come twice takes a moment, so it is found on a thread."""
    plan = await curricula.find(session, library, wish.plan)
    return await asyncio.to_thread(
        changing.changed,
        before,
        wish,
        plan,
        today,
        days_off=frozenset(membership.days_off),
        study_windows=membership.windows,
    )


def _repeats(membership: Membership, before: Course | None, after: Course) -> tuple[changing.Repeat, ...]:
    return changing.repeats(
        before, after, days_off=frozenset(membership.days_off), study_windows=membership.windows
    )


def _monday(membership: Membership, now: datetime) -> date:
    return calendar.monday_of(memberships.today(membership, now))


async def _begin(
    session: AsyncSession,
    membership: Membership,
    previous: Enrolment,
    library: Library,
    after: Course,
    wish: Wish,
    now: datetime,
) -> Enrolment:
    """Begin a plan: what lies ahead of the old one is withdrawn, what is past or done stays."""
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
    monday, today = _monday(membership, now), memberships.today(membership, now)
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


async def _adjust(session: AsyncSession, enrolment: Enrolment, after: Course, monday: date) -> None:
    """The present plan with another load, level or date."""
    load = await weeks.load(session, enrolment, monday)
    enrolment.level, enrolment.interview_on = after.level, after.interview_on
    if (after.track, after.hours) != load:
        enrolment.track, enrolment.hours = after.track, after.hours
        await enrolments.forget_track_changes(session, enrolment)
    await session.flush()


async def _lengthen(
    session: AsyncSession, enrolment: Enrolment, after: Course, monday: date, now: datetime
) -> None:
    """Let exactly those coming weeks be inserted that the course says."""
    query = select(Adjustment).where(Adjustment.enrolment_id == enrolment.id, Adjustment.for_week >= monday)
    wanted = {day for day in after.extensions if day >= monday}
    for row in list(await session.scalars(query)):
        plain = row.suggestion_id is None and row.change["kind"] == Kind.EXTEND
        if plain and row.for_week not in wanted:
            await session.delete(row)
            continue
        if plain:
            row.change = row.change | {"track": after.track}
        row.extends = row.for_week in wanted
        wanted.discard(row.for_week)
    await session.flush()
    change = Change(kind=Kind.EXTEND, track=after.track, extend=True).model_dump(mode="json")
    for day in sorted(wanted):
        session.add(
            Adjustment(
                membership_id=enrolment.membership_id,
                enrolment_id=enrolment.id,
                for_week=day,
                change=change,
                extends=True,
                made_at=now,
            )
        )
    await session.flush()


async def _refit(
    session: AsyncSession, membership: Membership, enrolment: Enrolment, library: Library, today: date
) -> None:
    """Offer what is opened of this plan anew, from today on."""
    query = select(Week.week_of).where(
        Week.enrolment_id == enrolment.id, Week.week_of >= calendar.monday_of(today)
    )
    for monday in sorted(await session.scalars(query)):
        from_day = max(monday, today)
        await weeks.refit(session, membership, enrolment, library, monday, from_day=from_day)


async def _overtake_suggestions(session: AsyncSession, membership: Membership, monday: date) -> None:
    """What was suggested for a week that now looks different is withdrawn, and says so."""
    found = await suggestions.overtake(session, membership, monday)
    await change_undo.redraw_suggestions(session, membership, [{"week_of": row.week_of} for row in found])


# Reading


async def _rest_of_week(session: AsyncSession, membership: Membership, today: date) -> list[Planned]:
    """The plan's goals that are open from today to Sunday."""
    query = select(Goal).where(
        Goal.membership_id == membership.id,
        Goal.state == "open",
        Goal.key.is_not(None),
        Goal.due_on.between(today, calendar.monday_of(today) + SUNDAY),
    )
    rows = await session.scalars(query.order_by(Goal.due_on, Goal.position, Goal.id))
    return [
        Planned(
            key=goal.key or "",
            text=goal.text,
            minutes=goal.minutes,
            due_on=goal.due_on,
            optional=goal.excused and goal.first_due_on < goal.due_on,
        )
        for goal in rows
    ]


async def _done(session: AsyncSession, membership: Membership) -> int:
    """How many goals are done so far, in whatever plan."""
    query = select(func.count()).where(Goal.membership_id == membership.id, Goal.state == "done")
    return await session.scalar(query) or 0
