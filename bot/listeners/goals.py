"""Today's goals: ticking, moving, skipping, adding one's own."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import ticking, weeks
from bot.listeners.actor import actor_of, meant_membership, needed_membership, own_membership
from bot.listeners.answers import Answers, NoSuchList, about
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.once import key_of
from bot.listeners.replying import is_ephemeral, open_form, reply, tell
from bot.store import checkpoints, days, deliveries, goals, inbox, memberships
from bot.store.tables import Goal, Membership
from bot.views import day as view
from bot.views import membership as membership_view
from bot.views import practice
from bot.views.message import Message
from plans.errors import StudyError
from plans.logbook import AREA_OF
from plans.model import Area

MINUTES = (5, 480)
DEFAULT_MINUTES = 30
_TIME = re.compile(r"(?:^|\s)(\d+(?:[.,]\d+)?)\s?(m|min|mins|minutes|h|hr|hours?)(?=\s|$)", re.IGNORECASE)


class GoalTooLong(StudyError):
    """A goal has room for 75 characters and this one has {length}. Nothing was added; please shorten it."""


class GoalEmpty(StudyError):
    """What will you do? Try `/prep goal add Retell 2 stories 30m`."""


class ChoiceGone(StudyError):
    """That choice is from an older message and no longer does anything. `/prep today` shows what there is."""


def register(app: Listening) -> None:
    """Listen to the day's checkboxes, buttons and forms."""
    app.action(view.COMPLETE)(complete)
    app.action(view.MORE)(more)
    app.action(view.HINTS)(hints)
    app.action(re.compile(f"^{membership_view.SHOW_TODAY}$"))(show_today)
    app.view(practice.SKIP)(skip)
    app.view(practice.ADD)(add)


# Commands


async def today(call: Call) -> Message:
    """Today's goals, live: tick them here or in your direct message"""
    async with call.house.database.write() as session:
        membership = await needed_membership(session, call.actor)
        return await _today(session, call.house, membership)


async def goal(call: Call) -> Message | None:
    """`goal add Retell 2 stories 30m` adds a goal of your own; `goal` alone opens a form"""
    words = re.sub(r"^add(\s+|$)", "", call.words.strip(), flags=re.IGNORECASE)
    async with call.house.database.write() as session:
        membership = await needed_membership(session, call.actor)
        here = memberships.today(membership, call.house.now())
        if words:
            return await _add_typed(session, call, membership, words, here)
    form = practice.add_form(membership.id, here, here)
    form["private_metadata"] += f":{call.actor.channel_id or ''}"
    return await open_form(call.house, call.body, form, "goal")


async def _add_typed(
    session: AsyncSession, call: Call, membership: Membership, words: str, here: date
) -> Message:
    text, minutes, area = _read_goal(words)
    if not text:
        raise GoalEmpty
    if len(text) > practice.GOAL_LIMIT:
        raise GoalTooLong(length=len(text))
    if await inbox.receive(session, key_of(call.body), call.house.now()):
        await goals.add_own(session, membership, text=text, minutes=minutes, area=area, day=here)
        await _redraw(session, membership, here, anew=True)
    return practice.goal_added(text, minutes, here, here)


def _read_goal(words: str) -> tuple[str, int, str]:
    """The text, the minutes and the area of a typed goal.

    Its last word may name the area: it stays in the text, unless it stands behind the minutes.
    """
    minutes, behind = DEFAULT_MINUTES, ""
    if found := _TIME.search(words):
        factor = 60 if found[2].lower().startswith("h") else 1
        minutes = round(float(found[1].replace(",", ".")) * factor)
        words, behind = words[: found.start()], words[found.end() :].strip()
    if area := AREA_OF.get(behind.lower()):
        behind = ""
    text = " ".join(f"{words} {behind}".split())
    area = area or AREA_OF.get(text.rpartition(" ")[2].lower(), Area.PLANNING)
    return text, min(max(minutes, MINUTES[0]), MINUTES[1]), area.value


# Clicks


async def complete(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Make what is ticked the completed ones among what this group of checkboxes offered."""
    tick = ticking.tick_of(body, house.now())
    box = view.Box.parse(tick.block_id)
    if box is None:
        raise NoSuchList(today=1)
    chosen = {int(goal) for goal in tick.chosen if goal.isdecimal()}
    actor = actor_of(body)
    if (body.get("container") or {}).get("type") == "view":
        house.homes.ticked((actor.workspace_id, actor.user_id), box.goals, chosen)
    async with house.database.write() as session:
        membership = await own_membership(session, actor, box.membership_id)
        changed = await goals.complete(
            session,
            membership,
            offered=box.goals,
            chosen=chosen,
            action_ts=tick.action_ts,
            now=house.now(),
        )
        await _redraw_after_tick(session, membership, changed, body)
    await ack()
    house.outbox.wake()
    if is_ephemeral(body):
        async with house.database.write() as session:
            agenda = await days.read(session, membership, house.library, box.day, house.now())
        await reply(house, body, view.post(agenda, box.revision), replace=True)


async def _redraw_after_tick(
    session: AsyncSession, membership: Membership, changed: Sequence[Goal], body: dict[str, Any]
) -> None:
    """Draw the day's post again: the one that was clicked keeps its checkboxes, any other gets new ones."""
    clicked = await ticking.clicked(session, body)
    for day in {day for goal in changed for day in goals.shown_on(goal.due_on)}:
        await ticking.redraw(session, membership, "day", day.isoformat(), clicked)
    if changed:
        await checkpoints.want_redrawn(session, membership)
        await deliveries.want_redraw(
            session, "checkin", memberships.whom(membership), changed[0].week_of.isoformat()
        )


async def hints(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """What the day's goals mean in more words."""
    membership_id, day = about(body["actions"][0].get("value"))
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), membership_id)
        agenda = await days.read(session, membership, house.library, day, house.now())
    await ack()
    await reply(house, body, view.hints(agenda))


async def more(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """What the day's menu offers."""
    value = (body["actions"][0].get("selected_option") or {}).get("value") or ""
    what, _, rest = value.partition(":")
    membership_id, day = about(rest)
    actor = actor_of(body)
    async with house.database.write() as session:
        membership = await own_membership(session, actor, membership_id)
        here = memberships.today(membership, house.now())
        if what in (view.ADD, view.SKIP):
            agenda = await days.read(session, membership, house.library, day, house.now())
            form = (
                practice.add_form(membership.id, day, here)
                if what == view.ADD
                else practice.skip_form(agenda)
            )
            answer = None
        else:
            form = None
            answer = await _do(session, house, membership, what, day, here)
    if form is not None:
        form["private_metadata"] += f":{actor.channel_id or ''}"
        answer = await open_form(house, body, form, "goal")
    await ack()
    house.outbox.wake()
    if answer is not None:
        await reply(house, body, answer)


async def _do(
    session: AsyncSession, house: House, membership: Membership, what: str, day: date, here: date
) -> Message:
    """What needs no form: moving goals, bringing skipped ones back, looking at the week."""
    if what == view.WEEK:
        return await weeks.sheet(session, house, membership, 0)
    if what == view.UNSKIP:
        back = await goals.unskip(session, await goals.on_day(session, membership.id, day))
        moved, to = back, day
    elif what == view.BRING:
        moved, to = (
            await goals.carry(session, await goals.earlier_open(session, membership.id, here), here),
            here,
        )
    elif what == view.CARRY:
        to = _next_working_day(membership, max(day, here))
        moved = await goals.carry(session, await goals.on_day(session, membership.id, day), to)
    else:
        raise ChoiceGone(today=1)
    for each in {day, to, here, *(goal.first_due_on for goal in moved)}:
        await _redraw(session, membership, each, anew=True)
    return practice.moved([goal.text for goal in moved], to)


def _next_working_day(membership: Membership, day: date) -> date:
    following = day + timedelta(days=1)
    while following.weekday() in membership.days_off:
        following += timedelta(days=1)
    return following


async def show_today(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Today's goals for who asks, whatever list the button stood under."""
    async with house.database.write() as session:
        membership = await meant_membership(session, actor_of(body), body["actions"][0].get("value"))
        message = await _today(session, house, membership)
    await ack()
    await reply(house, body, message)


# Forms


async def skip(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Skip the goals that were chosen, with a reason that stays private."""
    answers = Answers(view)
    chosen = [int(value) for block in answers.blocks(practice.GOALS) for value in answers.choices(block)]
    if not chosen:
        await ack(response_action="errors", errors={f"{practice.GOALS}0": "Choose at least one goal."})
        return
    membership_id, day = about(view.get("private_metadata"))
    reason = answers.choice(practice.REASON) or "other"
    excused = reason in goals.EXCUSED_REASONS
    words = answers.text(practice.REASON_NOTE)
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), membership_id)
        found = await goals.mine(session, membership.id, chosen)
        skipped = await goals.skip(session, found, f"{reason}: {words}" if words else reason, excused=excused)
        for each in {day, *(goal.due_on for goal in skipped)}:
            await _redraw(session, membership, each, anew=True)
    await ack()
    house.outbox.wake()
    texts = [goal.text for goal in skipped]
    if texts:
        await tell(house, actor_of(body), practice.skipped(texts, excused), _channel(view))


async def add(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Add a goal of one's own."""
    answers = Answers(view)
    membership_id, _ = about(view.get("private_metadata"))
    text, minutes, day = (
        answers.text(practice.TEXT),
        answers.number(practice.MINUTES),
        answers.day(practice.DAY),
    )
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), membership_id)
        here = memberships.today(membership, house.now())
        errors = _faults(text, minutes, day, here)
        if not errors and await inbox.receive(session, key_of(body), house.now()):
            await goals.add_own(
                session,
                membership,
                text=text,
                minutes=round(minutes or DEFAULT_MINUTES),
                area=answers.choice(practice.AREA) or Area.PLANNING.value,
                day=day or here,
            )
            await _redraw(session, membership, day or here, anew=True)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    await ack()
    house.outbox.wake()
    message = practice.goal_added(text, round(minutes or 0), day or here, here)
    await tell(house, actor_of(body), message, _channel(view))


def _faults(text: str, minutes: float | None, day: date | None, here: date) -> dict[str, str]:
    """What is wrong in the form, by field."""
    errors = {}
    if not text:
        errors[practice.TEXT] = "What will you do? One line is enough."
    elif len(text) > practice.GOAL_LIMIT:
        errors[practice.TEXT] = f"75 characters fit; this has {len(text)}."
    if minutes is None or not MINUTES[0] <= minutes <= MINUTES[1]:
        errors[practice.MINUTES] = f"From {MINUTES[0]} to {MINUTES[1]} minutes."
    if day is None or day < here:
        errors[practice.DAY] = "That day is over. Choose today or later."
    elif day > here + timedelta(days=365):
        errors[practice.DAY] = "That is more than a year ahead. Choose a nearer day."
    return errors


# Shared by commands, clicks and forms


async def _today(session: AsyncSession, house: House, membership: Membership) -> Message:
    now = house.now()
    here = memberships.today(membership, now)
    agenda = await days.read(session, membership, house.library, here, now)
    return view.post(agenda, f"e{int(now.timestamp())}")


async def _redraw(session: AsyncSession, membership: Membership, day: date, *, anew: bool) -> None:
    await deliveries.want_redraw(session, "day", memberships.whom(membership), day.isoformat(), anew=anew)


def _channel(view: dict[str, Any]) -> str | None:
    """The channel in which the form was opened."""
    parts = (view.get("private_metadata") or "").split(":")
    return parts[2] if len(parts) > 2 and parts[2] else None
