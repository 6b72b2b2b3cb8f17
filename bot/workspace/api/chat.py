"""Web API: chat.*"""

from __future__ import annotations

from bot.workspace.api.call import Call
from bot.workspace.errors import Refusal
from bot.workspace.profile import BOT_USER_ID, SLACKBOT_ID
from bot.workspace.state.checks import check_message, check_pictures
from bot.workspace.state.messages import Draft, delete, edit, for_apps, post, whisper
from bot.workspace.state.models import Channel, Json

TEXT_LIMIT = 40_000
UPDATE_TEXT_LIMIT = 4_000
EPHEMERAL_TEXT_BYTES = 4_000
NO_TEXT_WARNING = (
    "[WARN] A Block Kit message was sent without a top-level `text` argument;"
    " notifications and screen readers will have nothing to say."
)


def draft(call: Call, text_limit: int = TEXT_LIMIT) -> Draft:
    """Return what the app wants to say, checked."""
    text = call.text("text")
    if call.text("markdown_text"):
        if text or call.args.get("blocks"):
            raise Refusal("markdown_text_conflict")
        text = call.text("markdown_text")
    written = Draft(
        text=text,
        blocks=call.json("blocks", "invalid_blocks_format"),
        thread_ts=call.text("thread_ts"),
        metadata=call.json("metadata", "invalid_metadata_format"),
        attachments=call.json("attachments", "invalid_attachments"),
    )
    payload = {"text": text, "blocks": written.blocks, "attachments": written.attachments}
    check_message({**payload, "metadata": written.metadata})
    check_pictures(call.team.files, written.blocks)
    call.understood = {name: value for name, value in vars(written).items() if value is not None}
    if not (text or written.blocks or written.attachments):
        raise Refusal("no_text")
    if len(text) > text_limit:
        raise Refusal("msg_too_long")
    return written


def place(call: Call) -> Channel:
    """Return the conversation that the app may post in; a member's id opens the direct conversation."""
    wanted = call.needed("channel", "channel_not_found")
    team = call.team
    if wanted in team.people:
        return _direct(call, wanted)
    by_name = (one for one in team.channels.values() if one.name and one.name == wanted.removeprefix("#"))
    channel = team.channels.get(wanted) or next(by_name, None)
    if channel is None or not channel.visible_to(BOT_USER_ID):
        raise Refusal("channel_not_found")
    if channel.archived:
        raise Refusal("is_archived")
    if BOT_USER_ID not in channel.members and not _may_post_uninvited(call):
        raise Refusal("not_in_channel")
    if channel.kind == "im":
        _refuse_gone(call, next(user for user in channel.members if user != BOT_USER_ID))
    return channel


def _may_post_uninvited(call: Call) -> bool:
    scopes = call.team.profile.scopes
    return scopes is not None and "chat:write.public" in scopes


def _direct(call: Call, user: str) -> Channel:
    _refuse_gone(call, user)
    return call.team.open_direct([user, BOT_USER_ID])[0]


def _refuse_gone(call: Call, user: str) -> None:
    member = call.team.people[user]
    if member.deleted:
        raise Refusal("user_disabled")
    if member.is_bot or member.id == SLACKBOT_ID:
        raise Refusal("cannot_dm_bot")


async def post_message(call: Call) -> Json:
    """Post a message."""
    call.need("chat:write")
    channel = place(call)
    wanted = draft(call)
    if call.team.faults.rate_limits:
        call.team.rate.spend(channel.id)
    message = post(call.team, channel, BOT_USER_ID, wanted)
    call.accept(channel.id, message["ts"])
    answer: Json = {"channel": channel.id, "ts": message["ts"], "message": for_apps(message)}
    if wanted.blocks and not wanted.text:
        answer["response_metadata"] = {"messages": [NO_TEXT_WARNING], "warnings": ["missing_text"]}
        answer["warning"] = "missing_text"
    return answer


async def update(call: Call) -> Json:
    """Change a message of the app's own."""
    call.need("chat:write")
    if call.text("channel") in call.team.people:
        raise Refusal("channel_not_found")
    channel = call.channel()
    message = call.message(channel)
    if message["user"] != BOT_USER_ID:
        raise Refusal("cant_update_message")
    if channel.archived:
        raise Refusal("is_archived")
    written = draft(call, UPDATE_TEXT_LIMIT)
    edit(call.team, channel, message, written)
    call.accept(channel.id, message["ts"])
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": for_apps(message)}


async def delete_message(call: Call) -> Json:
    """Delete a message of the app's own."""
    call.need("chat:write")
    channel = call.channel()
    message = call.message(channel)
    if message["user"] != BOT_USER_ID:
        raise Refusal("cant_delete_message")
    delete(call.team, channel, message["ts"])
    call.accept(channel.id, message["ts"])
    return {"channel": channel.id, "ts": message["ts"]}


async def post_ephemeral(call: Call) -> Json:
    """Show a message to one member of a channel."""
    call.need("chat:write")
    channel = place(call)
    user = call.needed("user", "user_not_found")
    if user not in channel.members or call.team.people[user].deleted:
        raise Refusal("user_not_in_channel")
    written = draft(call)
    if len(written.text.encode()) > EPHEMERAL_TEXT_BYTES:
        raise Refusal("msg_too_long")
    message = whisper(call.team, channel, user, written)
    call.accept(channel.id, message["ts"])
    return {"message_ts": message["ts"]}


async def get_permalink(call: Call) -> Json:
    """Return the address of a message: the page opens it."""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    address = f"{call.base_url}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    return {"channel": channel.id, "permalink": address}


METHODS = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.delete": delete_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": get_permalink,
}
