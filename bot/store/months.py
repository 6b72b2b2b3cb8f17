"""Months: a member's own, made of their published weeks, and a group's, made of its published cards."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import (
    checkpoints,
    curricula,
    deliveries,
    enrolments,
    entries,
    groups,
    memberships,
    milestones,
    ratings,
    scorecards,
    weeks,
)
from bot.store.tables import Enrolment, Group, Membership, Scorecard
from plans import calendar, month, monthreview
from plans.groupcard import GroupCard
from plans.grouprecord import GroupMonth, GroupRecord, RecordWeek, months_of
from plans.library import Library
from plans.model import Metric, Plan
from plans.month import CheckpointResult, MonthPage
from plans.published import PublishedWeek

KIND, GROUP_KIND = "month", "groupmonth"


# A member's


async def taken(session: AsyncSession, membership: Membership, monday: date) -> Enrolment | None:
    """The enrolment whose plan the member followed in the week of `monday`; None without a plan."""
    present = await enrolments.current(session, membership.id)
    if present is None:
        return None
    return await enrolments.of_week(session, await weeks.of(session, membership.id, monday), present)


async def ending(session: AsyncSession, membership: Membership, library: Library, monday: date) -> int | None:
    """The number of the member's month that ends with the week of `monday`; None if none does, and without a
    plan that can be read.
    """
    enrolment = await taken(session, membership, monday)
    plan = await curricula.if_readable(session, library, enrolment) if enrolment else None
    if enrolment is None or plan is None:
        return None
    return month.ends_with(enrolment.starts_on, await weeks.ends_on(session, enrolment, plan), monday)


async def newest(
    session: AsyncSession, membership: Membership, library: Library, now: datetime
) -> MonthPage | None:
    """The member's newest month in which a week was published, finished or not; None without any."""
    here = memberships.monday(membership, now)
    enrolment = await taken(session, membership, here)
    if enrolment is None or here < enrolment.starts_on:
        return None
    for number in range(month.month_of((here - enrolment.starts_on) // calendar.WEEK + 1), 0, -1):
        page = await read(session, membership, enrolment, library, number, now)
        if page is not None:
            return page
    return None


async def numbered(
    session: AsyncSession, membership: Membership, library: Library, number: int, now: datetime
) -> MonthPage | None:
    """Month `number` of the plan that the member follows now; None if there is nothing in it."""
    here = memberships.monday(membership, now)
    enrolment = await taken(session, membership, here)
    if enrolment is None:
        return None
    return await read(session, membership, enrolment, library, number, now)


async def read(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    number: int,
    now: datetime,
) -> MonthPage | None:
    """Month `number` of an enrolment; None if no week of it was published, or nothing was planned or done."""
    plan = await curricula.of(session, library, enrolment)
    ends_on = await weeks.ends_on(session, enrolment, plan)
    span = month.mondays(enrolment.starts_on, ends_on, number)
    cards = await _cards(session, membership, span)
    if not cards:
        return None
    made = monthreview.review(
        number,
        span,
        cards,
        starts_on=enrolment.starts_on,
        is_last=span[-1] == calendar.monday_of(ends_on),
        mocks_before=await _mocks_before(session, membership, span[0]),
    )
    if made.is_empty:
        return None
    return MonthPage(
        membership_id=membership.id,
        group_id=membership.group_id,
        month=made,
        checkpoints=await _checkpoints(session, membership, enrolment, plan, list(cards), now),
        words=await ratings.words(session, membership.id, "month", span[0]),
    )


async def _cards(
    session: AsyncSession, membership: Membership, span: Sequence[date]
) -> dict[date, PublishedWeek]:
    """The published weeks of a span, oldest first."""
    if not span:
        return {}
    found = await scorecards.history(session, memberships.whom(membership), span[-1], len(span))
    return {row.week_of: PublishedWeek.model_validate(row.card) for row in found if row.week_of in span}


async def _mocks_before(session: AsyncSession, membership: Membership, first: date) -> int:
    """The mock interviews of the member before a day, in whatever plan."""
    sums = await entries.totals(session, membership.id, date.min, first - calendar.DAY)
    return sums.counts.get(Metric.MOCK_INTERVIEWS, 0)


async def _checkpoints(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    plan: Plan,
    mondays: Sequence[date],
    now: datetime,
) -> tuple[CheckpointResult, ...]:
    """How the checkpoints that ended with these weeks stand now."""
    found = []
    for monday in mondays:
        week = await checkpoints.week_that_ends(session, enrolment, plan, monday)
        if week is not None:
            sheet = (await checkpoints.read(session, membership, enrolment, plan, week, now)).sheet
            found.append(CheckpointResult(week, sheet.boards[0].title, sheet.standing, len(sheet.lines)))
    return tuple(found)


async def want_redrawn(session: AsyncSession, membership: Membership, first: date) -> bool:
    """Draw the message of the month that begins at `first` again; false if none was sent."""
    name = memberships.whom(membership)
    labels = [calendar.week_label(first + week * calendar.WEEK) for week in range(month.WEEKS)]
    sent = [await deliveries.find(session, KIND, name, label) for label in labels]
    await deliveries.want_redraw(session, KIND, name, *labels)
    return any(delivery is not None and delivery.state == "sent" for delivery in sent)


# A group's


async def of_group(session: AsyncSession, group: Group, monday: date) -> GroupMonth | None:
    """The group's month that ends with the week of `monday`, as it was published; None if none does."""
    query = select(Scorecard).where(Scorecard.whom == groups.whom(group), Scorecard.week_of <= monday)
    rows = list(await session.scalars(query.order_by(Scorecard.week_of)))
    number = months_of(len(rows))
    if number is None or rows[-1].week_of != monday:
        return None
    four = rows[-month.WEEKS :]
    return GroupMonth(
        number=number,
        record=GroupRecord(weeks=tuple(_week(row) for row in four)),
        milestones=await _milestones(session, group, [row.week_of for row in four]),
    )


def _week(row: Scorecard) -> RecordWeek:
    card = GroupCard.model_validate(row.card["card"])
    return RecordWeek(monday=row.week_of, card=card, closed=row.closed)


async def _milestones(session: AsyncSession, group: Group, mondays: Sequence[date]) -> int:
    """How many milestones stand on the channel's cards of these weeks."""
    told = [await milestones.celebrated(session, group, monday) for monday in mondays]
    return sum(len(names) for of_week in told for _, names in of_week)
