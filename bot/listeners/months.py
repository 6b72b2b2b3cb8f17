"""Looking back on a month, and writing down what to do in the next."""

import re
from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of, meant_membership, needed_membership, own_membership
from bot.listeners.answers import Answers, about
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import acknowledge, open_form, reply, tell
from bot.store import enrolments, months, ratings
from bot.store.tables import Membership
from bot.views import month as view
from bot.views import plan as plan_view
from bot.views.message import Message
from plans import calendar
from plans.errors import StudyError


class MonthNotUnderstood(StudyError):
    """I can't read "{words}" as a month. Try `/prep month` for the newest or `/prep month 1`."""


class MonthNotThere(StudyError):
    """Your plan has no month {number} to look back on yet. Try `/prep month` for the newest."""


def register(app: Listening) -> None:
    """Listen to the month's buttons and its form."""
    app.action(view.SHOW_MONTH)(show)
    app.action(view.WRITE)(open_strategy)
    app.view(view.STRATEGY)(write)


async def month(call: Call) -> Message:
    """Your month: hours, problems, stories, mocks and ratings from start to end; `month 1` looks back"""
    number = _number(call.words)
    async with call.house.database.read() as session:
        membership = await needed_membership(session, call.actor)
        if number is None:
            return await _newest(session, call.house, membership)
        page = await months.numbered(session, membership, call.house.library, number, call.house.now())
    if page is None:
        raise MonthNotThere(number=number)
    return view.answer(page)


def _number(words: str) -> int | None:
    """The month that the words mean; None for the newest.

    Raises:
        MonthNotUnderstood: they mean none.
    """
    word = words.strip().lower()
    if not word or word.startswith(("this", "now")):
        return None
    found = re.fullmatch(r"(?:month\s*)?(\d{1,3})", word)
    if not found:
        raise MonthNotUnderstood(words=words)
    return int(found[1])


async def show(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The newest month, for who asks."""
    async with house.database.read() as session:
        membership = await meant_membership(session, actor_of(body), body["actions"][0].get("value"))
        message = await _newest(session, house, membership)
    await ack()
    await reply(house, body, message)


async def _newest(session: AsyncSession, house: House, membership: Membership) -> Message:
    if await enrolments.current(session, membership.id) is None:
        return plan_view.no_plan()
    page = await months.newest(session, membership, house.library, house.now())
    return view.nothing_yet() if page is None else view.answer(page)


async def open_strategy(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Open the form for one's own words, with those that were written before."""
    membership_id, first = _about(body["actions"][0].get("value"))
    async with house.database.read() as session:
        membership = await own_membership(session, actor_of(body), membership_id)
        words = await ratings.words(session, membership.id, "month", first)
    form = view.strategy_form(membership.id, first, words)
    await acknowledge(ack, house, body, await open_form(house, body, form, "month"))


async def write(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Keep the words; the month's message shows them, and where there is none a word says so."""
    form = body["view"]
    membership_id, first = _about(form.get("private_metadata"))
    answers = Answers(form)
    texts = {key: answers.text(key) for key, _ in view.QUESTIONS}
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), membership_id)
        await ratings.write(session, membership.id, "month", first, texts, house.now())
        is_shown = await months.want_redrawn(session, membership, first)
    await ack()
    house.outbox.wake()
    if not is_shown:
        await tell(house, actor_of(body), view.saved())


def _about(value: object) -> tuple[int, date]:
    """The membership and the first Monday of the month that a button or the form names."""
    membership_id, day = about(value)
    return membership_id, calendar.monday_of(day)
