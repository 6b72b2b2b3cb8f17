"""What the offers of a suggestion do as things stand: once its week has begun, to the days that are left."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import memberships, standing
from bot.store.tables import Membership, Suggestion
from plans.adapting import Suggestion as Offered
from plans.library import Library


def since(membership: Membership, suggestion: Suggestion, now: datetime) -> date | None:
    """The first day that is left of the week that would change; None if it has not begun."""
    today = memberships.today(membership, now)
    return today if today > suggestion.for_week else None


async def as_it_stands(
    session: AsyncSession, membership: Membership, suggestion: Suggestion, library: Library, now: datetime
) -> Offered:
    """The suggestion as it was made, or, in the course of its week, with what its offers would do now."""
    made = Offered.model_validate(suggestion.facts)
    if since(membership, suggestion, now) is None:
        return made
    today = memberships.today(membership, now)
    where = await standing.after(session, membership, suggestion.week_of, library, today=today)
    return made if where is None else made.anew(where)
