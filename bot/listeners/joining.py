"""Joining a group: two forms, the membership and its first messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import choosing, drafts, preferences
from bot.listeners.actor import Actor, actor_of, living_group, needed_group
from bot.listeners.answers import Answers
from bot.listeners.call import Call
from bot.listeners.choosing import Situation
from bot.listeners.listening import Listening
from bot.listeners.people import profile
from bot.listeners.preferences import Preferences
from bot.listeners.replying import acknowledge, open_form, tell
from bot.listeners.steps import FormOutdated, replace_form
from bot.store import deliveries, enrolments, goals, groups, interviews, memberships, mentors
from bot.store.people import Profile
from bot.store.tables import Enrolment, Group, Membership
from bot.views import joining as forms
from bot.views import membership as fields
from bot.views.choosing import Answered, suggested
from bot.views.message import Message
from plans import calendar
from plans.errors import StudyError
from plans.model import Plan

ANY_TIME = timedelta(days=366 * 5)


class BotsStayOut(StudyError):
    """Only people can join a study group."""


@dataclass(frozen=True)
class Taken:
    """A plan by the name that an enrolment gives it, why it was taken, and how."""

    plan: str
    said: Situation
    chosen: Preferences


def register(app: Listening) -> None:
    """Listen to the Join button and its two steps."""
    app.action(fields.OPEN_JOIN)(open_join)
    app.view(forms.JOIN)(submit_situation)
    app.action(forms.BACK)(go_back)
    app.view(forms.JOIN_PLAN)(submit_join)


async def join(call: Call) -> Message | None:
    """Join this channel's group and get a plan that fits your hours"""
    async with call.house.database.read() as session:
        group = await needed_group(session, call.actor)
        membership = await memberships.in_group(session, group, call.actor.user_id)
    if membership is not None and _is_in(membership):
        return fields.joined_already(group.name, membership.id)
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
        answer: Message | None = fields.joined_already(group.name, membership.id)
    else:
        answer = await _open_join(house, body, actor, group)
    await acknowledge(ack, house, body, answer)


def _is_in(membership: Membership) -> bool:
    """Whether somebody has a plan here; a mentor can still join with one."""
    return membership.status == "active" and membership.role != mentors.MENTOR


async def _open_join(house: House, body: dict[str, Any], actor: Actor, group: Group) -> Message | None:
    if (await profile(house, actor)).is_bot:
        raise BotsStayOut
    draft = drafts.Draft(group=group.id, channel=actor.channel_id or "")
    form = forms.situation_form(group.name, Answered(), draft.text)
    return await open_form(house, body, form, "join")


async def submit_situation(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """The first step: what is wrong is said in its field, else a plan is recommended."""
    draft = drafts.Draft.by(view)
    person = await profile(house, actor_of(body))
    async with house.database.read() as session:
        group = await living_group(session, draft.group)
        plans = await choosing.offered(session, house, group.id)
    zone = person.timezone or group.timezone
    here = calendar.local_day(house.now(), ZoneInfo(zone))
    said, errors = choosing.read_situation(Answers(view), here)
    if said is None:
        await ack(response_action="errors", errors=errors)
        return
    advice = choosing.advise(said, plans, here)
    wanted = drafts.wanted(draft, advice, said, zone, here)
    draft = draft.model_copy(update={"said": said, "suggested": suggested(advice.choice)})
    await ack(response_action="update", view=forms.plan_form(advice, wanted, house.now(), draft.text))


async def go_back(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """From the plan back to the questions; what was filled in on either side is kept."""
    draft = drafts.Draft.by(body["view"])
    async with house.database.read() as session:
        group = await living_group(session, draft.group)
    draft = draft.model_copy(update={"kept": drafts.filled_in(Answers(body["view"]), group.timezone)})
    answered = draft.said.answered if draft.said else Answered()
    await ack()
    await replace_form(house, body, forms.situation_form(group.name, answered, draft.text))


async def submit_join(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """The second step: join with the chosen plan; what is wrong is said in its field."""
    draft, answers, actor = drafts.Draft.by(view), Answers(view), actor_of(body)
    if draft.said is None:
        raise FormOutdated
    person = await profile(house, actor)
    async with house.database.write() as session:
        group = await living_group(session, draft.group)
        plan = await _chosen_plan(session, house, group, answers.choice(forms.PLAN))
        chosen, errors = preferences.read(
            answers,
            plan,
            house.now(),
            zone=person.timezone or group.timezone,
            load=draft.said.load,
        )
        if plan is None:
            errors = {forms.PLAN: "That plan is no longer offered here. Choose another one."} | errors
        elif chosen is not None:
            taken = Taken(answers.choice(forms.PLAN), draft.said, chosen)
            await _join(session, house, group, actor, person, taken)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    await ack()
    house.outbox.wake()
    await tell(house, actor, fields.joined(group.name), draft.channel or None)


async def _chosen_plan(session: AsyncSession, house: House, group: Group, wanted: str) -> Plan | None:
    """The plan if the group's members can take it."""
    there = await choosing.offered(session, house, group.id)
    return next((plan for plan in there if plan.slug == wanted), None)


async def _join(
    session: AsyncSession,
    house: House,
    group: Group,
    actor: Actor,
    person: Profile,
    taken: Taken,
) -> None:
    """Make the membership and its enrolment, and owe the welcome. A second submission changes nothing."""
    now = house.now()
    membership = await memberships.in_group(session, group, actor.user_id)
    if membership is not None and _is_in(membership):
        return
    lead = await groups.lead(session, group)
    first = lead is None and group.started_by in (actor.user_id, "")  # "": who started it is forgotten
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
    membership.name, membership.status, membership.left_at = person.name, "active", None
    preferences.apply(membership, taken.chosen, person.timezone or group.timezone)
    await session.flush()
    await memberships.set_times(session, membership, group, now)
    enrolment = await _enrol(session, membership, taken, now)
    await _owe_first(session, membership, enrolment, now)
    await interviews.follow(session, membership, now)
    await deliveries.want_redraw(session, "opening", groups.whom(group), "card")


async def _enrol(session: AsyncSession, membership: Membership, taken: Taken, now: datetime) -> Enrolment:
    here, chosen = memberships.today(membership, now), taken.chosen
    await goals.withdraw_all_open(session, membership.id, calendar.monday_of(here))
    return await enrolments.enrol(
        session,
        membership,
        plan=taken.plan,
        track=chosen.track,
        level=chosen.level,
        hours=chosen.hours,
        starts_on=calendar.monday_of(chosen.first_day),
        first_day=chosen.first_day,
        interview_on=chosen.interview_on,
        now=now,
        current_level=taken.said.current,
        risk=taken.said.risk,
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
    due_at = memberships.post_on(membership, here)
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
