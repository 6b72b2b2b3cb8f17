"""Web API: users.* and reactions.*"""

from __future__ import annotations

from bot.workspace.api.call import Call
from bot.workspace.errors import Refusal
from bot.workspace.profile import BOT_USER_ID
from bot.workspace.state.messages import react
from bot.workspace.state.models import Channel, Json
from bot.workspace.state.people_objects import user_object


async def info(call: Call) -> Json:
    """Describe a member."""
    call.need("users:read")
    return {"user": user_object(call.member(), call.team.clock.now())}


async def list_users(call: Call) -> Json:
    """List every member, bots and those who left included."""
    call.need("users:read")
    found, more = call.page(sorted(call.team.people.values(), key=lambda member: member.id), default=1000)
    now = call.team.clock.now()
    members = [user_object(member, now) for member in found]
    return {"members": members, "cache_ts": int(call.team.clock.seconds()), "response_metadata": more}


async def add_reaction(call: Call) -> Json:
    """Add a reaction of the app's."""
    call.need("reactions:write")
    channel, message, name = _target(call)
    if BOT_USER_ID in _who(message, name):
        raise Refusal("already_reacted")
    react(call.team, channel, message, BOT_USER_ID, name)
    call.accept(channel.id, message["ts"])
    return {}


async def remove_reaction(call: Call) -> Json:
    """Take a reaction of the app's back."""
    call.need("reactions:write")
    channel, message, name = _target(call)
    if BOT_USER_ID not in _who(message, name):
        raise Refusal("no_reaction")
    react(call.team, channel, message, BOT_USER_ID, name)
    call.accept(channel.id, message["ts"])
    return {}


async def get_reactions(call: Call) -> Json:
    """Return a message with its reactions."""
    call.need("reactions:read")
    channel = call.channel()
    message = call.message(channel, "timestamp")
    return {"type": "message", "channel": channel.id, "message": message}


def _target(call: Call) -> tuple[Channel, Json, str]:
    channel = call.channel()
    if BOT_USER_ID not in channel.members:
        raise Refusal("not_in_channel")
    return channel, call.message(channel, "timestamp"), call.needed("name", "invalid_name").strip(":")


def _who(message: Json, name: str) -> list[str]:
    return next((one["users"] for one in message.get("reactions", []) if one["name"] == name), [])


METHODS = {
    "users.info": info,
    "users.list": list_users,
    "reactions.add": add_reaction,
    "reactions.remove": remove_reaction,
    "reactions.get": get_reactions,
}
