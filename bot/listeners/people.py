"""What Slack says of people, asked once and kept; and what changes about them."""

from typing import Any

from bot.house import House
from bot.listeners.actor import Actor, actor_of
from bot.listeners.listening import Listening
from bot.listeners.replying import FAILURES
from bot.store import deliveries, groups, leaving, memberships, mentors, people
from bot.store.people import Profile


def register(app: Listening) -> None:
    """Listen to changes of people's profiles."""
    app.event("user_change")(changed)


async def profile(house: House, actor: Actor) -> Profile:
    """What is known of this person, asked of Slack if it is not known yet.

    A Slack that does not answer in time leaves the name and the zone open; both can be set by hand.
    """
    async with house.database.read() as session:
        known = await people.find(session, actor.workspace_id, actor.user_id)
    if known is not None:
        return Profile(known.user_id, known.name, known.timezone, known.deleted, known.is_bot)
    try:
        answer = await house.slack.users_info(user=actor.user_id)
    except FAILURES:
        return Profile(actor.user_id, actor.user_id, None, deleted=False, is_bot=False)
    found = people.profile_of(answer.get("user") or {"id": actor.user_id})
    async with house.database.write() as session:
        await people.remember(session, actor.workspace_id, found, house.now())
    return found


async def changed(body: dict[str, Any], event: dict[str, Any], house: House) -> None:
    """A person was deactivated, came back, moved or is called otherwise: their memberships follow."""
    found = people.profile_of(event["user"])
    workspace_id = actor_of({**body, "user": {"id": found.user_id}}).workspace_id
    async with house.database.write() as session:
        mine = await memberships.of_person(session, workspace_id, found.user_id, active=False)
        if not mine:
            return
        await people.remember(session, workspace_id, found, house.now())
        for membership in mine:
            group = await groups.get(session, membership.group_id)
            if found.deleted and membership.status == "active":
                await leaving.leave(session, membership, "deactivated", house.now())
            elif found.deleted and membership.status == "invited":
                await mentors.decline(session, membership, house.now())
            elif not found.deleted and membership.status == "deactivated":
                membership.status, membership.left_at = "active", None
                await memberships.set_times(session, membership, group, house.now())
            membership.name = found.name
            moved = found.timezone and found.timezone != membership.timezone
            if membership.status == "active" and moved and membership.follows_slack_zone:
                membership.timezone = found.timezone or membership.timezone
                await memberships.set_times(session, membership, group, house.now())
            await deliveries.want_redraw(session, "opening", groups.whom(group), "card")
    house.outbox.wake()
