"""The payloads of interactions, as Slack writes them."""

from __future__ import annotations

import copy

from bot.workspace.profile import APP_ID, TEAM_DOMAIN, TEAM_ID
from bot.workspace.state import views
from bot.workspace.state.elements import STATEFUL
from bot.workspace.state.messages import for_apps, holder
from bot.workspace.state.models import Channel, Json, Member
from bot.workspace.state.team import Team

CLICKED_FIELDS = ("text", "value", "style", "url", "placeholder", "accessibility_label", "confirm")


def user_part(member: Member) -> Json:
    """Return a member as interactions carry them."""
    return {"id": member.id, "username": member.handle, "name": member.handle, "team_id": TEAM_ID}


def base(team: Team, kind: str, member: Member, view_id: str = "") -> Json:
    """Return what every interaction carries, a fresh trigger included."""
    return {
        "type": kind,
        "user": user_part(member),
        "api_app_id": APP_ID,
        "token": "local",
        "trigger_id": team.triggers.hand_out(member.id, view_id),
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def action(team: Team, block: Json, element: Json, chosen: Json | None) -> Json:
    """Return the `actions[0]` of a click or a choice; `chosen` is the new state value, if there is one."""
    clicked = {name: copy.deepcopy(element[name]) for name in CLICKED_FIELDS if name in element}
    if element["type"] in STATEFUL:
        clicked = {name: clicked[name] for name in ("placeholder", "confirm") if name in clicked}
    ids = {"type": element["type"], "block_id": block["block_id"], "action_id": element["action_id"]}
    return {**ids, **clicked, **(chosen or {}), "action_ts": team.now_ts()}


def message_actions(team: Team, member: Member, channel: Channel, message: Json, done: Json) -> Json:
    """Return `block_actions` of an element in a message."""
    ts, ephemeral = message["ts"], bool(message.get("ephemeral"))
    container = {"type": "message", "message_ts": ts, "channel_id": channel.id, "is_ephemeral": ephemeral}
    thread_ts = message.get("thread_ts", "")
    if thread_ts:
        container["thread_ts"] = thread_ts
    values = team.choices.values(holder(channel, ts), member.id, message.get("blocks", []))
    token = team.response_urls.hand_out(member.id, channel.id, ts, ephemeral=ephemeral, thread_ts=thread_ts)
    payload = base(team, "block_actions", member) | {
        "container": container,
        "channel": {"id": channel.id, "name": spoken_name(channel)},
        "state": {"values": values},
        "response_url": f"{team.base_url}/response/{token}",
        "actions": [done],
    }
    if not ephemeral:
        payload["message"] = for_apps(message)
    return payload


def view_actions(team: Team, member: Member, view: Json, done: Json) -> Json:
    """Return `block_actions` of an element in a modal or on a Home tab."""
    return base(team, "block_actions", member, view["id"]) | {
        "container": {"type": "view", "view_id": view["id"]},
        "view": views.seen_by(team, view, member.id),
        "actions": [done],
    }


def submission(team: Team, member: Member, view: Json) -> Json:
    """Return `view_submission` with everything that was filled in."""
    whole = {"view": views.seen_by(team, view, member.id), "response_urls": []}
    return base(team, "view_submission", member, view["id"]) | whole


def closing(team: Team, member: Member, view: Json, *, cleared: bool) -> Json:
    """Return `view_closed`; what was filled in is not part of it."""
    payload = base(team, "view_closed", member)
    del payload["trigger_id"]
    return payload | {"is_cleared": cleared, "view": {**view, "state": {"values": {}}}}


def command(team: Team, member: Member, channel: Channel, name: str, text: str) -> Json:
    """Return a slash command: form fields, all of them strings."""
    token = team.response_urls.hand_out(member.id, channel.id)
    return {
        "token": "local",
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": spoken_name(channel),
        "user_id": member.id,
        "user_name": member.handle,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": f"{team.base_url}/response/{token}",
        "trigger_id": team.triggers.hand_out(member.id),
    }


def spoken_name(channel: Channel) -> str:
    """Return a channel's name as payloads give it."""
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)
