"""All that is kept of a person, as plain values with the product's words for keys: what `/prep export` sends.

Which columns are told stands in `telling`; what happened in mock interviews is read in `mock_export`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import curricula, deliveries, groups, memberships, mock_export, people
from bot.store.tables import (
    Adjustment,
    Buddy,
    CheckpointTick,
    Delivery,
    Enrolment,
    Entry,
    Goal,
    Group,
    GroupPlan,
    HolidayAsk,
    InterviewTick,
    Membership,
    Milestone,
    Pause,
    Period,
    PlanChange,
    Rating,
    Reflection,
    Scorecard,
    Story,
    Suggestion,
    Vote,
    Week,
)
from bot.store.telling import Row, told
from plans.library import Library
from plans.model import Weekday
from plans.questions import Bank

KIND = "export"
ONCE_IN = timedelta(minutes=1)  # a second wish so soon is the same one
WORTH_SENDING = timedelta(hours=24)
BY_MEMBERSHIP = {
    "ratings": Rating,
    "reflections": Reflection,
    "pauses": Pause,
    "lighter_times": Period,
    "holidays": HolidayAsk,
    "interview_lists": InterviewTick,
    "stories": Story,
    "milestones": Milestone,
    "buddies": Buddy,
    "votes": Vote,
    "suggestions": Suggestion,
    "adjustments": Adjustment,
    "changes_of_plan": PlanChange,
}


# Asking for it


async def ask(session: AsyncSession, mine: Sequence[Membership], now: datetime) -> bool:
    """Owe a person the file with their data; false if they have asked within the last minute.

    `mine` are all their memberships; the delivery hangs off the first.
    """
    names = [memberships.whom(each) for each in mine]
    newest = select(Delivery.id).where(
        Delivery.kind == KIND, Delivery.whom.in_(names), Delivery.due_at > now - ONCE_IN
    )
    if await session.scalar(newest.limit(1)) is not None:
        return False
    return await deliveries.owe(
        session,
        KIND,
        workspace_id=mine[0].workspace_id,
        whom=names[0],
        period=now.isoformat(timespec="seconds"),
        due_at=now,
        expires_at=now + WORTH_SENDING,
    )


# What is in it


async def of_person(
    session: AsyncSession, library: Library, bank: Bank, workspace_id: str, user_id: str, now: datetime
) -> Row:
    """Everything that is kept of a person in a workspace, in all groups in which they are or were."""
    person = await people.find(session, workspace_id, user_id)
    mine = await memberships.of_person(session, workspace_id, user_id, active=False)
    return {
        "made_at": now.isoformat(),
        "person": told(person) if person else {"user_id": user_id, "workspace_id": workspace_id},
        "groups": [await _membership(session, library, bank, each, now) for each in mine],
        "started_groups": await _started(session, workspace_id, user_id),
        "uploaded_plans": await _uploaded(session, workspace_id, user_id),
    }


async def _membership(
    session: AsyncSession, library: Library, bank: Bank, membership: Membership, now: datetime
) -> Row:
    """What hangs off one membership."""
    goals = await _rows(session, Goal, membership)
    return {
        "group": told(await groups.get(session, membership.group_id)),
        "membership": {
            **told(membership),
            "days_off": [tuple(Weekday)[day].value for day in membership.days_off],
        },
        "plans": [
            await _enrolment(session, library, row) for row in await _rows(session, Enrolment, membership)
        ],
        "own_goals": [told(goal) for goal in goals if goal.enrolment_id is None],
        "log": await _log(session, membership, {goal.id: goal.text for goal in goals}),
        **{
            name: [told(row) for row in await _rows(session, table, membership)]
            for name, table in BY_MEMBERSHIP.items()
        },
        "scorecards": await _scorecards(session, membership),
        "mock_interviews": await mock_export.of_member(session, bank, membership, now),
    }


async def _rows(session: AsyncSession, table: type[Any], membership: Membership) -> list[Any]:
    """A table's rows of one membership, oldest first."""
    query = select(table).where(table.membership_id == membership.id).order_by(table.id)
    return list(await session.scalars(query))


async def _enrolment(session: AsyncSession, library: Library, enrolment: Enrolment) -> Row:
    """A plan that was taken, with its weeks, their goals and what was ticked at its checkpoints."""
    return {
        "title": await _title(session, library, enrolment.plan),
        **told(enrolment),
        "weeks": await _of_plan(session, Week, enrolment),
        "goals": await _of_plan(session, Goal, enrolment),
        "checkpoints": await _of_plan(session, CheckpointTick, enrolment),
    }


async def _of_plan(session: AsyncSession, table: type[Any], enrolment: Enrolment) -> list[Row]:
    query = select(table).where(table.enrolment_id == enrolment.id).order_by(table.id)
    return [told(row) for row in await session.scalars(query)]


async def _title(session: AsyncSession, library: Library, plan: str) -> str | None:
    """The title of a plan; none if nobody has it any more."""
    number = plan.removeprefix(curricula.UPLOAD)
    if number != plan:
        row = await session.get(GroupPlan, int(number))
        return row.title if row else None
    return next((each.title for each in library.plans if each.slug == plan), None)


async def _log(session: AsyncSession, membership: Membership, goals: dict[int, str]) -> list[Row]:
    """What was done, and for which goal or in which mock interview."""
    return [
        {**told(entry), "goal": goals.get(entry.goal_id or 0), "mock_interview": entry.mock_id}
        for entry in await _rows(session, Entry, membership)
    ]


async def _scorecards(session: AsyncSession, membership: Membership) -> list[Row]:
    """The member's weeks as they were published, each with the line that their group saw."""
    query = select(Scorecard).where(Scorecard.whom == memberships.whom(membership))
    cards = list(await session.scalars(query.order_by(Scorecard.week_of)))
    lines = await _lines(session, membership)
    return [{**told(card), "line_in_the_channel": lines.get(card.week_of)} for card in cards]


async def _lines(session: AsyncSession, membership: Membership) -> dict[Any, Row]:
    """What the group's posts said of the member, by week; nothing where they were in totals only."""
    query = select(Scorecard).where(Scorecard.whom == f"g{membership.group_id}")
    return {
        card.week_of: line
        for card in await session.scalars(query)
        for line in card.card["card"]["lines"]
        if line["member"] == str(membership.id)
    }


async def _started(session: AsyncSession, workspace_id: str, user_id: str) -> list[Row]:
    """The groups that the person has started."""
    query = select(Group).where(Group.workspace_id == workspace_id, Group.started_by == user_id)
    return [
        {**told(group), "started_at": group.started_at.isoformat()}
        for group in await session.scalars(query.order_by(Group.id))
    ]


async def _uploaded(session: AsyncSession, workspace_id: str, user_id: str) -> list[Row]:
    """The plans that the person has uploaded for a group, with their files."""
    query = (
        select(GroupPlan)
        .join(Group, Group.id == GroupPlan.group_id)
        .where(Group.workspace_id == workspace_id, GroupPlan.uploaded_by == user_id)
    )
    return [told(plan) for plan in await session.scalars(query.order_by(GroupPlan.id))]
