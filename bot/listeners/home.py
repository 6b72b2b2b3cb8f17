"""The App Home: composed for whoever opens it, and its doors to what otherwise is typed."""

import asyncio
import logging
import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.home_pages import Page
from bot.house import House
from bot.listeners import commands, home_facts, mentors, mocks
from bot.listeners.actor import Actor, actor_of, own_membership
from bot.listeners.answers import id_in, number_of
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import reply
from bot.store import days, groups, home_pages, memberships, stories
from bot.store.home_pages import Person
from bot.store.tables import Membership
from bot.views import errors, home_doors, home_standing
from bot.views import home as view
from bot.views import mentors as mentors_view
from bot.views import mocks as mocks_view
from bot.views import stories as stories_view
from bot.views.message import Message
from plans.errors import StudyError
from plans.library import PlanFaults, PlanNotFoundError

log = logging.getLogger(__name__)


class DoorGone(StudyError):
    """That door is from an older page and leads nowhere now. Opening the Home again brings a new one."""


def register(app: Listening) -> None:
    """Listen to people opening the App Home, and to its own doors."""
    app.event("app_home_opened")(opened)
    app.action(home_doors.GROUP)(switch)
    app.action(home_doors.MORE)(more)
    app.action(re.compile(f"^{home_doors.DO}_"))(do)


# The page


async def opened(body: dict[str, Any], event: dict[str, Any], house: House) -> None:
    """Publish the Home tab; the Messages tab needs nothing."""
    if event.get("tab", "home") == "home":
        actor = actor_of({**body, "user": {"id": event["user"]}})
        await house.homes.opened((actor.workspace_id, actor.user_id))


async def compose(house: House, session: AsyncSession, person: Person) -> Page:
    """This person's Home as things stand: a member's, a mentor's, or a stranger's."""
    found = await memberships.of_person(session, *person)
    if not found:
        return Page(lambda _revision: view.stranger(), is_member=False)
    membership = await _shown(session, person, found)
    choices = [await _choice(session, each) for each in found]
    if membership.role == "mentor":
        return await _mentor(house, session, membership, choices)
    try:
        return await _member(house, session, membership, choices)
    except (PlanNotFoundError, PlanFaults):
        log.warning("the Home of membership %s goes without its plan, which cannot be read", membership.id)
        return await _without_plan(house, session, membership, choices)


async def _shown(session: AsyncSession, person: Person, found: Sequence[Membership]) -> Membership:
    """The group that the person chose to see, while they are in it; else their newest."""
    row = await home_pages.find(session, person)
    chosen = row.membership_id if row else None
    return next((each for each in found if each.id == chosen), found[0])


async def _choice(session: AsyncSession, membership: Membership) -> home_doors.GroupChoice:
    return home_doors.GroupChoice(membership.id, (await groups.get(session, membership.group_id)).name)


async def _mentor(
    house: House, session: AsyncSession, membership: Membership, choices: Sequence[home_doors.GroupChoice]
) -> Page:
    offer = mentors_view.home(await mentors.card_of(session, membership))
    coming = mocks_view.home(await mocks.page_of(session, membership, house))
    return Page(lambda _revision: view.mentor(membership.id, offer, coming, choices))


async def _member(
    house: House, session: AsyncSession, membership: Membership, choices: Sequence[home_doors.GroupChoice]
) -> Page:
    now = house.now()
    agenda = await days.read(session, membership, house.library, memberships.today(membership, now), now)
    facts = await home_facts.read(session, house, membership)
    page = view.HomePage(
        agenda=agenda,
        week=facts.week,
        plan=facts.plan,
        trend=facts.trend,
        readiness=facts.readiness,
        stories=stories_view.home_blocks(await stories.bank(session, membership.id)),
        mocks=mocks_view.home(await mocks.page_of(session, membership, house)),
        doors=_doors(membership, choices, is_paused=facts.week.paused_until is not None),
        groups=choices,
    )
    ticked = frozenset(goal.id for goal in agenda.offered if goal.state == "done")
    return Page(partial(view.home, page), ticked)


async def _without_plan(
    house: House, session: AsyncSession, membership: Membership, choices: Sequence[home_doors.GroupChoice]
) -> Page:
    today = memberships.today(membership, house.now())
    rest = [
        [*home_standing.trend(await home_facts.trend(session, membership, today), membership.id)],
        stories_view.home_blocks(await stories.bank(session, membership.id)),
        mocks_view.home(await mocks.page_of(session, membership, house)),
    ]
    doors = _doors(membership, choices, is_paused=False)
    return Page(lambda revision: view.without_plan(rest, doors, choices, revision))


def _doors(
    membership: Membership, choices: Sequence[home_doors.GroupChoice], *, is_paused: bool
) -> home_doors.Doors:
    return home_doors.Doors(
        membership_id=membership.id,
        group=next(each.name for each in choices if each.membership_id == membership.id),
        is_paused=is_paused,
        commands=[(name, commands.meaning(command)) for name, command in commands.TABLE.items()],
    )


# Its doors


async def switch(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Show another of the person's groups, from now on."""
    actor = actor_of(body)
    async with house.database.write() as session:
        membership = await own_membership(session, actor, id_in(_chosen(body)))
        await home_pages.choose(session, (actor.workspace_id, actor.user_id), membership.id)
    await ack()
    await house.homes.opened((actor.workspace_id, actor.user_id))


async def more(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """What the menu of everything else offers."""
    actor = actor_of(body)
    house.homes.anew((actor.workspace_id, actor.user_id))
    about, _, command = _chosen(body).partition(":")
    await _run(ack, body, house, id_in(about), command)


async def do(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """A button that does what a command does."""
    command = str(body["actions"][0].get("action_id") or "").removeprefix(f"{home_doors.DO}_")
    await _run(ack, body, house, number_of(body), command)


def _chosen(body: dict[str, Any]) -> str:
    return str((body["actions"][0].get("selected_option") or {}).get("value") or "")


async def _run(ack: AsyncAck, body: dict[str, Any], house: House, membership_id: int, command: str) -> None:
    """Do what typing the command alone would do, in the group that the page is about.

    Raises:
        DoorGone: there is no such command.
    """
    if command not in commands.TABLE:
        raise DoorGone
    call = Call(await _caller(house, actor_of(body), membership_id), "", body, house)
    message: Message | None
    try:
        async with asyncio.timeout(commands.PATIENCE):
            message = await commands.TABLE[command](call)
    except TimeoutError:
        message = errors.too_slow()
    await ack()
    house.outbox.wake()
    if message is not None:
        await reply(house, body, message)


async def _caller(house: House, actor: Actor, membership_id: int) -> Actor:
    """The person as if they typed where the command means this membership: for their newest group anywhere,
    so that the answers come to themselves; for another one in its channel.
    """
    async with house.database.read() as session:
        membership = await own_membership(session, actor, membership_id)
        newest, *_ = await memberships.of_person(session, actor.workspace_id, actor.user_id)
        if newest.id == membership.id:
            return actor
        group = await groups.get(session, membership.group_id)
    return Actor(actor.workspace_id, actor.user_id, group.channel_id)
