"""A member's or a group's week: what is known of it, and what was published."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import entries, goals, memberships, ratings, stories
from bot.store.inserting import insert_new
from bot.store.tables import Enrolment, Goal, Group, Membership, Scorecard, Week
from plans.model import Area, Metric
from plans.progress import GoalState
from plans.ratings import Dimension
from plans.scorecard import Band, WeekRecord

SUNDAY = 6
LP_COVERED = "lp_covered"


async def record(
    session: AsyncSession, membership_id: int, monday: date, until: datetime, zone: ZoneInfo
) -> WeekRecord:
    """What is known of the week of `monday`; a goal done at or after `until` was done too late to count.

    `zone` says on which day something was done.
    """
    sunday = monday + timedelta(days=SUNDAY)
    offered = await goals.of_week(session, membership_id, monday)
    sums = await entries.totals(session, membership_id, monday, sunday)
    week = await ratings.of_week(session, membership_id, monday)
    days = await ratings.of_days(session, membership_id, monday, sunday)
    return WeekRecord(
        goals=tuple(_state(goal, until, zone) for goal in offered),
        counts={Metric(metric): count for metric, count in sums.counts.items() if metric in set(Metric)},
        targets={Metric(metric): count for metric, count in goals.counted(offered).items()},
        lp_covered=await _lp_covered(session, membership_id, until, week.pop(LP_COVERED, None)),
        ratings={Dimension(name): value for name, value in week.items()},
        day_ratings=tuple(
            {Dimension(name): value for name, value in values.items()} for values in days.values()
        ),
        minutes=sums.minutes,
        area_minutes={
            Area(area): minutes for area, minutes in sums.minutes_by_area.items() if area in set(Area)
        },
    )


async def _lp_covered(
    session: AsyncSession, membership_id: int, until: datetime, answer: int | None
) -> int | None:
    """What the story bank covers, or what was answered at the check-in if that is more.

    The check-in asks only who has no whole story yet. The first one must not cost a point of that week.
    """
    found = await stories.covered(session, membership_id, until)
    return max((each for each in (found, answer) if each is not None), default=None)


def _state(goal: Goal, until: datetime, zone: ZoneInfo) -> GoalState:
    done = goal.done_at is not None and goal.done_at < until
    return GoalState(
        goal_id=str(goal.id),
        minutes=goal.minutes,
        area=Area(goal.area),
        metrics={Metric(metric): count for metric, count in goal.metrics.items()},
        done=done,
        excused=goal.excused,
        carried=goal.first_due_on < goal.due_on <= goal.week_of + timedelta(days=SUNDAY),
        late=done and goals.is_late(goal, zone),
    )


async def published(session: AsyncSession, whom: str, monday: date) -> Scorecard | None:
    """The card of this week as it was published."""
    found: Scorecard | None = await session.scalar(select(Scorecard).filter_by(whom=whom, week_of=monday))
    return found


async def of_members(
    session: AsyncSession, members: Sequence[Membership], monday: date
) -> dict[int, Scorecard]:
    """The published cards of these members' week, by membership."""
    by_name = {memberships.whom(member): member.id for member in members}
    query = select(Scorecard).where(Scorecard.whom.in_(by_name), Scorecard.week_of == monday)
    return {by_name[row.whom]: row for row in await session.scalars(query)}


async def judged(session: AsyncSession, group: Group, monday: date) -> list[Membership]:
    """The members whose plan has begun by the end of the week, in the order of their names.

    With a new plan ahead, the week of the old one counts. Mentors have no plan.
    """
    has_begun = Enrolment.first_day <= monday + timedelta(days=SUNDAY)
    has_week = exists().where(Week.membership_id == Membership.id, Week.week_of == monday)
    query = (
        select(Membership)
        .join(Enrolment, Enrolment.membership_id == Membership.id)
        .where(Membership.group_id == group.id, Membership.status == "active", Membership.role != "mentor")
        .where(Enrolment.ended_at.is_(None), or_(has_begun, has_week))
    )
    return sorted(await session.scalars(query), key=lambda member: (member.name.casefold(), member.id))


async def unclosed(session: AsyncSession, whom: str) -> Scorecard | None:
    """The newest published week that was not published as closed yet."""
    query = select(Scorecard).where(Scorecard.whom == whom, Scorecard.closed.is_(False))
    found: Scorecard | None = await session.scalar(query.order_by(Scorecard.week_of.desc()).limit(1))
    return found


async def publish(
    session: AsyncSession, whom: str, monday: date, card: dict[str, Any], now: datetime, *, closed: bool
) -> None:
    """Keep a card as it is published; the redrawing after the week has closed replaces the first."""
    values = {"card": card, "published_at": now, "closed": closed}
    if not await insert_new(session, Scorecard, whom=whom, week_of=monday, **values):
        row = await published(session, whom, monday)
        if row is not None and not row.closed:
            row.card, row.published_at, row.closed = card, now, closed


async def bands_before(session: AsyncSession, whom: str, monday: date) -> tuple[Band, ...]:
    """The bands of the published weeks before this one, oldest first."""
    query = select(Scorecard).where(Scorecard.whom == whom, Scorecard.week_of < monday)
    return tuple(Band(row.card["band"]) for row in await session.scalars(query.order_by(Scorecard.week_of)))


async def shown_before(
    session: AsyncSession, group: str, member: Membership, monday: date
) -> list[tuple[Band, str]]:
    """The bands of a member's published weeks before this one and how they were shared, oldest first."""
    query = select(Scorecard).where(Scorecard.whom == group, Scorecard.week_of < monday)
    sharing = {row.week_of: row.card["sharing"] for row in await session.scalars(query)}
    whom = memberships.whom(member)
    own = select(Scorecard).where(Scorecard.whom == whom, Scorecard.week_of < monday)
    return [
        (Band(row.card["band"]), sharing.get(row.week_of, {}).get(str(member.id), "private"))
        for row in await session.scalars(own.order_by(Scorecard.week_of))
    ]


async def history(session: AsyncSession, whom: str, monday: date, weeks: int) -> list[Scorecard]:
    """The published cards of up to `weeks` weeks before and including this one, oldest first."""
    query = select(Scorecard).where(Scorecard.whom == whom, Scorecard.week_of <= monday)
    newest = list(await session.scalars(query.order_by(Scorecard.week_of.desc()).limit(weeks)))
    return newest[::-1]
