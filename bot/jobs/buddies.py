"""What is sent about a buddy: the question, the next proposal, the conversation of two."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import buddies, groups, memberships
from bot.store.tables import Buddy, Delivery, Membership
from bot.views import buddies as view
from bot.views.message import Message

HERE = "active"  # the status of who can be written to


async def compose_ask(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """The question to who is asked, or what became of it."""
    buddy = await memberships.get(session, int(delivery.whom[1:]))
    row = await buddies.of_period(session, delivery.period)
    asker = await memberships.get(session, row.membership_id) if row else None
    if not await _may_be_written_to(session, buddy):
        return None
    message = _question(row, asker, now)
    if delivery.state != "sent" and (row is None or row.state != buddies.ASKED):
        return None
    return Letter(delivery.channel or buddy.user_id, message)


def _question(row: Buddy | None, asker: Membership | None, now: datetime) -> Message:
    """How the question stands; it names who asked only as long as they are there and wish it."""
    if row is None or asker is None or asker.status != HERE or row.state == buddies.WITHDRAWN:
        return view.needless()
    if row.state == buddies.ACCEPTED:
        return view.promised(asker.name)
    if row.state == buddies.DECLINED:
        return view.declined()
    if now >= memberships.end_of_week(asker, row.week_of):
        return view.needless()
    return view.question(asker.name, row.id, row.week_of)


async def compose_next(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """Whom the member could ask next, or how their search stands by now."""
    member = await memberships.get(session, int(delivery.whom[1:]))
    row = await buddies.of_period(session, delivery.period)
    if row is None or not await _may_be_written_to(session, member):
        return None
    if now >= memberships.end_of_week(member, row.week_of):
        return Letter(delivery.channel, view.over()) if delivery.channel else None
    return Letter(delivery.channel or member.user_id, await _search(session, member, row, now))


async def _search(session: AsyncSession, member: Membership, row: Buddy, now: datetime) -> Message:
    current = await buddies.open_of(session, member.id, row.week_of)
    if current is not None:
        other = await memberships.get(session, current.buddy_id)
        if current.state == buddies.ACCEPTED:
            return view.found(other.name, row.week_of)
        return view.waiting(other.name, current.id, row.week_of)
    wish = view.Wish(member.id, row.week_of)
    others = await buddies.candidates(session, member, row.week_of, now)
    return view.proposal(wish, others[0].id, others[0].name, again=True) if others else view.nobody(wish)


async def compose_room(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """The conversation of the two; without names once it is off."""
    row = await buddies.of_period(session, delivery.period)
    if row is None:
        return None
    two = [await memberships.get(session, each) for each in (row.membership_id, row.buddy_id)]
    is_on = row.state == buddies.ACCEPTED and all(each.status == HERE for each in two)
    if not is_on:
        return Letter(delivery.channel, view.no_longer()) if delivery.channel else None
    if not await _may_be_written_to(session, two[0]):
        return None
    since = row.answered_at or now
    times = await buddies.times(session, two[0], two[1], row.week_of, since)
    zones = [(each.name, each.timezone) for each in two]
    message = view.together([each.name for each in two], zones, times)
    return Letter(delivery.channel or ",".join(each.user_id for each in two), message)


async def _may_be_written_to(session: AsyncSession, member: Membership) -> bool:
    group = await groups.get(session, member.group_id)
    return member.status == HERE and group.status == "active"
