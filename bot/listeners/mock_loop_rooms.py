"""What the people of a full loop do in its room: come or not, move it, call it off, ask for the question."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import Actor, actor_of, living_group
from bot.listeners.answers import Answers, id_in
from bot.listeners.listening import Listening
from bot.listeners.mock_loops import time_fault
from bot.listeners.replying import acknowledge, open_form, reply
from bot.store import mock_loop_changes, mock_loops, mock_sessions
from bot.store.mock_loops import Cast
from bot.store.tables import LoopPanelist, Membership, MockSession
from bot.views import mock_loops as view
from bot.views import mock_sheet
from bot.views.words import clip
from plans import mocks
from plans.errors import StudyError
from plans.questions import Subject


class NoSuchLoop(StudyError):
    """I can't tell which loop that is. `/prep mock loop` plans one."""


class NotYourLoop(StudyError):
    """That loop belongs to others. `/prep mock loop` plans one of your own."""


class LoopOver(StudyError):
    """That loop is no longer on. `/prep mock loop` plans another one."""


class LoopBegun(StudyError):
    """That loop has begun already. I ask you afterwards how it was."""


class LoopMoved(StudyError):
    """That was about another time. The first message in your conversation says what counts."""


class NotThisPanel(StudyError):
    """That one did not work out any more: the day has been made without you. The next loop may."""


class ForInterviewers(StudyError):
    """That is for the interviewers to say; the candidate can press Move it or Cancel."""


class ForItsPlanner(StudyError):
    """Only {names} can do that. If you can't come, say so with I can't."""


@dataclass(frozen=True)
class Mine:
    """A loop and who acts in it; `row` if they are on its panel."""

    cast: Cast
    me: Membership
    row: LoopPanelist | None


def register(app: Listening) -> None:
    """Listen to the buttons of the room and of the reminders."""
    app.action(view.ACCEPT)(accept)
    app.action(view.DECLINE)(decline)
    app.action(view.QUESTION)(question)
    app.action(view.SHEET)(show_sheet)
    app.action(view.MOVE)(open_move)
    app.view(view.MOVE_FORM)(move)
    app.action(view.CANCEL)(cancel)


# Before it begins


async def accept(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """I'll be there."""
    async with house.database.write() as session:
        mine = await _own(session, body, _value(body))
        row = _answering(mine, _value(body), house.now())
        if not await mock_loop_changes.accept(session, house.bank, mine.cast, row, house.now()):
            raise NotThisPanel
    await ack()
    house.outbox.wake()


async def decline(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """I can't: the day is made anew with the others. A second click is harmless."""
    async with house.database.write() as session:
        mine = await _own(session, body, _value(body))
        row = _answering(mine, _value(body), house.now())
        if row.state != mock_loops.DECLINED:
            await mock_loop_changes.decline(session, house.bank, mine.cast, [row], house.now())
    await ack()
    house.outbox.wake()


def _answering(mine: Mine, value: str, now: datetime) -> LoopPanelist:
    """The interviewer who answers.

    Raises:
        ForInterviewers: the actor is not on the panel.
        LoopBegun: it is too late.
        LoopMoved: the button is about another time.
    """
    if mine.row is None:
        raise ForInterviewers
    _check_ahead(mine.cast, now)
    if value.partition(":")[2] not in ("", str(mine.cast.loop.sequence)):
        raise LoopMoved
    return mine.row


async def open_move(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Ask for another time."""
    async with house.database.read() as session:
        mine = await _own(session, body, _value(body))
        _check_may_change(mine, house.now())
        form = view.move_form(mine.cast.loop.id, mine.cast.loop.starts_at)
    await acknowledge(ack, house, body, await open_form(house, body, form, "mock"))


async def move(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Let the loop begin at another time."""
    now, starts_at = house.now(), Answers(view).moment("moment")
    fault = time_fault(starts_at, now)
    async with house.database.write() as session:
        mine = await _own(session, body, str(view.get("private_metadata") or ""))
        _check_may_change(mine, now)
        if starts_at is not None and not fault:
            taken = await mock_loop_changes.busy_at(session, mine.cast, starts_at)
            fault = f"{clip(taken[0].name, 60)} cannot make it then. Is there another time?" if taken else ""
        if starts_at is not None and not fault:
            await mock_loop_changes.move(session, mine.cast, starts_at.astimezone(UTC), mine.me, now)
    if fault:
        await ack(response_action="errors", errors={"moment": fault})
        return
    await ack()
    house.outbox.wake()


async def cancel(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Call the loop off."""
    async with house.database.write() as session:
        mine = await _own(session, body, _value(body))
        _check_may_change(mine, house.now())
        await mock_loop_changes.cancel(session, mine.cast, house.now())
    await ack()
    house.outbox.wake()


def _check_may_change(mine: Mine, now: datetime) -> None:
    """Who planned a loop and its candidate may move it or call it off.

    Raises:
        LoopBegun: it is too late.
        ForItsPlanner: the actor is neither.
    """
    _check_ahead(mine.cast, now)
    owners = {each.id: each.name for each in (mine.cast.planner, mine.cast.candidate)}
    if mine.me.id not in owners:
        raise ForItsPlanner(names=" and ".join(owners.values()))


def _check_ahead(cast: Cast, now: datetime) -> None:
    if not cast.is_ahead(now):
        raise LoopBegun


# The questions


async def question(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Show an interviewer the sheet of their round, or let them choose among several."""
    async with house.database.read() as session:
        mine = await _own(session, body, _value(body))
        rounds = await _asked_by(session, mine)
        form: dict[str, Any] | None = None
        if len(rounds) == 1:
            form = await _sheet(session, house, mine, rounds[0])
        else:
            form = (
                view.rounds_form([(mock.id, view.round_title(mock.subject)) for mock in rounds])
                if rounds
                else None
            )
    if form is not None:
        await acknowledge(ack, house, body, await open_form(house, body, form, "mock"))
        return
    names = [each.membership.name for each in mine.cast.here]
    await ack()
    await reply(house, body, view.listens_only() if mine.row is not None else view.for_candidate(names))


async def show_sheet(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Show the sheet of one round, if the actor interviews there."""
    value = _value(body)
    async with house.database.read() as session:
        mock = await mock_sessions.get(session, id_in(value))
        mine = await _own(session, body, str(mock.loop_id or "") if mock is not None else "")
        asked = [each for each in await _asked_by(session, mine) if str(each.id) == value]
        if not asked:
            raise NoSuchLoop
        form = await _sheet(session, house, mine, asked[0])
    await acknowledge(ack, house, body, await open_form(house, body, form, "mock"))


async def _asked_by(session: AsyncSession, mine: Mine) -> list[MockSession]:
    """The rounds in which the actor is the interviewer."""
    return [
        mock
        for mock in await mock_loops.rounds(session, mine.cast.loop)
        for row in mock_sessions.coming(await mock_sessions.seated(session, mock.id))
        if row.membership.id == mine.me.id and mock_sessions.interviews_in(mock, row.seat)
    ]


async def _sheet(session: AsyncSession, house: House, mine: Mine, mock: MockSession) -> dict[str, Any]:
    ids = await mock_sessions.questions(session, mock.id, 1)
    by_id = {each.id: each for each in house.bank.questions}  # one may have left the bank since
    subject = Subject(mock.subject) if mock.subject else None
    return mock_sheet.sheet_form(
        mine.cast.candidate.name,
        [mocks.Timebox(0, mock.minutes, 1, view.round_title(mock.subject), subject)],
        [by_id[each] for each in ids if each in by_id],
        await mock_sessions.level_of(session, mine.cast.candidate),
        None,
    )


# Whose it is


def _value(body: dict[str, Any]) -> str:
    return str(body["actions"][0].get("value") or "")


async def _own(session: AsyncSession, body: dict[str, Any], value: str) -> Mine:
    """The loop that a button or a form names, if the actor has to do with it.

    Raises:
        NoSuchLoop: there is none.
        NotYourLoop: the actor has nothing to do with it.
        GroupClosed: the group's channel is archived.
        LoopOver: it was called off.
    """
    mine = await of_actor(session, actor_of(body), value)
    await living_group(session, mine.cast.loop.group_id)
    if mine.cast.loop.state == "cancelled":
        raise LoopOver
    return mine


async def of_actor(session: AsyncSession, actor: Actor, value: str) -> Mine:
    """The loop that a value names with the actor's part in it, whatever has become of it.

    Raises:
        NoSuchLoop: there is none.
        NotYourLoop: the actor has nothing to do with it, or has left the group.
    """
    cast = await mock_loops.find(session, id_in(value.partition(":")[0]))
    if cast is None:
        raise NoSuchLoop
    everybody = [cast.candidate, cast.planner, *(each.membership for each in cast.panel)]
    me = next(
        (
            each
            for each in everybody
            if (each.workspace_id, each.user_id) == (actor.workspace_id, actor.user_id)
        ),
        None,
    )
    if me is None:
        raise NotYourLoop
    return Mine(cast, me, next((each.row for each in cast.panel if each.membership.id == me.id), None))
