"""Groups that are drawn: who is in one when, what each shares, and what each does, week by week.

What a member does in a week that they show comes from the group's own chance. What they keep to themself
comes from a life: the same group can be lived once more with other hidden parts, and a reader of the channel
must not notice. Hidden is all of a private week, everything but the goals of a summary, and always the words.

What a member does for longer than a week (a lighter time, a story, an answer to what was suggested to them
alone) can be seen in later weeks that they choose to show. So it differs only for who keeps all that is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from bot.listeners.suggestions import want_redrawn
from bot.store import (
    deliveries,
    enrolments,
    entries,
    goals,
    groups,
    leaving,
    memberships,
    mode_changes,
    pauses,
    proposals,
    ratings,
    standing,
    stories,
    suggestions,
)
from bot.store.tables import Group, Membership, Suggestion
from plans import adjusting, calendar
from plans.adapting import Suggestion as Offered
from plans.groupcard import Sharing
from plans.logbook import LogLine, Subject
from plans.mode_changes import ModeWish
from plans.model import Area
from plans.modes import Mode
from plans.ratings import Dimension
from plans.stories import PRINCIPLES, Status, Story
from tests.bot.channel import WORKSPACE, Channel
from tests.bot.house import BERLIN, MONDAY, plans

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
ZONES = (BERLIN, BERLIN, "Pacific/Auckland", "America/Los_Angeles")
RATED = (Dimension.STORY_QUALITY, Dimension.TIME_MANAGEMENT, Dimension.OVERALL_CONFIDENCE)
SELDOM = 0.3
WORDS = "what they keep to themself"


class Part(NamedTuple):
    """Somebody in the group, in the weeks from `joins` up to and without `leaves`.

    Who leaves `late` is still there on the Sunday of that week, but not when it closes. `diligence` is the
    part of what there is to do that they do where they show it. `sharing` is by week.
    """

    number: int
    joins: int
    leaves: int
    late: bool
    zone: str
    diligence: float
    sharing: tuple[Sharing, ...]

    @property
    def user_id(self) -> str:
        """How Slack calls them."""
        return f"U{self.number}"

    @property
    def keeps_all(self) -> bool:
        """Whether they never show anything."""
        return set(self.sharing) == {Sharing.PRIVATE}


@dataclass(frozen=True)
class World:
    """A group over so many weeks."""

    seed: str
    weeks: int
    parts: tuple[Part, ...]

    def leaving(self, week: int, *, late: bool) -> list[Part]:
        """Who is no longer in this week; who stays to the end leaves never."""
        return [part for part in self.parts if part.leaves == week < self.weeks and part.late is late]


@dataclass(frozen=True)
class Life:
    """How hidden parts are lived: `amount` of what there is, in such `words`."""

    amount: float
    words: str


IDLE, BUSY = Life(0, "nothing to say"), Life(0.9, WORDS)


class Will(NamedTuple):
    """What somebody feels like doing now."""

    chance: Random
    amount: float

    def wants(self) -> bool:
        """Whether they do the next thing."""
        return self.chance.random() < self.amount


class Now(NamedTuple):
    """A member at one moment: what decides about their goals, what about all else of the week, and what
    about that which lasts; None where nothing of that kind is done.
    """

    part: Part
    member: Membership
    monday: date
    at: datetime
    life: Life
    goals: Will
    measures: Will
    lasting: Will | None

    @property
    def today(self) -> date:
        """The member's own date."""
        return memberships.today(self.member, self.at)


# Drawing them


def drawn(size: int, weeks: int) -> World:
    """A group of this size over so many weeks; the same one each time.

    In a group of four or more the first three show everything and do little: then there is something to
    suggest in the channel. In one of four the last shows every other week, with an open suggestion from it.
    """
    seed = f"{size}:{weeks}"
    chance = Random(seed)
    parts = [_part(number, weeks, chance) for number in range(size)]
    if size > 3:
        everything = (Sharing.FULL,) * weeks
        parts[:3] = [
            part._replace(joins=0, leaves=weeks, diligence=0.4, sharing=everything) for part in parts[:3]
        ]
    if size == 4:
        in_turn = (Sharing.FULL, Sharing.PRIVATE) * weeks
        parts[3] = parts[3]._replace(joins=0, leaves=weeks, diligence=0.2, sharing=in_turn[:weeks])
    return World(seed, weeks, tuple(parts))


def _part(number: int, weeks: int, chance: Random) -> Part:
    joins = chance.choice((0, 0, chance.randrange(weeks)))
    return Part(
        number=number,
        joins=joins,
        leaves=chance.choice((weeks, weeks, weeks, chance.randint(joins + 1, weeks))),
        late=chance.random() < 0.5,
        zone=chance.choice(ZONES),
        diligence=chance.choice((0.2, 0.5, 0.8, 1.0)),
        sharing=_sharing(weeks, chance),
    )


def _sharing(weeks: int, chance: Random) -> tuple[Sharing, ...]:
    """The same all the time, or another choice each week; more is hidden than shown."""
    if chance.random() < 0.5:
        return (chance.choice((Sharing.FULL, Sharing.SUMMARY, Sharing.PRIVATE, Sharing.PRIVATE)),) * weeks
    return tuple(chance.choice(tuple(Sharing)) for _ in range(weeks))


# Living them


async def live(channel: Channel, world: World, life: Life) -> None:
    """Let the group live its weeks and the days after them, the hidden parts of them like this."""
    for week in range(world.weeks):
        monday = MONDAY + week * WEEK
        for joining in (part for part in world.parts if part.joins == week):
            await _join(channel, joining, monday)
        await channel.travel(_at(monday + DAY, 12))
        await _vote(channel, world, life)
        for day, hour in ((2, 12), (5, 20)):
            await channel.travel(_at(monday + day * DAY, hour))
            await _all_act(channel, world, life, week)
        await _leave(channel, world.leaving(week + 1, late=False))
        await channel.travel(_at(monday + 6 * DAY, 19))  # the card was posted at 17:00
        await _all_answer(channel, world, life, week)
        await _share(channel, world, week + 1)
        await _leave(channel, world.leaving(week, late=True))
        await channel.travel(_at(monday + 6 * DAY, 21))
        await _all_act(channel, world, life, week)
    await channel.travel(_at(MONDAY + world.weeks * WEEK + DAY, 9))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


async def _join(channel: Channel, part: Part, monday: date) -> None:
    async with channel.database.write() as session:
        group = await groups.get(session, channel.group_id)
        member = Membership(
            group_id=group.id,
            workspace_id=WORKSPACE,
            user_id=part.user_id,
            name=f"Member {part.number:02}",
            role="lead" if part.number == 0 else "member",
            sharing=part.sharing[part.joins].value,
            timezone=part.zone,
            post_time=time(8),
            days_off=[1, 3, 4, 6],  # a day's post is not what this is about
            joined_at=channel.now,
        )
        session.add(member)
        await session.flush()
        await memberships.set_times(session, member, group, channel.now)
        await enrolments.enrol(
            session,
            member,
            plan="12-week-comprehensive",
            track="standard",
            level="L6",
            hours=12,
            starts_on=monday,
            first_day=monday,
            interview_on=None,
            now=channel.now,
        )
        await _redraw_group(session, group)


async def _leave(channel: Channel, parts: list[Part]) -> None:
    async with channel.database.write() as session:
        group = await groups.get(session, channel.group_id)
        for part in parts:
            if (member := await _active(session, group, part)) is not None:
                await leaving.leave(session, member, "left", channel.now)
        await _redraw_group(session, group)


async def _redraw_group(session: AsyncSession, group: Group) -> None:
    await deliveries.want_redraw(session, "opening", groups.whom(group), "card")


async def _share(channel: Channel, world: World, week: int) -> None:
    """What somebody shares of the next week is set before the present one has closed."""
    async with channel.database.write() as session:
        group = await groups.get(session, channel.group_id)
        for part in world.parts if week < world.weeks else ():
            if (member := await _active(session, group, part)) is not None:
                member.sharing = part.sharing[week].value


async def _active(session: AsyncSession, group: Group, part: Part) -> Membership | None:
    found = await memberships.in_group(session, group, part.user_id)
    return found if found is not None and found.status == "active" else None


# What each of them does


async def _all_act(channel: Channel, world: World, life: Life, week: int) -> None:
    async with channel.database.write() as session:
        group = await groups.get(session, channel.group_id)
        for part in world.parts:
            if (member := await _active(session, group, part)) is not None:
                await _act(session, _now(channel, world, life, part, member, week))


def _now(channel: Channel, world: World, life: Life, part: Part, member: Membership, week: int) -> Now:
    """What decides: the group's chance over what is shown, the life's over what is not."""
    key = f"{world.seed}:{part.number}:{channel.now}"
    shown = Will(Random(key), part.diligence)
    hidden = Will(Random(f"{key}:{life}"), life.amount)
    sharing = part.sharing[week]
    lasting = shown if sharing is Sharing.FULL else None
    return Now(
        part=part,
        member=member,
        monday=MONDAY + week * WEEK,
        at=channel.now,
        life=life,
        goals=hidden if sharing is Sharing.PRIVATE else shown,
        measures=shown if sharing is Sharing.FULL else hidden,
        lasting=hidden if part.keeps_all else lasting,
    )


async def _act(session: AsyncSession, now: Now) -> None:
    if now.today >= now.monday + WEEK:
        return  # in their zone the week is over
    await _works(session, now)
    await _keeps_book(session, now)
    await _writes(session, now)
    if now.lasting is not None and now.lasting.wants():
        if now.lasting.chance.random() < SELDOM:
            await _has_a_hard_time(session, now)
        await _tells_a_story(session, now, now.lasting.chance)


async def _works(session: AsyncSession, now: Now) -> None:
    """Tick, move, skip, pause for a day, add a goal of one's own."""
    offered = await goals.of_week(session, now.member.id, now.monday)
    due = [goal for goal in offered if goal.due_on <= now.today and goal.state == "open"]
    if now.goals.amount < 0.5:
        due = [goal for goal in due if goal.area != "coding"]  # what they like least
    chosen = [goal.id for goal in due if now.goals.wants()]
    await goals.complete(
        session,
        now.member,
        offered=chosen,
        chosen=chosen,
        action_ts=f"{now.at.timestamp():.6f}",
        now=now.at,
    )
    rest = [goal for goal in offered if goal.state == "open"]
    tomorrow = now.today + DAY
    if rest and now.goals.wants():
        await goals.skip(session, rest[-1:], "holiday", excused=True)
        await goals.carry(session, rest[:1], min(tomorrow, now.monday + 6 * DAY))
    if now.goals.wants() and tomorrow < now.monday + WEEK:
        if now.goals.chance.random() < SELDOM:
            await pauses.begin(session, now.member, tomorrow, tomorrow, now.life.words, now.at)
        await goals.add_own(
            session, now.member, text=now.life.words, minutes=30, area="coding", day=now.today
        )


async def _keeps_book(session: AsyncSession, now: Now) -> None:
    """Log and rate."""
    for subject, area in ((Subject.CONCEPTS, Area.LEARNING), (Subject.MOCK_INTERVIEWS, Area.MOCK)):
        if now.measures.wants():
            count, minutes = now.measures.chance.randint(1, 5), now.measures.chance.randint(1, 200)
            line = LogLine(subject=subject, count=count, minutes=minutes, area=area, note=now.life.words)
            await entries.log(session, now.member.id, line, now.today, now.at)
    rated = [dimension for dimension in RATED if now.measures.wants()]
    values: dict[str, int] = {each.value: now.measures.chance.randint(1, 5) for each in rated}
    if now.measures.wants():
        values["lp_covered"] = now.measures.chance.randint(0, 16)
    await ratings.rate(session, now.member.id, "week", now.monday, values, now.at)


async def _writes(session: AsyncSession, now: Now) -> None:
    """Words of a week are always one's own."""
    said = {"biggest_win": now.life.words, "next_focus": now.life.words}
    await ratings.write(session, now.member.id, "week", now.monday, said, now.at)


async def _has_a_hard_time(session: AsyncSession, now: Now) -> None:
    """A lighter time from tomorrow on, into the next week."""
    wish = ModeWish(
        mode=Mode.HIGH_STRESS,
        starts_on=now.today + DAY,
        ends_on=now.today + 5 * DAY,
        note=now.life.words,
    )
    seen = (await mode_changes.preview(session, now.member, plans(), wish, now.at)).fingerprint
    form = f"{now.at}"
    await mode_changes.keep(session, now.member, plans(), wish, now.at, asked_in=form, seen=seen)


async def _tells_a_story(session: AsyncSession, now: Now, chance: Random) -> None:
    principles = tuple(chance.sample(PRINCIPLES, 3))
    parts = dict.fromkeys(("title", "situation", "task", "action", "result"), now.life.words)
    story = Story(**parts, principles=principles, status=Status.REFINED, quality=3)
    await stories.save(session, now.member.id, story, "", now.at)


# What they answer


async def _all_answer(channel: Channel, world: World, life: Life, week: int) -> None:
    async with channel.database.write() as session:
        group = await groups.get(session, channel.group_id)
        for part in world.parts:
            member = await _active(session, group, part)
            if member is not None:
                await _answer(session, _now(channel, world, life, part, member, week))


async def _answer(session: AsyncSession, now: Now) -> None:
    """Say something to what was suggested; who keeps everything, also to what they alone can read."""
    row = await suggestions.of_week(session, now.member.id, now.monday)
    enrolment = await enrolments.current(session, now.member.id)
    if row is None or enrolment is None or not Offered.model_validate(row.facts).offers:
        return
    if not row.in_channel and not now.part.keeps_all:
        return
    will = now.lasting or now.goals
    match will.chance.choice(("accept", "adjust", "decline", "undo", "nothing", "nothing", "nothing")):
        case "accept":
            await suggestions.accept(session, now.member, enrolment, plans(), row, 0, now.at)
        case "adjust":
            await _adjust(session, now, row)
        case "decline":
            await suggestions.decline(session, row, now.at)
        case "undo":
            await suggestions.accept(session, now.member, enrolment, plans(), row, 0, now.at)
            await suggestions.undo(session, now.member, plans(), row, now.at)
    row.blocker = now.life.words[:4]
    await want_redrawn(session, now.member, row)


async def _adjust(session: AsyncSession, now: Now, row: Suggestion) -> None:
    """Take it with an hour less than was offered."""
    enrolment = await enrolments.current(session, now.member.id)
    where = await standing.after(session, now.member, now.monday, plans())
    if where is None or enrolment is None:
        return
    found = Offered.model_validate(row.facts)
    wish = adjusting.wish_of(found.offers[0].change, where)
    wish = wish.model_copy(update={"hours": max(adjusting.FEWEST_HOURS, (wish.hours or 2) - 1)})
    if not adjusting.faults(wish, adjusting.bounds(found, where)):
        offer = adjusting.adjusted(wish, found, where)
        await suggestions.accept_adjusted(session, now.member, enrolment, plans(), row, offer, now.at)


async def _vote(channel: Channel, world: World, life: Life) -> None:
    """Everybody votes. Who keeps all of their weeks votes otherwise in another life, but as many this way."""
    async with channel.database.write() as session:
        group = await groups.get(session, channel.group_id)
        row = await proposals.open_of(session, group.id)
        if row is None:
            return
        for part, choice in _votes(world, life):
            if (member := await _active(session, group, part)) is not None:
                await proposals.say(session, row, member, choice, channel.now)
        label = calendar.week_label(row.week_of)
        await deliveries.want_redraw(session, "proposal", groups.whom(group), label)


def _votes(world: World, life: Life) -> Iterator[tuple[Part, str]]:
    """What each says: ease it or keep it."""
    chance = Random(f"{world.seed}:votes")
    said = [chance.choice((proposals.EASE, proposals.EASE, proposals.KEEP)) for _ in world.parts]
    hidden = [part.number for part in world.parts if part.keeps_all and part.leaves == world.weeks]
    theirs = [said[number] for number in hidden]
    for number, choice in zip(hidden, theirs[::-1] if life == BUSY else theirs, strict=True):
        said[number] = choice
    return zip(world.parts, said, strict=True)
