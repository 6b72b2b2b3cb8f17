"""Who acts, and in which membership: read from Slack's payload, checked against the database.

Values in buttons and forms are hints. Whose membership it is decides who may use it.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import groups, memberships
from bot.store.tables import Group, Membership
from plans.errors import StudyError


class NotAGroup(StudyError):
    """This channel is not a study group yet. Whoever starts it leads it."""


class NotInThisGroup(StudyError):
    """You're not in {group} yet."""


class NotInAnyGroup(StudyError):
    """You're not in a study group yet. Go to its channel and type `/prep join`."""


class NotYours(StudyError):
    """That list belongs to somebody else. Yours comes with `/prep today`."""


class NoLongerIn(StudyError):
    """You have left {group}, so this list is closed. Joining again brings everything back."""


class GroupClosed(StudyError):
    """{group} is archived. Unarchive its channel to go on."""


@dataclass(frozen=True)
class Actor:
    """A person in a workspace, and the channel in which they act (none in a modal or the App Home)."""

    workspace_id: str
    user_id: str
    channel_id: str | None


def actor_of(body: dict[str, Any]) -> Actor:
    """Who sent this payload. An org-wide install has no team of its own; then the user's team counts."""
    user = body.get("user")
    person = user if isinstance(user, dict) else {"id": body.get("user_id") or user}
    team = (body.get("team") or {}).get("id") or body.get("team_id") or person.get("team_id")
    channel = (body.get("channel") or {}).get("id") or body.get("channel_id")
    return Actor(
        workspace_id=str(team or body.get("enterprise_id") or ""),
        user_id=str(person["id"]),
        channel_id=channel,
    )


async def group_here(session: AsyncSession, actor: Actor) -> Group | None:
    """The group that lives in the channel."""
    if not actor.channel_id:
        return None
    return await groups.of_channel(session, actor.workspace_id, actor.channel_id)


async def needed_group(session: AsyncSession, actor: Actor) -> Group:
    """The group of this channel; outside of one, the person's own.

    Raises:
        NotAGroup: neither the channel nor the person has one.
        GroupClosed: its channel is archived.
    """
    group = await group_here(session, actor)
    if group is None:
        found = await memberships.of_person(session, actor.workspace_id, actor.user_id)
        if not found:
            raise NotAGroup(start=actor.channel_id)
        group = await groups.get(session, found[0].group_id)
    return _living(group)


async def living_group(session: AsyncSession, group_id: int) -> Group:
    """The group that a button or a form names.

    Raises:
        GroupClosed: its channel is archived.
    """
    return _living(await groups.get(session, group_id))


def _living(group: Group) -> Group:
    if group.status == "archived":
        raise GroupClosed(group=group.name)
    return group


async def needed_membership(session: AsyncSession, actor: Actor) -> Membership:
    """The membership that a command is about: in a group's channel that group's, elsewhere the newest.

    Raises:
        NotInThisGroup: the channel has a group and the person is not in it.
        NotInAnyGroup: the person is in no group at all.
        GroupClosed: the group's channel is archived.
    """
    group = await group_here(session, actor)
    if group is None:
        found = await memberships.of_person(session, actor.workspace_id, actor.user_id)
        if not found:
            raise NotInAnyGroup
        return found[0]
    if group.status == "archived":
        raise GroupClosed(group=group.name)
    membership = await memberships.in_group(session, group, actor.user_id)
    if membership is None or membership.status != "active":
        raise NotInThisGroup(group=group.name, join=group.id)
    return membership


async def meant_membership(session: AsyncSession, actor: Actor, value: object) -> Membership:
    """The membership that a button's value begins with, if it is the actor's own.

    Under a list that everybody sees it is somebody else's, or none's: then what a command would be about.
    """
    named = str(value or "").partition(":")[0]
    for membership in await memberships.of_person(session, actor.workspace_id, actor.user_id):
        if str(membership.id) == named:
            return membership
    return await needed_membership(session, actor)


async def own_membership(session: AsyncSession, actor: Actor, membership_id: int) -> Membership:
    """The membership that a button or a form names, if it is the actor's and still active.

    Raises:
        NotYours: it belongs to somebody else.
        NoLongerIn: the actor has left that group.
    """
    found = [
        membership
        for membership in await memberships.of_person(
            session, actor.workspace_id, actor.user_id, active=False
        )
        if membership.id == membership_id
    ]
    if not found:
        raise NotYours(today=1)
    membership = found[0]
    group = await groups.get(session, membership.group_id)
    if membership.status != "active" or group.status == "archived":
        raise NoLongerIn(group=group.name, join=group.id)
    return membership
