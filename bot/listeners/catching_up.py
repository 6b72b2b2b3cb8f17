"""Catching up: asking for it, choosing, taking it up."""

from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of, meant_membership, needed_membership, own_membership
from bot.listeners.answers import number_of
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import acknowledge, reply
from bot.store import catching_up, memberships
from bot.store.enrolments import NoPlanToChange
from bot.store.tables import Membership
from bot.views import catching_up as view
from bot.views.message import Message
from plans import calendar
from plans.errors import StudyError


class NothingTicked(StudyError):
    """Nothing is ticked, so nothing moves. Tick what you want to take up."""


class OfferOutdated(StudyError):
    """That offer is from another day. `/prep catchup` makes a new one."""


def register(app: Listening) -> None:
    """Listen to the button, its checkboxes and the answers."""
    app.action(view.CATCH_UP)(open_offer)
    app.action(view.CATCH_CHOOSE)(choose)
    app.action(view.CATCH_TAKE)(take)
    app.action(view.CATCH_NOT_NOW)(not_now)


def is_asked(words: str) -> bool:
    """Whether `/prep plan <words>` asks for catching up."""
    return words.casefold().replace(" ", "").startswith("catch")


async def catch_up(call: Call) -> Message:
    """`/prep plan catch up`: what is offered again."""
    async with call.house.database.read() as session:
        return await _offer(session, call.house, await needed_membership(session, call.actor))


async def open_offer(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The button "Catch up"."""
    async with house.database.read() as session:
        membership = await meant_membership(session, actor_of(body), body["actions"][0].get("value"))
        message = await _offer(session, house, membership)
    await acknowledge(ack, house, body, message)


async def _offer(session: AsyncSession, house: House, membership: Membership) -> Message:
    found = await catching_up.offer(session, membership, house.library, house.now())
    if found is None:
        raise NoPlanToChange(join=membership.group_id)
    return view.offer(found, membership.id, memberships.today(membership, house.now()))


async def choose(ack: AsyncAck) -> None:
    """A tick in the offer: Slack keeps it until the member takes what is ticked."""
    await ack()


async def take(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Move what is ticked to its days."""
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), number_of(body))
        today = memberships.today(membership, house.now())
        moved = await catching_up.take(session, membership, _chosen(body, membership, today), today)
        told = sorted((goal.due_on, goal.text) for goal in moved)
        minutes = sum(goal.minutes for goal in moved)
    await ack()
    house.outbox.wake()
    await reply(house, body, view.taken(told, minutes, membership.id), replace=True)


def _chosen(body: dict[str, Any], membership: Membership, today: date) -> dict[date, list[int]]:
    """The goals that are ticked, by the day to which they go.

    Raises:
        OfferOutdated: the offer was made on another day.
        NothingTicked: nothing is.
    """
    chosen: dict[date, list[int]] = {}
    sunday = calendar.days_of_week(calendar.monday_of(today))[-1]
    for block_id, values in ((body.get("state") or {}).get("values") or {}).items():
        box = view.Box.parse(block_id)
        if box is None or box.membership_id != membership.id:
            continue
        if box.offered_on != today or not today <= box.day <= sunday:
            raise OfferOutdated(today=1)
        options = (values.get(view.CATCH_CHOOSE) or {}).get("selected_options") or []
        chosen[box.day] = [int(each["value"]) for each in options if str(each["value"]).isdecimal()]
    if not any(chosen.values()):
        raise NothingTicked
    return chosen


async def not_now(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Nothing moves."""
    await ack()
    await reply(house, body, view.not_now(), replace=True)
