"""Months: owed when their last week has closed, each member's to them alone, the group's to its channel."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs import week_posts
from bot.outbox import Letter
from bot.pictures import month as month_picture
from bot.pictures import record as group_picture
from bot.store import groups, memberships, months
from bot.store.tables import Delivery, Group, Membership
from bot.views import month as view
from bot.views import month_group
from plans import calendar, month
from plans.library import Library

MORNING = time(9)  # a week closes at midnight; the channel hears of its month in the morning (ours)


async def close(
    session: AsyncSession, member: Membership, monday: date, now: datetime, *, library: Library
) -> None:
    """The week of `monday` is closed for good: owe the member the month that ends with it, for three days.

    It comes with their next day's post. Twice is the same as once.
    """
    if await months.ending(session, member, library, monday) is not None:
        group = await groups.get(session, member.group_id)
        due_at = memberships.next_post(member, now).instant
        await week_posts.owe(session, months.KIND, memberships.whom(member), group, monday, due_at)


async def close_group(session: AsyncSession, group: Group, monday: date, now: datetime) -> None:
    """The same for the group, in its channel on its next morning."""
    if await months.of_group(session, group, monday) is not None:
        due_at = calendar.next_occurrence(now, MORNING, ZoneInfo(group.timezone)).instant
        await week_posts.owe(session, months.GROUP_KIND, groups.whom(group), group, monday, due_at)


async def compose(
    session: AsyncSession, delivery: Delivery, now: datetime, *, library: Library
) -> Letter | None:
    """A member's month; nothing to who has left, and of a month in which nothing was."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    group = await groups.get(session, membership.group_id)
    if membership.status != "active" or group.status != "active":
        return None
    monday = calendar.monday_of_label(delivery.period)
    enrolment = await months.taken(session, membership, monday)
    if enrolment is None:
        return None
    number = month.month_of((monday - enrolment.starts_on) // calendar.WEEK + 1)
    page = await months.read(session, membership, enrolment, library, number, now)
    if page is None:
        return None
    picture = month_picture.picture(page.month)
    message = view.post(page, picture.alt if picture else None)
    return Letter(delivery.channel or membership.user_id, message, picture=picture)


async def compose_group(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """The group's month as its weeks were published."""
    group = await groups.get(session, int(delivery.whom[1:]))
    made = await months.of_group(session, group, calendar.monday_of_label(delivery.period))
    if made is None or group.status != "active":
        return None
    name = f"month-{made.number}.png"
    picture = group_picture.picture(month_group.title(made), name, made.record)
    message = month_group.post(made, group.name, picture.alt if picture else None)
    return Letter(group.channel_id, message, picture=picture)
