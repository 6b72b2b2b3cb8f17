"""Doors through which the page arranges the workspace: people, channels, the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.workspace.doors.door import Knock
from bot.workspace.doors.looking import person_row
from bot.workspace.errors import DoorRefusal
from bot.workspace.profile import BOT_USER_ID
from bot.workspace.state import membership
from bot.workspace.state.membership import channel_row
from bot.workspace.state.models import Channel, Json, Member


async def add_person(knock: Knock) -> Json:
    """Let somebody join the workspace."""
    member = membership.add_member(
        knock.team,
        name=knock.needed("name").strip(),
        real_name=knock.text("real_name").strip(),
        tz=_zone(knock.text("tz", "UTC")),
        guest=knock.flag("guest"),
        is_bot=knock.flag("is_bot"),
    )
    return {"person": person_row(member), "id": member.id}


async def change_person(knock: Knock) -> Json:
    """Change somebody's name or time zone, or deactivate them."""
    member = knock.member("id")
    changes: Json = {name: knock.text(name).strip() or None for name in ("name", "real_name", "tz")}
    if changes["tz"]:
        _zone(changes["tz"])
    if knock.fields.get("deleted") is not None:
        changes["deleted"] = knock.flag("deleted")
    membership.change_member(knock.team, member, changes)
    return {"person": person_row(member)}


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DoorRefusal("invalid_tz", f"{name} is not a time zone; try one like Europe/Berlin.") from error
    return name


async def add_channel(knock: Knock) -> Json:
    """Create a channel with its creator inside."""
    me, name = knock.active_player(), _channel_name(knock)
    private, topic = knock.flag("private"), knock.text("topic")
    channel = membership.create_channel(knock.team, me.id, name, private=private, topic=topic)
    return {"channel": channel_row(channel, me.id), "id": channel.id}


def _channel_name(knock: Knock) -> str:
    name = knock.needed("name").strip().lower().removeprefix("#").replace(" ", "-")
    if any(channel.name == name for channel in knock.team.channels.values()):
        raise DoorRefusal("name_taken", f"There is a channel #{name} already.")
    return name


async def change_channel(knock: Knock) -> Json:
    """Join, leave, invite, remove, archive, rename, mark as read."""
    me, channel, what = knock.active_player(), knock.channel(), knock.needed("do")
    if what == "read":
        channel.read[me.id] = channel.last_ts
        knock.team.save_channel(channel)
        return {}
    if channel.is_direct:
        raise DoorRefusal("not_possible", "A direct conversation stays as it is.")
    if what == "join" and channel.kind == "private":
        raise DoorRefusal("not_possible", "One is invited into a private channel.")
    if what != "join" and me.id not in channel.members:
        raise DoorRefusal("not_in_channel", f"Join #{channel.name} first.")
    _carry_out(knock, me, channel, what)
    return {"channel": channel_row(channel, me.id)}


def _carry_out(knock: Knock, me: Member, channel: Channel, what: str) -> None:
    team = knock.team
    match what:
        case "join":
            membership.add_to_channel(team, channel, me.id)
        case "leave":
            membership.take_from_channel(team, channel, me.id, me.id)
        case "invite":
            membership.add_to_channel(team, channel, _invited(knock).id, me.id)
        case "kick":
            membership.take_from_channel(team, channel, knock.member("user").id, me.id)
        case "archive":
            membership.archive(team, channel, me.id)
        case "unarchive":
            membership.unarchive(team, channel, me.id)
        case "rename":
            membership.rename(team, channel, _channel_name(knock))
        case _:
            raise DoorRefusal("unknown", f"One cannot {what} a channel.")


def _invited(knock: Knock) -> Member:
    member = knock.member("user")
    if member.deleted and member.id != BOT_USER_ID:
        raise DoorRefusal("user_disabled", f"{member.name}'s account is deactivated.")
    return member


async def move_clock(knock: Knock) -> Json:
    """Travel to a moment, or by a number of seconds; answers on arrival."""
    if knock.text("to"):
        await knock.travel.to(_moment(knock.text("to")))
    else:
        await knock.travel.by(timedelta(seconds=knock.number("by", 0)))
    return await knock.travel.face()


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise DoorRefusal("invalid", "Please give the moment as 2026-11-20T08:00:00Z.") from error
    if moment.tzinfo is None:
        raise DoorRefusal("invalid", "Please give the moment with its time zone, as 2026-11-20T08:00:00Z.")
    return moment


DOORS: dict[str, Any] = {
    "people": add_person,
    "person": change_person,
    "channels": add_channel,
    "channel": change_channel,
    "clock": move_clock,
}
