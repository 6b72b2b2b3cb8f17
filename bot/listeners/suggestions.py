"""Answering a suggestion: only its member can, wherever it was posted."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.blocks import ButtonElement
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of
from bot.listeners.listening import Listening
from bot.listeners.replying import is_ephemeral, reply
from bot.store import deliveries, enrolments, goals, memberships, offers, pauses, suggestions
from bot.store.tables import Membership, Suggestion
from bot.views import blockers
from bot.views import membership as forms
from bot.views import suggestion as view
from bot.views.message import Message
from bot.views.mock_rounds import ask_button
from plans import calendar
from plans.adapting import Suggestion as Offered
from plans.errors import StudyError

DAYS_OF_REST = timedelta(days=2)  # "The 12-week plan": 24 to 48 hours
REST = "rest"


class NotForYou(StudyError):
    """That one is for {name} to decide. A kind word or half an hour together helps more."""


class SuggestionGone(StudyError):
    """That suggestion is settled: the week has begun or it was answered. `/prep week` shows what counts."""


def register(app: Listening) -> None:
    """Listen to the buttons of suggestions."""
    app.action(re.compile(f"^{view.ACCEPT}_\\d+$"))(accept)
    app.action(view.DECLINE)(decline)
    app.action(view.UNDO)(undo)
    app.action(blockers.BLOCKER)(name_blocker)
    app.action(view.REST)(rest)


async def accept(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Take an offer: the coming week changes exactly as it said."""
    key, _, number = _value(body).partition(":")
    chosen = int(number) if number.isdigit() else 0

    async def taken(session: AsyncSession, suggestion: Suggestion, membership: Membership) -> bool:
        enrolment = await enrolments.current(session, membership.id)
        if enrolment is None:
            return False
        found = await offers.as_it_stands(session, membership, suggestion, house.library, house.now())
        return await suggestions.accept(
            session, membership, enrolment, house.library, suggestion, chosen, house.now(), offered=found
        )

    await _decide(ack, body, house, key, taken)


async def decline(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Keep the pace: nothing changes."""

    async def declined(session: AsyncSession, suggestion: Suggestion, _membership: Membership) -> bool:
        return await suggestions.decline(session, suggestion, house.now())

    await _decide(ack, body, house, _value(body), declined)


async def _decide(
    ack: AsyncAck,
    body: dict[str, Any],
    house: House,
    key: str,
    decision: Callable[[AsyncSession, Suggestion, Membership], Awaitable[bool]],
) -> None:
    """Make a decision, let everything show it, and say what became of it.

    Raises:
        SuggestionGone: it can no longer be made.
    """
    async with house.database.write() as session:
        suggestion, membership = await own_suggestion(session, body, key)
        if not await decision(session, suggestion, membership):
            raise SuggestionGone
        await want_redrawn(session, membership, suggestion)
        answer = decided(suggestion, membership, house.now())
    await ack()
    house.outbox.wake()
    await reply(house, body, answer)


async def undo(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Take the answer back: the week is again as it was."""
    async with house.database.write() as session:
        suggestion, membership = await own_suggestion(session, body, _value(body))
        if not await suggestions.undo(session, membership, house.library, suggestion, house.now()):
            raise SuggestionGone
        await want_redrawn(session, membership, suggestion)
    await ack()
    house.outbox.wake()


async def name_blocker(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Keep what got in the way, for the member alone, and say what helps against it."""
    value = str((body["actions"][0].get("selected_option") or {}).get("value") or "")
    key, _, named = value.partition(":")
    async with house.database.write() as session:
        suggestion, membership = await own_suggestion(session, body, key)
        suggestion.blocker = blockers.known(named)
        await deliveries.want_redraw(
            session, "suggestion", memberships.whom(membership), calendar.week_label(suggestion.week_of)
        )
        answer = blockers.noted(named, membership.id, suggestion.for_week)
    await ack()
    house.outbox.wake()
    await reply(house, body, answer, replace=is_ephemeral(body))


async def rest(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Two days without anything after today: a pause that ends by itself."""
    async with house.database.write() as session:
        suggestion, membership = await own_suggestion(session, body, _value(body))
        today = memberships.today(membership, house.now())
        until = today + DAYS_OF_REST
        if suggestions.is_over(membership, suggestion, house.now()):
            raise SuggestionGone
        if await pauses.on(session, membership.id, until) is None:
            await pauses.begin(session, membership, today, until, REST, house.now())
        excused = await goals.excused_between(session, membership.id, today, until)
        await deliveries.want_week_redrawn(session, memberships.whom(membership), calendar.monday_of(today))
        await deliveries.want_week_redrawn(session, memberships.whom(membership), calendar.monday_of(until))
        answer = forms.paused(until, excused, membership.id)
    await ack()
    house.outbox.wake()
    await reply(house, body, answer)


def decided(suggestion: Suggestion, membership: Membership, now: datetime) -> Message:
    """What is said after a decision: an easier week is asked about, in private."""
    taken = suggestion.taken
    week = Offered.model_validate(suggestion.facts).offers[taken].week if taken is not None else None
    numbers = (len(week.goals), week.minutes) if week else None
    begun = offers.since(membership, suggestion, now) is not None
    if suggestion.kind in view.EASING:
        return blockers.decided(
            suggestions.key_of(suggestion),
            suggestion.membership_id,
            suggestion.for_week,
            blocker=suggestion.blocker,
            week=numbers,
            begun=begun,
        )
    return blockers.done(numbers, _mock_door(suggestion), begun=begun)


def _mock_door(suggestion: Suggestion) -> list[ButtonElement]:
    """The way to the mock interview that was promised, if one was."""
    if suggestion.taken is None:
        return []
    change = Offered.model_validate(suggestion.facts).offers[suggestion.taken].change
    return [ask_button(suggestion.membership_id)] if change.extra_mock else []


def _value(body: dict[str, Any]) -> str:
    return str(body["actions"][0].get("value") or "")


async def own_suggestion(
    session: AsyncSession, body: dict[str, Any], key: str
) -> tuple[Suggestion, Membership]:
    """The suggestion and its member, if that is who clicked.

    Raises:
        SuggestionGone: there is no such suggestion, or its member has left.
        NotForYou: somebody else clicked.
    """
    suggestion = await suggestions.by_key(session, key)
    if suggestion is None:
        raise SuggestionGone
    membership = await memberships.get(session, suggestion.membership_id)
    actor = actor_of(body)
    if (membership.workspace_id, membership.user_id) != (actor.workspace_id, actor.user_id):
        raise NotForYou(name=membership.name)
    if membership.status != "active":
        raise SuggestionGone
    return suggestion, membership


async def want_redrawn(session: AsyncSession, membership: Membership, suggestion: Suggestion) -> None:
    """The suggestion shows its answer, and the days of the changed week their goals."""
    name = memberships.whom(membership)
    label = calendar.week_label(suggestion.week_of)
    await deliveries.want_redraw(session, "suggestion", name, label)
    await deliveries.want_redraw(session, "card", name, label)
    await deliveries.want_week_redrawn(session, name, suggestion.for_week)
