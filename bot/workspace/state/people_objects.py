"""Slack's objects for members and conversations."""

from __future__ import annotations

from datetime import datetime

from bot.workspace.profile import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID
from bot.workspace.state.models import Channel, Json, Member
from bot.workspace.state.team import Team


def user_object(member: Member, now: datetime) -> Json:
    """Return a member as `users.info` and the events about people carry them."""
    profile: Json = {
        "display_name": member.name,
        "display_name_normalized": member.name,
        "real_name": member.real_name,
        "real_name_normalized": member.real_name,
        "team": TEAM_ID,
    }
    if member.id == BOT_USER_ID:
        profile |= {"api_app_id": APP_ID, "bot_id": BOT_ID}
    zone = member.utc_offset(now)
    return {
        "id": member.id,
        "team_id": TEAM_ID,
        "name": member.handle,
        "deleted": member.deleted,
        "real_name": member.real_name,
        "tz": member.tz,
        "tz_label": member.tz.rpartition("/")[2].replace("_", " "),
        "tz_offset": int(zone.total_seconds()),
        "profile": profile,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": member.guest,
        "is_ultra_restricted": False,
        "is_bot": member.is_bot,
        "is_app_user": False,
        "is_stranger": False,
        "is_email_confirmed": True,
        "updated": member.updated,
    }


def conversation_object(team: Team, channel: Channel, viewer: str = BOT_USER_ID) -> Json:
    """Return a conversation as the app's bot user (or another member) sees it."""
    conversation: Json = {
        "id": channel.id,
        "created": channel.created,
        "creator": channel.creator,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_archived": channel.archived,
        "is_general": False,
        "is_member": viewer in channel.members,
        "context_team_id": TEAM_ID,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        other = next((user for user in channel.members if user != viewer), viewer)
        deleted = team.people[other].deleted
        return conversation | {"user": other, "is_user_deleted": deleted, "is_open": True, "priority": 0}
    return conversation | {
        "name": channel.name,
        "name_normalized": channel.name,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }
