"""Leaving a group, asked once more."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.house import House
from bot.listeners.actor import actor_of, needed_membership, own_membership
from bot.listeners.answers import number_of
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import reply
from bot.store import deliveries, groups, leaving, mentors
from bot.views import membership as forms
from bot.views import mentors as mentors_view
from bot.views.message import Message


def register(app: Listening) -> None:
    """Listen to the two buttons of the question."""
    app.action(forms.LEAVE)(leave_click)
    app.action(forms.STAY)(stay)


async def leave(call: Call) -> Message:
    """Leave the group; what you did stays yours"""
    async with call.house.database.read() as session:
        membership = await needed_membership(session, call.actor)
        group = await groups.get(session, membership.group_id)
    if membership.role == mentors.MENTOR:
        return mentors_view.stop_question(group.name, membership.id)
    return forms.leave_question(group.name, membership.id)


async def leave_click(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Leave for good, or until one joins again."""
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), number_of(body))
        group = await groups.get(session, membership.group_id)
        await leaving.leave(session, membership, "left", house.now())
        await deliveries.want_redraw(session, "opening", groups.whom(group), "card")
    await ack()
    house.outbox.wake()
    is_mentor = membership.role == mentors.MENTOR
    message = mentors_view.stopped(group.name) if is_mentor else forms.left(group.name, group.id)
    await reply(house, body, message, replace=True)


async def stay(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Stay after all."""
    await ack()
    await reply(house, body, forms.stayed(), replace=True)
