"""Answering a suggestion: only its member can, wherever it was posted."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of
from bot.listeners.listening import Listening
from bot.listeners.replying import reply
from bot.store import deliveries, enrolments, memberships, suggestions
from bot.store.tables import Membership, Suggestion
from bot.views import suggestion as view
from bot.views.message import Message
from plans import calendar
from plans.adapting import Suggestion as Offered
from plans.errors import StudyError


class NotForYou(StudyError):
    """That one is for {name} to decide. A kind word or half an hour together helps more."""


class SuggestionGone(StudyError):
    """That suggestion is settled: the week has begun or it was answered. `/prep week` shows what counts."""


def register(app: Listening) -> None:
    """Listen to the buttons of suggestions."""
    app.action(re.compile(f"^{view.ACCEPT}_\\d+$"))(accept)
    app.action(view.DECLINE)(decline)
    app.action(view.UNDO)(undo)
    app.action(view.BLOCKER)(name_blocker)


async def accept(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Take an offer: the coming week changes exactly as it said."""
    suggestion_id, _, number = str(body["actions"][0].get("value") or "").partition(":")
    async with house.database.write() as session:
        suggestion, membership = await _own(session, body, suggestion_id)
        enrolment = await enrolments.current(session, membership.id)
        chosen = int(number) if number.isdigit() else 0
        if enrolment is None or not await suggestions.accept(
            session, membership, enrolment, house.library, suggestion, chosen, house.now()
        ):
            raise SuggestionGone
        await _redraw(session, membership, suggestion)
        week = Offered.model_validate(suggestion.facts).offers[chosen].week
    await ack()
    house.outbox.wake()
    await reply(
        house, body, _question(suggestion, accepted=True, goals=len(week.goals), minutes=week.minutes)
    )


async def decline(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Keep the pace: nothing changes."""
    async with house.database.write() as session:
        suggestion, membership = await _own(session, body, str(body["actions"][0].get("value")))
        if not await suggestions.decline(session, suggestion, house.now()):
            raise SuggestionGone
        await _redraw(session, membership, suggestion)
    await ack()
    house.outbox.wake()
    await reply(house, body, _question(suggestion, accepted=False, goals=0, minutes=0))


async def undo(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Take the answer back: the week is again as it was."""
    async with house.database.write() as session:
        suggestion, membership = await _own(session, body, str(body["actions"][0].get("value")))
        if not await suggestions.undo(session, membership, house.library, suggestion, house.now()):
            raise SuggestionGone
        await _redraw(session, membership, suggestion)
    await ack()
    house.outbox.wake()


async def name_blocker(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Keep what got in the way, for the member alone, and say what helps against it."""
    value = str((body["actions"][0].get("selected_option") or {}).get("value") or "")
    suggestion_id, _, blocker = value.partition(":")
    async with house.database.write() as session:
        suggestion, _ = await _own(session, body, suggestion_id)
        suggestion.blocker = blocker
    await ack()
    await reply(house, body, view.blocker_noted(blocker), replace=True)


def _question(suggestion: Suggestion, *, accepted: bool, goals: int, minutes: int) -> Message:
    if suggestion.kind in view.EASING:
        return view.blocker_question(suggestion.id, accepted=accepted, goals=goals, minutes=minutes)
    return view.noted(accepted=accepted, goals=goals, minutes=minutes)


async def _own(
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


async def _redraw(session: AsyncSession, membership: Membership, suggestion: Suggestion) -> None:
    """The suggestion shows its answer, and the days of the changed week their goals."""
    name = memberships.whom(membership)
    label = calendar.week_label(suggestion.week_of)
    await deliveries.want_redraw(session, "suggestion", name, label)
    await deliveries.want_redraw(session, "card", name, label)
    await deliveries.want_week_redrawn(session, name, suggestion.for_week)
