"""The lead looks at the group's week, and writes a word to a member who agreed to it."""

from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import Actor, actor_of, living_group, needed_group
from bot.listeners.answers import Answers, id_in
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.once import key_of
from bot.listeners.people import profile
from bot.listeners.replying import acknowledge, open_form, tell, write_to
from bot.store import inbox, lead_week, memberships
from bot.store.tables import Group, Membership
from bot.views import lead_week as forms
from bot.views.message import Message
from plans import calendar
from plans.errors import StudyError


class OnlyForTheLead(StudyError):
    """That view is the lead's: {lead} leads {group}. `/prep scorecard` shows your own week."""


class NoWordWanted(StudyError):
    """{name} is no longer in the group, or no longer wishes to be pointed out. So nothing was sent."""


class Written(NamedTuple):
    """Who is to be written to, in which group."""

    group: Group
    member: Membership


def register(app: Listening) -> None:
    """Listen to the button beside a name and to the form for a word."""
    app.action(forms.WRITE)(open_word)
    app.view(forms.WORD_FORM)(submit_word)


async def week(call: Call) -> Message:
    """The group's newest week for its lead: what the channel sees, and who would be glad of a word.

    Raises:
        OnlyForTheLead: who asks does not lead the group.
    """
    now = call.house.now()
    async with call.house.database.read() as session:
        group = await needed_group(session, call.actor)
        reader = await _leading(session, group, call.actor)
        zone = memberships.zone(reader) if reader else ZoneInfo(group.timezone)
        monday = await lead_week.newest(session, group, calendar.local_day(now, zone))
        return forms.week(await lead_week.read(session, group, monday, now, reader))


async def _leading(session: AsyncSession, group: Group, actor: Actor) -> Membership | None:
    """The actor's membership as a lead; none if they started the group, are not in it, and nobody leads it.

    Raises:
        OnlyForTheLead: they do not lead the group.
    """
    leads = await lead_week.readers(session, group)
    mine = next((lead for lead in leads if lead.user_id == actor.user_id), None)
    is_here = group.workspace_id == actor.workspace_id
    if is_here and (mine is not None or (not leads and group.started_by == actor.user_id)):
        return mine
    raise OnlyForTheLead(lead=leads[0].name if leads else "Nobody", group=group.name)


async def open_word(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Open the form for a word to this member."""
    about = str(body["actions"][0].get("value") or "")
    actor = actor_of(body)
    async with house.database.read() as session:
        _, member = await _meant(session, actor, about)
    sheet = forms.word_form(member.name, f"{about}:{actor.channel_id or ''}")
    await acknowledge(ack, house, body, await open_form(house, body, sheet, "group week"))


async def submit_word(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Send the lead's word, once; it is kept nowhere."""
    words = Answers(view).text(forms.WORDS)
    if not words:
        await ack(response_action="errors", errors={forms.WORDS: "A sentence is enough."})
        return
    actor = actor_of(body)
    about = str(view.get("private_metadata") or "")
    async with house.database.write() as session:
        is_new = await inbox.receive(session, key_of(body), house.now())
        _, member = await _meant(session, actor, about)
    await ack()
    if is_new:
        lead = await profile(house, actor)
        arrived = await write_to(house, member.user_id, forms.word(lead.name, words, member.id))
        answer = forms.sent(member.name) if arrived else forms.not_sent(member.name, words)
        await tell(house, actor, answer, about.split(":")[2] or None)


async def _meant(session: AsyncSession, actor: Actor, about: str) -> Written:
    """The member that a button or a form names, if the actor leads their group and they agreed to it.

    Raises:
        OnlyForTheLead: the actor does not lead the group.
        NoWordWanted: the member has left, or no longer agrees.
    """
    group_id, member_id = map(id_in, [*about.split(":"), ""][:2])
    group = await living_group(session, group_id)
    await _leading(session, group, actor)
    member = await memberships.get(session, member_id)
    is_in = member.group_id == group.id and member.status == "active"
    if not (is_in and member.may_be_nudged):
        raise NoWordWanted(name=member.name if member.group_id == group.id else "That person")
    return Written(group, member)
