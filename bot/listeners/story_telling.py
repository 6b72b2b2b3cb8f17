"""One story: telling it aloud, rating that, polishing it; and whose it is."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import Actor, actor_of, meant_membership, own_membership
from bot.listeners.answers import id_in
from bot.listeners.listening import Listening
from bot.listeners.replying import acknowledge, open_form, reply
from bot.store import enrolments, stories
from bot.store.tables import Membership
from bot.views import practice
from bot.views import stories as view
from bot.views import story_telling as one
from bot.views.message import Message
from plans import stories as rules
from plans.errors import StudyError
from plans.logbook import AREAS, LogLine
from plans.logbook import Subject as Logged
from plans.model import Level
from plans.stories import Status, Story


class StoryGone(StudyError):
    """That story is not in your bank any more. `/prep story` lists yours; `/prep story undo` undoes."""


def register(app: Listening) -> None:
    """Listen to the buttons under a story that is told or polished."""
    app.action(view.TELL)(practise)
    app.action(re.compile(f"^{view.ANOTHER}(_story)?$"))(practise_on)
    app.action(re.compile(f"^{view.RATE}_[1-5]$"))(rate)
    app.action(view.CALL_IT)(call_it)
    app.action(view.LOG)(log)


async def practise(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Tell a story: its parts with their times, and a follow-up."""
    async with house.database.read() as session:
        membership, found = await own_story(session, actor_of(body), value_of(body))
        message = await telling(session, house, membership, found)
    await acknowledge(ack, house, body, message)


async def practise_on(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Another follow-up or the next story, in the place of this one."""
    *_, turn = numbers_of(body, 3)
    async with house.database.read() as session:
        membership, found = await own_story(session, actor_of(body), value_of(body))
        message = await telling(session, house, membership, found, turn)
    await ack()
    await reply(house, body, message, replace=True)


async def rate(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Keep how well it was told: the newest rating is the story's quality."""
    _, story_id, turn, quality = numbers_of(body, 4)
    async with house.database.write() as session:
        membership, _ = await own_story(session, actor_of(body), value_of(body))
        found = await stories.rate(session, membership.id, story_id, min(max(quality, 1), 5), house.now())
        if found is None:
            raise StoryGone
        message = await telling(session, house, membership, found, turn)
    await ack()
    await reply(house, body, message, replace=True)


async def telling(
    session: AsyncSession, house: House, membership: Membership, found: Story, turn: int = 0
) -> Message:
    """The story as it is told, with the follow-up that comes in this `turn`."""
    enrolment = await enrolments.current(session, membership.id)
    level = Level(enrolment.level) if enrolment is not None else None
    asked = rules.follow_up(house.bank, found, level, turn)
    bank = await stories.bank(session, membership.id)
    return one.telling(found, membership.id, asked, turn, rules.following(found.id, bank.stories))


async def call_it(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Say that a story is refined or polished."""
    wanted = value_of(body).rpartition(":")[2]
    async with house.database.write() as session:
        membership, found = await own_story(session, actor_of(body), value_of(body))
        if rules.next_status(found) == wanted:
            said = await stories.call_it(session, membership.id, found.id, Status(wanted), house.now())
            found = said or found
        message = one.polishing(found, membership.id)
    await ack()
    await reply(house, body, message, replace=True)


async def log(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The log's form, about to count one story: telling one counts nothing by itself."""
    actor = actor_of(body)
    async with house.database.read() as session:
        membership = await meant_membership(session, actor, value_of(body))
    line = LogLine(subject=Logged.STORIES, count=1, minutes=0, area=AREAS[Logged.STORIES])
    form = practice.log_form(membership.id, line=line)
    form["private_metadata"] += f":{actor.channel_id or ''}"
    await acknowledge(ack, house, body, await open_form(house, body, form, "log"))


async def own_story(session: AsyncSession, actor: Actor, about: str) -> tuple[Membership, Story]:
    """The membership and the story that a button names.

    Raises:
        StoryGone: the story is deleted, or it is none of this membership's.
    """
    whose, story_id = [*map(id_in, about.split(":")), 0, 0][:2]
    membership = await own_membership(session, actor, whose)
    found = await stories.find(session, membership.id, story_id)
    if found is None:
        raise StoryGone
    return membership, found


def value_of(body: dict[str, Any]) -> str:
    """What the button carries, or the chosen option of a menu."""
    action = body["actions"][0]
    return str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")


def numbers_of(body: dict[str, Any], many: int) -> list[int]:
    """The numbers that a button carries; 0 for each that it does not."""
    return [*map(id_in, value_of(body).split(":")), *[0] * many][:many]
