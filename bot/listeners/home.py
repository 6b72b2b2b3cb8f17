"""The App Home, published when it is opened and when something was ticked in it."""

import logging
from typing import Any

from bot.house import House
from bot.listeners import mentors, mocks
from bot.listeners.actor import Actor, actor_of
from bot.listeners.listening import Listening
from bot.listeners.replying import FAILURES
from bot.store import days, groups, memberships
from bot.views import home as view
from bot.views import mentors as mentors_view
from bot.views import mocks as mocks_view

log = logging.getLogger(__name__)


def register(app: Listening) -> None:
    """Listen to people opening the App Home."""
    app.event("app_home_opened")(opened)


async def opened(body: dict[str, Any], event: dict[str, Any], house: House) -> None:
    """Publish the Home tab; the Messages tab needs nothing."""
    if event.get("tab", "home") == "home":
        await publish(house, actor_of({**body, "user": {"id": event["user"]}}))


async def publish(house: House, actor: Actor) -> None:
    """Draw this person's Home as things stand."""
    async with house.database.write() as session:
        found = await memberships.of_person(session, actor.workspace_id, actor.user_id)
        if found and found[0].role == "mentor":
            page = await mocks.page_of(session, found[0], house)
            card = await mentors.card_of(session, found[0])
            drawn = view.mentor(mentors_view.home(card), mocks_view.home(page))
        elif found:
            now = house.now()
            agenda = await days.read(session, found[0], house.library, memberships.today(found[0], now), now)
            page = await mocks.page_of(session, found[0], house)
            group = await groups.get(session, found[0].group_id)
            drawn = view.home(agenda, group.name, f"h{int(now.timestamp())}", mocks_view.home(page))
        else:
            drawn = view.stranger()
    try:
        await house.slack.views_publish(user_id=actor.user_id, view=drawn)
    except FAILURES as error:
        log.warning("the Home of %s was not published: %s", actor.user_id, type(error).__name__)
