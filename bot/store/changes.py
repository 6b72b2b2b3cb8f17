"""What a change of plan in mid-course changes. How it is tried out and accepted: `previewed`."""

import asyncio
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import beginning, curricula, deliveries, enrolments, interviews, memberships, previewed, weeks
from bot.store.previewed import Accepted
from bot.store.tables import Adjustment, Enrolment, Goal, Membership, Week
from plans import calendar, changing, lengthening
from plans.adapting import Change, Kind
from plans.changing import Preview
from plans.course import Course, Wish
from plans.lengthening import Repeat
from plans.library import Library

SUNDAY = timedelta(days=6)


async def course(session: AsyncSession, membership: Membership, library: Library, now: datetime) -> Course:
    """The member's plan as they take it today.

    Raises:
        NoPlanToChange: they have none.
    """
    enrolment = await enrolments.needed(session, membership)
    return await _course(session, library, enrolment, memberships.monday(membership, now))


async def preview(
    session: AsyncSession, membership: Membership, library: Library, wish: Wish, now: datetime
) -> Preview:
    """What a change would change; nothing of it stays in the database.

    Raises:
        NoPlanToChange, PlanIsOver, NoWeekToRepeat, PlanNotFoundError: it cannot be made.
    """
    return await previewed.preview(session, lambda: _make(session, membership, library, wish, now))


async def accept(
    session: AsyncSession,
    membership: Membership,
    library: Library,
    wish: Wish,
    now: datetime,
    *,
    asked_in: str,
    seen: str,
) -> Accepted[Preview] | None:
    """Make a change whose preview had the fingerprint `seen`; none if this form made its change before.

    If things have moved since the preview, nothing changes, and the new preview comes back.

    Raises:
        NoPlanToChange, PlanIsOver, NoWeekToRepeat, PlanNotFoundError: it cannot be made.
    """
    return await previewed.accept(
        session,
        membership,
        lambda: _make(session, membership, library, wish, now),
        now,
        asked_in=asked_in,
        seen=seen,
    )


# Making it


async def _make(
    session: AsyncSession, membership: Membership, library: Library, wish: Wish, now: datetime
) -> Preview:
    """Make the change in the present transaction, and say what it did."""
    enrolment = await enrolments.needed(session, membership)
    today, monday = memberships.today(membership, now), memberships.monday(membership, now)
    sunday = monday + SUNDAY
    before = await _course(session, library, enrolment, monday)
    after = await _changed(session, membership, library, before, wish, today)
    anew = wish.is_new(before)
    await weeks.open_week(session, membership, enrolment, library, monday, now)
    had = await previewed.open_goals(session, membership, today, sunday)
    if anew:
        enrolment = await beginning.begin(session, membership, enrolment, library, after, wish, now)
    else:
        await _adjust(session, enrolment, after, monday)
    await _lengthen(session, enrolment, after, monday, now)
    await _refit(session, membership, enrolment, library, today)
    if before.interview_on != after.interview_on:
        await interviews.follow(session, membership, now)
    if anew or before.model_copy(update={"interview_on": after.interview_on}) != after:
        await previewed.overtake_suggestions(session, membership, monday)
    await deliveries.want_week_redrawn(session, memberships.whom(membership), monday)
    return changing.preview(
        before,
        after,
        today,
        week_before=had,
        week_after=await previewed.open_goals(session, membership, today, sunday),
        added_weeks=_repeats(membership, None if anew else before, after),
        done=await _done(session, membership),
        begins_anew=anew,
    )


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


def _repeats(membership: Membership, before: Course | None, after: Course) -> tuple[Repeat, ...]:
    return lengthening.repeats(
        before, after, days_off=frozenset(membership.days_off), study_windows=membership.windows
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


# Reading


async def _done(session: AsyncSession, membership: Membership) -> int:
    """How many goals are done so far, in whatever plan."""
    query = select(func.count()).where(Goal.membership_id == membership.id, Goal.state == "done")
    return await session.scalar(query) or 0
