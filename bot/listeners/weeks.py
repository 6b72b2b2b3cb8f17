"""A member's week: as it was offered, or ahead as it would be offered now."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of, meant_membership, needed_membership
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import reply
from bot.store import (
    catching_up,
    curricula,
    days,
    enrolments,
    entries,
    goals,
    memberships,
    minimums,
    periods,
    proposals,
    weeks,
)
from bot.store.tables import Enrolment, Membership
from bot.views import membership as membership_view
from bot.views import week as week_view
from bot.views.message import Message
from bot.views.week import WeekDay, WeekSheet
from plans import calendar, targets
from plans.agenda import AgendaGoal
from plans.fitted import FittedGoal
from plans.minimums import WeekMinimums

SUNDAY = timedelta(days=6)


def register(app: Listening) -> None:
    """Listen to the buttons that show a week."""
    app.action(re.compile(f"^{membership_view.SHOW_WEEK}(_next)?$"))(show_week)


async def week(call: Call) -> Message:
    """Your week with every goal; `week next` looks ahead"""
    ahead = call.words.strip().lower().startswith("next")
    async with call.house.database.write() as session:
        membership = await needed_membership(session, call.actor)
        return await sheet(session, call.house, membership, 1 if ahead else 0)


async def show_week(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """This week or the next for who asks; in the channel everybody sees their own."""
    ahead = str(body["actions"][0].get("action_id") or "").endswith("_next")
    async with house.database.write() as session:
        membership = await meant_membership(session, actor_of(body), body["actions"][0].get("value"))
        message = await sheet(session, house, membership, 1 if ahead else 0)
    await ack()
    await reply(house, body, message)


async def sheet(session: AsyncSession, house: House, membership: Membership, ahead: int) -> Message:
    """The member's week as a message, `ahead` weeks from this one."""
    now = house.now()
    monday = memberships.monday(membership, now) + timedelta(weeks=ahead)
    facts = await _facts(session, house, membership, monday, now)
    enrolment = await enrolments.current(session, membership.id)
    interview = enrolment.interview_on if enrolment else None
    there = await periods.of_days(session, membership.id, interview, monday, monday + SUNDAY)
    return week_view.sheet(replace(facts, periods=there))


async def _facts(
    session: AsyncSession, house: House, membership: Membership, monday: date, now: datetime
) -> WeekSheet:
    """The week of `monday`. This week is opened by looking at it; later ones stay open to change."""
    enrolment = await enrolments.current(session, membership.id)
    today = memberships.today(membership, now)
    ahead = monday > calendar.monday_of(today)
    week = await weeks.of(session, membership.id, monday)
    if enrolment is not None and week is None and not ahead:
        week = await weeks.open_week(session, membership, enrolment, house.library, monday, now)
    if enrolment is not None and week is None and ahead:
        return await _preview(session, house, membership, enrolment, monday, today)
    sums = await entries.totals(session, membership.id, monday, monday + SUNDAY)
    offered = await goals.of_week(session, membership.id, monday)
    titles = week.outline["titles"] if week else {}
    held = await enrolments.of_week(session, week, enrolment) if enrolment else None
    plan = await curricula.of(session, house.library, held) if held else None
    sheet = [
        WeekDay(
            day,
            str(titles.get(str(day.weekday())) or "Also planned"),
            tuple(
                days.as_agenda(goal, memberships.zone(membership)) for goal in offered if goal.due_on == day
            ),
        )
        for day in sorted({goal.due_on for goal in offered})
    ]
    return WeekSheet(
        membership_id=membership.id,
        monday=monday,
        today=today,
        number=week.number if week else None,
        weeks=len(plan.weeks) if plan else None,
        theme=plan.week(week.number).theme if plan and week else "",
        mode=week.mode if week else "normal",
        days=sheet,
        minutes_done=sums.minutes,
        counts=sums.counts,
        targets=goals.counted(offered),
        left_out=[(left["text"], left["reason"]) for left in (week.outline["left_out"] if week else [])],
        preview=False,
        behind=await catching_up.count(session, membership, today),
        minimums=await minimums.of_week(session, membership, monday, now),
        agreed=await proposals.agreed(session, membership, monday) if week else (),
    )


async def _preview(
    session: AsyncSession,
    house: House,
    membership: Membership,
    enrolment: Enrolment,
    monday: date,
    today: date,
) -> WeekSheet:
    """A week that was not opened yet, as the fit would offer it now; an empty one outside the plan."""
    plan = await curricula.of(session, house.library, enrolment)
    view = await weeks.outlook(session, membership, enrolment, house.library, monday)
    empty = WeekSheet(
        membership_id=membership.id,
        monday=monday,
        today=today,
        number=None,
        weeks=len(plan.weeks),
        theme="",
        mode="normal",
        days=[],
        minutes_done=0,
        counts={},
        targets={},
        left_out=[],
        preview=True,
    )
    if view is None:
        return empty
    return replace(
        empty,
        number=view.number,
        theme=plan.week(view.number).theme,
        mode=view.mode,
        days=[
            WeekDay(
                monday + timedelta(days=day.weekday), day.title, tuple(_fitted(goal) for goal in day.goals)
            )
            for day in view.fitted.days
        ],
        targets={metric.value: count for metric, count in targets.of_week(view.fitted).items()},
        left_out=[(left.text, left.reason) for left in view.fitted.left_out],
        minimums=WeekMinimums.ahead(targets.of_week(view.fitted), view.fitted.minutes),
        agreed=await proposals.agreed(session, membership, monday),
    )


def _fitted(goal: FittedGoal) -> AgendaGoal:
    return AgendaGoal(
        id=0,
        text=goal.text,
        note=goal.note,
        minutes=goal.minutes,
        area=goal.area,
        block=goal.block,
        state="open",
        carried_from=None,
    )
