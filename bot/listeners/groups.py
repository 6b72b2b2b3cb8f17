"""Study groups: starting one, its roster and its rhythm."""

from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import lead_week, rhythms
from bot.listeners.actor import Actor, actor_of, group_here, needed_group
from bot.listeners.answers import Answers
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.people import profile
from bot.listeners.replying import FAILURES, acknowledge, open_form, tell
from bot.store import (
    curricula,
    deliveries,
    enrolments,
    groups,
    memberships,
    pauses,
    weeks,
)
from bot.store.tables import Group, Membership
from bot.views import group as forms
from bot.views.message import Message
from plans.errors import StudyError

ANY_TIME = timedelta(days=366 * 5)


class OnlyInAChannel(StudyError):
    """A study group lives in a channel. Go to one and type `/prep start` there."""


class NotInvited(StudyError):
    """I'm not in this channel yet. Invite me with `/invite`, then type `/prep start` again."""


class OnlyTheLead(StudyError):
    """Only the group's lead can change its rhythm. {lead} leads {group}."""


def register(app: Listening) -> None:
    """Listen to the forms and buttons of groups."""
    app.action(forms.OPEN_START)(open_start)
    app.view(forms.START)(submit_start)
    app.action(forms.OPEN_RHYTHM)(open_rhythm)
    app.view(forms.RHYTHM)(submit_rhythm)


# Commands


async def start(call: Call) -> Message | None:
    """Make this channel a study group; you lead it"""
    return await _open_start(call.house, call.body, call.actor)


async def group(call: Call) -> Message:
    """Who is in the group, where each one stands, the weekly rhythm; `group week` for the lead"""
    if call.words.lower().startswith("week"):
        return await lead_week.week(call)
    now = call.house.now()
    async with call.house.database.read() as session:
        found = await needed_group(session, call.actor)
        members = await groups.members(session, found)
        rows = [await _row(session, call.house, member) for member in members]
        is_lead = any(m.role == "lead" and m.user_id == call.actor.user_id for m in members)
    return forms.roster(
        rhythms.rhythm(found), rows, found.id, now, is_lead=is_lead or found.started_by == call.actor.user_id
    )


async def _row(session: AsyncSession, house: House, member: Membership) -> forms.Row:
    today = memberships.today(member, house.now())
    enrolment = await enrolments.current(session, member.id)
    week = total = None
    if enrolment is not None:
        plan = await curricula.of(session, house.library, enrolment)
        week, total = (await weeks.place(session, enrolment, plan, today)).week, len(plan.weeks)
    paused = await pauses.on(session, member.id, today) is not None
    return forms.Row(member.name, member.role, member.timezone, paused, week, total)


# Clicks and forms


async def _open_start(house: House, body: dict[str, Any], actor: Actor) -> Message | None:
    if not actor.channel_id or actor.channel_id.startswith("D"):
        raise OnlyInAChannel
    async with house.database.read() as session:
        found = await group_here(session, actor)
        member = await memberships.in_group(session, found, actor.user_id) if found else None
    if found is not None and found.status == "active":
        return forms.exists_already(found.name, found.id, member=bool(member and member.status == "active"))
    person = await profile(house, actor)
    name = str(body.get("channel_name") or (body.get("channel") or {}).get("name") or "Study group")
    known = name not in ("directmessage", "privategroup")
    title = name.replace("-", " ").replace("_", " ").capitalize() if known else "Study group"
    rhythm = forms.Rhythm(name=title[: forms.NAME_LIMIT], timezone=person.timezone or "UTC")
    form = forms.rhythm_form(rhythm, house.now(), actor.channel_id, new=True)
    return await open_form(house, body, form, "start")


async def open_start(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The button that starts a group."""
    answer = await _open_start(house, body, actor_of(body))
    await acknowledge(ack, house, body, answer)


async def submit_start(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Make the channel a group; who starts it leads it."""
    channel = str(view.get("private_metadata") or "")
    actor = Actor(actor_of(body).workspace_id, actor_of(body).user_id, channel)
    rhythm, errors = rhythms.read(Answers(view))
    if rhythm is None:
        await ack(response_action="errors", errors=errors)
        return
    if not await _is_in(house, channel):
        message = str(NotInvited())
        await ack(response_action="errors", errors={forms.NAME: message.replace("`", "")})
        return
    async with house.database.write() as session:
        found = await group_here(session, actor)
        if found is None or found.status != "active":
            found = await _start(session, house, actor, found, rhythm)
    await ack()
    house.outbox.wake()
    await tell(house, actor, forms.started(found.name, found.id))


async def _start(
    session: AsyncSession, house: House, actor: Actor, found: Group | None, rhythm: forms.Rhythm
) -> Group:
    now = house.now()
    if found is None:
        found = await groups.start(
            session,
            workspace_id=actor.workspace_id,
            channel_id=actor.channel_id or "",
            name=rhythm.name,
            timezone=rhythm.timezone,
            user_id=actor.user_id,
            now=now,
        )
    found.status = "active"
    await _apply(session, found, rhythm, house)
    await deliveries.owe(
        session,
        "opening",
        workspace_id=found.workspace_id,
        whom=groups.whom(found),
        period="card",
        due_at=now,
        expires_at=now + ANY_TIME,
    )
    return found


async def _apply(session: AsyncSession, found: Group, rhythm: forms.Rhythm, house: House) -> None:
    """Let the group and its members' check-ins follow the rhythm."""
    found.name, found.timezone = rhythm.name, rhythm.timezone
    found.checkin_weekday, found.checkin_time = rhythm.checkin_weekday, rhythm.checkin_time
    found.scorecard_weekday, found.scorecard_time = rhythm.scorecard_weekday, rhythm.scorecard_time
    if rhythm.mocks is not None:
        found.has_mocks = rhythm.mocks.on
        found.call_weekday, found.call_time = rhythm.mocks.call_weekday, rhythm.mocks.call_time
        found.matching_weekday = rhythm.mocks.matching_weekday
        found.matching_time = rhythm.mocks.matching_time
    if rhythm.post is not None:
        found.has_ranking, found.has_milestones = rhythm.post.ranking, rhythm.post.milestones
    await session.flush()
    await groups.set_rhythm(session, found, house.now())
    for member in await groups.members(session, found):
        await memberships.set_times(session, member, found, house.now())
    await deliveries.want_redraw(session, "opening", groups.whom(found), "card")


async def _is_in(house: House, channel: str) -> bool:
    """Whether the bot may post here; a Slack that cannot tell counts as yes."""
    try:
        answer = await house.slack.conversations_info(channel=channel)
    except SlackApiError as error:
        data = error.response.data if isinstance(error.response.data, dict) else {}
        return data.get("error") not in ("channel_not_found", "not_in_channel")
    except FAILURES:
        return True
    return bool((answer.get("channel") or {}).get("is_member", True))


async def open_rhythm(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The lead changes the rhythm."""
    actor = actor_of(body)
    async with house.database.read() as session:
        found = await _led(session, actor, str(body["actions"][0].get("value") or ""))
    form = forms.rhythm_form(
        rhythms.rhythm(found), house.now(), f"{found.id}:{actor.channel_id or ''}", new=False
    )
    await acknowledge(ack, house, body, await open_form(house, body, form, "group"))


async def submit_rhythm(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Keep the new rhythm."""
    group_id, _, channel = str(view.get("private_metadata") or "").partition(":")
    rhythm, errors = rhythms.read(Answers(view))
    if rhythm is None:
        await ack(response_action="errors", errors=errors)
        return
    async with house.database.write() as session:
        found = await _led(session, actor_of(body), group_id)
        await _apply(session, found, rhythm, house)
    await ack()
    house.outbox.wake()
    await tell(house, actor_of(body), forms.rhythm_saved(rhythm, house.now()), channel or None)


async def _led(session: AsyncSession, actor: Actor, group_id: str) -> Group:
    """The group, if the actor leads it or started it.

    Raises:
        OnlyTheLead: they do neither.
    """
    found = await groups.get(session, int(group_id))
    member = await memberships.in_group(session, found, actor.user_id)
    leads = member is not None and member.status == "active" and member.role == "lead"
    if leads or found.started_by == actor.user_id:
        return found
    lead = await groups.lead(session, found)
    raise OnlyTheLead(lead=lead.name if lead else "Nobody", group=found.name)
