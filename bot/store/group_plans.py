"""The plans that a group's lead has uploaded."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.curricula import reference
from bot.store.tables import Enrolment, GroupPlan, Membership
from plans.model import Plan


class Kept(NamedTuple):
    """A plan that was uploaded, and whether an older one of the same slug made room for it."""

    row: GroupPlan
    replaced: bool


class Taken(NamedTuple):
    """A group's own plan and how many members take it now."""

    row: GroupPlan
    members: int


async def get(session: AsyncSession, plan_id: int) -> GroupPlan | None:
    """The uploaded plan with this id; none if there is none."""
    return await session.get(GroupPlan, plan_id)


async def keep(
    session: AsyncSession, group_id: int, plan: Plan, text: str, *, user_id: str, now: datetime
) -> Kept:
    """Offer a plan to the group. An older one of the same slug is retired: who takes it goes on with it.

    The very text that is offered already stays the row that it is: a second click makes no second plan.
    """
    older = [row for row in await _offered(session, group_id) if row.slug == plan.slug]
    for row in older:
        if row.text == text:
            return Kept(row, replaced=False)
        row.retired_at = now
    row = GroupPlan(
        group_id=group_id,
        slug=plan.slug,
        title=plan.title,
        text=text,
        uploaded_by=user_id,
        uploaded_at=now,
    )
    session.add(row)
    await session.flush()
    return Kept(row, replaced=bool(older))


async def retire(session: AsyncSession, row: GroupPlan, now: datetime) -> None:
    """Offer it to nobody new; a second time changes nothing."""
    if row.retired_at is None:
        row.retired_at = now
        await session.flush()


async def of_group(session: AsyncSession, group_id: int) -> list[Taken]:
    """What the group offers, in the order of its upload, then what is retired and still taken."""
    takers = await _takers(session, group_id)
    query = select(GroupPlan).where(GroupPlan.group_id == group_id).order_by(GroupPlan.id)
    found = [Taken(row, takers.get(reference(row), 0)) for row in await session.scalars(query)]
    shown = [taken for taken in found if taken.row.retired_at is None or taken.members]
    return sorted(shown, key=lambda taken: taken.row.retired_at is not None)


async def _offered(session: AsyncSession, group_id: int) -> list[GroupPlan]:
    query = select(GroupPlan).where(GroupPlan.group_id == group_id, GroupPlan.retired_at.is_(None))
    return list(await session.scalars(query.order_by(GroupPlan.id)))


async def _takers(session: AsyncSession, group_id: int) -> dict[str, int]:
    """How many active members take each plan, by what an enrolment calls it."""
    query = (
        select(Enrolment.plan, func.count())
        .join(Membership, Membership.id == Enrolment.membership_id)
        .where(Membership.group_id == group_id, Membership.status == "active", Enrolment.ended_at.is_(None))
        .group_by(Enrolment.plan)
    )
    return {row[0]: row[1] for row in await session.execute(query)}
