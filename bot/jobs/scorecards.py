"""Publishing a week: the group's post, members' cards, suggestions, and the redrawing at the close."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs import lead_week, milestones, months, proposals, suggestions
from bot.outbox import Letter
from bot.pictures import group as group_picture
from bot.pictures import member as member_picture
from bot.store import (
    cards,
    deliveries,
    enrolments,
    groups,
    memberships,
    mock_counts,
    scorecards,
    timers,
    weeks,
)
from bot.store import lead_week as lead_week_store
from bot.store import milestones as milestones_store
from bot.store.tables import Delivery, Group, Membership, Timer
from bot.views import groupcard, membercard
from bot.views import milestones as celebration
from plans import calendar
from plans.groupcard import WEEKS_BESIDE, GroupCard, MemberWeek, Sharing, group_card, side_by_side
from plans.library import Library
from plans.rhythm import week_judged
from plans.scorecard import WeekRecord, score

LATE = timedelta(hours=72)
SUNDAY = timedelta(days=6)


async def ring(session: AsyncSession, timer: Timer, now: datetime, *, library: Library) -> None:
    """Publish the week that is ending: post, cards and suggestions are owed for three days."""
    group = await groups.get(session, int(timer.whom[1:]))
    monday = week_judged(timer.period)
    expires_at = timer.next_due_at + LATE
    members = await _judged(session, group, monday)
    if members and now < expires_at and group.status == "active":
        await _publish(session, group, members, monday, now, closed=False)
        await _owe(session, group, members, monday, timer.next_due_at, expires_at)
        await milestones.find_all(session, members, monday, now, library, closed=False)
        await lead_week.owe(session, group, monday, timer.next_due_at, expires_at)
        await suggestions.offer_all(session, group, members, monday, timer.next_due_at, now, library)
        await _set_close(session, group, members, monday)
    zone = ZoneInfo(group.timezone)
    following = calendar.next_occurrence(
        timer.next_due_at, group.scorecard_time, zone, frozenset({group.scorecard_weekday})
    )
    await timers.set_next(session, "scorecard", timer.whom, following.day, following.instant)


async def ring_close(session: AsyncSession, timer: Timer, now: datetime, *, library: Library) -> None:
    """The last member's week is over: publish it once more as it ended, withdraw what no longer applies."""
    group = await groups.get(session, int(timer.whom[1:]))
    monday = timer.period
    await timers.stop(session, timer.whom, "close")
    if group.status != "active":
        return
    members = await _judged(session, group, monday)
    await _publish(session, group, members, monday, now, closed=True)
    await milestones.find_all(session, members, monday, now, library, closed=True)
    await lead_week_store.redraw(session, group, monday)
    label = calendar.week_label(monday)
    await deliveries.want_redraw(session, "scorecard", groups.whom(group), label)
    for member in members:
        await deliveries.want_redraw(session, "card", memberships.whom(member), label)
    await suggestions.review(session, members, monday, library)
    await proposals.propose(session, group, members, monday, now, library=library)
    await months.close(session, group, members, monday, now, library=library)


async def compose_group(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """The group's week as it was published."""
    group = await groups.get(session, int(delivery.whom[1:]))
    monday = calendar.monday_of_label(delivery.period)
    row = await scorecards.published(session, delivery.whom, monday)
    if row is None or group.status != "active":
        return None
    past = await scorecards.history(session, delivery.whom, monday, WEEKS_BESIDE)
    published = {each.week_of: GroupCard.model_validate(each.card["card"]) for each in past}
    facts = groupcard.GroupWeek(
        group_id=group.id,
        name=group.name,
        monday=monday,
        card=published[monday],
        weeks=side_by_side(published, monday),
        closed=row.closed,
        celebration=celebration.line(await milestones_store.celebrated(session, group, monday)),
    )
    picture = group_picture.picture(facts.weeks)
    message = groupcard.group_post(facts, picture.alt if picture else None)
    return Letter(group.channel_id, message, picture=picture)


async def compose_card(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """A member's own card."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    if membership.status != "active":
        return None
    card = await cards.read(session, membership, calendar.monday_of_label(delivery.period), now)
    picture = member_picture.picture(card)
    to = delivery.channel or membership.user_id
    return Letter(to, membercard.member_post(card, picture.alt if picture else None), picture=picture)


async def _judged(session: AsyncSession, group: Group, monday: date) -> list[Membership]:
    """The members whose plan has begun by the end of the week; mentors have none."""
    found = []
    for member in await groups.members(session, group):
        enrolment = await enrolments.current(session, member.id)
        if enrolment is None or member.role == "mentor":
            continue
        if enrolment.first_day <= monday + SUNDAY or await weeks.of(session, member.id, monday):
            found.append(member)  # with a new plan ahead, the week of the old one counts
    return found


async def _publish(
    session: AsyncSession,
    group: Group,
    members: list[Membership],
    monday: date,
    now: datetime,
    *,
    closed: bool,
) -> None:
    """Keep the group's and each member's card; the sharing of the first publication stays."""
    name = groups.whom(group)
    before = await scorecards.published(session, name, monday)
    sharing: dict[str, str] = (before.card if before else {}).get("sharing", {})
    shown = []
    for member in members:
        if before is not None and str(member.id) not in sharing:
            continue  # who joined after the first publication is not in this week's post
        known = await cards.record(session, member, monday)
        week = _member_week(member, known, sharing.get(str(member.id), member.sharing))
        short = await cards.publishable(session, member, monday, known, now)
        kept_card = short.model_dump(mode="json")
        await scorecards.publish(session, memberships.whom(member), monday, kept_card, now, closed=closed)
        shown.append(week)
    held = await mock_counts.held_in_week(session, group, monday)
    card = group_card(
        shown, mocks_held=held, previous=await _last_week(session, name, monday), ranked=group.has_ranking
    )
    kept: dict[str, Any] = {
        "card": card.model_dump(mode="json"),
        "sharing": sharing or {week.member: week.sharing.value for week in shown},
    }
    await scorecards.publish(session, name, monday, kept, now, closed=closed)


def _member_week(member: Membership, known: WeekRecord, sharing: str) -> MemberWeek:
    return MemberWeek(
        member=str(member.id),
        name=member.name,
        sharing=Sharing(sharing),
        card=score(known),
        counts=known.counts,
    )


async def _last_week(session: AsyncSession, name: str, monday: date) -> GroupCard | None:
    row = await scorecards.published(session, name, monday - timedelta(weeks=1))
    return GroupCard.model_validate(row.card["card"]) if row else None


async def _owe(
    session: AsyncSession,
    group: Group,
    members: list[Membership],
    monday: date,
    due_at: datetime,
    expires_at: datetime,
) -> None:
    label = calendar.week_label(monday)
    owed = [("scorecard", groups.whom(group)), *(("card", memberships.whom(member)) for member in members)]
    for kind, whom in owed:
        await deliveries.owe(
            session,
            kind,
            workspace_id=group.workspace_id,
            whom=whom,
            period=label,
            due_at=due_at,
            expires_at=expires_at,
        )


async def _set_close(session: AsyncSession, group: Group, members: list[Membership], monday: date) -> None:
    """The week closes at the last of the members' Sunday midnights."""
    if not members:
        return
    closes_at = max(memberships.end_of_week(member, monday) for member in members)
    await timers.set_next(session, "close", groups.whom(group), monday, closes_at)
