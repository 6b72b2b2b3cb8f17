"""What can be done with messages: post, edit, delete, whisper to one member, react."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from bot.workspace.app.events import tell_app, tell_of_message
from bot.workspace.profile import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID
from bot.workspace.state.blocks import NO_TEXT, normalised
from bot.workspace.state.models import Channel, Json
from bot.workspace.state.team import Team


@dataclass
class Draft:
    """What somebody wants to say."""

    text: str = ""
    blocks: list[Json] | None = None
    thread_ts: str = ""
    metadata: Json | None = None
    attachments: list[Json] | None = None
    files: list[Json] | None = None


def holder(channel: Channel, ts: str) -> str:
    """Return the name under which choices in a message are remembered."""
    return f"{channel.id}/{ts}"


def seen_by(team: Team, channel: Channel, message: Json, viewer: str) -> Json:
    """Return a message as this member sees it, with what they have chosen in it."""
    state = team.choices.values(holder(channel, message["ts"]), viewer, message.get("blocks", []))
    return {**message, "state": state}


def for_apps(message: Json) -> Json:
    """Return a message as payloads and events carry it: its metadata goes only to those who ask for it."""
    return {key: value for key, value in copy.deepcopy(message).items() if key != "metadata"}


def post(team: Team, channel: Channel, author: str, draft: Draft) -> Json:
    """Post a message."""
    message = _written(team, channel, author, draft)
    parent = _root(channel, draft.thread_ts)
    if parent is not None:
        _attach(message, parent)
    team.save_message(channel, message)
    channel.read[author] = message["ts"]
    team.save_channel(channel)
    _show(team, "message", channel, message)
    if parent is not None:
        team.save_message(channel, parent)
        _show(team, "message_changed", channel, parent)
    tell_of_message(team, channel, for_apps(message))
    _tell_of_mention(team, channel, message)
    return message


def _tell_of_mention(team: Team, channel: Channel, message: Json) -> None:
    by_others = message["user"] != BOT_USER_ID and channel.kind != "im"
    if by_others and BOT_USER_ID in channel.members and f"<@{BOT_USER_ID}>" in message["text"]:
        tell_app(team, {**for_apps(message), "type": "app_mention", "channel": channel.id})


def _root(channel: Channel, ts: str) -> Json | None:
    # Slack files a reply to a reply under the parent of both.
    message = channel.messages.get(ts)
    return channel.messages.get(message.get("thread_ts", ts)) if message is not None else None


def _written(team: Team, channel: Channel, author: str, draft: Draft) -> Json:
    message: Json = {
        "type": "message",
        "user": author,
        "team": TEAM_ID,
        "text": draft.text if draft.text or not draft.blocks else NO_TEXT,
        "ts": team.next_ts(channel),
    }
    if author == BOT_USER_ID:
        profile = {
            "id": BOT_ID,
            "app_id": APP_ID,
            "name": team.profile.name,
            "deleted": False,
            "team_id": TEAM_ID,
        }
        message |= {"bot_id": BOT_ID, "app_id": APP_ID, "bot_profile": profile}
    if draft.blocks:
        message["blocks"] = normalised(draft.blocks)
    for name in ("attachments", "files", "metadata"):
        if value := getattr(draft, name):
            message[name] = value
    return message


def _attach(reply: Json, parent: Json) -> None:
    reply["thread_ts"] = parent["ts"]
    reply["parent_user_id"] = parent["user"]
    users = list(dict.fromkeys([*parent.get("reply_users", []), reply["user"]]))
    parent["thread_ts"] = parent["ts"]
    parent["reply_count"] = parent.get("reply_count", 0) + 1
    parent |= {"reply_users": users, "reply_users_count": len(users), "latest_reply": reply["ts"]}


def edit(team: Team, channel: Channel, message: Json, draft: Draft) -> Json:
    """Change a message; blocks that `draft` leaves out are gone afterwards, metadata stays."""
    before = for_apps(message)
    old_blocks = message.get("blocks", [])
    for name in ("blocks", "attachments"):
        message.pop(name, None)
    message["text"] = draft.text if draft.text or not draft.blocks else NO_TEXT
    if draft.blocks:
        message["blocks"] = normalised(draft.blocks)
    if draft.attachments:
        message["attachments"] = draft.attachments
    if draft.metadata is not None:
        message["metadata"] = draft.metadata
        if not draft.metadata:
            del message["metadata"]
    if draft.files is not None:
        message["files"] = draft.files
    message["edited"] = {"user": message["user"], "ts": team.now_ts()}
    team.choices.revise(holder(channel, message["ts"]), old_blocks, message.get("blocks", []))
    if message.get("ephemeral"):
        _show_whisper(team, "message_changed", channel, message["ts"])
        return message
    team.save_message(channel, message)
    _show(team, "message_changed", channel, message)
    changed = {"subtype": "message_changed", "hidden": True, "ts": team.now_ts()}
    tell_of_message(team, channel, {**changed, "message": for_apps(message), "previous_message": before})
    return message


def delete(team: Team, channel: Channel, ts: str) -> None:
    """Delete a message, or a whisper."""
    team.choices.forget(holder(channel, ts))
    if ts in channel.whispers:
        _show_whisper(team, "message_deleted", channel, ts)
        del channel.whispers[ts]
        return
    message = channel.messages[ts]
    _detach(team, channel, message)
    channel.drop(ts)
    team.store.remove("message", f"{channel.id}/{ts}")
    _show(team, "message_deleted", channel, message)
    deleted = {"subtype": "message_deleted", "hidden": True, "ts": team.now_ts(), "deleted_ts": ts}
    tell_of_message(team, channel, {**deleted, "previous_message": for_apps(message)})


def _detach(team: Team, channel: Channel, message: Json) -> None:
    parent = channel.messages.get(message.get("thread_ts", ""))
    if parent is None or parent is message:
        return
    parent["reply_count"] -= 1
    team.save_message(channel, parent)
    _show(team, "message_changed", channel, parent)


def whisper(team: Team, channel: Channel, user: str, draft: Draft) -> Json:
    """Show a message to one member only."""
    message = _written(team, channel, BOT_USER_ID, draft) | {"ephemeral": True}
    if draft.thread_ts in channel.messages:
        message["thread_ts"] = draft.thread_ts
    channel.whispers[message["ts"]] = (user, message)
    _show_whisper(team, "ephemeral", channel, message["ts"])
    return message


def react(team: Team, channel: Channel, message: Json, user: str, name: str) -> bool:
    """Toggle a reaction; return whether it is there now."""
    reactions: list[Json] = message.setdefault("reactions", [])
    reaction = next((one for one in reactions if one["name"] == name), None)
    if reaction is None:
        reaction = {"name": name, "users": [], "count": 0}
        reactions.append(reaction)
    adding = user not in reaction["users"]
    if adding:
        reaction["users"].append(user)
    else:
        reaction["users"].remove(user)
    reaction["count"] = len(reaction["users"])
    if not reaction["users"]:
        reactions.remove(reaction)
    if not reactions:
        del message["reactions"]
    team.save_message(channel, message)
    _show(team, "reaction", channel, message)
    if BOT_USER_ID in channel.members:
        kind = "reaction_added" if adding else "reaction_removed"
        item = {"type": "message", "channel": channel.id, "ts": message["ts"]}
        tell_app(
            team, {"type": kind, "user": user, "reaction": name, "item": item, "item_user": message["user"]}
        )
    return adding


def _show(team: Team, kind: str, channel: Channel, message: Json) -> None:
    watching = team.feed.watching()
    users = watching if channel.kind == "channel" else [user for user in watching if user in channel.members]
    if users:
        team.feed.push(
            users,
            kind,
            lambda viewer: {"channel": channel.id, "message": seen_by(team, channel, message, viewer)},
        )


def _show_whisper(team: Team, kind: str, channel: Channel, ts: str) -> None:
    user, message = channel.whispers[ts]
    team.feed.push(
        [user],
        kind,
        lambda viewer: {"channel": channel.id, "message": seen_by(team, channel, message, viewer)},
    )
