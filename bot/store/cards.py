"""Members' cards, read together from what is known of the week and what was published before."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import memberships, minimums, ratings, scorecards, suggestions, weeks
from bot.store.tables import Membership, Week
from plans import scorecard
from plans.adapting import Kind, Suggestion, warning_signs
from plans.membercard import MemberCard, PastWeek
from plans.ratings import Dimension
from plans.scorecard import Scorecard

TREND = 6  # weeks on a card


async def score(session: AsyncSession, membership: Membership, monday: date) -> Scorecard:
    """The member's week as it stands; what is done after their Sunday midnight is too late."""
    until = memberships.end_of_week(membership, monday)
    return scorecard.score(await scorecards.record(session, membership.id, monday, until))


async def read(session: AsyncSession, membership: Membership, monday: date, now: datetime) -> MemberCard:
    """The member's card for the week of `monday`."""
    card = await score(session, membership, monday)
    week = await weeks.of(session, membership.id, monday)
    suggestion = await suggestions.of_week(session, membership.id, monday)
    past = await scorecards.history(session, memberships.whom(membership), monday, TREND)
    earlier = [row for row in past if row.week_of != monday]
    return MemberCard(
        membership_id=membership.id,
        monday=monday,
        number=week.number if week else None,
        card=card,
        trend=[*(_past(row.week_of, row.card) for row in earlier), _past(monday, in_short(card))],
        insights=await ratings.words(session, membership.id, "week", monday),
        advice=_advice(card, week, [row.card for row in earlier], suggestion.facts if suggestion else None),
        suggestion_in_channel=bool(suggestion and suggestion.in_channel and suggestion.state == "offered"),
        closed=now >= memberships.end_of_week(membership, monday),
        minimums=await minimums.of_week(session, membership, monday, now),
    )


def in_short(card: Scorecard) -> dict[str, Any]:
    """What is kept of a published card, as plain values."""
    confidence = next(item.value for item in card.items if item.name == Dimension.OVERALL_CONFIDENCE)
    return {
        "band": card.band.value,
        "percent": card.goals.percent,
        "points": card.shown_points,
        "possible": card.possible,
        "minutes": card.minutes,
        "confidence": None if confidence is None else float(confidence),
    }


def _past(monday: date, card: dict[str, Any]) -> PastWeek:
    return PastWeek(monday, card["points"], card["possible"], card["percent"])


def _advice(
    card: Scorecard, week: Week | None, earlier: Sequence[dict[str, Any]], suggested: dict[str, Any] | None
) -> list[str]:
    """Warning signs with their help, and what the week's weakest part asks for."""
    if week is None:
        return []
    confidence = [row.get("confidence") for row in earlier] + [in_short(card)["confidence"]]
    signs = warning_signs(studied=card.hours, floor=week.hours, confidence=confidence)
    sentences = [sign.advice for sign in signs]
    if suggested:
        suggestion = Suggestion.model_validate(suggested)
        if suggestion.kind is Kind.FOCUS:
            sentences += [f"{suggestion.reason.capitalize()}.", *suggestion.advice]
    return sentences
