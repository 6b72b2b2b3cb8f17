"""People in groups: joining, leaving, and the times at which something is posted to them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import mock_sessions, timers
from bot.store.tables import Group, Membership, Person
from plans import calendar, windows
from plans.mentoring import next_thanks

THANKED_AT = timedelta(hours=10)  # of the mentor's day
MADE_UP_FOR = timedelta(days=30)  # a thank-you that was missed, say while the group rested


def whom(membership: Membership) -> str:
    """How timers and deliveries name a membership."""
    return f"m{membership.id}"


def zone(membership: Membership) -> ZoneInfo:
    """The member's own time zone."""
    return ZoneInfo(membership.timezone)


def today(membership: Membership, now: datetime) -> date:
    """The member's local date."""
    return calendar.local_day(now, zone(membership))


def monday(membership: Membership, now: datetime) -> date:
    """The Monday of the member's present week."""
    return calendar.monday_of(today(membership, now))


async def get(session: AsyncSession, membership_id: int) -> Membership:
    """The membership with this id; it must exist."""
    return await session.get_one(Membership, membership_id)


async def in_group(session: AsyncSession, group: Group, user_id: str) -> Membership | None:
    """This person's membership in the group, whatever its status."""
    found: Membership | None = await session.scalar(
        select(Membership).where(Membership.group_id == group.id, Membership.user_id == user_id)
    )
    return found


async def of_person(
    session: AsyncSession, workspace_id: str, user_id: str, *, active: bool = True
) -> list[Membership]:
    """A person's memberships in living groups, the newest first; where they only interview comes last."""
    as_mentor = case((Membership.role == "mentor", 1), else_=0)
    query = (
        select(Membership)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.workspace_id == workspace_id, Membership.user_id == user_id)
        .order_by(as_mentor, Membership.joined_at.desc(), Membership.id.desc())
    )
    if active:
        query = query.where(Membership.status == "active", Group.status == "active")
    return list(await session.scalars(query))


async def set_times(session: AsyncSession, membership: Membership, group: Group, now: datetime) -> None:
    """Let the member's timers follow their post time, days off, nudge, zone and the group's check-in.

    Their mock sessions show the times of their zone. A mentor has no posts; what rings for them is the
    yearly thank-you.
    """
    name, local = whom(membership), zone(membership)
    if membership.role == "mentor":
        await timers.stop(session, name, "day", "checkin", "nudge")
        await set_thanks(session, membership, today(membership, now) - MADE_UP_FOR)
        await mock_sessions.redraw_of(session, membership)
        return
    day, due_at = await _next_post(session, membership, now)
    await timers.set_next(session, "day", name, day, due_at)
    day, due_at = calendar.next_occurrence(now, group.checkin_time, local, frozenset({group.checkin_weekday}))
    await timers.set_next(session, "checkin", name, day, due_at)
    await mock_sessions.redraw_of(session, membership)
    if membership.nudge_time is None:
        await timers.stop(session, name, "nudge")
        return
    working = frozenset(range(7)) - frozenset(membership.days_off)
    day, due_at = calendar.next_occurrence(now, membership.nudge_time, local, working)
    await timers.set_next(session, "nudge", name, day, due_at)


async def set_thanks(session: AsyncSession, membership: Membership, after: date) -> None:
    """Let a mentor's thank-you ring in the morning of the first anniversary of their yes after `after`."""
    local = zone(membership)
    day = next_thanks(calendar.local_day(membership.joined_at, local), after)
    due_at = calendar.day_span(day, local)[0] + THANKED_AT
    await timers.set_next(session, "thanks", whom(membership), day, due_at)


async def _next_post(session: AsyncSession, membership: Membership, now: datetime) -> tuple[date, datetime]:
    """The next post; at once if today's was still to come and a new zone or time put its hour behind us."""
    following = next_post(membership, now)
    here = today(membership, now)
    pending = await timers.find(session, "day", whom(membership))
    is_working = here.weekday() not in membership.days_off
    if pending is not None and pending.period <= here < following.day and is_working:
        return here, now
    return following


def next_post(membership: Membership, after: datetime) -> calendar.Occurrence:
    """When the day's post comes next: on working days at the member's time, or before their first window."""
    times = windows.post_times(membership.windows, membership.post_time)
    return min(
        (
            calendar.next_occurrence(after, at, zone(membership), frozenset({day}))
            for day, at in times.items()
            if day not in membership.days_off
        ),
        key=lambda occurrence: occurrence.instant,
    )


def post_on(membership: Membership, day: date) -> datetime | None:
    """When the post of this day comes; None for a date that the member's zone skipped."""
    times = windows.post_times(membership.windows, membership.post_time)
    return calendar.occurrence(day, times[day.weekday()], zone(membership))


async def slack_zone(session: AsyncSession, membership: Membership) -> str | None:
    """The zone that Slack knows of the member."""
    person = await session.get(Person, (membership.workspace_id, membership.user_id))
    return person.timezone if person else None


def end_of_day(membership: Membership, day: date) -> datetime:
    """The instant at which the member's local `day` is over."""
    return calendar.day_span(day, zone(membership))[1]


def end_of_week(membership: Membership, monday: date) -> datetime:
    """The instant at which the member's week is over: their own Sunday midnight."""
    return end_of_day(membership, monday + timedelta(days=6))
