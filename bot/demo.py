"""A demo group with some weeks behind it, played through the workspace's own doors.

Five people in three time zones start a group, join, tick goals, rate days and log progress, while the clock
runs from weeks ago to now. Whoever opens the page meanwhile sees it happen.
"""

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot import demo_mocks, demo_stories
from bot.workspace.clock import Landmark, Timekeeper
from bot.workspace.server import Workspace
from bot.workspace.visitors.people import People, Person

CHANNEL = "staff-prep"
PLAN = "12-week-comprehensive"
YOU = "Sam"  # whom the visitor plays
WEEKS = 3  # behind them, if nobody asks for more
MOST_WEEKS = 11  # of a plan of twelve
SEED = 7
EVENING = time(20, 30)  # UTC: everybody's working day in the demo is over or well under way
DAY = timedelta(days=1)
MOMENT = timedelta(minutes=1)
INTERVIEW_IN = timedelta(days=75)


@dataclass(frozen=True)
class Part:
    """Somebody in the demo: where they live, what they can give, how often they get round to it."""

    name: str
    zone: str
    hours: float
    level: str
    sharing: str
    diligence: float
    mood: int  # what they tend to rate
    mock_hours: str  # when they can, for mock interviews


CAST = (
    Part("Ana", "Europe/Berlin", 12, "L7", "full", 0.84, 4, "Mon-Fri 13-16, Sat 9-12"),
    Part("Bo", "America/New_York", 12, "L6", "full", 0.97, 4, "Mon-Fri 7-10, 18-21"),
    Part("Chen", "Asia/Singapore", 9, "L6", "full", 0.55, 3, "Mon-Fri 20-23"),
    Part("Dee", "America/New_York", 9, "L6", "summary", 0.78, 3, "Mon-Fri 7-10, Sat 9-12"),
    Part("Eli", "Europe/Berlin", 7, "L7", "private", 0.72, 4, "Mon-Fri 13-16"),
)
LOGS = ("log coding 2 40m", "log sd 1 45m", "log hours 0.5 behavioral", "log news 1 20m", "log concept 1 30m")


def begins(now: datetime, weeks: int = WEEKS) -> datetime:
    """When the demo starts, to have so many weeks behind it now: the Sunday noon before its first week."""
    monday = (now - timedelta(days=now.weekday())).date() - timedelta(weeks=weeks)
    return datetime.combine(monday - DAY, time(12), tzinfo=UTC)


async def play_empty(workspace: Workspace) -> None:
    """One person and one channel with the app in it: the least that one can start from."""
    async with People(workspace.page_url) as people:
        you = await people.create(YOU, tz="Europe/London")
        channel = await you.creates_channel(CHANNEL, topic="Type /prep start to make this a study group")
        await you.invites(channel)


async def play(workspace: Workspace, until: datetime) -> None:
    """A group's life from its first day up to `until`."""
    async with People(workspace.page_url) as people:
        you = await people.create(YOU, tz="Europe/London")
        cast = [(part, await people.create(part.name, tz=part.zone)) for part in CAST]
        channel = await _start_group(cast[0][1], [you, *(person for _, person in cast[1:])])
        for part, person in cast:
            await _join(part, person, channel, until + INTERVIEW_IN)
            await demo_mocks.says_when(person, channel, part.mock_hours)
        for evening in _evenings(workspace.clock.now(), until):
            await workspace.travel(evening)
            await _live_an_evening(cast, channel, evening)
        await workspace.travel(max(until, workspace.clock.now()))


def is_furnished(workspace: Workspace) -> bool:
    """Whether the demo's people live here."""
    return {part.name for part in CAST} <= {person.name for person in workspace.team.people.values()}


class Companions:
    """The demo's people go on living while a visitor moves the clock: every evening is a stop."""

    def __init__(self, workspace: Workspace, time: Timekeeper) -> None:
        self._workspace = workspace
        self._time = time

    async def next_stop(self, after: datetime, until: datetime) -> datetime | None:
        """The next thing that the app has to do, or the next evening."""
        due = await self._time.next_stop(after, until)
        evening = _evening_after(after)
        return min((at for at in (due, evening) if at is not None and at <= until), default=None)

    async def arrive(self, now: datetime) -> None:
        """Let the app do its work, and in the evening everybody theirs."""
        await self._time.arrive(now)
        if abs(now - _evening_after(now - DAY)) < MOMENT:
            async with People(self._workspace.page_url) as people:
                cast = [(part, await people.find(part.name)) for part in CAST]
                channel = await cast[0][1].channel_id(f"#{CHANNEL}")
                await _live_an_evening(cast, channel, now)

    async def landmarks(self, now: datetime) -> list[Landmark]:
        """The app's own."""
        return await self._time.landmarks(now)


def _evening_after(moment: datetime) -> datetime:
    """The first evening after `moment`."""
    today = datetime.combine(moment.astimezone(UTC).date(), EVENING, tzinfo=UTC)
    return today if today > moment else today + DAY


def _evenings(start: datetime, until: datetime) -> Iterator[datetime]:
    """Each evening from the first Monday on that is over by `until`."""
    evening = datetime.combine(start.date() + DAY, EVENING, tzinfo=UTC)
    while evening < until:
        yield evening
        evening += DAY


async def _start_group(lead: Person, others: list[Person]) -> str:
    channel = await lead.creates_channel(CHANNEL, topic="We prepare together. /prep join gets you a plan.")
    await lead.invites(channel)
    for person in others:
        await person.joins(channel)
    await lead.says(channel, "/prep start")
    form = await lead.modal("Start a study group")
    await lead.submits(form, {"name": "Staff Prep Crew"})
    return channel


async def _join(part: Part, person: Person, channel: str, interview: datetime) -> None:
    await person.says(channel, "/prep join")
    form = await person.modal("Join the study group")
    situation = {"interview": interview.date().isoformat(), "hours": part.hours, "level": part.level}
    step = await person.submits(form, situation)
    await person.submits(step.view or form, {"plan": PLAN, "sharing": part.sharing})


async def _live_an_evening(cast: Sequence[tuple[Part, Person]], channel: str, evening: datetime) -> None:
    """Everybody's evening; the same evening always goes the same way."""
    async with asyncio.TaskGroup() as everybody:
        for part, person in cast:
            chance = random.Random(f"{SEED} {part.name} {evening.date()}")
            everybody.create_task(_live_a_day(part, person, channel, chance, evening))


async def _live_a_day(part: Part, person: Person, channel: str, chance: random.Random, day: datetime) -> None:
    """Tick what one got round to; some days rate it, log something, answer the check-in."""
    posts = await person.dm()
    today = next((post for post in reversed(posts) if _buttons(post, "rate_day")), None)
    if today is not None:
        await person.ticks(today, [text for text in _open_goals(today) if chance.random() < part.diligence])
        if chance.random() < part.diligence - 0.3:
            await _rate(part, person, today, chance)
    if chance.random() < 0.25:
        await person.says(channel, f"/prep {chance.choice(LOGS)}")
    await demo_stories.writes(
        person, channel, day.date(), random.Random(f"{SEED} stories {part.name} {day.date()}"), part.diligence
    )
    await demo_mocks.takes_part(
        person,
        channel,
        weekday=day.weekday(),
        mood=part.mood,
        diligence=part.diligence,
        chance=random.Random(f"{SEED} mocks {part.name} {day.date()}"),
    )
    if day.weekday() == 5 and chance.random() < part.diligence:  # Saturday: the check-in
        checkin = next((post for post in reversed(posts) if _buttons(post, "checkin_open")), None)
        if checkin is not None:
            await _check_in(part, person, checkin, chance)


async def _rate(part: Part, person: Person, post: dict[str, Any], chance: random.Random) -> None:
    await person.clicks(post, "rate_day")
    form = await person.modal()
    await person.submits(form, _scales(part, form, chance))


async def _check_in(part: Part, person: Person, post: dict[str, Any], chance: random.Random) -> None:
    await person.clicks(post, "checkin_open")
    form = await person.modal()
    covered = 4 + chance.randrange(6)
    words = {
        "biggest_win": "Kept the routine on a full week",
        "primary_challenge": "Evenings after releases",
        "next_focus": "Explain trade-offs before drawing boxes",
    }
    if any(block["block_id"] == "lp_covered" for block in form["blocks"]):  # else the story bank knows it
        words["lp_covered"] = str(covered)
    await person.submits(form, {**_scales(part, form, chance), **words})


def _scales(part: Part, form: dict[str, Any], chance: random.Random) -> dict[str, str]:
    """A rating around one's mood for every scale of the form."""
    kinds = ("radio_buttons", "static_select")
    scales = [block for block in form["blocks"] if block.get("element", {}).get("type") in kinds]
    return {
        scale["block_id"]: str(min(5, max(1, part.mood + chance.choice((-1, 0, 0, 1))))) for scale in scales
    }


def _buttons(post: dict[str, Any], action_id: str) -> bool:
    return any(
        element.get("action_id") == action_id
        for block in post.get("blocks") or []
        for element in block.get("elements") or []
    )


def _open_goals(post: dict[str, Any]) -> list[str]:
    """The goals of a post that are not ticked yet, by their values."""
    return [
        option["value"]
        for block in post.get("blocks") or []
        if (boxes := block.get("accessory") or {}).get("type") == "checkboxes"
        for option in boxes["options"]
        if option not in (boxes.get("initial_options") or [])
    ]
