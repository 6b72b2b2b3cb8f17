"""What the lead of a group sees of a week: the channel's card, and what members agreed to be told of."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, goals, groups, memberships, milestones, pauses, ratings, scorecards
from bot.store.tables import Delivery, Group, Membership
from plans import calendar
from plans.groupcard import WEEKS_BESIDE, GroupCard, side_by_side
from plans.nudging import (
    MISSED_CHECKINS,
    LeadWeek,
    Signs,
    Word,
    quiet_since,
    shown_count,
    unanswered_since,
)
from plans.scorecard import Band

KIND = "leadweek"
BACK = timedelta(days=14)  # how far a quiet stretch is looked for


async def readers(session: AsyncSession, group: Group) -> list[Membership]:
    """The members who lead the group; none if who started it leads it without being in it."""
    return [member for member in await groups.members(session, group) if member.role == "lead"]


async def newest(session: AsyncSession, group: Group, today: date) -> date:
    """The week of the group's newest scorecard; this one before the first."""
    monday = calendar.monday_of(today)
    rows = await scorecards.history(session, groups.whom(group), monday, 1)
    return rows[-1].week_of if rows else monday


async def read(
    session: AsyncSession, group: Group, monday: date, at: datetime, reader: Membership | None
) -> LeadWeek:
    """The week of `monday` for this reader, as things stand `at` that instant."""
    name = groups.whom(group)
    row = await scorecards.published(session, name, monday)
    past = await scorecards.history(session, name, monday, WEEKS_BESIDE)
    published = {each.week_of: GroupCard.model_validate(each.card["card"]) for each in past}
    others = [
        member
        for member in await groups.members(session, group)
        if member.role != "mentor" and (reader is None or member.id != reader.id)
    ]
    agreed = [member for member in others if member.may_be_nudged]
    return LeadWeek(
        group_id=group.id,
        name=group.name,
        monday=monday,
        card=published.get(monday),
        weeks=side_by_side(published, monday),
        closed=bool(row and row.closed),
        agreed=len(agreed),
        words=[word for each in agreed if (word := await _word(session, each, monday, at))],
        missed=await _missed(session, others, monday),
        celebrated=await milestones.celebrated(session, group, monday),
    )


async def _word(session: AsyncSession, member: Membership, monday: date, at: datetime) -> Word | None:
    """That a word would help, and since when; nothing on a pause."""
    here = memberships.today(member, at)
    if await pauses.on(session, member.id, here) is not None:
        return None
    asked = [monday - timedelta(weeks=back) for back in reversed(range(MISSED_CHECKINS))]
    signs = Signs(
        recovery_since=await _recovery(session, member, monday),
        quiet_since=await _quiet(session, member, here),
        unanswered_since=unanswered_since(await _checkins(session, member, asked)),
    )
    return Word(member.id, member.name, signs.since) if signs.since else None


async def _recovery(session: AsyncSession, member: Membership, monday: date) -> date | None:
    row = await scorecards.published(session, memberships.whom(member), monday)
    return monday if row is not None and row.card["band"] == Band.RECOVERY else None


async def _quiet(session: AsyncSession, member: Membership, here: date) -> date | None:
    """Since when nothing was done, on days before today that had something planned and were not off."""
    since, last = here - BACK, here - timedelta(days=1)
    paused = await pauses.days(session, member.id, since, last)
    planned = await goals.planned_days(session, member.id, since)
    working = [
        day
        for day in sorted(planned)
        if day <= last and day.weekday() not in member.days_off and day not in paused
    ]
    return quiet_since(working, await goals.active_days(session, member.id, since))


async def _checkins(
    session: AsyncSession, member: Membership, mondays: Sequence[date]
) -> list[tuple[date, bool]]:
    """The weeks of these in which the member was asked, and whether they answered."""
    query = select(Delivery.period).where(
        Delivery.kind == "checkin", Delivery.whom == memberships.whom(member), Delivery.state == "sent"
    )
    asked = set(await session.scalars(query))
    return [
        (monday, bool(await ratings.of_week(session, member.id, monday)))
        for monday in mondays
        if monday.isoformat() in asked
    ]


async def _missed(session: AsyncSession, members: Sequence[Membership], monday: date) -> int | None:
    """How many of who was asked did not check in, where that may be told."""
    answers = [each for member in members for each in await _checkins(session, member, [monday])]
    return shown_count(sum(not answered for _, answered in answers), len(answers))


async def redraw(session: AsyncSession, group: Group, *mondays: date) -> None:
    """Draw what leads were shown anew: of these weeks, or else the newest of each."""
    query = select(Membership).where(Membership.group_id == group.id)
    names = [groups.whom(group), *(memberships.whom(each) for each in await session.scalars(query))]
    for name in names:
        if mondays:
            labels = [calendar.week_label(monday) for monday in mondays]
            await deliveries.want_redraw(session, KIND, name, *labels)
        else:
            await deliveries.want_newest_redrawn(session, KIND, name)
