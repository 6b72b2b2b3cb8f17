"""Why a goal is in a member's week, or is not: what was stored when the week was offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import enrolments, goals, weeks
from bot.store.tables import Enrolment, Goal, Membership, Week
from plans import calendar
from plans.adapting import Change
from plans.goalreason import GoalReason
from plans.lengthening import CURABLE

WEEK = timedelta(weeks=1)


async def of_today(session: AsyncSession, membership: Membership, today: date) -> list[GoalReason]:
    """The goals of today's list, in its order."""
    enrolment = await enrolments.current(session, membership.id)
    found = []
    for goal in await goals.on_day(session, membership.id, today):
        terms = await _terms(session, membership, enrolment, goal.week_of)
        found.append(_held(goal, terms))
    return found


async def around(session: AsyncSession, membership: Membership, today: date) -> list[GoalReason]:
    """This week's goals, what it left out, and the same of the next one if it is open already."""
    enrolment = await enrolments.current(session, membership.id)
    found: list[GoalReason] = []
    for monday in (calendar.monday_of(today), calendar.monday_of(today) + WEEK):
        for goal in await _in_week(session, membership, monday):
            terms = await _terms(session, membership, enrolment, goal.week_of)
            found.append(_held(goal, terms))
        terms = await _terms(session, membership, enrolment, monday)
        found += [_left(left, terms) for left in terms.left_out]
    return found


@dataclass(frozen=True)
class _Terms:
    week_of: date
    week: Week | None
    change: Change | None

    def share(self, area: str) -> float | None:
        shares = self.week.outline.get("shares", {}) if self.week else {}
        return float(shares[area]) if shares.get(area) else None

    @property
    def left_out(self) -> Sequence[dict[str, Any]]:
        return self.week.outline.get("left_out", ()) if self.week else ()

    @property
    def modes(self) -> tuple[str, ...]:
        return tuple(self.week.outline.get("modes", ())) if self.week else ()


async def _terms(
    session: AsyncSession, membership: Membership, enrolment: Enrolment | None, monday: date
) -> _Terms:
    """On what terms the week of `monday` was offered."""
    accepted = await enrolments.adjustment(session, enrolment, monday) if enrolment else None
    week = await weeks.of(session, membership.id, monday)
    return _Terms(monday, week, Change.model_validate(accepted.change) if accepted else None)


async def _in_week(session: AsyncSession, membership: Membership, monday: date) -> list[Goal]:
    """What the week offered, and what was moved into it from an earlier one."""
    query = select(Goal).where(
        Goal.membership_id == membership.id,
        Goal.state.in_(goals.SHOWN),
        or_(Goal.week_of == monday, Goal.due_on.in_(calendar.days_of_week(monday))),
    )
    return list(await session.scalars(query.order_by(Goal.due_on, Goal.position, Goal.id)))


def _held(goal: Goal, terms: _Terms) -> GoalReason:
    return GoalReason(
        text=goal.text,
        minutes=goal.minutes,
        area=goal.area,
        week_of=goal.week_of,
        hours=terms.week.hours if terms.week else 0.0,
        modes=terms.modes,
        change=terms.change,
        share=terms.share(goal.area),
        tier=goal.tier,
        due_on=goal.due_on,
        first_due_on=goal.first_due_on,
        state=goal.state,
        skip_reason=goal.skip_reason,
        metrics=tuple(goal.metrics),
        is_own=goal.key is None,
    )


def _left(left: dict[str, Any], terms: _Terms) -> GoalReason:
    return GoalReason(
        text=left["text"],
        minutes=left["minutes"],
        area=left["area"],
        week_of=terms.week_of,
        hours=terms.week.hours if terms.week else 0.0,
        modes=terms.modes,
        change=terms.change,
        share=terms.share(left["area"]),
        left_out=left["reason"],
        may_come=left.get("why") in CURABLE,
    )
