"""Events for the app: which are sent, and the envelope they come in."""

from __future__ import annotations

from bot.workspace.profile import APP_ID, BOT_USER_ID, TEAM_ID
from bot.workspace.state.models import Channel, Json
from bot.workspace.state.team import Team

MESSAGE_EVENTS = {
    "channel": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


def tell_app(team: Team, event: Json, subscription: str = "") -> None:
    """Send an event to the app, if it has subscribed to events of this name (by default: of this type)."""
    if not team.profile.subscribes(subscription or event["type"]):
        return
    event.setdefault("event_ts", team.now_ts())
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    event_id = team.next_event_id()
    team.app.tell(
        {
            "token": "local",
            "team_id": TEAM_ID,
            "context_team_id": TEAM_ID,
            "context_enterprise_id": None,
            "api_app_id": APP_ID,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(team.clock.seconds()),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": f"4-{event_id}",
            "event": event,
        }
    )


def tell_of_message(team: Team, channel: Channel, event: Json) -> None:
    """Send an event about a message, if the app's bot user is in the channel."""
    if BOT_USER_ID in channel.members:
        whole = {"type": "message", **event, "channel": channel.id, "channel_type": channel.slack_type}
        tell_app(team, whole, MESSAGE_EVENTS[channel.kind])
