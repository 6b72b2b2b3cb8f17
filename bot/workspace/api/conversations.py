"""Web API: conversations.* and users.conversations"""

from __future__ import annotations

from bot.workspace.api.call import Call
from bot.workspace.errors import Refusal
from bot.workspace.profile import BOT_USER_ID
from bot.workspace.state.membership import add_to_channel
from bot.workspace.state.models import Channel, Json
from bot.workspace.state.people_objects import conversation_object

TYPES = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}
MOST_USERS = 8


async def open_conversation(call: Call) -> Json:
    """Open the conversation of the app with one member or with several."""
    if name := call.text("channel"):
        channel = call.channel()
        return {"no_op": True, "already_open": True, "channel": {"id": name} | _whole(call, channel)}
    users = [
        user.strip() for user in call.needed("users", "users_list_not_supplied").split(",") if user.strip()
    ]
    call.need("im:write" if len(users) == 1 else "mpim:write")
    _check_users(call, users)
    channel, was_there = call.team.open_direct([*users, BOT_USER_ID])
    call.accept(channel.id)
    opened = {"no_op": True, "already_open": True} if was_there else {}
    return {**opened, "channel": {"id": channel.id} | _whole(call, channel)}


def _whole(call: Call, channel: Channel) -> Json:
    return conversation_object(call.team, channel) if call.flag("return_im") or channel.kind == "mpim" else {}


def _check_users(call: Call, users: list[str]) -> None:
    if len(users) > MOST_USERS:
        raise Refusal("too_many_users")
    for user in users:
        member = call.team.people.get(user)
        if member is None:
            raise Refusal("user_not_found")
        if member.deleted:
            raise Refusal("user_disabled")
        if user == BOT_USER_ID or (member.is_bot and len(users) == 1):
            raise Refusal("cannot_dm_bot")


async def members(call: Call) -> Json:
    """List who is in a conversation, bots included."""
    channel = call.channel()
    call.need_for(channel, "read")
    found, more = call.page(channel.members)
    return {"members": found, "response_metadata": more}


async def info(call: Call) -> Json:
    """Describe a conversation."""
    channel = call.channel()
    call.need_for(channel, "read")
    return {"channel": conversation_object(call.team, channel)}


async def list_conversations(call: Call) -> Json:
    """List the conversations that the app can see."""
    found, more = call.page(_listed(call, BOT_USER_ID, only_joined=False))
    return {
        "channels": [conversation_object(call.team, channel) for channel in found],
        "response_metadata": more,
    }


async def users_conversations(call: Call) -> Json:
    """List the conversations that a member (by default the app) is in."""
    user = call.text("user") or BOT_USER_ID
    if user not in call.team.people:
        raise Refusal("user_not_found")
    found, more = call.page(_listed(call, user, only_joined=True))
    return {
        "channels": [conversation_object(call.team, channel) for channel in found],
        "response_metadata": more,
    }


def _listed(call: Call, user: str, *, only_joined: bool) -> list[Channel]:
    names = [name.strip() for name in call.text("types", "public_channel").split(",") if name.strip()]
    if any(name not in TYPES for name in names):
        raise Refusal("invalid_types")
    kinds = {TYPES[name] for name in names}
    for kind in sorted(kinds):
        call.need({"channel": "channels:read", "private": "groups:read"}.get(kind, f"{kind}:read"))
    without_archived = call.flag("exclude_archived")
    return [
        channel
        for channel in call.team.channels.values()
        if channel.kind in kinds
        and channel.visible_to(BOT_USER_ID)
        and (user in channel.members or (not only_joined and channel.kind == "channel"))
        and not (without_archived and channel.archived)
    ]


async def join(call: Call) -> Json:
    """Let the app's bot user join a public channel."""
    call.need("channels:join")
    channel = call.channel()
    if channel.kind != "channel":
        raise Refusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refusal("is_archived")
    was_in = BOT_USER_ID in channel.members
    add_to_channel(call.team, channel, BOT_USER_ID)
    call.accept(channel.id)
    warning: Json = {}
    if was_in:
        warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return {"channel": conversation_object(call.team, channel), **warning}


METHODS = {
    "conversations.open": open_conversation,
    "conversations.members": members,
    "conversations.info": info,
    "conversations.list": list_conversations,
    "conversations.join": join,
    "users.conversations": users_conversations,
}
