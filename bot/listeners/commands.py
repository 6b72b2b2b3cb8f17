"""`/prep`: the table of sub-commands, and finding the one that somebody meant."""

import asyncio
import inspect
import logging
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.exc import OperationalError

from bot.house import House
from bot.listeners import (
    buddies,
    goals,
    groups,
    joining,
    leaving,
    logbook,
    mocks,
    modes,
    months,
    pausing,
    personal_data,
    plan,
    scorecards,
    settings,
    stories,
    weeks,
    why,
)
from bot.listeners.actor import actor_of
from bot.listeners.call import Call, Subcommand
from bot.listeners.listening import Listening
from bot.store import memberships as memberships_store
from bot.views import errors
from bot.views import help as help_view
from bot.views.message import Message
from plans.errors import StudyError
from plans.logbook import SUBJECTS

log = logging.getLogger(__name__)

COMMAND = "/prep"
PATIENCE = 2.5  # seconds; Slack gives up after three


async def help_(call: Call) -> Message:
    """This list"""
    async with call.house.database.read() as session:
        found = await memberships_store.of_person(session, call.actor.workspace_id, call.actor.user_id)
    rows = [(name, meaning(command)) for name, command in TABLE.items()]
    return help_view.overview(rows, member=bool(found))


TABLE: Mapping[str, Subcommand] = {
    "today": goals.today,
    "week": weeks.week,
    "log": logbook.log,
    "undo": logbook.undo,
    "goal": goals.goal,
    "story": stories.story,
    "scorecard": scorecards.scorecard,
    "month": months.month,
    "plan": plan.plan,
    "mock": mocks.mock,
    "why": why.why,
    "buddy": buddies.buddy,
    "join": joining.join,
    "settings": settings.settings,
    "mode": modes.mode,
    "pause": pausing.pause,
    "resume": pausing.resume,
    "leave": leaving.leave,
    "export": personal_data.export,
    "forget": personal_data.forget,
    "group": groups.group,
    "start": groups.start,
    "help": help_,
}
ALIASES: Mapping[str, str] = {
    "catchup": "plan",
    "catch": "plan",
    "day": "today",
    "todo": "today",
    "goals": "goal",
    "add": "goal",
    "stories": "story",
    "bank": "story",
    "weeks": "week",
    "next": "week",
    "logs": "log",
    "did": "log",
    "done": "log",
    "score": "scorecard",
    "scorecards": "scorecard",
    "card": "scorecard",
    "months": "month",
    "monthly": "month",
    "mocks": "mock",
    "interview": "plan",
    "interviews": "mock",
    "pair": "mock",
    "reason": "why",
    "reasons": "why",
    "buddies": "buddy",
    "partner": "buddy",
    "setting": "settings",
    "config": "settings",
    "prefs": "settings",
    "holiday": "pause",
    "modes": "mode",
    "travel": "mode",
    "stress": "mode",
    "family": "mode",
    "stop": "pause",
    "unpause": "resume",
    "continue": "resume",
    "back": "resume",
    "quit": "leave",
    "data": "export",
    "delete": "forget",
    "erase": "forget",
    "members": "group",
    "roster": "group",
    "team": "group",
    "create": "start",
    "init": "start",
    "signup": "join",
    "enrol": "join",
    "enroll": "join",
    "?": "help",
    "commands": "help",
}
# Aliases that say more than the command that they name.
SPOKEN = ("next", "catchup", "catch", "interview", "data", "travel", "stress", "family")


def register(app: Listening) -> None:
    """Listen to the slash command."""
    app.command(COMMAND)(prep)


async def prep(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Find the sub-command, let it work, answer; Slack is told only when everything is stored."""
    message = await _answer(house, body)
    if message is None:
        await ack()
    else:
        await ack(text=message.text, blocks=message.blocks)
    house.outbox.wake()


async def _answer(house: House, body: dict[str, Any]) -> Message | None:
    word, _, rest = _unescaped(str(body.get("text") or "")).strip().partition(" ")
    name = command_of(word)
    if name is None:
        return _unknown(word)
    words = f"{word} {rest}" if word.lower() in SPOKEN else rest
    call = Call(actor_of(body), words.strip(), body, house)
    try:
        async with asyncio.timeout(PATIENCE):
            return await TABLE[name](call)
    except StudyError as error:
        return errors.mistake(error)
    except (TimeoutError, OperationalError) as error:
        log.warning("%s %s was not answered in time: %s", COMMAND, name, type(error).__name__)
        return errors.too_slow()


def command_of(word: str) -> str | None:
    """The sub-command that a word names, by itself or by an alias; none if it names none."""
    known = word.lower().strip(".,;:!")
    if not known:
        return "help"
    known = ALIASES.get(known, known)
    if known in TABLE:
        return known
    return None


def _unknown(word: str) -> Message:
    """The nearest command, never silence. Who types `coding 3` means `log coding 3`."""
    if word.lower() in SUBJECTS:
        return help_view.did_you_mean(word, f"log {word.lower()} 1", meaning(TABLE["log"]))
    names = [*TABLE, *ALIASES]
    found = get_close_matches(word.lower(), names, n=1, cutoff=0.5)
    nearest = ALIASES.get(found[0], found[0]) if found else "help"
    return help_view.did_you_mean(word, nearest, meaning(TABLE[nearest]))


def meaning(command: Subcommand) -> str:
    """A sub-command's docstring, which is its line in the help."""
    return (inspect.getdoc(command) or "").partition("\n")[0]


def _unescaped(text: str) -> str:
    """What the person typed, before Slack escaped it. It is escaped again where it is shown."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("\0", "")
