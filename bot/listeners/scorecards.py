"""Looking at one's own scorecard."""

import re
from datetime import date, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.house import House
from bot.listeners.actor import actor_of, needed_membership
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import reply
from bot.store import cards, enrolments, memberships, weeks
from bot.views import membercard
from bot.views.groupcard import MY_CARD
from bot.views.message import Message
from plans import calendar
from plans.errors import StudyError


class WeekNotUnderstood(StudyError):
    """I can't read "{words}" as a week. Try `/prep scorecard last` or `/prep scorecard 3`."""


class WeekNotThere(StudyError):
    """Your plan has no week {number} to look back on yet. Try `/prep scorecard` for this week."""


def register(app: Listening) -> None:
    """Listen to the button under the group's scorecard."""
    app.action(MY_CARD)(my_card)


async def scorecard(call: Call) -> Message:
    """Your own scorecard so far; `scorecard last` or `scorecard 3` looks back"""
    now = call.house.now()
    async with call.house.database.write() as session:
        membership = await needed_membership(session, call.actor)
        enrolment = await enrolments.current(session, membership.id)
        today = memberships.today(membership, now)
        begun = enrolment.starts_on if enrolment else calendar.monday_of(today)
        monday = _monday(call.words, calendar.monday_of(today), begun)
        if enrolment is not None:
            await weeks.open_week(session, membership, enrolment, call.house.library, monday, now)
        return membercard.member_reply(await cards.read(session, membership, monday, now))


def _monday(words: str, this: date, begun: date) -> date:
    """The Monday that the words mean: this week, the last one, or a week counted from the plan's start."""
    word = words.strip().lower()
    if not word or word.startswith("this"):
        return this
    if word.startswith(("last", "prev")):
        return this - timedelta(weeks=1)
    found = re.fullmatch(r"(?:week\s*)?(\d{1,3})", word)
    if not found:
        raise WeekNotUnderstood(words=words)
    monday = begun + timedelta(weeks=int(found[1]) - 1)
    if not int(found[1]) or monday > this:
        raise WeekNotThere(number=found[1])
    return monday


async def my_card(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """One's own card of the week under which the button stands, for the clicker's eyes only."""
    _, _, monday = str(body["actions"][0].get("value") or "").partition(":")
    async with house.database.read() as session:
        membership = await needed_membership(session, actor_of(body))
        card = await cards.read(session, membership, date.fromisoformat(monday), house.now())
    await ack()
    await reply(house, body, membercard.member_reply(card))
