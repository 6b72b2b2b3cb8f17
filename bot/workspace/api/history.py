"""Web API: conversations.history and conversations.replies"""

from __future__ import annotations

import copy

from bot.workspace.api.call import Call
from bot.workspace.errors import Refusal
from bot.workspace.profile import BOT_USER_ID
from bot.workspace.state.models import Channel, Json
from bot.workspace.state.team import stamp

MOST = 999


async def history(call: Call) -> Json:
    """Return the messages of a conversation, newest first, replies in threads left out."""
    channel = _readable(call)
    chosen = [message for message in reversed(_in_range(call, channel)) if _at_top(message)]
    found, more = call.page(chosen, most=MOST)
    has_more = bool(more["next_cursor"])
    answer: Json = {"messages": [_shown(call, message) for message in found], "has_more": has_more}
    return {**answer, "pin_count": 0, "response_metadata": more}


async def replies(call: Call) -> Json:
    """Return a thread: its parent and then its replies, oldest first."""
    channel = _readable(call)
    ts = call.needed("ts", "thread_not_found")
    parent = channel.messages.get(ts)
    if parent is None:
        raise Refusal("thread_not_found")
    thread = [
        message
        for message in _in_range(call, channel)
        if message.get("thread_ts") == ts and message["ts"] != ts
    ]
    found, more = call.page([parent, *thread], most=MOST)
    answer: Json = {
        "messages": [_shown(call, message) for message in found],
        "has_more": bool(more["next_cursor"]),
    }
    return {**answer, "response_metadata": more}


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need_for(channel, "history")
    if BOT_USER_ID not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def _at_top(message: Json) -> bool:
    return bool(message.get("thread_ts", message["ts"]) == message["ts"])


def _in_range(call: Call, channel: Channel) -> list[Json]:
    oldest, latest = _padded(call.text("oldest", "0")), _padded(call.text("latest") or "99999999999")
    inclusive = call.flag("inclusive")
    lag = call.team.faults.history_lag_seconds
    visible = stamp(call.team.clock.microseconds() - int(lag * 1_000_000)) if lag else "9"
    chosen = []
    for ts in channel.order:
        place = _padded(ts)
        inside = oldest <= place <= latest if inclusive else oldest < place < latest
        if inside and ts <= visible:
            chosen.append(channel.messages[ts])
    return chosen


def _padded(ts: str) -> int:
    whole, _, fraction = ts.partition(".")
    try:
        return int(whole) * 1_000_000 + int(fraction[:6].ljust(6, "0"))
    except ValueError as error:
        raise Refusal("invalid_ts_latest") from error


def _shown(call: Call, message: Json) -> Json:
    shown = copy.deepcopy(message)
    metadata = shown.pop("metadata", None)
    if metadata and not call.team.faults.no_metadata:
        whole = call.flag("include_all_metadata")
        shown["metadata"] = metadata if whole else {"event_type": metadata["event_type"]}
    return shown


METHODS = {"conversations.history": history, "conversations.replies": replies}
