"""What people do with their mock session: pick a time, ask for the question, confirm, cancel."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of, living_group
from bot.listeners.answers import Answers, id_in
from bot.listeners.listening import Listening
from bot.listeners.once import key_of
from bot.listeners.replying import acknowledge, open_form, reply
from bot.store import inbox, mock_hours, mock_sessions, mock_times
from bot.store.mock_sessions import Seated
from bot.store.tables import MockSeat, MockSession
from bot.views import mock_sessions as view
from bot.views import mock_sheet
from bot.views import mock_times as forms
from plans import mocks
from plans.errors import StudyError
from plans.mocks import Kind, Role, Style

FURTHEST = timedelta(weeks=2)


class NotYourSession(StudyError):
    """That session belongs to others. `/prep mock` shows yours."""


class NoSuchSession(StudyError):
    """I can't tell which session that is. `/prep mock` shows yours."""


class SessionOver(StudyError):
    """That session is no longer on. `/prep mock` shows what is next."""


class SeatGivenUp(StudyError):
    """You are no longer expected in that session. `/prep mock` shows what is next."""


class TimePassed(StudyError):
    """That time is no longer offered. Other times, beside it, lets you propose one."""


class SessionBegun(StudyError):
    """That session has begun already. I ask you afterwards how it was."""


class TimeChanged(StudyError):
    """That reminder was for another time. The newest message about the session says what counts."""


class EverybodyComes(StudyError):
    """Everybody has said that they will be there, so nobody needs to be found."""


class Mine(NamedTuple):
    """A session with everybody in it, and the actor's own seat."""

    mock: MockSession
    rows: list[Seated]
    seat: MockSeat


def register(app: Listening) -> None:
    """Listen to the buttons of rooms and reminders, and to the two forms."""
    app.action(view.PICK)(pick)
    app.action(view.OTHER)(other_times)
    app.action(view.QUESTION)(question)
    app.action(view.CANNOT)(cannot)
    app.action(forms.CONFIRM)(confirm)
    app.action(forms.FIND_ANOTHER)(find_another)
    app.action(re.compile(f"^{view.LINK}_"))(follow_link)
    app.view(forms.OTHER_FORM)(propose)
    app.view(forms.CANNOT_FORM)(give_up)


async def pick(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Say yes to a proposed time; once it suits everybody, it is the session's."""
    value = _value(body)
    starts_at = _instant(value.partition(":")[2])
    async with house.database.write() as session:
        mine = await _own(session, body, value)
        if starts_at not in mock_times.slots(mine.mock, house.now()):
            raise TimePassed
        await mock_times.pick(session, mine.mock, mine.seat, [starts_at], house.now())
    await ack()
    house.outbox.wake()


async def other_times(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Open the form with more times."""
    async with house.database.read() as session:
        mine = await _own(session, body, _value(body))
        more = await mock_hours.more_slots(session, mine.mock, mine.rows, house.now())
        form = forms.other_times_form(mine.mock.id, mock_sessions.zones(mine.rows), more)
    await acknowledge(ack, house, body, await open_form(house, body, form, "mock"))


async def propose(ack: AsyncAck, body: dict[str, Any], house: House, view: dict[str, Any]) -> None:
    """Take the times of the form as slots that suit this person."""
    answers, now = Answers(view), house.now()
    own = answers.moment(forms.MOMENT)
    errors = _faults_of(own, now)
    starts = [_instant(value) for value in answers.choices(forms.TIMES)]
    starts = [start for start in [*starts, *([own] if own else [])] if start > now]
    if not starts and not errors:
        errors = {forms.MOMENT: "Pick a time here, or tick one above."}
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    async with house.database.write() as session:
        mine = await _own(session, body, str(view.get("private_metadata") or ""))
        await mock_times.pick(session, mine.mock, mine.seat, starts, now)
    await ack()
    house.outbox.wake()


def _faults_of(own: datetime | None, now: datetime) -> dict[str, str]:
    """What is wrong with a time that somebody named."""
    if own is None:
        return {}
    if own <= now:
        return {forms.MOMENT: "That time has passed. Which one would suit you?"}
    if own > now + FURTHEST:
        return {forms.MOMENT: "That is far away. Please take a time within the next two weeks."}
    return {}


async def question(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Show the interviewer of a turn its questions; to anybody else say whose they are."""
    async with house.database.read() as session:
        mine = await _own(session, body, _value(body))
        turns = mock_sessions.interviews_in(mine.mock, mine.seat)
        form = await _sheet(session, house, mine, turns[0]) if turns else None
    if form is not None:
        await acknowledge(ack, house, body, await open_form(house, body, form, "mock"))
        return
    names = [row.membership.name for row in mine.rows if mock_sessions.interviews_in(mine.mock, row.seat)]
    await ack()
    await reply(house, body, mock_sheet.not_for_you(Kind(mine.mock.kind), names))


async def _sheet(session: AsyncSession, house: House, mine: Mine, turn: int) -> dict[str, Any]:
    mock = mine.mock
    role = Role.CANDIDATE if turn == 1 else Role.INTERVIEWER
    candidate = next(row for row in mine.rows if row.seat.role == role)
    boxes = mocks.agenda(Kind(mock.kind), mock.minutes, swap=mock.swaps)
    ids = await mock_sessions.questions(session, mock.id, turn)
    by_id = {each.id: each for each in house.bank.questions}  # one may have left the bank since
    return mock_sheet.sheet_form(
        candidate.membership.name,
        [box for box in boxes if box.turn == turn],
        [by_id[each] for each in ids if each in by_id],
        await mock_sessions.level_of(session, candidate.membership),
        Style(candidate.seat.style) if candidate.seat.style else None,
    )


async def confirm(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """I'll be there."""
    async with house.database.write() as session:
        mine = await _own(session, body, _value(body))
        _check_version(mine.mock, _value(body))
        await mock_times.confirm(session, mine.mock, mine.seat, house.now())
    await ack()
    house.outbox.wake()


async def cannot(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Ask what would help: another time, or somebody else for the partner."""
    async with house.database.read() as session:
        mine = await _own(session, body, _value(body))
        _check_not_begun(mine.mock, house.now())
        form = forms.cannot_form(mine.mock.id, len(mock_sessions.coming(mine.rows)) - 1)
    await acknowledge(ack, house, body, await open_form(house, body, form, "mock"))


async def give_up(ack: AsyncAck, body: dict[str, Any], house: House, view: dict[str, Any]) -> None:
    """Look for another time, or give the seat up."""
    answers, now = Answers(view), house.now()
    about = str(view.get("private_metadata") or "")
    words = answers.text(forms.WORDS)
    async with house.database.write() as session:
        if await inbox.receive(session, key_of(body), now):
            mine = await _own(session, body, about)
            _check_not_begun(mine.mock, now)
            act = (
                mock_times.give_up
                if answers.choice(forms.WHAT) == forms.NOT_THIS_WEEK
                else mock_times.postpone
            )
            await act(session, mine.mock, mine.seat, words, now)
    await ack()
    house.outbox.wake()


async def find_another(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Who waits for a word an hour ahead gets somebody else, if there is anybody."""
    async with house.database.write() as session:
        mine = await _own(session, body, _value(body))
        _check_version(mine.mock, _value(body))
        _check_not_begun(mine.mock, house.now())
        if not await mock_times.find_another(session, mine.mock, mine.seat, house.now()):
            raise EverybodyComes
    await ack()
    house.outbox.wake()


async def follow_link(ack: AsyncAck) -> None:
    """A link to a calendar opens by itself; Slack only tells of it."""
    await ack()


def _value(body: dict[str, Any]) -> str:
    return str(body["actions"][0].get("value") or "")


def _instant(text: str) -> datetime:
    """The instant that a button names.

    Raises:
        TimePassed: it names none.
    """
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        raise TimePassed from None


async def _own(session: AsyncSession, body: dict[str, Any], value: str) -> Mine:
    """The session that a button or a form names, if the actor is expected in it.

    Raises:
        NoSuchSession: there is none.
        NotYourSession: the actor never had a seat in it.
        GroupClosed: the group's channel is archived.
        SessionOver: it was held, given up or matched anew.
        SeatGivenUp: the actor's seat is free.
    """
    mock = await mock_sessions.get(session, id_in(value.partition(":")[0]))
    if mock is None or mock.loop_id is not None:  # a full loop has buttons of its own
        raise NoSuchSession
    actor = actor_of(body)
    rows = await mock_sessions.seated(session, mock.id)
    people = {(row.membership.workspace_id, row.membership.user_id): row.seat for row in rows}
    seat = people.get((actor.workspace_id, actor.user_id))
    if seat is None:
        raise NotYourSession
    await living_group(session, mock.group_id)
    if mock.state not in mock_sessions.ALIVE:
        raise SessionOver
    if seat.state not in mock_sessions.COMING:
        raise SeatGivenUp
    return Mine(mock, rows, seat)


def _check_not_begun(mock: MockSession, now: datetime) -> None:
    if not mock_sessions.begins_later(mock, now):
        raise SessionBegun


def _check_version(mock: MockSession, value: str) -> None:
    """A reminder's buttons are about the time that it was written for."""
    if value.partition(":")[2] != str(mock.sequence):
        raise TimeChanged
