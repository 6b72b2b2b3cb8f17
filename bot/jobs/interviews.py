"""The week of an interview: the list in its light days, the question how it was afterwards."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import enrolments, groups, interviews, memberships, pauses
from bot.store.tables import Delivery, Group, Membership, Timer
from bot.views import interview_afterwards as after_view
from bot.views import interviews as view
from plans.interview_week import asks_afterwards, has_list
from plans.library import Library


async def owe(session: AsyncSession, timer: Timer, membership: Membership, now: datetime) -> None:
    """Owe what the ring's day asks for: the list, drawn again on each day, or the question afterwards.

    Who is paused on that day gets it on a later one; twice is the same as once.
    """
    day = timer.period
    interview = await interviews.date_of(session, membership.id)
    if interview is None or await pauses.on(session, membership.id, day):
        return
    if has_list(interview, day) and memberships.today(membership, now) <= interview:
        await interviews.owe_list(session, membership, interview, timer.next_due_at)
    elif asks_afterwards(interview, day):
        await interviews.owe_afterwards(session, membership, interview, timer.next_due_at)


async def compose_list(
    session: AsyncSession, delivery: Delivery, now: datetime, *, library: Library
) -> Letter | None:
    """The list as it stands; where it has moved with its date, if that was before the day."""
    membership, group = await _whose(session, delivery)
    if membership.status != "active" or group.status != "active":
        return None
    interview, today = _interview(delivery), memberships.today(membership, now)
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is not None and enrolment.interview_on == interview:
        sheet = await interviews.read(session, membership, enrolment, library, now)
        message = view.post(sheet, f"r{delivery.revision}") if sheet else None
    elif delivery.state == "sent" and today <= interview:
        new = enrolment.interview_on if enrolment else None
        message = view.moved(interview, new, today, membership.id)
    else:
        message = None
    return Letter(delivery.channel or membership.user_id, message) if message else None


async def compose_afterwards(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """How it was, and what came of it; no question about a day that was moved meanwhile."""
    membership, group = await _whose(session, delivery)
    if membership.status != "active" or group.status != "active":
        return None
    interview = _interview(delivery)
    if delivery.state != "sent" and await interviews.date_of(session, membership.id) != interview:
        return None
    after = await interviews.aftermath(session, membership, interview)
    return Letter(delivery.channel or membership.user_id, after_view.afterwards(after))


async def compose_offer(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """The good news to the channel, as long as the member is there and it is still true."""
    membership, group = await _whose(session, delivery)
    after = await interviews.aftermath(session, membership, _interview(delivery))
    if membership.status != "active" or group.status != "active" or not after.has_offer:
        return None
    return Letter(group.channel_id, after_view.offer(membership.name))


async def offer_lost(session: AsyncSession, delivery: Delivery) -> None:
    """The good news did not reach the channel: who told it is told so."""
    await interviews.redraw_afterwards(session, delivery)


async def _whose(session: AsyncSession, delivery: Delivery) -> tuple[Membership, Group]:
    membership = await memberships.get(session, int(delivery.whom[1:]))
    return membership, await groups.get(session, membership.group_id)


def _interview(delivery: Delivery) -> date:
    return date.fromisoformat(delivery.period)
