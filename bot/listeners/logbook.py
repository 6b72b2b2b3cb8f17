"""Logging what was done, and taking it back."""

from datetime import date, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of, meant_membership, needed_membership, own_membership
from bot.listeners.answers import Answers
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.once import key_of
from bot.listeners.replying import acknowledge, open_form, reply, tell
from bot.store import checkpoints, days, deliveries, entries, goals, inbox, memberships
from bot.store.tables import Entry, Membership
from bot.views import day as day_view
from bot.views import practice
from bot.views.message import Message
from bot.views.words import count, duration
from plans import calendar, logbook
from plans.errors import StudyError
from plans.logbook import LogLine, Subject
from plans.model import Area

SUNDAY = timedelta(days=6)


def register(app: Listening) -> None:
    """Listen to the log's buttons and its form."""
    app.action(day_view.LOG)(open_log)
    app.action(practice.UNDO)(undo_click)
    app.view(practice.LOG_FORM)(submit)


async def log(call: Call) -> Message | None:
    """`log coding 3`, `log sd 1 45m two pointers`, `log hours 1.5 behavioral`; alone it opens a form"""
    words = call.words.strip()
    if words.lower() == "undo":
        return await undo(call)
    line = logbook.read(words) if words else None
    async with call.house.database.write() as session:
        membership = await needed_membership(session, call.actor)
        if line is not None:
            return await _log(session, call.house, membership, line, key_of(call.body))
    form = practice.log_form(membership.id)
    form["private_metadata"] += f":{call.actor.channel_id or ''}"
    return await open_form(call.house, call.body, form, "log")


async def undo(call: Call) -> Message:
    """Take back what you logged last"""
    async with call.house.database.write() as session:
        membership = await needed_membership(session, call.actor)
        entry = await entries.newest(session, membership.id)
        return await _undo(session, call.house, membership, entry)


async def open_log(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Open the form from a button."""
    actor = actor_of(body)
    async with house.database.read() as session:
        membership = await meant_membership(session, actor, body["actions"][0].get("value"))
    form = practice.log_form(membership.id)
    form["private_metadata"] += f":{actor.channel_id or ''}"
    await acknowledge(ack, house, body, await open_form(house, body, form, "log"))


async def undo_click(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Take back the entry of this receipt."""
    membership_id, _, entry_id = str(body["actions"][0].get("value") or "").partition(":")
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), int(membership_id or 0))
        entry = await entries.mine(session, membership.id, int(entry_id or 0))
        message = await _undo(session, house, membership, entry)
    await ack()
    house.outbox.wake()
    await reply(house, body, message, replace=True)


async def submit(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Log what the form says; a fault is said in its field, and nothing typed is lost."""
    membership_id, _, channel = str(view.get("private_metadata") or "").partition(":")
    line, errors = _line(Answers(view))
    if line is None:
        await ack(response_action="errors", errors=errors)
        return
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), int(membership_id or 0))
        message = await _log(session, house, membership, line, key_of(body))
    await ack()
    house.outbox.wake()
    await tell(house, actor_of(body), message, channel or None)


def _line(answers: Answers) -> tuple[LogLine | None, dict[str, str]]:
    """The line that the form's fields make, or what is wrong with them."""
    subject = Subject(answers.choice(practice.SUBJECT) or Subject.CODING_PROBLEMS)
    typed = answers.text(practice.MINUTES)
    try:
        minutes = logbook.read(f"hours {typed}").minutes if typed else 0
    except StudyError:
        return None, {practice.MINUTES: f'I can\'t read "{typed}" as a time. Try 45m, 1h30 or 1.5h.'}
    number = answers.number(practice.COUNT)
    alone = subject is Subject.MINUTES
    amount = 0 if alone else 1 if number is None else number
    if amount != int(amount) or not 0 <= amount <= logbook.MOST_COUNT:
        return None, {practice.COUNT: f"A whole number from 1 to {logbook.MOST_COUNT}."}
    if not amount and not minutes:
        return None, {
            practice.MINUTES if alone else practice.COUNT: "How much was it? Give a number or a time."
        }
    area = answers.choice(practice.AREA)
    line = LogLine(
        subject=subject,
        count=int(amount),
        minutes=minutes,
        area=Area(area) if alone and area else logbook.AREAS.get(subject),
        note=answers.text(practice.WORDS),
    )
    return line, {}


async def _log(
    session: AsyncSession, house: House, membership: Membership, line: LogLine, key: str
) -> Message:
    """Write the line down once, however often it is delivered, and say what it adds up to."""
    now = house.now()
    today = memberships.today(membership, now)
    if await inbox.receive(session, key, now):
        entry = await entries.log(session, membership.id, line, today, now)
    else:
        newest = await entries.newest(session, membership.id)
        entry = newest or await entries.log(session, membership.id, line, today, now)
    await _touch(session, membership, entry.on_date)
    return practice.receipt(await _receipt(session, house, membership, entry, today))


async def _undo(session: AsyncSession, house: House, membership: Membership, entry: Entry | None) -> Message:
    today = memberships.today(membership, house.now())
    if entry is None or not await entries.undo(session, entry, house.now()):
        return practice.nothing_to_undo(membership.id, today)
    await _touch(session, membership, entry.on_date)
    facts = await _receipt(session, house, membership, entry, today)
    what = count(entry.count, entry.metric) if entry.count else duration(entry.minutes)
    return practice.undone(what, practice.totals(facts))


async def _touch(session: AsyncSession, membership: Membership, day: date) -> None:
    """The day's post shows the row of days, which a log entry may lengthen; the checkpoint shows counts."""
    await checkpoints.want_redrawn(session, membership)
    await deliveries.want_redraw(session, "day", memberships.whom(membership), day.isoformat())


async def _receipt(
    session: AsyncSession, house: House, membership: Membership, entry: Entry, today: date
) -> practice.Receipt:
    monday = calendar.monday_of(entry.on_date)
    agenda = await days.read(session, membership, house.library, today, house.now())
    offered = [goal for goal in await goals.of_week(session, membership.id, monday) if not goal.excused]
    week = await entries.totals(session, membership.id, monday, monday + SUNDAY)
    day = await entries.totals(session, membership.id, today, today)
    return practice.Receipt(
        membership_id=membership.id,
        entry_id=entry.id,
        subject=entry.metric,
        count=entry.count,
        minutes=entry.minutes,
        area=entry.area,
        note=entry.note,
        on_date=entry.on_date,
        today=today,
        minutes_today=day.minutes,
        planned_today=agenda.minutes,
        minutes_week=week.minutes,
        planned_week=sum(goal.minutes for goal in offered),
        week=week.counts,
        targets=goals.counted(offered),
    )
