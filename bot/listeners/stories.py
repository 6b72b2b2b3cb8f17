"""The story bank: listing, writing, deleting. Nothing of it is ever shown to anybody else."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of, meant_membership, needed_membership, own_membership
from bot.listeners.answers import Answers, id_in
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.once import key_of
from bot.listeners.replying import acknowledge, open_form, reply, tell
from bot.listeners.story_telling import numbers_of, own_story, telling, value_of
from bot.store import checkpoints, inbox, stories
from bot.store.tables import Membership
from bot.views import stories as view
from bot.views import story_form
from bot.views import story_telling as one
from bot.views.message import Message
from bot.views.story_form import About
from plans import stories as rules
from plans.errors import StudyError
from plans.questions import LeadershipPrinciple
from plans.stories import Part, Status, Story, StoryBank

ADD, TELL, UNDO = ("add", "new"), ("practise", "practice", "tell"), ("undo",)


class StoryTooLong(StudyError):
    """That is {length} characters, and one part of a story holds 3000. `/prep story add` opens the form."""


def register(app: Listening) -> None:
    """Listen to the bank's buttons, menus and its form."""
    app.action(view.OPEN_STORIES)(show)
    app.action(re.compile(f"^{view.PAGE}_\\d+$"))(turn_page)
    app.action(view.NEW)(write_new)
    app.action(view.NEW_FOR)(write_for)
    app.action(view.MENU)(choose)
    app.action(view.EDIT)(edit)
    app.view(story_form.FORM)(submit)
    app.action(view.DELETE)(delete)
    app.action(view.KEEP)(keep)
    app.action(view.UNDO)(undo)


# The command


async def story(call: Call) -> Message | None:
    """Your STAR stories; `story add Payments outage` begins one, `story outage` opens the nearest"""
    word, _, rest = call.words.strip().partition(" ")
    what, rest = word.lower(), rest.strip()
    if what in UNDO and not rest:
        return await _bring_back_newest(call)
    async with call.house.database.read() as session:
        membership = await needed_membership(session, call.actor)
        bank = await stories.bank(session, membership.id)
        if not word or (what == "list" and not rest):
            return view.page(bank)
        if what in TELL:
            return await _tell(session, call, membership, bank, rest)
    words = call.words.strip()
    found = _begun(rest) if what in ADD else rules.nearest(words, bank.stories)
    if found is None:
        return one.no_such(words, membership.id)
    return await _open(call.house, call.body, membership, found)


async def _tell(
    session: AsyncSession, call: Call, membership: Membership, bank: StoryBank, words: str
) -> Message:
    """The story with these words in its title; without words the first that has something to tell."""
    found = rules.nearest(words, bank.stories) if words else rules.following(0, bank.stories)
    if found is None:
        return one.no_such(words, membership.id) if words else view.page(bank)
    return await telling(session, call.house, membership, found)


def _begun(words: str) -> Story:
    """A new story with what was typed.

    Raises:
        StoryTooLong: it fits into no part.
    """
    if len(words) > rules.PART_LIMIT:
        raise StoryTooLong(length=len(words))
    return story_form.begun_with(words)


async def _bring_back_newest(call: Call) -> Message:
    async with call.house.database.write() as session:
        membership = await needed_membership(session, call.actor)
        found = await stories.bring_back(session, membership.id)
        if found is None:
            return one.nothing_deleted(membership.id)
        await checkpoints.want_redrawn(session, membership)
        return one.brought_back(found, membership.id)


# The list


async def show(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Open the bank, from wherever its door is."""
    async with house.database.read() as session:
        membership = await meant_membership(session, actor_of(body), body["actions"][0].get("value"))
        message = view.page(await stories.bank(session, membership.id))
    await acknowledge(ack, house, body, message)


async def turn_page(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Another page, in the place of this one."""
    whose, number = numbers_of(body, 2)
    async with house.database.read() as session:
        membership = await own_membership(session, actor_of(body), whose)
        message = view.page(await stories.bank(session, membership.id), number)
    await ack()
    await reply(house, body, message, replace=True)


async def choose(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """One of the things to do with a story, behind its three dots."""
    what, _, about = value_of(body).partition(":")
    async with house.database.read() as session:
        membership, found = await own_story(session, actor_of(body), about)
        if what == view.MENU_TELL:
            message: Message | None = await telling(session, house, membership, found)
        elif what == view.MENU_POLISH:
            message = one.polishing(found, membership.id)
        else:
            message = one.delete_question(found, membership.id)
    if what == view.MENU_EDIT:
        message = await _open(house, body, membership, found)
    await acknowledge(ack, house, body, message)


# Writing


async def write_new(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The empty form, or one with the principle or the title that the button knows."""
    whose, principle, title = [*value_of(body).split(":", 2), "", ""][:3]
    async with house.database.read() as session:
        membership = await own_membership(session, actor_of(body), id_in(whose))
    begun = Story(title=title, principles=rules.principles_of([id_in(principle)]))
    await acknowledge(ack, house, body, await _open(house, body, membership, begun))


async def write_for(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The form for a story that covers a gap."""
    whose, _, principle = value_of(body).partition(":")
    async with house.database.read() as session:
        membership = await own_membership(session, actor_of(body), id_in(whose))
    begun = Story(principles=rules.principles_of([id_in(principle)]))
    await acknowledge(ack, house, body, await _open(house, body, membership, begun))


async def edit(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The form with the story as it is now."""
    async with house.database.read() as session:
        membership, found = await own_story(session, actor_of(body), value_of(body))
    await acknowledge(ack, house, body, await _open(house, body, membership, found))


async def _open(house: House, body: dict[str, Any], membership: Membership, found: Story) -> Message | None:
    version = stories.version_of(found) if found.id else ""
    about = About(membership.id, found.id, version, actor_of(body).channel_id or "")
    return await open_form(house, body, story_form.story_form(about, found), "story")


async def submit(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Keep the story; a fault is said in its field, and nothing typed is lost."""
    about = About.parse(view.get("private_metadata"))
    written = _written(about.story_id, Answers(view))
    errors = story_form.faults(written, rules.to_polish(written))
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    actor, message = actor_of(body), None
    async with house.database.write() as session:
        membership = await own_membership(session, actor, about.membership_id)
        if await inbox.receive(session, key_of(body), house.now()):
            message = await _save(session, house, membership, written, about.version)
    await ack()
    house.outbox.wake()
    if message is not None:
        await tell(house, actor, message, about.channel or None)


async def _save(
    session: AsyncSession, house: House, membership: Membership, written: Story, version: str
) -> Message:
    kept = await stories.save(session, membership.id, written, version, house.now())
    await checkpoints.want_redrawn(session, membership)
    bank = await stories.bank(session, membership.id)
    return one.saved(kept.story, membership.id, bank.coverage, one.BEFORE.get(kept.became.value, ""))


def _written(story_id: int, answers: Answers) -> Story:
    """The story that the form's fields make."""
    chosen = answers.choices(story_form.LPS)
    status, quality = answers.choice(story_form.STATUS), answers.choice(story_form.QUALITY)
    return Story(
        id=story_id,
        title=" ".join(answers.text(story_form.TITLE).split()),
        situation=answers.text(story_form.PARTS[Part.SITUATION]),
        task=answers.text(story_form.PARTS[Part.TASK]),
        action=answers.text(story_form.PARTS[Part.ACTION]),
        result=answers.text(story_form.PARTS[Part.RESULT]),
        principles=tuple(each for each in LeadershipPrinciple if each.value in chosen),
        status=Status(status) if status in set(Status) else Status.DRAFT,
        quality=int(quality) if quality in ("1", "2", "3", "4", "5") else None,
    )


# Deleting


async def delete(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Delete a story after the question; the message brings it back."""
    async with house.database.write() as session:
        membership, found = await own_story(session, actor_of(body), value_of(body))
        await stories.delete(session, membership.id, found.id, house.now())
        await checkpoints.want_redrawn(session, membership)
    await ack()
    house.outbox.wake()
    await reply(house, body, one.deleted(found, membership.id), replace=True)


async def keep(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Not deleting."""
    async with house.database.read() as session:
        _, found = await own_story(session, actor_of(body), value_of(body))
    await ack()
    await reply(house, body, one.kept(found), replace=True)


async def undo(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Bring a deleted story back; a second click finds it there and says so, too."""
    whose, story_id = numbers_of(body, 2)
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), whose)
        found = await stories.bring_back(session, membership.id, story_id)
        found = found or await stories.find(session, membership.id, story_id)
        await checkpoints.want_redrawn(session, membership)
    await ack()
    house.outbox.wake()
    message = one.brought_back(found, whose) if found else one.nothing_deleted(whose)
    await reply(house, body, message, replace=True)
