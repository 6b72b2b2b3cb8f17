"""The day's post in the morning, and the evening's reminder."""

import logging
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs import checkpoints, holidays, interviews, suggestions
from bot.outbox import Letter
from bot.store import days, deliveries, groups, memberships, pauses, timers
from bot.store.tables import Delivery, Membership, Timer
from bot.views import day as day_view
from bot.views.message import Message
from plans import calendar
from plans.library import Library

log = logging.getLogger(__name__)

NUDGE_LATE = timedelta(minutes=90)


async def ring_day(session: AsyncSession, timer: Timer, now: datetime, *, library: Library) -> None:
    """Owe the day's post until the member's day ends, and what else comes with it: on a Friday the week's
    checkpoint, before holidays a question, around an interview its list; then wait for the next working day.
    """
    membership = await _member(session, timer)
    expires_at = memberships.end_of_day(membership, timer.period)
    await _owe(session, timer, membership, expires_at, now)
    await interviews.owe(session, timer, membership, now)
    await checkpoints.owe(session, timer, membership, now, library=library)
    await holidays.owe(session, timer, membership, now, library=library)
    await suggestions.follow(session, membership, now)
    await _set_next(session, timer, membership)


async def ring_nudge(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """Owe the evening's reminder, for at most an hour and a half."""
    membership = await _member(session, timer)
    end = memberships.end_of_day(membership, timer.period)
    await _owe(session, timer, membership, min(timer.next_due_at + NUDGE_LATE, end), now)
    await _set_next(session, timer, membership)


async def compose_day(
    session: AsyncSession, delivery: Delivery, now: datetime, *, library: Library
) -> Letter | None:
    """The day as it now stands; nothing on a paused or an empty day that was not posted before.

    The interview's day is never empty: it has its own word.
    """
    membership = await _reachable(session, delivery)
    if membership is None:
        return None
    agenda = await days.read(session, membership, library, _day(delivery), now)
    if delivery.state != "sent" and (agenda.paused_until or not (agenda.goals or agenda.is_interview)):
        return None
    return _to(membership, delivery, day_view.post(agenda, f"r{delivery.revision}"))


async def compose_nudge(
    session: AsyncSession, delivery: Delivery, now: datetime, *, library: Library
) -> Letter | None:
    """What is still open this evening; nothing if nothing is."""
    membership = await _reachable(session, delivery)
    if membership is None:
        return None
    agenda = await days.read(session, membership, library, _day(delivery), now)
    if agenda.paused_until or all(goal.state != "open" for goal in agenda.goals):
        return None
    return _to(membership, delivery, day_view.nudge(agenda))


def _day(delivery: Delivery) -> date:
    return date.fromisoformat(delivery.period)


def _to(membership: Membership, delivery: Delivery, message: Message) -> Letter:
    """To the member, in the conversation where it stands already if it does."""
    return Letter(delivery.channel or membership.user_id, message)


async def _member(session: AsyncSession, timer: Timer) -> Membership:
    return await memberships.get(session, int(timer.whom[1:]))


async def _reachable(session: AsyncSession, delivery: Delivery) -> Membership | None:
    """The member, while they are in a living group."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    group = await groups.get(session, membership.group_id)
    return membership if membership.status == "active" and group.status == "active" else None


async def _owe(
    session: AsyncSession, timer: Timer, membership: Membership, expires_at: datetime, now: datetime
) -> None:
    if now >= expires_at:
        log.warning("%s of %s for %s was not sent in time", timer.kind, timer.whom, timer.period)
        return
    if await pauses.on(session, membership.id, timer.period):
        return
    await deliveries.owe(
        session,
        timer.kind,
        workspace_id=membership.workspace_id,
        whom=timer.whom,
        period=timer.period.isoformat(),
        due_at=timer.next_due_at,
        expires_at=expires_at,
    )


async def _set_next(session: AsyncSession, timer: Timer, membership: Membership) -> None:
    """The next working day after this one: after an outage, day by day until today."""
    if timer.kind == "day":
        following = memberships.next_post(membership, timer.next_due_at)
    elif membership.nudge_time is None:
        await timers.stop(session, timer.whom, timer.kind)
        return
    else:
        working = frozenset(range(7)) - frozenset(membership.days_off)
        zone = memberships.zone(membership)
        following = calendar.next_occurrence(timer.next_due_at, membership.nudge_time, zone, working)
    await timers.set_next(session, timer.kind, timer.whom, following.day, following.instant)
