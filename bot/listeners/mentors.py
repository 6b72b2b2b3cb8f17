"""Mentors: the lead invites them, they say yes or no, change what they offer, stop."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import Actor, NotYours, actor_of, living_group, needed_group, own_membership
from bot.listeners.answers import Answers, id_in, number_of
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.mock_profile import capacity, read_hours, ticked_kinds
from bot.listeners.people import profile
from bot.listeners.replying import acknowledge, open_form, tell
from bot.store import groups, memberships, mentors, people
from bot.store.people import Profile
from bot.store.tables import Group, Membership
from bot.views import mentors as view
from bot.views.message import Message
from plans.errors import StudyError
from plans.mocks import Kind

_MENTION = re.compile(r"^<@(\w+)(?:\|[^>]*)?>$")


class OnlyTheLeadInvites(StudyError):
    """Only the group's lead can invite mentors. {lead} leads {group}."""


class InGroupAlready(StudyError):
    """{name} is in {group} already, so they cannot be invited as a mentor. A mentor only interviews."""


class MentorAlready(StudyError):
    """{name} mentors in {group} already."""


class NobodyThere(StudyError):
    """I can't reach {name}. Is the account still there? Choose somebody with `/prep mock mentor`."""


class BotsDoNotMentor(StudyError):
    """Only people can be mentors."""


class InvitationOver(StudyError):
    """That invitation is closed. Should you want to mentor, tell the group's lead."""


def register(app: Listening) -> None:
    """Listen to the invitation, the mentor's card and the two forms."""
    app.action(view.INVITE)(open_invite)
    app.action(view.WITHDRAW)(withdraw)
    app.action(view.YES)(open_offer)
    app.action(view.CHANGE)(open_offer)
    app.action(view.NO)(decline)
    app.action(view.STOP)(stop)
    app.view(view.OFFER_FORM)(submit_offer)
    app.view(view.INVITE_FORM)(submit_invite)


# The lead


async def mentor(call: Call, words: str) -> Message | None:
    """`/prep mock mentor @ana`: the lead invites somebody; a mentor sees what they offer.

    Raises:
        OnlyTheLeadInvites: whoever asks neither leads the group nor started it.
    """
    async with call.house.database.read() as session:
        group = await needed_group(session, call.actor)
        mine = await memberships.in_group(session, group, call.actor.user_id)
        if mine is not None and mine.role == mentors.MENTOR and mine.status == "active":
            return view.card(await card_of(session, mine))
        await _check_leads(session, group, call.actor)
        user_id = await _named(session, call.actor, words)
        known = [(each.name, each.status == "active") for each in await mentors.of_group(session, group)]
    if user_id is None:
        about = f"{group.id}:{call.actor.channel_id or ''}"
        return await open_form(
            call.house, call.body, view.invite_form(group.name, known, about), "mock mentor"
        )
    return await _invite(call.house, call.actor, group.id, user_id)


async def open_invite(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The lead's button under the roster."""
    async with house.database.read() as session:
        group = await living_group(session, number_of(body))
        await _check_leads(session, group, actor_of(body))
        known = [(each.name, each.status == "active") for each in await mentors.of_group(session, group)]
    form = view.invite_form(group.name, known, f"{group.id}:{actor_of(body).channel_id or ''}")
    await acknowledge(ack, house, body, await open_form(house, body, form, "mock mentor"))


async def withdraw(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The lead takes an invitation back; one that was answered stays as it was answered."""
    async with house.database.write() as session:
        member = await mentors.get(session, number_of(body))
        if member is None:
            raise InvitationOver
        group = await living_group(session, member.group_id)
        await _check_leads(session, group, actor_of(body))
        if member.status == "active":
            raise MentorAlready(name=member.name, group=group.name)
        await mentors.withdraw(session, member, house.now())
    await acknowledge(ack, house, body, view.withdrawn(member.name))
    house.outbox.wake()


async def _check_leads(session: AsyncSession, group: Group, actor: Actor) -> None:
    mine = await memberships.in_group(session, group, actor.user_id)
    leads = mine is not None and mine.status == "active" and mine.role == "lead"
    if group.workspace_id == actor.workspace_id and (leads or group.started_by == actor.user_id):
        return
    lead = await groups.lead(session, group)
    raise OnlyTheLeadInvites(lead=lead.name if lead else "Nobody", group=group.name)


async def _named(session: AsyncSession, actor: Actor, words: str) -> str | None:
    """Whom the words name: a mention, or the name of somebody who is known here; none if nobody."""
    mention = _MENTION.match(words)
    if mention is not None:
        return mention[1]
    found = await people.named(session, actor.workspace_id, words.removeprefix("@")) if words else None
    return found.user_id if found else None


async def submit_invite(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Ask whom the lead has chosen."""
    group_id, _, channel = str(view.get("private_metadata") or "").partition(":")
    actor = actor_of(body)
    chosen = Answers(view).people("who")
    if not chosen:
        await ack(response_action="errors", errors={"who": "Whom shall I ask?"})
        return
    answer = await _invite(house, actor, int(group_id), chosen[0])
    await ack()
    house.outbox.wake()
    await tell(house, Actor(actor.workspace_id, actor.user_id, channel or None), answer)


async def _invite(house: House, actor: Actor, group_id: int, user_id: str) -> Message:
    """Ask somebody to mentor.

    Raises:
        NobodyThere, BotsDoNotMentor: there is no such person.
        InGroupAlready, MentorAlready: they are in the group.
    """
    person = await _person(house, actor, user_id)
    async with house.database.write() as session:
        group = await living_group(session, group_id)
        await _check_leads(session, group, actor)
        found = await memberships.in_group(session, group, person.user_id)
        if found is not None and found.status == "active":
            error = MentorAlready if found.role == mentors.MENTOR else InGroupAlready
            raise error(name=person.name, group=group.name)
        member, is_new = await mentors.invite(session, group, person, house.now())
    return view.invited(person.name, member.id, again=not is_new)


async def _person(house: House, actor: Actor, user_id: str) -> Profile:
    person = await profile(house, Actor(actor.workspace_id, user_id, None))
    if person.is_bot:
        raise BotsDoNotMentor
    if person.deleted or person.name == user_id:  # Slack does not know them
        raise NobodyThere(name=person.name)
    return person


# The mentor


async def card_of(session: AsyncSession, member: Membership) -> view.Card:
    """What a mentor offers, as they see it."""
    group = await groups.get(session, member.group_id)
    return view.Card(member.id, group.name, *await mentors.offer_of(session, member))


async def open_offer(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Yes, gladly: the form with hours and how many; the same to change them."""
    async with house.database.read() as session:
        member = await _asked(session, body, number_of(body))
        offer = await mentors.offer_of(session, member)
    form = view.offer_form(member.id, offer.hours, offer.capacity, offer.kinds)
    await acknowledge(ack, house, body, await open_form(house, body, form, "mock mentor"))


async def submit_offer(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """They say yes with this offer; what cannot be read is said in its field."""
    answers = Answers(view)
    hours, errors = read_hours(answers)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    async with house.database.write() as session:
        member = await _asked(session, body, id_in(view.get("private_metadata")))
        kinds = [Kind(kind) for kind in ticked_kinds(answers)]
        offer = mentors.Offer(hours, capacity(answers), kinds)
        await mentors.accept(session, member, offer, house.now())
    await ack()
    house.outbox.wake()


async def decline(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """No, thank you. Whoever has said yes meanwhile is asked whether they want to stop."""
    async with house.database.write() as session:
        member = await _asked(session, body, number_of(body))
        group = await groups.get(session, member.group_id)
        if member.status == "active":
            answer = view.stop_question(group.name, member.id)
        else:
            await mentors.decline(session, member, house.now())
            answer = view.declined(group.name)
    await acknowledge(ack, house, body, answer)
    house.outbox.wake()


async def stop(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Stop mentoring, asked once more."""
    async with house.database.read() as session:
        member = await own_membership(session, actor_of(body), number_of(body))
        group = await groups.get(session, member.group_id)
    await acknowledge(ack, house, body, view.stop_question(group.name, member.id))


async def _asked(session: AsyncSession, body: dict[str, Any], membership_id: int) -> Membership:
    """The actor's own mentorship that a button or a form names: asked for, or theirs already.

    Raises:
        NotYours: it is somebody else's.
        InvitationOver: they said no, have stopped, or are a member now.
        GroupClosed: the group's channel is archived.
    """
    actor = actor_of(body)
    mine = await memberships.of_person(session, actor.workspace_id, actor.user_id, active=False)
    member = next((each for each in mine if each.id == membership_id), None)
    if member is None:
        raise NotYours(today=1)
    await living_group(session, member.group_id)
    if member.role != mentors.MENTOR or member.status not in ("invited", "active"):
        raise InvitationOver
    return member
