"""Doors through which the page looks: who is here, what was said, what is open."""

from __future__ import annotations

from typing import Any

from bot.workspace.doors.door import Knock
from bot.workspace.profile import APP_ID, BOT_USER_ID, SLACKBOT_ID, TEAM_ID
from bot.workspace.state import messages, views
from bot.workspace.state.membership import channel_row
from bot.workspace.state.models import Json, Member

MOST = 1000


async def state(knock: Knock) -> Json:
    """Return what surrounds the messages: people, channels, the app, the clock."""
    team = knock.team
    people = [person_row(one) for one in team.people.values() if one.id != SLACKBOT_ID]
    clock = await knock.travel.face()
    if not knock.text("as"):
        return {"people": people, "now": clock["now"]}
    me = knock.player()
    rooms = [channel_row(one, me.id) for one in team.channels.values() if one.visible_to(me.id)]
    profile = team.profile
    app = {
        "id": APP_ID,
        "name": profile.name,
        "user_id": BOT_USER_ID,
        "commands": [vars(command) for command in profile.commands],
        "home": profile.home,
    }
    place = {"team": {"id": TEAM_ID, "name": team.name}, "me": person_row(me), "app": app}
    return {**place, "people": people, "channels": rooms, **clock}


def person_row(member: Member) -> Json:
    """Return a member as the page lists them."""
    fields = ("id", "name", "real_name", "tz", "is_bot", "deleted", "guest")
    return {name: getattr(member, name) for name in fields}


async def read(knock: Knock) -> Json:
    """Return the messages of a channel before a moment, oldest first."""
    me, channel = knock.player(), knock.channel()
    before = knock.text("before") or "9"
    limit = max(1, min(knock.number("limit", 100), MOST))
    own = [message for user, message in channel.whispers.values() if user == me.id]
    stamps = sorted(ts for ts in (*channel.order, *(one["ts"] for one in own)) if ts < before)
    shown = [_find(knock, channel.id, ts) for ts in stamps[-limit:]]
    seen = [messages.seen_by(knock.team, channel, message, me.id) for message in shown]
    return {"messages": seen, "more": len(stamps) > limit}


def _find(knock: Knock, channel_id: str, ts: str) -> Json:
    channel = knock.team.channels[channel_id]
    return channel.messages[ts] if ts in channel.messages else channel.whispers[ts][1]


async def view(knock: Knock) -> Json:
    """Return the modals that are open in front of a member, and their Home tab."""
    me = knock.player()
    return {"views": views.stack_of(knock.team, me.id), "home": views.home_of(knock.team, me.id)}


async def clock(knock: Knock) -> Json:
    """Return what the clock shows."""
    return await knock.travel.face()


DOORS: dict[str, Any] = {"state": state, "messages": read, "view": view, "clock": clock}
