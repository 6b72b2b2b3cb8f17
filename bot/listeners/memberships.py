"""Joining, leaving, settings, pausing: what one person decides about themselves in a group."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import (
    Actor,
    actor_of,
    living_group,
    needed_group,
    needed_membership,
    own_membership,
)
from bot.listeners.answers import Answers
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.people import profile
from bot.listeners.replying import open_form, reply, tell
from bot.store import deliveries, enrolments, goals, groups, memberships, pauses, weeks
from bot.store.tables import Enrolment, Group, Membership
from bot.views import membership as forms
from bot.views.message import Message
from bot.views.words import clock, escape, long_date, zone_name
from plans import calendar
from plans.errors import StudyError
from plans.library import Library
from plans.model import Plan

DEFAULT_PLAN = "12-week-comprehensive"
HOURS = (3.0, 40.0)
FURTHEST_INTERVIEW = timedelta(days=730)
LONGEST_PAUSE = 180
ANY_TIME = timedelta(days=366 * 5)
_SPAN = re.compile(r"(\d+)\s*(d|day|days|w|week|weeks)?\b", re.IGNORECASE)


class PauseNotUnderstood(StudyError):
    """I can't read "{words}" as a pause. Try `/prep pause 3d holiday` or `/prep pause 1w`."""


class PauseTooLong(StudyError):
    """A pause lasts at most 180 days. For longer, `/prep leave` and come back whenever you like."""


class NotPaused(StudyError):
    """You are not paused. `/prep today` shows today's goals."""


class BotsStayOut(StudyError):
    """Only people can join a study group."""


@dataclass(frozen=True)
class Sheet:
    """What a form says, checked."""

    level: str
    hours: float
    track: str
    interview_on: date | None
    starts: str
    timezone: str
    post_time: time
    nudge_time: time | None
    days_off: list[int]
    sharing: str


def register(app: Listening) -> None:
    """Listen to the buttons and forms of joining, settings, leaving and resuming."""
    app.action(forms.OPEN_JOIN)(open_join)
    app.view(forms.JOIN)(submit_join)
    app.action(forms.OPEN_SETTINGS)(open_settings)
    app.view(forms.SETTINGS)(submit_settings)
    app.action(forms.LEAVE)(leave_click)
    app.action(forms.STAY)(stay)
    app.action(forms.RESUME)(resume_click)


# Commands


async def join(call: Call) -> Message | None:
    """Join this channel's group and get a plan that fits your hours"""
    async with call.house.database.read() as session:
        group = await needed_group(session, call.actor)
        membership = await memberships.in_group(session, group, call.actor.user_id)
    if membership is not None and membership.status == "active":
        return forms.joined_already(group.name, membership.id)
    return await _open_join(call.house, call.body, call.actor, group)


async def settings(call: Call) -> Message | None:
    """Your hours, track, times, days off and what the channel may see"""
    return await _open_settings(call.house, call.body, call.actor)


async def leave(call: Call) -> Message:
    """Leave the group; what you did stays yours"""
    async with call.house.database.read() as session:
        membership = await needed_membership(session, call.actor)
        group = await groups.get(session, membership.group_id)
    return forms.leave_question(group.name, membership.id)


async def pause(call: Call) -> Message:
    """`pause 3d holiday` stops the posts; nothing counts as missed"""
    days, reason = _read_pause(call.words)
    async with call.house.database.write() as session:
        membership = await needed_membership(session, call.actor)
        first = memberships.today(membership, call.house.now())
        last = first + timedelta(days=days - 1)
        await pauses.begin(session, membership, first, last, reason, call.house.now())
        excused = await goals.excused_between(session, membership.id, first, last)
        await _redraw_days(session, membership, first)
    return forms.paused(last, excused, membership.id)


async def resume(call: Call) -> Message:
    """End a pause; your goals count again from today"""
    async with call.house.database.write() as session:
        return await _resume(session, call.house, await needed_membership(session, call.actor))


def _read_pause(words: str) -> tuple[int, str]:
    """The days and the reason; a week if nothing is said."""
    words = words.strip()
    if not words:
        return 7, ""
    found = _SPAN.match(words)
    if not found or int(found[1][:6]) < 1:
        raise PauseNotUnderstood(words=words)
    days = int(found[1][:6]) * (7 if (found[2] or "d").lower().startswith("w") else 1)
    if days > LONGEST_PAUSE:
        raise PauseTooLong
    return days, words[found.end() :].strip()[:500]


# Clicks


async def open_join(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The group's Join button."""
    actor = actor_of(body)
    value = str(body["actions"][0].get("value") or "")
    async with house.database.read() as session:
        group = (
            await living_group(session, int(value)) if value.isdigit() else await needed_group(session, actor)
        )
        membership = await memberships.in_group(session, group, actor.user_id)
    if membership is not None and membership.status == "active":
        answer: Message | None = forms.joined_already(group.name, membership.id)
    else:
        answer = await _open_join(house, body, actor, group)
    await ack()
    if answer is not None:
        await reply(house, body, answer)


async def open_settings(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The Settings button."""
    answer = await _open_settings(house, body, actor_of(body))
    await ack()
    if answer is not None:
        await reply(house, body, answer)


async def leave_click(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Leave for good, or until one joins again."""
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), _number(body))
        group = await groups.get(session, membership.group_id)
        await memberships.leave(session, membership, "left", house.now())
        await deliveries.want_redraw(session, "opening", groups.whom(group), "card")
    await ack()
    house.outbox.wake()
    await reply(house, body, forms.left(group.name, group.id), replace=True)


async def stay(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Stay after all."""
    await ack()
    await reply(house, body, forms.stayed(), replace=True)


async def resume_click(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The Resume button."""
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), _number(body))
        message = await _resume(session, house, membership)
    await ack()
    house.outbox.wake()
    await reply(house, body, message, replace=True)


# Forms


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


async def _open_settings(house: House, body: dict[str, Any], actor: Actor) -> Message | None:
    async with house.database.read() as session:
        membership = await needed_membership(session, actor)
        group = await groups.get(session, membership.group_id)
        enrolment = await enrolments.current(session, membership.id)
        monday = calendar.monday_of(memberships.today(membership, house.now()))
        load = await weeks.load(session, enrolment, monday) if enrolment else None
    plan = house.library.find(enrolment.plan if enrolment else DEFAULT_PLAN)
    wishes = forms.Wishes(
        timezone=membership.timezone,
        level=enrolment.level if enrolment else "L6",
        hours=load[1] if load else 12,
        track=load[0] if load else forms.FIT_TO_HOURS,
        interview_on=enrolment.interview_on if enrolment else None,
        post_time=membership.post_time,
        nudge=clock(membership.nudge_time) if membership.nudge_time else forms.NO_NUDGE,
        days_off=tuple(membership.days_off),
        sharing=membership.sharing,
    )
    about = f"{membership.id}:{actor.channel_id or ''}"
    form = forms.settings_form(
        group.name, plan.tracks, wishes, house.now(), about, enrolled=enrolment is not None
    )
    return await open_form(house, body, form, "settings")


async def submit_join(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Join with what the form says; what is wrong is said in its field."""
    group_id, _, channel = str(view.get("private_metadata") or "").partition(":")
    actor = actor_of(body)
    person = await profile(house, actor)
    plan = house.library.find(DEFAULT_PLAN)
    async with house.database.write() as session:
        group = await living_group(session, int(group_id))
        here = calendar.local_day(house.now(), ZoneInfo(group.timezone))
        sheet, errors = _read(Answers(view), plan, here)
        if sheet is not None:
            await _join(session, house, group, actor, person.name, person.timezone, sheet)
    if sheet is None:
        await ack(response_action="errors", errors=errors)
        return
    await ack()
    house.outbox.wake()
    await tell(house, actor, forms.joined(group.name), channel or None)


async def submit_settings(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Save the settings; the future is planned anew, the past stays as it was."""
    membership_id, _, channel = str(view.get("private_metadata") or "").partition(":")
    actor = actor_of(body)
    async with house.database.write() as session:
        membership = await own_membership(session, actor, int(membership_id))
        group = await groups.get(session, membership.group_id)
        enrolment = await enrolments.current(session, membership.id)
        plan = house.library.find(enrolment.plan if enrolment else DEFAULT_PLAN)
        here = memberships.today(membership, house.now())
        sheet, errors = _read(Answers(view), plan, here, enrolment=enrolment, load=enrolment is not None)
        if sheet is not None:
            changes = await _save(session, house, group, membership, enrolment, sheet)
    if sheet is None:
        await ack(response_action="errors", errors=errors)
        return
    await ack()
    house.outbox.wake()
    await tell(house, actor, forms.settings_saved(changes), channel or None)


def _read(
    answers: Answers, plan: Plan, here: date, *, enrolment: Enrolment | None = None, load: bool = True
) -> tuple[Sheet | None, dict[str, str]]:
    """The form's fields, checked; or what is wrong with each."""
    errors: dict[str, str] = {}
    hours = answers.number(forms.HOURS) if load else HOURS[0]
    if hours is None or not HOURS[0] <= hours <= HOURS[1]:
        errors[forms.HOURS] = "From 3 to 40 hours a week. Which is honest for you?"
    interview = answers.day(forms.INTERVIEW)
    kept = enrolment.interview_on if enrolment else None
    if interview and interview < here and interview != kept:
        errors[forms.INTERVIEW] = "That date is in the past. When is the interview?"
    elif interview and interview > here + FURTHEST_INTERVIEW:
        errors[forms.INTERVIEW] = "That is more than two years ahead. Is the year right?"
    days_off = [int(value) for value in answers.choices(forms.DAYS_OFF)]
    if len(days_off) == 7:
        errors[forms.DAYS_OFF] = "Keep at least one day for the plan."
    post_time = answers.clock(forms.POST_TIME)
    if post_time is None:
        errors[forms.POST_TIME] = "At which time shall the goals arrive?"
    nudge = answers.choice(forms.NUDGE)
    if errors or hours is None or post_time is None:
        return None, errors
    sheet = Sheet(
        level=answers.choice(forms.LEVEL) or (enrolment.level if enrolment else "L6"),
        hours=round(hours, 2),
        track=_track(plan, answers.choice(forms.TRACK), hours),
        interview_on=interview,
        starts=answers.choice(forms.START) or forms.MONDAY,
        timezone=answers.choice(forms.ZONE),
        post_time=post_time,
        nudge_time=time.fromisoformat(nudge) if nudge and nudge != forms.NO_NUDGE else None,
        days_off=sorted(days_off),
        sharing=answers.choice(forms.SHARING) or "summary",
    )
    return sheet, {}


def _track(plan: Plan, chosen: str, hours: float) -> str:
    """The chosen track; fitted to the hours, the heaviest one that does not ask for more."""
    if chosen in {track.name for track in plan.tracks}:
        return chosen
    by_hours = sorted(plan.tracks, key=lambda track: track.hours)
    within = [track for track in by_hours if track.hours <= hours]
    return (within[-1] if within else by_hours[0]).name


# What the forms do


async def _join(
    session: AsyncSession,
    house: House,
    group: Group,
    actor: Actor,
    name: str,
    slack_zone: str | None,
    sheet: Sheet,
) -> None:
    """Make the membership and its enrolment, and owe the welcome. A second submission changes nothing."""
    now = house.now()
    membership = await memberships.in_group(session, group, actor.user_id)
    if membership is not None and membership.status == "active":
        return
    if membership is None:
        lead = await groups.lead(session, group)
        first = lead is None and group.started_by == actor.user_id
        membership = Membership(
            group_id=group.id,
            workspace_id=actor.workspace_id,
            user_id=actor.user_id,
            role="lead" if first else "member",
            joined_at=now,
        )
        session.add(membership)
    membership.name, membership.status, membership.left_at = name, "active", None
    _apply(membership, sheet, slack_zone or group.timezone)
    await session.flush()
    await memberships.set_times(session, membership, group, now)
    enrolment = await _enrol(session, house.library, membership, sheet, now)
    await _owe_first(session, membership, enrolment, now)
    await deliveries.want_redraw(session, "opening", groups.whom(group), "card")


def _apply(membership: Membership, sheet: Sheet, slack_zone: str) -> None:
    """The personal part of a form. Who keeps Slack's zone follows it when they travel."""
    membership.timezone = sheet.timezone or slack_zone
    membership.follows_slack_zone = membership.timezone == slack_zone
    membership.post_time = sheet.post_time
    membership.nudge_time = sheet.nudge_time
    membership.days_off = sheet.days_off
    membership.sharing = sheet.sharing


async def _enrol(
    session: AsyncSession, library: Library, membership: Membership, sheet: Sheet, now: datetime
) -> Enrolment:
    here = memberships.today(membership, now)
    at_once = sheet.starts == forms.TODAY
    await goals.withdraw_all_open(session, membership.id, calendar.monday_of(here))
    return await enrolments.enrol(
        session,
        membership,
        plan=library.find(DEFAULT_PLAN).slug,
        track=sheet.track,
        level=sheet.level,
        hours=sheet.hours,
        starts_on=calendar.monday_of(here) if at_once else calendar.next_monday(here),
        first_day=here if at_once else calendar.next_monday(here),
        interview_on=sheet.interview_on,
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


async def _save(
    session: AsyncSession,
    house: House,
    group: Group,
    membership: Membership,
    enrolment: Enrolment | None,
    sheet: Sheet,
) -> list[str]:
    """Apply what differs, plan the coming days anew, and say what was changed."""
    now = house.now()
    person = await memberships.slack_zone(session, membership)
    here = memberships.today(membership, now)
    load = await weeks.load(session, enrolment, calendar.monday_of(here)) if enrolment else ("", 0.0)
    before = _described(membership, enrolment, load, now)
    _apply(membership, sheet, person or membership.timezone)
    if enrolment is not None:
        enrolment.level, enrolment.interview_on = sheet.level, sheet.interview_on
        if (sheet.track, sheet.hours) != load:
            enrolment.track, enrolment.hours = sheet.track, sheet.hours
            await enrolments.forget_track_changes(session, enrolment)
    await session.flush()
    await memberships.set_times(session, membership, group, now)
    if enrolment is not None:
        await weeks.refit(
            session, membership, enrolment, house.library, calendar.monday_of(here), from_day=here
        )
    await _redraw_days(session, membership, here)
    after = _described(membership, enrolment, (sheet.track, sheet.hours), now)
    return [f"{name} {value}" for name, value in after.items() if before.get(name) != value]


def _described(
    membership: Membership, enrolment: Enrolment | None, load: tuple[str, float], now: datetime
) -> dict[str, str]:
    """The settings in words, so that changes can be told; `load` is the track and its hours."""
    words = {
        "time zone": zone_name(membership.timezone, now),
        "goals at": clock(membership.post_time),
        "evening reminder": clock(membership.nudge_time) if membership.nudge_time else "off",
        "days off": forms.days_in_words(membership.days_off),
        "the channel sees": forms.sharing_in_words(membership.sharing),
    }
    if enrolment is not None:
        interview = enrolment.interview_on
        words |= {
            "level": enrolment.level,
            "hours a week": f"{load[1]:g}",
            "track": escape(load[0]),
            "interview": long_date(interview) if interview else "not set",
        }
    return words


async def _resume(session: AsyncSession, house: House, membership: Membership) -> Message:
    here = memberships.today(membership, house.now())
    if await pauses.end(session, membership, here) is None:
        raise NotPaused
    await _redraw_days(session, membership, here)
    return forms.resumed(membership.id)


async def _redraw_days(session: AsyncSession, membership: Membership, here: date) -> None:
    monday = calendar.monday_of(here)
    days = [day.isoformat() for day in calendar.days_of_week(monday)]
    await deliveries.want_redraw(session, "day", memberships.whom(membership), *days, anew=True)


def _number(body: dict[str, Any]) -> int:
    value = str(body["actions"][0].get("value") or "")
    return int(value) if value.isdigit() else 0
