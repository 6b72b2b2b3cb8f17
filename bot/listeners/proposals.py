"""What members say to a question to the whole group; after the vote, each for themself."""

import re
from typing import Any, NamedTuple

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import NotInThisGroup, actor_of, living_group
from bot.listeners.answers import number_of
from bot.listeners.listening import Listening
from bot.listeners.replying import reply
from bot.store import agreements, deliveries, groups, memberships, proposals
from bot.store.tables import Group, Membership, Proposal
from bot.views import proposals as view
from bot.views.message import Message
from plans import calendar
from plans.errors import StudyError
from plans.model import Area


class VoteOver(StudyError):
    """That vote is over. `/prep week` shows what counts for you."""


class MentorsDoNotVote(StudyError):
    """This is for those who follow a plan in {group}; mentors leave it to them. Thank you for looking."""


class Asked(NamedTuple):
    """A question to a group, and the member who answers it."""

    proposal: Proposal
    group: Group
    membership: Membership


def register(app: Listening) -> None:
    """Listen to the buttons of a question, wherever they stand."""
    app.action(re.compile(f"^({view.EASE}|{view.KEEP})_\\d+$"))(say)


async def say(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Ease it or keep it; the newest answer counts."""
    pressed = str(body["actions"][0].get("action_id") or "")
    choice = proposals.EASE if pressed.startswith(view.EASE) else proposals.KEEP
    async with house.database.write() as session:
        asked = await _asked(session, body, house)
        if asked.proposal.state == proposals.OPEN:
            message = await _vote(session, asked, choice, house)
        else:
            message = await _choose(session, asked, choice, house)
    await ack()
    house.outbox.wake()
    await reply(house, body, message)


async def _vote(session: AsyncSession, asked: Asked, choice: str, house: House) -> Message:
    """Keep a vote; the channel sees that there is one more, not whose."""
    row, group, member = asked
    await proposals.say(session, row, member, choice, house.now())
    label = calendar.week_label(row.week_of)
    await deliveries.want_redraw(session, "proposal", groups.whom(group), label)
    return view.voted(
        row.id, Area(row.area), ease=choice == proposals.EASE, closes_at=row.closes_at, zone=member.timezone
    )


async def _choose(session: AsyncSession, asked: Asked, choice: str, house: House) -> Message:
    """After the vote, let the member's own weeks be eased or not; the group's stay as it said."""
    row, _, member = asked
    await proposals.say(session, row, member, choice, house.now())
    await agreements.refit(session, member, row, house.library, house.now())
    return view.chosen(proposals.agreement(row, choice))


async def _asked(session: AsyncSession, body: dict[str, Any], house: House) -> Asked:
    """The question that a button names, if the actor may still answer it.

    Raises:
        VoteOver: there is none, it has closed, it did not pass, or its weeks are over.
        GroupClosed: the group's channel is archived.
        NotInThisGroup: the actor is not in it.
        MentorsDoNotVote: the actor is a mentor of it.
    """
    row = await proposals.get(session, number_of(body))
    if row is None:
        raise VoteOver
    group, actor = await living_group(session, row.group_id), actor_of(body)
    if group.workspace_id != actor.workspace_id:
        raise VoteOver
    member = await memberships.in_group(session, group, actor.user_id)
    if member is None or member.status != "active":
        raise NotInThisGroup(group=group.name, join=group.id)
    if member.role == proposals.MENTOR:
        raise MentorsDoNotVote(group=group.name)
    if not _can_still_be_answered(row, member, house):
        raise VoteOver
    return Asked(row, group, member)


def _can_still_be_answered(row: Proposal, member: Membership, house: House) -> bool:
    if row.state == proposals.OPEN:
        return house.now() < row.closes_at
    here = memberships.today(member, house.now())
    return row.state == proposals.PASSED and here <= row.last_week + proposals.SUNDAY
