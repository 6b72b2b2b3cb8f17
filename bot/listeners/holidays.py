"""Answering the question about a week with public holidays."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.house import House
from bot.listeners.actor import actor_of, own_membership
from bot.listeners.answers import number_of
from bot.listeners.listening import Listening
from bot.store import enrolments, holiday_asks, memberships
from bot.store.enrolments import NoPlanToChange
from bot.views import holidays as view
from plans.errors import StudyError


class HolidaysGone(StudyError):
    """Those holidays are over, so that week stays as it was. The next ones are asked about in time."""


def register(app: Listening) -> None:
    """Listen to the buttons of the question."""
    app.action(view.HOLIDAY_LIGHTER)(lighter)
    app.action(view.HOLIDAY_AS_PLANNED)(as_planned)
    app.action(view.HOLIDAY_UNDO)(undo)


async def lighter(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Make the holidays lighter: the week changes exactly as the question says."""
    await _answer(ack, body, house, holiday_asks.LIGHTER)


async def as_planned(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Leave the week as it is."""
    await _answer(ack, body, house, holiday_asks.AS_PLANNED)


async def undo(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Take the answer back: the week is as it was, and the question stands again."""
    await _answer(ack, body, house, holiday_asks.ASKED)


async def _answer(ack: AsyncAck, body: dict[str, Any], house: House, state: str) -> None:
    """Keep an answer of the member whose question it is.

    Raises:
        HolidaysGone: there is no such question, or its days have passed.
        NoPlanToChange: they follow no plan any more.
    """
    now = house.now()
    async with house.database.write() as session:
        ask = await holiday_asks.get(session, number_of(body))
        if ask is None:
            raise HolidaysGone
        membership = await own_membership(session, actor_of(body), ask.membership_id)
        if holiday_asks.is_over(ask, memberships.today(membership, now)):
            raise HolidaysGone
        enrolment = await enrolments.current(session, membership.id)
        if enrolment is None:
            raise NoPlanToChange(join=membership.group_id)
        await holiday_asks.answer(session, membership, enrolment, house.library, ask, state, now)
    await ack()
    house.outbox.wake()
