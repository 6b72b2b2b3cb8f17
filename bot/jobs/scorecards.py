"""Publishing a week: the group's post, members' cards, suggestions, and the redrawing at the close."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs import lead_week, milestones, months, proposals, suggestions, week_posts
from bot.outbox import Letter
from bot.pictures import group as group_picture
from bot.pictures import member as member_picture
from bot.store import (
    cards,
    deliveries,
    groups,
    memberships,
    mock_counts,
    scorecards,
    timers,
)
from bot.store import lead_week as lead_week_store
from bot.store import milestones as milestones_store
from bot.store.tables import Delivery, Group, Membership, Scorecard, Timer
from bot.views import groupcard, membercard
from bot.views import milestones as celebration
from plans import calendar
from plans.groupcard import WEEKS_BESIDE, GroupCard, MemberWeek, Sharing, group_card, side_by_side
from plans.library import Library
from plans.published import PublishedWeek
from plans.rhythm import week_judged

HANDFUL = 3  # members whose cards one transaction keeps, about a tenth of a second; ours
JUDGED, CLOSED = "judged", "closed"  # the members' timers after the group's


async def ring(session: AsyncSession, timer: Timer, now: datetime, *, library: Library) -> None:
    """Publish the week that is ending: a handful of cards each time it rings, then the group's post.

    Until all cards are there the timer stays due, so nobody's click waits for a whole group, and a bot that
    died half-way goes on where it was. What is owed is owed for three days.
    """
    group = await groups.get(session, int(timer.whom[1:]))
    monday = week_judged(timer.period)
    expires_at = timer.next_due_at + week_posts.LATE
    members = await scorecards.judged(session, group, monday)
    if members and now < expires_at and group.status == "active":
        if await _publish_some(session, group, members, monday, now, library, closed=False):
            return
        await _publish_group(session, group, members, monday, now, closed=False)
        await week_posts.owe(session, "scorecard", groups.whom(group), group, monday, timer.next_due_at)
        await lead_week.owe(session, group, monday, timer.next_due_at, expires_at)
        await timers.set_all(session, JUDGED, list(map(memberships.whom, members)), monday, timer.next_due_at)
        closes_at = max(memberships.end_of_week(member, monday) for member in members)
        await timers.set_next(session, "close", groups.whom(group), monday, closes_at)
    zone = ZoneInfo(group.timezone)
    following = calendar.next_occurrence(
        timer.next_due_at, group.scorecard_time, zone, frozenset({group.scorecard_weekday})
    )
    await timers.set_next(session, "scorecard", timer.whom, following.day, following.instant)


async def ring_judged(session: AsyncSession, timer: Timer, now: datetime, *, library: Library) -> None:
    """After the group's post: a member's own card is owed, and what their week asks for."""
    await timers.stop(session, timer.whom, JUDGED)
    member = await memberships.get(session, int(timer.whom[1:]))
    group = await groups.get(session, member.group_id)
    due_at, monday = timer.next_due_at, timer.period
    if member.status != "active" or now >= memberships.end_of_week(member, monday) + week_posts.LATE:
        return
    await week_posts.owe(session, "card", timer.whom, group, monday, due_at)
    await suggestions.offer(session, group, member, monday, due_at, now, library)


async def ring_close(session: AsyncSession, timer: Timer, now: datetime, *, library: Library) -> None:
    """The last member's week is over: publish it once more as it ended, a handful of cards each time."""
    group = await groups.get(session, int(timer.whom[1:]))
    monday = timer.period
    members = await scorecards.judged(session, group, monday)
    is_active = group.status == "active"
    if is_active and await _publish_some(session, group, members, monday, now, library, closed=True):
        return
    await timers.stop(session, timer.whom, "close")
    if not is_active:
        return
    await _publish_group(session, group, members, monday, now, closed=True)
    await deliveries.want_redraw(session, "scorecard", timer.whom, calendar.week_label(monday))
    await lead_week_store.redraw(session, group, monday)
    await timers.set_all(session, CLOSED, list(map(memberships.whom, members)), monday, timer.next_due_at)
    await proposals.propose(session, group, members, monday, now, library=library)
    await months.close_group(session, group, monday, now)


async def ring_closed(session: AsyncSession, timer: Timer, now: datetime, *, library: Library) -> None:
    """After that: a member's card is redrawn, what no longer applies withdrawn, and their month owed."""
    await timers.stop(session, timer.whom, CLOSED)
    member = await memberships.get(session, int(timer.whom[1:]))
    if member.status != "active":
        return
    monday = timer.period
    await deliveries.want_redraw(session, "card", timer.whom, calendar.week_label(monday))
    await suggestions.review(session, member, monday, library, now)
    await suggestions.end(session, member, monday, now)
    await months.close(session, member, monday, now, library=library)


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


async def _publish_some(
    session: AsyncSession,
    group: Group,
    members: Sequence[Membership],
    monday: date,
    now: datetime,
    library: Library,
    *,
    closed: bool,
) -> bool:
    """Keep the cards of a handful of members and what they reached; false if all were kept before."""
    left = await _unpublished(session, group, members, monday, closed=closed)
    for member in left[:HANDFUL]:
        known = await cards.record(session, member, monday)
        short = await cards.publishable(session, member, monday, known, now)
        kept = short.model_dump(mode="json")
        await scorecards.publish(session, memberships.whom(member), monday, kept, now, closed=closed)
        await milestones.find(session, member, monday, now, library, closed=closed)
    return bool(left)


async def _unpublished(
    session: AsyncSession, group: Group, members: Sequence[Membership], monday: date, *, closed: bool
) -> list[Membership]:
    """Whose card is still to be kept: who joined after the first publication is not in this week's post."""
    before = await scorecards.published(session, groups.whom(group), monday)
    present = set(before.card["sharing"]) if before else {str(member.id) for member in members}
    kept = await scorecards.of_members(session, members, monday)
    is_kept = {number for number, row in kept.items() if row.closed or not closed}
    return [member for member in members if str(member.id) in present and member.id not in is_kept]


async def _publish_group(
    session: AsyncSession,
    group: Group,
    members: Sequence[Membership],
    monday: date,
    now: datetime,
    *,
    closed: bool,
) -> None:
    """Keep the group's card, made of its members' cards; the sharing of the first publication stays."""
    name = groups.whom(group)
    before = await scorecards.published(session, name, monday)
    sharing = before.card["sharing"] if before else {str(each.id): each.sharing for each in members}
    if before is None:
        await milestones_store.withhold(session, members, monday)
    kept = await scorecards.of_members(session, members, monday)
    shown = [
        _member_week(member, kept[member.id], sharing[str(member.id)])
        for member in members
        if str(member.id) in sharing and member.id in kept
    ]
    card = group_card(
        shown,
        mocks_held=await mock_counts.held_in_week(session, group, monday),
        previous=await _last_week(session, name, monday),
        ranked=group.has_ranking,
    )
    content = {"card": card.model_dump(mode="json"), "sharing": sharing}
    await scorecards.publish(session, name, monday, content, now, closed=closed)


def _member_week(member: Membership, kept: Scorecard, sharing: str) -> MemberWeek:
    card = PublishedWeek.model_validate(kept.card)
    return MemberWeek(
        member=str(member.id), name=member.name, sharing=Sharing(sharing), card=card, counts=card.counts
    )


async def _last_week(session: AsyncSession, name: str, monday: date) -> GroupCard | None:
    row = await scorecards.published(session, name, monday - timedelta(weeks=1))
    return GroupCard.model_validate(row.card["card"]) if row else None
