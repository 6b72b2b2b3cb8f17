"""Warning signs after a member's week, from what is known of it and what was published before.

What partners said of a mock interview counts once its reader has been given it.
"""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import memberships, mock_progress, scorecards, weeks
from bot.store.tables import Membership
from plans import feedback
from plans.published import PublishedWeek
from plans.ratings import Dimension
from plans.scorecard import Band, Scorecard, WeekRecord
from plans.warning_signs import WarningSign, warning_signs

LOOKS_BACK = 6  # published weeks
WEEK = timedelta(weeks=1)


async def of_week(
    session: AsyncSession, membership: Membership, monday: date, known: WeekRecord, card: Scorecard
) -> tuple[WarningSign, ...]:
    """The signs of the week of `monday`; none where nothing was planned."""
    week = await weeks.of(session, membership.id, monday)
    if week is None:
        return ()
    asked = sum(goal.minutes for goal in known.goals if goal.counts) / 60
    had_its_hours = card.band is Band.HIGH  # whose goals were met needs no word on the minutes
    return warning_signs(
        studied=card.hours,
        floor=0 if had_its_hours else min(week.hours, asked),
        confidence=[*await _confidence_before(session, membership, monday), _confidence(card)],
        mocks=await _mocks(session, membership, monday),
    )


async def mock_rating(session: AsyncSession, membership: Membership, monday: date) -> float | None:
    """The mean of what partners gave in the mock interviews of the week of `monday`; None without any."""
    since = memberships.end_of_week(membership, monday - WEEK)
    given = [average for at, average in await _rated(session, membership, monday) if at >= since]
    return sum(given) / len(given) if given else None


async def _mocks(session: AsyncSession, membership: Membership, monday: date) -> list[float]:
    """The mean rating of each mock interview so far, oldest first; none if this week had no new one."""
    rated = await _rated(session, membership, monday)
    if not rated or rated[-1][0] < memberships.end_of_week(membership, monday - WEEK):
        return []
    return [average for _, average in rated]


async def _rated(session: AsyncSession, membership: Membership, monday: date) -> list[tuple[datetime, float]]:
    """When each mock interview up to the end of the week was and what its partner gave, oldest first."""
    until = memberships.end_of_week(membership, monday)
    pieces = (await mock_progress.evidence(session, [membership.id])).get(membership.id, ())
    return [
        (piece.starts_at, feedback.average(piece.partner))
        for piece in pieces
        if piece.starts_at < until and piece.partner.ratings
    ]


async def _confidence_before(
    session: AsyncSession, membership: Membership, monday: date
) -> list[float | None]:
    """The confidence of the published weeks before, oldest first."""
    past = await scorecards.history(session, memberships.whom(membership), monday, LOOKS_BACK)
    return [PublishedWeek.model_validate(row.card).confidence for row in past if row.week_of != monday]


def _confidence(card: Scorecard) -> float | None:
    """The week's own rating of confidence."""
    rated = (item.value for item in card.items if item.name == Dimension.OVERALL_CONFIDENCE)
    value = next(rated, None)
    return None if value is None else float(value)
