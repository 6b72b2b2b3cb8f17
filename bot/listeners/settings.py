"""One's own settings: the form again, and what a change means for the days to come."""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import mock_profile, preferences
from bot.listeners.actor import Actor, actor_of, meant_membership, own_membership
from bot.listeners.answers import Answers
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.preferences import Preferences
from bot.listeners.replying import acknowledge, open_form, tell
from bot.store import (
    curricula,
    deliveries,
    enrolments,
    groups,
    holiday_asks,
    interviews,
    lead_week,
    memberships,
    weeks,
)
from bot.store.tables import Enrolment, Group, Membership
from bot.views import countries
from bot.views import membership as forms
from bot.views.message import Message
from bot.views.words import clock, escape, long_date, zone_name
from plans import calendar, windows


def register(app: Listening) -> None:
    """Listen to the Settings button and its form."""
    app.action(forms.OPEN_SETTINGS)(open_settings)
    app.view(forms.SETTINGS)(submit_settings)


async def settings(call: Call) -> Message | None:
    """Your hours, track, times, days off and what the channel may see"""
    return await _open_settings(call.house, call.body, call.actor)


async def open_settings(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The Settings button."""
    await acknowledge(
        ack, house, body, await _open_settings(house, body, actor_of(body), body["actions"][0].get("value"))
    )


async def _open_settings(
    house: House, body: dict[str, Any], actor: Actor, value: object = None
) -> Message | None:
    async with house.database.read() as session:
        membership = await meant_membership(session, actor, value)
        group = await groups.get(session, membership.group_id)
        enrolment = await enrolments.current(session, membership.id)
        monday = memberships.monday(membership, house.now())
        load = await weeks.load(session, enrolment, monday) if enrolment else None
        plan = await curricula.of(session, house.library, enrolment) if enrolment else None
    if membership.role == "mentor":  # hours, kinds and how many sessions: there is nothing else to set
        return await mock_profile.open_for(house, body, membership)
    wishes = forms.Wishes(
        timezone=membership.timezone,
        level=enrolment.level if enrolment else "L6",
        hours=load[1] if load else 12,
        track=load[0] if load else forms.FIT_TO_HOURS,
        interview_on=enrolment.interview_on if enrolment else None,
        post_time=membership.post_time,
        nudge=clock(membership.nudge_time) if membership.nudge_time else forms.NO_NUDGE,
        days_off=tuple(membership.days_off),
        windows=membership.windows,
        sharing=membership.sharing,
        country=membership.country,
        may_be_asked=membership.may_be_asked,
        may_be_nudged=membership.may_be_nudged,
    )
    about = f"{membership.id}:{actor.channel_id or ''}"
    form = forms.settings_form(
        group.name, plan.tracks if plan else (), wishes, house.now(), about, enrolled=enrolment is not None
    )
    return await open_form(house, body, form, "settings")


async def submit_settings(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Save the settings; the future is planned anew, the past stays as it was."""
    membership_id, _, channel = str(view.get("private_metadata") or "").partition(":")
    actor = actor_of(body)
    async with house.database.write() as session:
        membership = await own_membership(session, actor, int(membership_id))
        group = await groups.get(session, membership.group_id)
        enrolment = await enrolments.current(session, membership.id)
        plan = await curricula.of(session, house.library, enrolment) if enrolment else None
        chosen, errors = preferences.read(
            Answers(view), plan, house.now(), zone=membership.timezone, enrolment=enrolment
        )
        if chosen is not None:
            consents = Answers(view).choices(forms.CONSENTS)
            country = countries.read(Answers(view).choice(countries.COUNTRY), membership.country)
            changes = await _save(session, house, group, membership, enrolment, chosen, consents, country)
    if chosen is None:
        await ack(response_action="errors", errors=errors)
        return
    await ack()
    house.outbox.wake()
    await tell(house, actor, forms.settings_saved(changes), channel or None)


async def _save(
    session: AsyncSession,
    house: House,
    group: Group,
    membership: Membership,
    enrolment: Enrolment | None,
    chosen: Preferences,
    consents: list[str],
    country: str | None,
) -> list[str]:
    """Apply what differs, plan the coming days anew, and say what was changed."""
    now = house.now()
    person = await memberships.slack_zone(session, membership)
    here = memberships.today(membership, now)
    load = await weeks.load(session, enrolment, calendar.monday_of(here)) if enrolment else ("", 0.0)
    before = _described(membership, enrolment, load, now)
    preferences.apply(membership, chosen, person or membership.timezone)
    membership.country = country
    await holiday_asks.reconsider(session, membership, now)
    await _apply_consents(session, group, membership, consents)
    moved = enrolment is not None and enrolment.interview_on != chosen.interview_on
    if enrolment is not None:
        enrolment.level, enrolment.interview_on = chosen.level, chosen.interview_on
        if (chosen.track, chosen.hours) != load:
            enrolment.track, enrolment.hours = chosen.track, chosen.hours
            await enrolments.forget_track_changes(session, enrolment)
    await session.flush()
    await memberships.set_times(session, membership, group, now)
    if enrolment is not None:
        await weeks.refit(
            session, membership, enrolment, house.library, calendar.monday_of(here), from_day=here
        )
    if moved:
        await interviews.follow(session, membership, now)
    await deliveries.want_week_redrawn(session, memberships.whom(membership), calendar.monday_of(here))
    after = _described(membership, enrolment, (chosen.track, chosen.hours), now)
    return [f"{name} {value}" for name, value in after.items() if before.get(name) != value]


async def _apply_consents(
    session: AsyncSession, group: Group, membership: Membership, consents: list[str]
) -> None:
    """Keep what others may come to the member with; the lead's view follows at once."""
    membership.may_be_asked = forms.MAY_BE_ASKED in consents
    may_be_nudged = forms.MAY_BE_NUDGED in consents
    if may_be_nudged != membership.may_be_nudged:
        membership.may_be_nudged = may_be_nudged
        await lead_week.redraw(session, group)


def _described(
    membership: Membership, enrolment: Enrolment | None, load: tuple[str, float], now: datetime
) -> dict[str, str]:
    """The settings in words, so that changes can be told; `load` is the track and its hours."""
    words = {
        "time zone": zone_name(membership.timezone, now),
        "goals at": clock(membership.post_time),
        "evening reminder": clock(membership.nudge_time) if membership.nudge_time else "off",
        "study windows": escape(windows.in_words(membership.windows)),
        "public holidays": countries.in_words(membership.country),
        "days off": forms.days_in_words(membership.days_off),
        "the channel sees": forms.sharing_in_words(membership.sharing),
        "as a buddy you": "may be asked" if membership.may_be_asked else "are not asked",
        "your lead sees": "that a word would help" if membership.may_be_nudged else "what all see",
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
