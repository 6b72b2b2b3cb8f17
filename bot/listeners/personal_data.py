"""A person's own data: `/prep export`, `/prep forget`, `/prep data`, and the buttons beside them."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import own_messages
from bot.listeners.actor import Actor, actor_of
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import acknowledge, reply, tell
from bot.store import export as exports
from bot.store import forgetting, groups, memberships
from bot.views import personal_data as view
from bot.views.message import Message
from plans.errors import StudyError


class NothingKept(StudyError):
    """I keep nothing of you. `/prep join` in a study group's channel would change that."""


def register(app: Listening) -> None:
    """Listen to the two doors, and to the answers to the question."""
    app.action(view.EXPORT)(export_click)
    app.action(view.FORGET)(forget_click)
    app.action(view.FORGET_NOW)(forget_now)
    app.action(view.KEEP)(keep)


# The file


async def export(call: Call) -> Message:
    """A file with all of your data, as a direct message"""
    if call.words.lower().startswith("data"):
        return view.overview(await _group_names(call.house, call.actor))
    return await _export(call.house, call.actor)


async def export_click(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The button for the file."""
    message = await _export(house, actor_of(body))
    house.outbox.wake()
    await acknowledge(ack, house, body, message)


async def _export(house: House, actor: Actor) -> Message:
    """Owe the file.

    Raises:
        NothingKept: the person is and was in no group.
    """
    async with house.database.write() as session:
        mine = await memberships.of_person(session, actor.workspace_id, actor.user_id, active=False)
        if not mine:
            raise NothingKept
        is_new = await exports.ask(session, mine, house.now())
    return view.on_its_way(again=not is_new)


# Being forgotten


async def forget(call: Call) -> Message:
    """Erase everything that is kept of you; it asks first"""
    return await _question(call.house, call.actor)


async def forget_click(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The button beside the one for the file: the same question."""
    await acknowledge(ack, house, body, await _question(house, actor_of(body)))


async def _question(house: House, actor: Actor) -> Message:
    """What goes and what stays.

    Raises:
        NothingKept: nothing is known of the person.
    """
    return view.forget_question(await _group_names(house, actor))


async def _group_names(house: House, actor: Actor) -> list[str]:
    """The groups in which a person is or was.

    Raises:
        NothingKept: nothing is known of the person.
    """
    async with house.database.read() as session:
        await _known(session, actor)
        mine = await memberships.of_person(session, actor.workspace_id, actor.user_id, active=False)
        return [(await groups.get(session, each.group_id)).name for each in mine]


async def _known(session: AsyncSession, actor: Actor) -> None:
    if not await forgetting.is_known(session, actor.workspace_id, actor.user_id):
        raise NothingKept


async def forget_now(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Forget whoever clicked, say so, then delete what the bot has said to them.

    What is to be deleted is listed before the last word is said, so that this word stays.
    """
    actor = actor_of(body)
    async with house.database.write() as session:
        await _known(session, actor)
        gone = await forgetting.forget(session, actor.workspace_id, actor.user_id, house.now())
    await ack()
    house.outbox.wake()
    here = str((body.get("container") or {}).get("message_ts") or "")
    found = {*gone.messages, *await own_messages.to_person(house, actor.user_id)}
    messages = sorted(place for place in found if place[1] != here)
    await reply(house, body, view.forgotten(len(messages)), replace=True)
    for group, heir in gone.heirs:
        await tell(house, Actor(actor.workspace_id, heir, None), view.new_lead(group))
    await house.homes.opened((actor.workspace_id, actor.user_id))
    left = await own_messages.take_back(house, messages, gone.files)
    if left:
        await reply(house, body, view.not_deleted(left))


async def keep(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Keep everything after all."""
    await ack()
    await reply(house, body, view.kept(), replace=True)
