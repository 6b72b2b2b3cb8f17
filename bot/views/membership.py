"""Joining a group, one's own settings, pausing and leaving."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views import countries, form, timezones, windows
from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.words import (
    WEEKDAYS,
    clock,
    escape,
    hours,
    listed,
    long_date,
    plural,
    short_date,
    weekday,
    zone_name,
)
from plans.model import Track

SETTINGS = "settings"  # callback id of the form
OPEN_JOIN, OPEN_SETTINGS, SHOW_TODAY, SHOW_WEEK = "join_open", "settings_open", "today_open", "week_open"
LEAVE, STAY, RESUME = "leave_confirm", "leave_stay", "resume_now"

LEVEL, INTERVIEW, HOURS, TRACK = "level", "interview", "hours", "track"
START, START_DAY = "start", "start_day"
ZONE, POST_TIME, NUDGE, DAYS_OFF, SHARING = "timezone", "post_time", "nudge", "days_off", "sharing"
CONSENTS, MAY_BE_ASKED, MAY_BE_NUDGED = "consents", "asked", "nudged"  # the field, what can be ticked in it
FIT_TO_HOURS = "by-hours"
MONDAY, TODAY = "monday", "today"
NO_NUDGE = "off"
LEVELS = (("L6, engineering manager", "L6"), ("L7, senior engineering manager", "L7"))
SHARINGS = (
    ("Everything", "full", "band, goals met, hours and points each week"),
    ("A summary", "summary", "your band and the share of goals met"),
    ("Nothing", "private", "you count as a member, and in none of the totals"),
)
NUDGES = (
    ("No evening reminder", NO_NUDGE),
    *((f"At {hour}:00 if something is open", f"{hour}:00") for hour in (18, 19, 20, 21, 22)),
)


@dataclass(frozen=True)
class Wishes:
    """What the form starts with: defaults, or what the member has set."""

    timezone: str
    level: str = "L6"
    hours: float = 12
    track: str = FIT_TO_HOURS
    interview_on: date | None = None
    post_time: time = time(8)
    nudge: str = NO_NUDGE
    days_off: tuple[int, ...] = field(default=())
    windows: str = ""
    sharing: str = "summary"
    country: str | None = None
    may_be_asked: bool = False
    may_be_nudged: bool = False


def settings_form(
    group: str, tracks: tuple[Track, ...], wishes: Wishes, now: datetime, about: str, *, enrolled: bool
) -> dict[str, Any]:
    """The questions of joining with one's own answers, without the plan and its start."""
    blocks: list[Block] = [section(f"Your settings in *{escape(group)}*. Changes count from now on.")]
    if enrolled:
        blocks.append(form.radio(LEVEL, "Level", LEVELS, value=wishes.level))
        blocks.extend(_load(tracks, wishes))
        blocks.append(DividerBlock())
    blocks.extend(
        [
            *times(wishes, now),
            countries.field(wishes.country, wishes.timezone),
            DividerBlock(),
            sharing(wishes),
            consents(wishes),
        ]
    )
    return form.modal("My settings", blocks, callback_id=SETTINGS, submit="Save", about=about)


def _load(tracks: tuple[Track, ...], wishes: Wishes) -> list[Block]:
    choices = [("Fit to my hours", FIT_TO_HOURS), *((track.title, track.name) for track in tracks)]
    return [
        hours_a_week(wishes.hours),
        form.select(
            TRACK, "Track", choices, value=wishes.track, hint="How the hours are shared between areas."
        ),
        interview_date(wishes.interview_on),
    ]


def hours_a_week(value: float) -> Block:
    """How much somebody can give."""
    return form.number(
        HOURS,
        "Hours a week you really have",
        value=value,
        decimal=True,
        hint="From 3 to 60. Honest beats ambitious.",
    )


def interview_date(value: date | None) -> Block:
    """The day towards which somebody prepares."""
    return form.day(
        INTERVIEW,
        "Interview date",
        value=value,
        optional=True,
        hint="Leave empty if there is none yet.",
    )


def times(wishes: Wishes, now: datetime) -> list[Block]:
    """When something arrives: zone, time of the post, study windows, reminder, days off."""
    return [
        form.select(ZONE, "Your time zone", timezones.choices(wishes.timezone, now), value=wishes.timezone),
        form.clock(POST_TIME, "When shall today's goals arrive?", value=wishes.post_time),
        *windows.fields(wishes.windows),
        form.select(NUDGE, "Evening reminder", NUDGES, value=wishes.nudge, optional=True),
        form.boxes(
            DAYS_OFF,
            "Days off",
            [(name, str(number)) for number, name in enumerate(WEEKDAYS)],
            values=[str(number) for number in wishes.days_off],
            hint="Their goals move to your other days.",
        ),
    ]


def sharing(wishes: Wishes) -> Block:
    """What the channel may see."""
    return form.radio(
        SHARING,
        "What may the channel see of your week?",
        SHARINGS,
        value=wishes.sharing,
        hint="Ratings, notes and reasons always stay yours.",
    )


def consents(wishes: Wishes) -> Block:
    """What others may come to them with."""
    given = {MAY_BE_ASKED: wishes.may_be_asked, MAY_BE_NUDGED: wishes.may_be_nudged}
    return form.boxes(
        CONSENTS,
        "Among ourselves",
        [
            ("May ask me for half an hour as somebody's buddy", MAY_BE_ASKED),
            ("My lead may see that a word would help", MAY_BE_NUDGED),
        ],
        values=[name for name, ticked in given.items() if ticked],
        hint="A buddy may always say no. Your lead would see that and since when, and no number.",
    )


@dataclass(frozen=True)
class Welcome:
    """What a member has signed up for."""

    name: str
    group: str
    plan: str
    track: str
    hours: float
    level: str
    first_day: date
    interview_on: date | None
    ends_on: date
    post_time: time
    has_windows: bool
    timezone: str
    sharing: str
    first_week: Sequence[tuple[date, str, float]]  # day, title, minutes
    left_out: int
    membership_id: int


def welcome(facts: Welcome, now: datetime) -> Message:
    """The first DM: what was agreed, what the first week holds, what to do now."""
    when = _when(facts, now)
    days = "\n".join(
        f"• {short_date(day)}: {escape(title)}, {hours(minutes)}" for day, title, minutes in facts.first_week
    )
    agreed = f"*{escape(facts.plan)}*, {facts.hours:g} h a week, for {facts.level}."
    lines = [
        f"{agreed} It begins on {weekday(facts.first_day)}, {long_date(facts.first_day)}, and ends on {long_date(facts.ends_on)}.",
        f"Your goals arrive here {when}. Tick them off as you go.",
    ]
    if facts.interview_on:
        note = (
            " That is before the plan ends; the most important goals come first."
            if facts.interview_on < facts.ends_on
            else ""
        )
        lines.append(f"Your interview is on {long_date(facts.interview_on)}.{note}")
    blocks = [
        header(f"Welcome to {facts.group}, {facts.name}"),
        *(section(line) for line in lines),
    ]
    if days:
        blocks.append(section(f"*Your first week*\n{days}"))
    if facts.left_out:
        blocks.append(
            context(
                f"{plural(facts.left_out, 'goal')} of the full plan do not fit into {facts.hours:g} h this week. `/prep week` says which and why."
            )
        )
    about = str(facts.membership_id)
    blocks.append(
        actions(
            button("Show today", SHOW_TODAY, about, style="primary"),
            button("My week", SHOW_WEEK, about),
            button("Settings", OPEN_SETTINGS, about),
        )
    )
    return Message(f"Welcome to {escape(facts.group)}. {' '.join(lines)}", built(blocks))


def _when(facts: Welcome, now: datetime) -> str:
    """When goals arrive, as the end of a sentence."""
    usual = f"{clock(facts.post_time)}, {zone_name(facts.timezone, now)}"
    if facts.has_windows:
        return f"a quarter of an hour before your first study window, at the latest at {usual}"
    return f"every day at {usual}"


def settings_saved(changes: list[str]) -> Message:
    """What was changed, in words."""
    text = "Saved: " + "; ".join(changes) + "." if changes else "Nothing was changed."
    return Message(text, built([section(text)]))


def leave_question(group: str, membership_id: int) -> Message:
    """Leaving is asked once more: it stops everything."""
    text = f"Leave *{escape(group)}*? Your goals stop arriving and you no longer count in the scorecard. What you did stays yours; joining again brings it back."
    row = actions(
        button("Leave", LEAVE, str(membership_id), style="danger"), button("Stay", STAY, str(membership_id))
    )
    return Message(text, built([section(text), row]))


def left(group: str, group_id: int) -> Message:
    """Goodbye, with a way back."""
    text = f"You have left {escape(group)}. Good luck. You can join again whenever you like."
    return Message(text, built([section(text), actions(button("Join again", OPEN_JOIN, str(group_id)))]))


def paused(until: date, excused: int, membership_id: int) -> Message:
    """What a pause means."""
    text = f"Paused until {weekday(until)}, {long_date(until)}. Nothing is posted"
    text += (
        f" and {plural(excused, 'goal')} of those days {'does' if excused == 1 else 'do'} not count as missed."
        if excused
        else " and nothing counts as missed."
    )
    return Message(text, built([section(text), actions(button("Resume now", RESUME, str(membership_id)))]))


def resumed(membership_id: int) -> Message:
    """Back again."""
    text = "Welcome back. Your goals count again from today."
    return Message(
        text, built([section(text), actions(button("Show today", SHOW_TODAY, str(membership_id)))])
    )


def joined_already(group: str, membership_id: int) -> Message:
    """Joining twice leads to the settings."""
    text = f"You are already in {escape(group)}."
    about = str(membership_id)
    row = actions(button("Show today", SHOW_TODAY, about), button("My settings", OPEN_SETTINGS, about))
    return Message(text, built([section(text), row]))


def joined(group: str) -> Message:
    """Right after joining, in the channel."""
    text = f"You're in. Your plan for {escape(group)} is waiting in your direct messages with me."
    return Message(text, built([section(text)]))


def stayed() -> Message:
    """Not leaving."""
    text = "Good. Nothing has changed."
    return Message(text, built([section(text)]))


def days_in_words(days: Sequence[int]) -> str:
    """Days off: "none", "Saturday and Sunday"."""
    return listed([WEEKDAYS[day] for day in days]) or "none"


def sharing_in_words(sharing: str) -> str:
    """A sharing choice as it stands in the form."""
    return next(name for name, key, _ in SHARINGS if key == sharing).lower()
