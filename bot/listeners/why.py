"""`/prep why`: the last suggestion and the newest pair, or one goal."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import mock_rounds
from bot.listeners.actor import actor_of, meant_membership, needed_membership
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import acknowledge
from bot.store import memberships, suggestions
from bot.store import why as facts
from bot.store.tables import Membership
from bot.views import why as view
from bot.views.message import Message
from plans import calendar
from plans.adapting import Suggestion
from plans.errors import StudyError
from plans.finding import meant

LONGEST = 200  # characters of what is looked for


class NoSuchGoal(StudyError):
    """I see no goal like "{words}" in this week or the next. `/prep week` shows all of them."""


class NoSuchNumber(StudyError):
    """Today's list has {count}. `/prep today` shows it, `/prep why 1` is about the first."""


def register(app: Listening) -> None:
    """Listen to the button "Why?"."""
    app.action(view.WHY_OPEN)(show)


async def why(call: Call) -> Message:
    """Why this suggestion and this pair; `why url shortener` or `why 2` asks about a goal"""
    words = call.words.strip()[:LONGEST]
    async with call.house.database.read() as session:
        member = await needed_membership(session, call.actor)
        if not words:
            return await _decisions(session, member)
        if words.isdecimal():
            return await _numbered(session, member, call.house, int(words))
        return await _named(session, member, call.house, words)


async def show(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The button: the last decisions."""
    async with house.database.read() as session:
        member = await meant_membership(session, actor_of(body), body["actions"][0].get("value"))
        answer = await _decisions(session, member)
    await acknowledge(ack, house, body, answer)


async def _decisions(session: AsyncSession, member: Membership) -> Message:
    row = await suggestions.newest(session, member.id)
    last = None
    if row is not None:
        zone = memberships.zone(member)
        last = view.Decision(
            week_of=row.week_of,
            found=Suggestion.model_validate(row.facts),
            state=row.state,
            taken=row.taken,
            answered_on=calendar.local_day(row.decided_at, zone) if row.decided_at else None,
        )
    return view.decisions(last, await mock_rounds.reasons(session, member))


async def _numbered(session: AsyncSession, member: Membership, house: House, number: int) -> Message:
    """The goal with this number on today's list."""
    offered = await facts.of_today(session, member, memberships.today(member, house.now()))
    if not 1 <= number <= len(offered):
        raise NoSuchNumber(count=f"{len(offered)} goals" if len(offered) != 1 else "1 goal")
    return view.goal(offered[number - 1], asked=str(number), exact=True)


async def _named(session: AsyncSession, member: Membership, house: House, words: str) -> Message:
    """The goal that the words mean, or the nearest."""
    known = await facts.around(session, member, memberships.today(member, house.now()))
    found = meant(words, [goal.text for goal in known])
    if found is None:
        raise NoSuchGoal(words=words)
    return view.goal(known[found.position], asked=words, exact=found.exact)
