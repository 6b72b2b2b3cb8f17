"""The weekly check-in, asked in each member's own evening."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import cards, deliveries, groups, memberships, minimums, pauses, ratings, timers
from bot.store.tables import Delivery, Timer
from bot.views import checkin
from plans import calendar
from plans.rhythm import week_judged


async def ring(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """Owe the check-in until the member's day ends; a paused member is not asked."""
    membership = await memberships.get(session, int(timer.whom[1:]))
    group = await groups.get(session, membership.group_id)
    expires_at = memberships.end_of_day(membership, timer.period)
    if now < expires_at and await pauses.on(session, membership.id, timer.period) is None:
        await deliveries.owe(
            session,
            "checkin",
            workspace_id=membership.workspace_id,
            whom=timer.whom,
            period=week_judged(timer.period).isoformat(),
            due_at=timer.next_due_at,
            expires_at=expires_at,
        )
    following = calendar.next_occurrence(
        timer.next_due_at,
        group.checkin_time,
        memberships.zone(membership),
        frozenset({group.checkin_weekday}),
    )
    await timers.set_next(session, "checkin", timer.whom, following.day, following.instant)


async def compose(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """The question with the week so far; nothing for who has nothing to look back on."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    if membership.status != "active":
        return None
    monday = date.fromisoformat(delivery.period)
    goals = (await cards.score(session, membership, monday)).goals
    if delivery.state != "sent" and not goals.planned:
        return None
    filled = bool(await ratings.of_week(session, membership.id, monday))
    weekend = await minimums.for_weekend(session, membership, monday, now)
    post = checkin.post(monday, goals.done, goals.planned, membership.id, filled=filled, weekend=weekend)
    return Letter(delivery.channel or membership.user_id, post)
