"""A study group: starting one, its card in the channel, its roster and its rhythm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import form, timezones
from bot.views.group_plans import OPEN as OPEN_PLANS
from bot.views.membership import OPEN_JOIN, OPEN_SETTINGS
from bot.views.mentors import INVITE
from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.mock_rounds import rhythm as mock_rhythm
from bot.views.words import WEEKDAYS, clock, escape, listed, plural, zone_name

START, RHYTHM = "group_start", "group_rhythm"  # callback ids
OPEN_RHYTHM, OPEN_START = "rhythm_open", "start_open"
NAME, ZONE = "name", "timezone"
CHECKIN_DAY, CHECKIN_TIME = "checkin_day", "checkin_time"
SCORECARD_DAY, SCORECARD_TIME = "scorecard_day", "scorecard_time"
NAME_LIMIT = 60
ROLES = {"lead": "lead", "mentor": "mentor", "member": ""}
SHOWN_ON_CARD = 12
HAS_MOCKS, CALL_DAY, CALL_TIME = "has_mocks", "call_day", "call_time"
MATCHING_DAY, MATCHING_TIME = "matching_day", "matching_time"
YES = "yes"
POST, RANKING, MILESTONES = "post", "ranking", "milestones"  # the field and what can be ticked in it


@dataclass(frozen=True)
class MockRhythm:
    """When a group's rounds of mock interviews are called and matched, if they are."""

    on: bool = True
    call_weekday: int = 0
    call_time: time = time(12)
    matching_weekday: int = 2
    matching_time: time = time(18)

    @property
    def words(self) -> str:
        """As a sentence."""
        if not self.on:
            return "No weekly mock rounds."
        times = mock_rhythm(self.call_weekday, self.call_time, self.matching_weekday, self.matching_time)
        return f"Mock rounds are {times}."


@dataclass(frozen=True)
class PostWays:
    """What the lead has turned on for the group's post."""

    ranking: bool = False
    milestones: bool = True

    @property
    def words(self) -> str:
        """As a sentence."""
        ranked = "ranked by goals met" if self.ranking else "in the order of names"
        return f"The scorecard is {ranked}{', with milestones' if self.milestones else ''}."


@dataclass(frozen=True)
class Rhythm:
    """A group's name, zone and week."""

    name: str
    timezone: str
    checkin_weekday: int = 5
    checkin_time: time = time(18)
    scorecard_weekday: int = 6
    scorecard_time: time = time(18)
    mocks: MockRhythm | None = None  # not asked for when a group is started
    post: PostWays | None = None  # neither


@dataclass(frozen=True)
class Row:
    """A member as the roster shows them: nothing here is private."""

    name: str
    role: str
    timezone: str
    paused: bool
    week: int | None
    weeks: int | None


def rhythm_form(rhythm: Rhythm, now: datetime, about: str, *, new: bool) -> dict[str, Any]:
    """Name, zone and weekly rhythm, to start a group or to change one."""
    days = [(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    blocks: list[Block] = [
        form.text(NAME, "Name of the group", value=rhythm.name, most=NAME_LIMIT),
        form.select(
            ZONE, "The group's time zone", timezones.choices(rhythm.timezone, now), value=rhythm.timezone
        ),
        form.select(
            CHECKIN_DAY,
            "Weekly check-in",
            days,
            value=str(rhythm.checkin_weekday),
            hint="Each member is asked at this time of their own.",
        ),
        form.clock(CHECKIN_TIME, "Check-in at", value=rhythm.checkin_time),
        form.select(SCORECARD_DAY, "Scorecard in the channel", days, value=str(rhythm.scorecard_weekday)),
        form.clock(
            SCORECARD_TIME, "Scorecard at", value=rhythm.scorecard_time, hint="In the group's time zone."
        ),
    ]
    if rhythm.post is not None:
        blocks.append(_post_field(rhythm.post))
    if rhythm.mocks is not None:
        blocks += _mock_fields(rhythm.mocks, days)
    title = "Start a study group" if new else "The group's rhythm"
    return form.modal(
        title, blocks, callback_id=START if new else RHYTHM, submit="Start" if new else "Save", about=about
    )


def _post_field(post: PostWays) -> Block:
    """What the group's post shows beside the numbers."""
    on = {RANKING: post.ranking, MILESTONES: post.milestones}
    return form.boxes(
        POST,
        "In the group's scorecard",
        [("Rank the lines by goals met", RANKING), ("Celebrate milestones in one line", MILESTONES)],
        values=[name for name, ticked in on.items() if ticked],
        hint=(
            "Without ranking, lines stand by name. Only who shows their goals is ever placed, and only who"
            " has shown every week fully is celebrated."
        ),
    )


def _mock_fields(mocks: MockRhythm, days: Sequence[form.Choice]) -> list[Block]:
    """Whether and when rounds of mock interviews are called and matched."""
    return [
        form.boxes(
            HAS_MOCKS, "Mock interviews", [("Call a round each week", YES)], values=[YES] if mocks.on else []
        ),
        form.select(CALL_DAY, "Mock round called", days, value=str(mocks.call_weekday)),
        form.clock(CALL_TIME, "Called at", value=mocks.call_time),
        form.select(MATCHING_DAY, "Mock round matched", days, value=str(mocks.matching_weekday)),
        form.clock(
            MATCHING_TIME,
            "Matched at",
            value=mocks.matching_time,
            hint="In the group's time zone. Changes count from the next round on.",
        ),
    ]


def card(
    rhythm: Rhythm, names: Sequence[str], group_id: int, now: datetime, mentors: Sequence[str] = ()
) -> Message:
    """The group's card in its channel: what this is, who is in, how to join."""
    who = _who(names, mentors)
    zone = zone_name(rhythm.timezone, now)
    text = (
        f"{escape(rhythm.name)} prepares here for Amazon engineering-manager interviews. {who} "
        f"Scorecard {WEEKDAYS[rhythm.scorecard_weekday]} {clock(rhythm.scorecard_time)}, {zone}."
    )
    blocks = [
        header(rhythm.name),
        section(
            "This channel prepares together for Amazon L6/L7 engineering-manager interviews: a plan that fits your hours, "
            "today's goals by direct message each morning, one honest scorecard here each week."
        ),
        section(who),
        context(
            f"Check-in {WEEKDAYS[rhythm.checkin_weekday]} {clock(rhythm.checkin_time)}, your time · "
            f"scorecard {WEEKDAYS[rhythm.scorecard_weekday]} {clock(rhythm.scorecard_time)}, {zone}"
        ),
        actions(button("Join", OPEN_JOIN, str(group_id), style="primary")),
    ]
    return Message(text, built(blocks))


def _who(names: Sequence[str], mentors: Sequence[str]) -> str:
    helped = f" {_counted(mentors, 'mentor')}" if mentors else ""
    return (_counted(names, "member") if names else "Nobody is in yet. Be the first.") + helped


def _counted(names: Sequence[str], noun: str) -> str:
    """How many, and who; not everybody of many."""
    shown = [escape(name) for name in names[:SHOWN_ON_CARD]]
    if len(names) > SHOWN_ON_CARD:
        shown.append(f"{len(names) - SHOWN_ON_CARD} more")
    return f"{plural(len(names), noun)}: {listed(shown)}."


def roster(rhythm: Rhythm, rows: Sequence[Row], group_id: int, now: datetime, *, is_lead: bool) -> Message:
    """Who is in the group and where each one stands in their plan."""
    lines = [_line(row, now) for row in rows] or ["Nobody is in yet."]
    week = f"Check-in {WEEKDAYS[rhythm.checkin_weekday]} {clock(rhythm.checkin_time)} · scorecard {WEEKDAYS[rhythm.scorecard_weekday]} {clock(rhythm.scorecard_time)}, {zone_name(rhythm.timezone, now)}"
    blocks: list[Block] = [header(rhythm.name)]
    blocks += [section("\n".join(lines[start : start + 25])) for start in range(0, min(len(lines), 500), 25)]
    buttons = [button("Join", OPEN_JOIN, str(group_id))]
    if is_lead:
        buttons.append(button("Change the rhythm", OPEN_RHYTHM, str(group_id)))
        buttons.append(button("Invite a mentor", INVITE, str(group_id)))
        buttons.append(button("Plans", OPEN_PLANS, str(group_id)))
    blocks += [context(week), actions(*buttons)]
    return Message(f"{escape(rhythm.name)}: {'; '.join(lines)[:3000]}", built(blocks))


def _line(row: Row, now: datetime) -> str:
    facts = [zone_name(row.timezone, now)]
    if row.week:
        facts.append(f"week {row.week} of {row.weeks}")
    if row.paused:
        facts.append("paused")
    role = f", {ROLES[row.role]}" if ROLES.get(row.role) else ""
    return f"• {escape(row.name)}{role}: {' · '.join(facts)}"


def exists_already(name: str, group_id: int, *, member: bool) -> Message:
    """Starting a group twice leads to joining it."""
    text = f"This channel is already the study group {escape(name)}."
    follow = (
        button("My settings", OPEN_SETTINGS, f"g{group_id}")
        if member
        else button("Join", OPEN_JOIN, str(group_id), style="primary")
    )
    return Message(text, built([section(text), actions(follow)]))


def hello(channel_id: str) -> Message:
    """To a channel that has just invited the bot."""
    text = (
        "Hello. I help teams prepare together for Amazon L6/L7 engineering-manager interviews: a plan for each, "
        "goals each morning, one honest scorecard a week. Make this channel a study group?"
    )
    row = actions(button("Start a study group", OPEN_START, channel_id, style="primary"))
    return Message(text, built([section(text), row]))


def started(name: str, group_id: int) -> Message:
    """To who started the group: the next step is joining oneself."""
    text = f"{escape(name)} is ready. You lead it. Join it yourself to get a plan of your own."
    return Message(
        text, built([section(text), actions(button("Join", OPEN_JOIN, str(group_id), style="primary"))])
    )


def rhythm_saved(rhythm: Rhythm, now: datetime) -> Message:
    """The new rhythm in words."""
    text = (
        f"Saved. {escape(rhythm.name)}: check-in {WEEKDAYS[rhythm.checkin_weekday]} {clock(rhythm.checkin_time)}, "
        f"scorecard {WEEKDAYS[rhythm.scorecard_weekday]} {clock(rhythm.scorecard_time)}, {zone_name(rhythm.timezone, now)}."
    )
    text += "".join(f" {part.words}" for part in (rhythm.mocks, rhythm.post) if part is not None)
    return Message(text, built([section(text)]))
