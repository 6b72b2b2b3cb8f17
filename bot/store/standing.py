"""Where a member stands after a week: all that a suggestion for the next one is made of."""

from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import cards, catching_up, curricula, enrolments, memberships, scorecards, signs, weeks
from bot.store.tables import Membership
from plans import scorecard
from plans.adapting import Standing
from plans.library import Library

WEEK = timedelta(weeks=1)


async def after(
    session: AsyncSession,
    membership: Membership,
    monday: date,
    library: Library,
    *,
    today: date | None = None,
) -> Standing | None:
    """Where the member stands after the week of `monday`; None without a plan that goes on and can be read.

    If the coming week has begun by `today`, it is about the days that are left of it.
    """
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is None:
        return None
    plan = await curricula.if_readable(session, library, enrolment)
    if plan is None:
        return None
    where = await weeks.circumstances(session, membership, enrolment, plan, monday + WEEK)
    if where is None:
        return None
    if today is not None:
        where = await weeks.left_of(session, where, enrolment, today)
    known = await cards.record(session, membership, monday)
    return Standing(
        **dict(where),
        ends_on=await weeks.ends_on(session, enrolment, plan),
        previous=await scorecards.bands_before(session, memberships.whom(membership), monday),
        behind=await catching_up.left_open(session, enrolment, monday),
        signs=await signs.of_week(session, membership, monday, known, scorecard.score(known)),
        mock_rating=await signs.mock_rating(session, membership, monday),
    )
