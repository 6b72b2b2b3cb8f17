"""Pausing and resuming."""

import re
from datetime import date, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import (
    actor_of,
    needed_membership,
    own_membership,
)
from bot.listeners.answers import Answers, id_in, number_of
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.once import key_of
from bot.listeners.replying import acknowledge, open_form, reply, tell
from bot.store import deliveries, goals, inbox, memberships, pauses
from bot.store.tables import Membership
from bot.views import membership as forms
from bot.views import mentors as mentors_view
from bot.views import pausing as view
from bot.views.message import Message
from bot.views.pausing import LAST_DAY, REASON
from plans import calendar
from plans.errors import StudyError

LONGEST_PAUSE = 180
_SPAN = re.compile(r"(\d+)\s*(d|day|days|w|week|weeks)?\b", re.IGNORECASE)


class PauseNotUnderstood(StudyError):
    """I can't read "{words}" as a pause. Try `/prep pause 3d holiday` or `/prep pause 1w`."""


class PauseTooLong(StudyError):
    """A pause lasts at most 180 days. For longer, `/prep leave` and come back whenever you like."""


class NotPaused(StudyError):
    """You are not paused. `/prep today` shows today's goals."""


def register(app: Listening) -> None:
    """Listen to the Resume button, and to the form for a pause."""
    app.action(forms.RESUME)(resume_click)
    app.action(view.OPEN_PAUSE)(open_pause)
    app.view(view.PAUSE_FORM)(submit)


async def pause(call: Call) -> Message:
    """`pause 3d holiday` stops the posts; nothing counts as missed"""
    days, reason = _read_pause(call.words)
    async with call.house.database.write() as session:
        membership = await needed_membership(session, call.actor)
        first = memberships.today(membership, call.house.now())
        return await _pause(session, call.house, membership, first + timedelta(days=days - 1), reason)


async def _pause(
    session: AsyncSession, house: House, membership: Membership, last: date, reason: str
) -> Message:
    """Pause from the member's today to `last`, and say what that means."""
    first = memberships.today(membership, house.now())
    await pauses.begin(session, membership, first, last, reason, house.now())
    excused = await goals.excused_between(session, membership.id, first, last)
    await deliveries.want_week_redrawn(session, memberships.whom(membership), calendar.monday_of(first))
    if membership.role == "mentor":
        return mentors_view.paused(last, membership.id)
    return forms.paused(last, excused, membership.id)


async def open_pause(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The form, a week to begin with."""
    async with house.database.read() as session:
        membership = await own_membership(session, actor_of(body), number_of(body))
    last = memberships.today(membership, house.now()) + timedelta(days=6)
    await acknowledge(
        ack, house, body, await open_form(house, body, view.pause_form(membership.id, last), "pause")
    )


async def submit(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Pause until the day that was picked; what is wrong with it is said under the field."""
    answers = Answers(view)
    last, reason = answers.day(LAST_DAY), answers.text(REASON)
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), id_in(view.get("private_metadata")))
        fault = _fault(last, memberships.today(membership, house.now()))
        message = None
        if last is not None and not fault and await inbox.receive(session, key_of(body), house.now()):
            message = await _pause(session, house, membership, last, reason)
    if fault:
        await ack(response_action="errors", errors={LAST_DAY: fault})
        return
    await ack()
    house.outbox.wake()
    if message is not None:
        await tell(house, actor_of(body), message)


def _fault(last: date | None, today: date) -> str:
    """What is wrong with the last day of a pause that begins today; "" if nothing is."""
    if last is None or last < today:
        return "That day is over. Choose today or a later one."
    if (last - today).days >= LONGEST_PAUSE:
        return str(PauseTooLong()).replace("`", "")
    return ""


async def resume(call: Call) -> Message:
    """End a pause; your goals count again from today"""
    async with call.house.database.write() as session:
        return await _resume(session, call.house, await needed_membership(session, call.actor))


def _read_pause(words: str) -> tuple[int, str]:
    """The days and the reason; a week if nothing is said."""
    words = words.strip()
    if not words:
        return 7, ""
    found = _SPAN.match(words)
    if not found or int(found[1][:6]) < 1:
        raise PauseNotUnderstood(words=words)
    days = int(found[1][:6]) * (7 if (found[2] or "d").lower().startswith("w") else 1)
    if days > LONGEST_PAUSE:
        raise PauseTooLong
    return days, words[found.end() :].strip()[:500]


async def resume_click(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The Resume button."""
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), number_of(body))
        message = await _resume(session, house, membership)
    await ack()
    house.outbox.wake()
    await reply(house, body, message, replace=True)


async def _resume(session: AsyncSession, house: House, membership: Membership) -> Message:
    here = memberships.today(membership, house.now())
    if await pauses.end(session, membership, here) is None:
        raise NotPaused
    await deliveries.want_week_redrawn(session, memberships.whom(membership), calendar.monday_of(here))
    return mentors_view.resumed() if membership.role == "mentor" else forms.resumed(membership.id)
