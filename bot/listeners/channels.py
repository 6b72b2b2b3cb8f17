"""What happens to the channel of a group: who leaves it, and when it rests and goes on."""

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.listening import Listening
from bot.store import deliveries, groups, leaving, memberships, scorecards, timers
from bot.store.tables import Group

HELLO_LATE = timedelta(hours=1)


def register(app: Listening) -> None:
    """Listen to what Slack tells of channels."""
    app.event("member_left_channel")(member_left)
    app.event("member_joined_channel")(member_joined)
    for event in ("channel_archive", "group_archive"):
        app.event(event)(archived)
    for event in ("channel_unarchive", "group_unarchive"):
        app.event(event)(unarchived)
    for event in ("channel_left", "group_left", "channel_deleted", "group_deleted"):
        app.event(event)(lost)


async def _of_event(session: AsyncSession, body: dict[str, Any], event: dict[str, Any]) -> Group | None:
    channel = event.get("channel")
    channel_id = channel.get("id") if isinstance(channel, dict) else channel
    return await groups.of_channel(session, str(body.get("team_id") or ""), str(channel_id or ""))


async def member_left(body: dict[str, Any], event: dict[str, Any], house: House) -> None:
    """Who leaves the channel leaves the group; when the bot is removed, the group rests."""
    async with house.database.write() as session:
        found = await _of_event(session, body, event)
        if found is None:
            return
        if event.get("user") in _bots(body):
            await _rest(session, found, "unreachable")
            return
        member = await memberships.in_group(session, found, str(event.get("user")))
        if member is not None and member.status == "active" and member.role != "mentor":
            await leaving.leave(session, member, "left", house.now())
            await deliveries.want_redraw(session, "opening", groups.whom(found), "card")
    house.outbox.wake()


async def member_joined(body: dict[str, Any], event: dict[str, Any], house: House) -> None:
    """The bot came into a channel: a resting group goes on; a new channel is told what it could become."""
    if event.get("user") not in _bots(body):
        return
    async with house.database.write() as session:
        found = await _of_event(session, body, event)
        if found is None:
            await _owe_hello(session, body, event, house)
        elif found.status == "unreachable":
            await _wake_up(session, found, house)
    house.outbox.wake()


async def _owe_hello(
    session: AsyncSession, body: dict[str, Any], event: dict[str, Any], house: House
) -> None:
    now = house.now()
    await deliveries.owe(
        session,
        "hello",
        workspace_id=str(body.get("team_id") or ""),
        whom=f"c{event.get('channel')}",
        period="once",
        due_at=now,
        expires_at=now + HELLO_LATE,
    )


async def archived(body: dict[str, Any], event: dict[str, Any], house: House) -> None:
    """An archived channel rests."""
    async with house.database.write() as session:
        found = await _of_event(session, body, event)
        if found is not None:
            await _rest(session, found, "archived")


async def unarchived(body: dict[str, Any], event: dict[str, Any], house: House) -> None:
    """An unarchived channel goes on."""
    async with house.database.write() as session:
        found = await _of_event(session, body, event)
        if found is not None and found.status == "archived":
            await _wake_up(session, found, house)


async def lost(body: dict[str, Any], event: dict[str, Any], house: House) -> None:
    """The bot was removed, or the channel was deleted."""
    async with house.database.write() as session:
        found = await _of_event(session, body, event)
        if found is not None:
            await _rest(session, found, "unreachable")


def _bots(body: dict[str, Any]) -> set[str]:
    """The bot users that this event was sent to."""
    return {str(each.get("user_id")) for each in body.get("authorizations") or [] if each.get("is_bot", True)}


async def _rest(session: AsyncSession, found: Group, status: str) -> None:
    """Nothing is posted while a group rests; nothing is lost either."""
    found.status = status
    await timers.stop(session, groups.whom(found))
    for member in await groups.members(session, found):
        await timers.stop(session, memberships.whom(member))


async def _wake_up(session: AsyncSession, found: Group, house: House) -> None:
    """Go on from now; a week that was published before the rest is closed now."""
    found.status = "active"
    await groups.set_rhythm(session, found, house.now())
    week = await scorecards.unclosed(session, groups.whom(found))
    if week is not None:
        await timers.set_next(session, "close", groups.whom(found), week.week_of, house.now())
    for member in await groups.members(session, found):
        await memberships.set_times(session, member, found, house.now())
