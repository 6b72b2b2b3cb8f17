"""Who joins, leaves and changes: people and rooms, and the events that tell the app."""

from __future__ import annotations

from bot.workspace.app.events import tell_app
from bot.workspace.profile import BOT_USER_ID, TEAM_ID
from bot.workspace.state.models import Channel, Json, Member
from bot.workspace.state.people_objects import user_object
from bot.workspace.state.team import Team


def add_member(team: Team, *, name: str, real_name: str, tz: str, guest: bool, is_bot: bool) -> Member:
    """Let somebody join the workspace; people get their direct conversation with the app at once."""
    member = Member(team.next_id("U"), name, real_name or name, tz, is_bot=is_bot, guest=guest)
    member.updated = int(team.clock.seconds())
    team.save_member(member)
    if not is_bot:
        team.open_direct([member.id, BOT_USER_ID])
    _show_people(team)
    tell_app(team, {"type": "team_join", "user": user_object(member, team.clock.now())})
    return member


def change_member(team: Team, member: Member, changes: Json) -> None:
    """Change a member's name, time zone or whether they are still here."""
    for name in ("tz", "name", "real_name", "deleted"):
        if changes.get(name) is not None:
            setattr(member, name, changes[name])
    member.updated = int(team.clock.seconds())
    team.save_member(member)
    _show_people(team)
    event = {"type": "user_change", "user": user_object(member, team.clock.now()), "cache_ts": member.updated}
    tell_app(team, event)


def _show_people(team: Team) -> None:
    team.feed.push_all("people", {})


def create_channel(team: Team, creator: str, name: str, *, private: bool, topic: str = "") -> Channel:
    """Create a room with its creator inside."""
    channel = Channel(
        id=team.next_id("C"),
        name=name,
        kind="private" if private else "channel",
        members=[creator],
        topic=topic,
        created=int(team.clock.seconds()),
        creator=creator,
    )
    team.add_channel(channel)
    if not private:
        team.tell_channels()
        about = {"id": channel.id, "name": name, "created": channel.created, "creator": creator}
        tell_app(team, {"type": "channel_created", "channel": about})
    return channel


def add_to_channel(team: Team, channel: Channel, user: str, inviter: str = "") -> None:
    """Let a member (or the app's bot user) into a room."""
    if user in channel.members:
        return
    channel.members.append(user)
    channel.read.setdefault(user, channel.last_ts)
    _keep(team, channel, [*channel.members, user])
    event = {"type": "member_joined_channel", "user": user, **_place(channel), "team": TEAM_ID}
    if inviter and inviter != user:
        event["inviter"] = inviter
    if BOT_USER_ID in channel.members:
        tell_app(team, event)


def take_from_channel(team: Team, channel: Channel, user: str, actor: str) -> None:
    """Let a member (or the app's bot user) leave a room."""
    if user not in channel.members:
        return
    app_was_there = BOT_USER_ID in channel.members
    channel.members.remove(user)
    _keep(team, channel, [*channel.members, user])
    if app_was_there:
        tell_app(team, {"type": "member_left_channel", "user": user, **_place(channel), "team": TEAM_ID})
    if user == BOT_USER_ID:
        _tell_of_channel(team, channel, "left", {"channel": channel.id, "actor_id": actor})


def archive(team: Team, channel: Channel, user: str) -> None:
    """Close a room; it can be read but not written in."""
    channel.archived = True
    _keep(team, channel)
    _tell_of_channel(team, channel, "archive", {"channel": channel.id, "user": user})


def unarchive(team: Team, channel: Channel, user: str) -> None:
    """Open an archived room again."""
    channel.archived = False
    _keep(team, channel)
    _tell_of_channel(team, channel, "unarchive", {"channel": channel.id, "user": user})


def rename(team: Team, channel: Channel, name: str) -> None:
    """Give a room another name."""
    channel.name = name
    _keep(team, channel)
    about = {"id": channel.id, "name": name, "created": channel.created}
    _tell_of_channel(team, channel, "rename", {"channel": about})


def channel_row(channel: Channel, viewer: str) -> Json:
    """Return a room as the page lists it for one member."""
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "members": channel.members,
        "archived": channel.archived,
        "joined": viewer in channel.members,
        "unread": channel.unread(viewer) if viewer in channel.members else 0,
        "with": [user for user in channel.members if user != viewer] if channel.is_direct else [],
        "last_ts": channel.order[-1] if channel.order else "",
    }


def _keep(team: Team, channel: Channel, users: list[str] | None = None) -> None:
    team.save_channel(channel)
    team.tell_channels(None if channel.kind == "channel" else users or channel.members)


def _place(channel: Channel) -> Json:
    return {"channel": channel.id, "channel_type": "G" if channel.kind == "private" else "C"}


def _tell_of_channel(team: Team, channel: Channel, what: str, event: Json) -> None:
    private = channel.kind == "private"
    if private and BOT_USER_ID not in channel.members and what != "left":
        return
    prefix = "group" if private else "channel"
    tell_app(team, {"type": f"{prefix}_{what}", **event})
