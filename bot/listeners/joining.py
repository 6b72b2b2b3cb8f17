"""Joining a group: the form, the membership and its first messages."""

from datetime import datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import preferences
from bot.listeners.actor import Actor, actor_of, living_group, needed_group
from bot.listeners.answers import Answers
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.people import profile
from bot.listeners.preferences import DEFAULT_PLAN, Preferences
from bot.listeners.replying import acknowledge, open_form, tell
from bot.store import deliveries, enrolments, goals, groups, memberships, mentors
from bot.store.tables import Enrolment, Group, Membership
from bot.views import membership as forms
from bot.views.message import Message
from plans import calendar
from plans.errors import StudyError
from plans.library import Library

ANY_TIME = timedelta(days=366 * 5)


class BotsStayOut(StudyError):
    """Only people can join a study group."""


def register(app: Listening) -> None:
    """Listen to the Join button and its form."""
    app.action(forms.OPEN_JOIN)(open_join)
    app.view(forms.JOIN)(submit_join)


async def join(call: Call) -> Message | None:
    """Join this channel's group and get a plan that fits your hours"""
    async with call.house.database.read() as session:
        group = await needed_group(session, call.actor)
        membership = await memberships.in_group(session, group, call.actor.user_id)
    if membership is not None and _is_in(membership):
        return forms.joined_already(group.name, membership.id)
    return await _open_join(call.house, call.body, call.actor, group)


async def open_join(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The group's Join button."""
    actor = actor_of(body)
    value = str(body["actions"][0].get("value") or "")
    async with house.database.read() as session:
        group = (
            await living_group(session, int(value)) if value.isdigit() else await needed_group(session, actor)
        )
        membership = await memberships.in_group(session, group, actor.user_id)
    if membership is not None and _is_in(membership):
        answer: Message | None = forms.joined_already(group.name, membership.id)
    else:
        answer = await _open_join(house, body, actor, group)
    await acknowledge(ack, house, body, answer)


def _is_in(membership: Membership) -> bool:
    """Whether somebody has a plan here; a mentor can still join with one."""
    return membership.status == "active" and membership.role != mentors.MENTOR


async def _open_join(house: House, body: dict[str, Any], actor: Actor, group: Group) -> Message | None:
    person = await profile(house, actor)
    if person.is_bot:
        raise BotsStayOut
    plan = house.library.find(DEFAULT_PLAN)
    wishes = forms.Wishes(timezone=person.timezone or group.timezone)
    form = forms.join_form(
        group.name, plan.tracks, wishes, house.now(), f"{group.id}:{actor.channel_id or ''}"
    )
    return await open_form(house, body, form, "join")


async def submit_join(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Join with what the form says; what is wrong is said in its field."""
    group_id, _, channel = str(view.get("private_metadata") or "").partition(":")
    actor = actor_of(body)
    person = await profile(house, actor)
    plan = house.library.find(DEFAULT_PLAN)
    async with house.database.write() as session:
        group = await living_group(session, int(group_id))
        chosen, errors = preferences.read(
            Answers(view), plan, house.now(), zone=person.timezone or group.timezone
        )
        if chosen is not None:
            await _join(session, house, group, actor, person.name, person.timezone, chosen)
    if chosen is None:
        await ack(response_action="errors", errors=errors)
        return
    await ack()
    house.outbox.wake()
    await tell(house, actor, forms.joined(group.name), channel or None)


async def _join(
    session: AsyncSession,
    house: House,
    group: Group,
    actor: Actor,
    name: str,
    slack_zone: str | None,
    chosen: Preferences,
) -> None:
    """Make the membership and its enrolment, and owe the welcome. A second submission changes nothing."""
    now = house.now()
    membership = await memberships.in_group(session, group, actor.user_id)
    if membership is not None and _is_in(membership):
        return
    lead = await groups.lead(session, group)
    first = lead is None and group.started_by == actor.user_id
    if membership is None:
        membership = Membership(
            group_id=group.id,
            workspace_id=actor.workspace_id,
            user_id=actor.user_id,
            role="lead" if first else "member",
            joined_at=now,
        )
        session.add(membership)
    elif membership.role == mentors.MENTOR:
        await mentors.become_member(session, membership, lead=first)
    membership.name, membership.status, membership.left_at = name, "active", None
    preferences.apply(membership, chosen, slack_zone or group.timezone)
    await session.flush()
    await memberships.set_times(session, membership, group, now)
    enrolment = await _enrol(session, house.library, membership, chosen, now)
    await _owe_first(session, membership, enrolment, now)
    await deliveries.want_redraw(session, "opening", groups.whom(group), "card")


async def _enrol(
    session: AsyncSession, library: Library, membership: Membership, chosen: Preferences, now: datetime
) -> Enrolment:
    here = memberships.today(membership, now)
    await goals.withdraw_all_open(session, membership.id, calendar.monday_of(here))
    return await enrolments.enrol(
        session,
        membership,
        plan=library.find(DEFAULT_PLAN).slug,
        track=chosen.track,
        level=chosen.level,
        hours=chosen.hours,
        starts_on=calendar.monday_of(chosen.first_day),
        first_day=chosen.first_day,
        interview_on=chosen.interview_on,
        now=now,
    )


async def _owe_first(
    session: AsyncSession, membership: Membership, enrolment: Enrolment, now: datetime
) -> None:
    """The welcome; and today's goals at once for who begins today after the hour of the post."""
    name = memberships.whom(membership)
    await deliveries.owe(
        session,
        "welcome",
        workspace_id=membership.workspace_id,
        whom=name,
        period=str(enrolment.id),
        due_at=now,
        expires_at=now + ANY_TIME,
    )
    here = memberships.today(membership, now)
    if enrolment.first_day != here:
        return
    due_at = calendar.occurrence(here, membership.post_time, memberships.zone(membership))
    if due_at is not None and due_at <= now:
        await deliveries.owe(
            session,
            "day",
            workspace_id=membership.workspace_id,
            whom=name,
            period=here.isoformat(),
            due_at=now,
            expires_at=memberships.end_of_day(membership, here),
        )
