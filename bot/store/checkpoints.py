"""Checkpoints: what is known of a member since their plan began, and what they ticked by hand."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, enrolments, memberships, mock_progress, stories, ticks, weeks
from bot.store.goals import SHOWN
from bot.store.scorecards import LP_COVERED
from bot.store.tables import CheckpointTick, Enrolment, Entry, Goal, Membership, Rating
from plans import calendar, checkpoints
from plans.checkpoints import Evidence, Page, Sheet
from plans.model import Metric, Plan
from plans.ratings import Dimension

KIND = "checkpoint"


def period(enrolment: Enrolment, week: int) -> str:
    """How a delivery names the checkpoint of a plan's week: "7:4"."""
    return f"{enrolment.id}:{week}"


async def get(session: AsyncSession, enrolment_id: int) -> Enrolment | None:
    """The enrolment with this id, if it is the one that its member follows now."""
    enrolment = await session.get(Enrolment, enrolment_id)
    return enrolment if enrolment is not None and enrolment.ended_at is None else None


async def week_that_ends(session: AsyncSession, enrolment: Enrolment, plan: Plan, day: date) -> int | None:
    """The plan's week with a checkpoint that ends with the week of `day`.

    None if it has no checkpoint, and if the same plan week comes again: the last of its turns ends it.
    """
    where = await weeks.place(session, enrolment, plan, day)
    comes_again = calendar.monday_of(day) in await enrolments.extensions(session, enrolment)
    if comes_again or where.week not in checkpoints.weeks_of(plan.checkpoints):
        return None
    return where.week


async def read(
    session: AsyncSession, membership: Membership, enrolment: Enrolment, plan: Plan, week: int, now: datetime
) -> Page:
    """The checkpoints of a plan's week as they stand now."""
    today = memberships.today(membership, now)
    return Page(
        membership_id=membership.id,
        enrolment_id=enrolment.id,
        sheet=await _sheet(session, membership, enrolment, plan, week),
        weeks=len(plan.weeks),
        week=(await weeks.place(session, enrolment, plan, today)).week,
        today=today,
        titles=checkpoints.titles_of(plan.checkpoints),
    )


async def _sheet(
    session: AsyncSession, membership: Membership, enrolment: Enrolment, plan: Plan, week: int
) -> Sheet:
    return checkpoints.sheet(
        plan.checkpoints,
        week,
        await _evidence(session, membership, enrolment),
        await _ticks(session, enrolment, week),
    )


async def tick(
    session: AsyncSession,
    enrolment: Enrolment,
    week: int,
    *,
    offered: Collection[str],
    chosen: Collection[str],
    action_ts: str,
    now: datetime,
) -> None:
    """Make `chosen` the ticked ones among `offered`, which are lines of the week's checkpoints."""
    of = {"membership_id": enrolment.membership_id, "enrolment_id": enrolment.id, "week": week}
    await ticks.put(session, CheckpointTick, of, offered=offered, chosen=chosen, action_ts=action_ts, now=now)


async def want_redrawn(session: AsyncSession, membership: Membership) -> None:
    """Something that is counted has changed: the newest checkpoint is drawn again."""
    await deliveries.want_newest_redrawn(session, KIND, memberships.whom(membership))


# Evidence


async def _ticks(session: AsyncSession, enrolment: Enrolment, week: int) -> frozenset[str]:
    """The items of a week that the member ticked."""
    query = select(CheckpointTick.item).where(
        CheckpointTick.enrolment_id == enrolment.id,
        CheckpointTick.week == week,
        CheckpointTick.ticked_at.is_not(None),
    )
    return frozenset(await session.scalars(query))


async def _evidence(session: AsyncSession, membership: Membership, enrolment: Enrolment) -> Evidence:
    """Everything that is known since the enrolment's first day."""
    begun = enrolment.first_day
    pieces = (await mock_progress.evidence(session, [membership.id])).get(membership.id, ())
    zone = memberships.zone(membership)
    received = [piece.partner for piece in pieces if calendar.local_day(piece.starts_at, zone) >= begun]
    return Evidence(
        counts=await _counts(session, membership.id, begun),
        goals=await _goals(session, enrolment),
        ratings=await _ratings(session, membership.id, begun),
        lp_covered=await _lp_covered(session, membership.id, begun),
        mock_average=checkpoints.mean_of(received),
    )


async def _counts(session: AsyncSession, membership_id: int, begun: date) -> dict[Metric, int]:
    query = (
        select(Entry.metric, func.sum(Entry.count))
        .where(Entry.membership_id == membership_id, Entry.on_date >= begun, Entry.undone_at.is_(None))
        .where(Entry.metric.in_([metric.value for metric in Metric]))
        .group_by(Entry.metric)
    )
    return {Metric(metric): count for metric, count in await session.execute(query)}


async def _goals(session: AsyncSession, enrolment: Enrolment) -> dict[str, bool]:
    """The plan's goals that were offered, and whether each is done."""
    query = select(Goal.key, Goal.state).where(
        Goal.enrolment_id == enrolment.id, Goal.key.is_not(None), Goal.state.in_(SHOWN)
    )
    return {key: state == "done" for key, state in await session.execute(query) if key is not None}


async def _ratings(session: AsyncSession, membership_id: int, begun: date) -> dict[Dimension, int]:
    """What the newest check-in in which anything was rated says."""
    rated = (
        select(Rating)
        .where(Rating.membership_id == membership_id, Rating.scope == "week")
        .where(
            Rating.on_date >= calendar.monday_of(begun), Rating.dimension.in_([d.value for d in Dimension])
        )
    )
    newest = await session.scalar(rated.order_by(Rating.on_date.desc()).limit(1))
    if newest is None:
        return {}
    found = await session.scalars(rated.where(Rating.on_date == newest.on_date))
    return {Dimension(rating.dimension): rating.value for rating in found}


async def _lp_covered(session: AsyncSession, membership_id: int, begun: date) -> int | None:
    """How many Leadership Principles the stories cover; without a whole story, the newest answer to that."""
    told = await stories.covered(session, membership_id)
    if told is not None:
        return told
    query = select(Rating.value).where(
        Rating.membership_id == membership_id,
        Rating.scope == "week",
        Rating.dimension == LP_COVERED,
        Rating.on_date >= calendar.monday_of(begun),
    )
    found: int | None = await session.scalar(query.order_by(Rating.on_date.desc()).limit(1))
    return found
