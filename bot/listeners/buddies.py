"""A buddy for half an hour: looking for one, asking, taking it back, answering."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import Actor, NotYours, actor_of, needed_membership, own_membership
from bot.listeners.answers import about, id_in, number_of
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import is_ephemeral, reply
from bot.store import buddies, memberships
from bot.store.tables import Buddy, Membership
from bot.views import buddies as view
from bot.views.message import Message
from plans import calendar
from plans.errors import StudyError

SATURDAY = 5
MOST_SKIPPED = 100  # ids that a button can carry


class ForSomebodyElse(StudyError):
    """That button is for the one whose week it is. `/prep buddy` finds somebody for yours."""


class WeekOver(StudyError):
    """That week is over. `/prep buddy` finds somebody for this one."""


class NothingAsked(StudyError):
    """That has settled itself: there is nothing to answer any more."""


class MentorsHelpAlready(StudyError):
    """As a mentor you help already. A buddy is for members with a plan."""


def register(app: Listening) -> None:
    """Listen to the buttons of who looks for a buddy and of who is asked."""
    app.action(view.BUDDY_WANTED)(wanted)
    app.action(view.ASK)(ask)
    app.action(view.OTHER)(somebody_else)
    app.action(view.NOT_NOW)(not_now)
    app.action(view.WITHDRAW)(withdraw)
    app.action(view.YES)(accept)
    app.action(view.NO)(decline)


# Looking for somebody


async def buddy(call: Call) -> Message:
    """Find somebody for half an hour together this week"""
    async with call.house.database.read() as session:
        membership = await needed_membership(session, call.actor)
        monday = _week_meant(memberships.today(membership, call.house.now()), call.words)
        return await _search(session, call.house, membership, monday)


def _week_meant(today: date, words: str) -> date:
    """The Monday of the week that is meant: at the weekend, or if they say so, the next one."""
    this = calendar.monday_of(today)
    is_next = today.weekday() >= SATURDAY or words.lower().startswith("next")
    return this + timedelta(weeks=1) if is_next else this


async def wanted(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The button beside a recovery week: whom I would ask."""
    membership_id, monday = about(body["actions"][0].get("value"))
    async with house.database.read() as session:
        membership = await _own(session, actor_of(body), membership_id)
        message = await _search(session, house, membership, monday)
    await ack()
    await reply(house, body, message)


async def _search(
    session: AsyncSession,
    house: House,
    membership: Membership,
    monday: date,
    skipped: Sequence[int] = (),
) -> Message:
    """Who was asked for that week or said yes; else whom I would ask.

    Raises:
        WeekOver: there is no day left of that week.
        MentorsHelpAlready: mentors have no weeks of their own.
    """
    if membership.role == "mentor":
        raise MentorsHelpAlready
    if house.now() >= memberships.end_of_week(membership, monday):
        raise WeekOver
    current = await buddies.open_of(session, membership.id, monday)
    if current is not None:
        return await _standing(session, current)
    others = await buddies.candidates(session, membership, monday, house.now())
    left = [other for other in others if other.id not in skipped]
    wish = view.Wish(membership.id, monday, skipped)
    return view.proposal(wish, left[0].id, left[0].name) if left else view.nobody(wish)


async def _standing(session: AsyncSession, row: Buddy) -> Message:
    """How a question stands, to who asked it."""
    other = await memberships.get(session, row.buddy_id)
    if row.state == buddies.ACCEPTED:
        return view.found(other.name, row.week_of)
    return view.waiting(other.name, row.id, row.week_of)


async def somebody_else(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Propose the next one; who was passed over does not learn of it."""
    membership_id, monday, proposed, skipped = _proposal(body)
    async with house.database.read() as session:
        membership = await _own(session, actor_of(body), membership_id)
        passed = [*skipped, proposed][-MOST_SKIPPED:]
        message = await _search(session, house, membership, monday, passed)
    await ack()
    await reply(house, body, message, replace=is_ephemeral(body))


async def not_now(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """No buddy for now."""
    await ack()
    await reply(house, body, view.not_now(), replace=is_ephemeral(body))


# Asking


async def ask(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Ask the proposed one, if they can still be asked; else propose the next. Twice is the same as once."""
    membership_id, monday, proposed, skipped = _proposal(body)
    async with house.database.write() as session:
        membership = await _own(session, actor_of(body), membership_id)
        message = await _search(session, house, membership, monday, skipped)
        if await buddies.open_of(session, membership.id, monday) is None:
            others = await buddies.candidates(session, membership, monday, house.now())
            chosen = next((other for other in others if other.id == proposed), None)
            if chosen is not None:
                row = await buddies.ask(session, membership, chosen, monday, house.now())
                message = view.waiting(chosen.name, row.id, monday)
        await buddies.redraw_search(session, membership.id, monday)
    await ack()
    house.outbox.wake()
    await _show(house, body, message)


def _proposal(body: dict[str, Any]) -> tuple[int, date, int, list[int]]:
    """For whom, for which week, who was proposed, who was passed over before."""
    value = str(body["actions"][0].get("value") or "")
    membership_id, monday = about(value)
    rest = [*value.split(":"), "", ""][2:4]
    return membership_id, monday, id_in(rest[0]), [*map(id_in, filter(None, rest[1].split("-")))]


async def withdraw(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Take a question back that has no answer yet."""
    async with house.database.write() as session:
        row = await _named(session, body)
        await _own(session, actor_of(body), row.membership_id)
        if row.state == buddies.ACCEPTED:
            message = await _standing(session, row)
        else:
            message = view.taken_back()
        if row.state == buddies.ASKED:
            await buddies.withdraw(session, row, house.now())
    await ack()
    house.outbox.wake()
    await _show(house, body, message)


# Answering


async def accept(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """I have time: the two get a conversation."""
    async with house.database.write() as session:
        row = await _asked(session, body, house)
        if row.state == buddies.DECLINED:
            raise NothingAsked
        if row.state == buddies.ASKED:
            await buddies.accept(session, row, house.now())
    await ack()
    house.outbox.wake()


async def decline(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Not this week: who asked hears of the next one, and of no reason."""
    async with house.database.write() as session:
        row = await _asked(session, body, house)
        if row.state == buddies.ACCEPTED:
            raise NothingAsked
        if row.state == buddies.ASKED:
            await buddies.decline(session, row, house.now())
    await ack()
    house.outbox.wake()


async def _asked(session: AsyncSession, body: dict[str, Any], house: House) -> Buddy:
    """The question that a button names, if the actor is who is asked and it still matters.

    A second click finds the answer that the first one gave.

    Raises:
        NothingAsked: it was taken back, or somebody has left.
        WeekOver: its week is over.
    """
    row = await _named(session, body)
    await own_membership(session, actor_of(body), row.buddy_id)
    asker = await memberships.get(session, row.membership_id)
    if row.state == buddies.WITHDRAWN or asker.status != "active":
        raise NothingAsked
    if house.now() >= memberships.end_of_week(asker, row.week_of):
        raise WeekOver
    return row


async def _named(session: AsyncSession, body: dict[str, Any]) -> Buddy:
    row = await buddies.get(session, number_of(body))
    if row is None:
        raise NothingAsked
    return row


async def _own(session: AsyncSession, actor: Actor, membership_id: int) -> Membership:
    """The membership that a button names, if it is the actor's.

    Raises:
        ForSomebodyElse: it is another member's, who was offered it where everybody sees it.
    """
    try:
        return await own_membership(session, actor, membership_id)
    except NotYours:
        raise ForSomebodyElse from None


async def _show(house: House, body: dict[str, Any], message: Message) -> None:
    """Put the answer in the place of the clicked message; one that was owed is drawn anew by itself."""
    if is_ephemeral(body):
        await reply(house, body, message, replace=True)
