"""Answering a suggestion: only its member can, wherever it was posted."""

import re
from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.blocks import ButtonElement
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of
from bot.listeners.listening import Listening
from bot.listeners.replying import reply
from bot.store import deliveries, enrolments, goals, memberships, pauses, suggestions
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
    suggestion_id, _, number = str(body["actions"][0].get("value") or "").partition(":")
    async with house.database.write() as session:
        suggestion, membership = await own_suggestion(session, body, suggestion_id)
        enrolment = await enrolments.current(session, membership.id)
        chosen = int(number) if number.isdigit() else 0
        if enrolment is None or not await suggestions.accept(
            session, membership, enrolment, house.library, suggestion, chosen, house.now()
        ):
            raise SuggestionGone
        await want_redrawn(session, membership, suggestion)
        answer = decided(suggestion)
    await ack()
    house.outbox.wake()
    await reply(house, body, answer)


async def decline(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Keep the pace: nothing changes."""
    async with house.database.write() as session:
        suggestion, membership = await own_suggestion(session, body, _value(body))
        if not await suggestions.decline(session, suggestion, house.now()):
            raise SuggestionGone
        await want_redrawn(session, membership, suggestion)
        answer = decided(suggestion)
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
    suggestion_id, _, named = value.partition(":")
    async with house.database.write() as session:
        suggestion, membership = await own_suggestion(session, body, suggestion_id)
        suggestion.blocker = blockers.known(named)
        await deliveries.want_redraw(
            session, "suggestion", memberships.whom(membership), calendar.week_label(suggestion.week_of)
        )
        answer = blockers.noted(named, membership.id, suggestion.for_week)
    await ack()
    house.outbox.wake()
    await reply(house, body, answer, replace=_is_ephemeral(body))


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


def decided(suggestion: Suggestion) -> Message:
    """What is said after a decision: an easier week is asked about, in private."""
    taken = suggestion.taken
    week = Offered.model_validate(suggestion.facts).offers[taken].week if taken is not None else None
    numbers = (len(week.goals), week.minutes) if week else None
    if suggestion.kind in view.EASING:
        return blockers.decided(
            suggestion.id,
            suggestion.membership_id,
            suggestion.for_week,
            blocker=suggestion.blocker,
            week=numbers,
        )
    return blockers.done(numbers, _mock_door(suggestion))


def _mock_door(suggestion: Suggestion) -> list[ButtonElement]:
    """The way to the mock interview that was promised, if one was."""
    if suggestion.taken is None:
        return []
    change = Offered.model_validate(suggestion.facts).offers[suggestion.taken].change
    return [ask_button(suggestion.membership_id)] if change.extra_mock else []


def _value(body: dict[str, Any]) -> str:
    return str(body["actions"][0].get("value") or "")


def _is_ephemeral(body: dict[str, Any]) -> bool:
    """Whether only the person who clicked sees the message."""
    return bool((body.get("container") or {}).get("is_ephemeral"))


async def own_suggestion(
    session: AsyncSession, body: dict[str, Any], suggestion_id: str
) -> tuple[Suggestion, Membership]:
    """The suggestion and its member, if that is who clicked.

    Raises:
        SuggestionGone: there is no such suggestion, or its member has left.
        NotForYou: somebody else clicked.
    """
    suggestion = await suggestions.get(session, int(suggestion_id) if suggestion_id.isdigit() else 0)
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
