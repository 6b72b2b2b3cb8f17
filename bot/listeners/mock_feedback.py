"""After a mock: saying whether it took place, giving feedback, making a goal of it, looking back."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of, needed_membership, own_membership
from bot.listeners.answers import Answers, id_in
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import acknowledge, open_form, reply
from bot.store import mock_feedback, mock_hours, mock_notes, mock_sessions
from bot.store.mock_sessions import Seated
from bot.store.tables import MockSession
from bot.views import mock_feedback as view
from bot.views import mock_progress, mock_reading, mock_times
from bot.views.message import Message
from bot.views.words import short_date
from plans import feedback
from plans.errors import StudyError
from plans.feedback import Feedback, Skill
from plans.mocks import Kind, Role
from plans.verdict import Answer

RATINGS = ("1", "2", "3", "4", "5")
_BULLET = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")


class NoSuchMock(StudyError):
    """I can't tell which mock that is. `/prep mock sessions` lists yours."""


class NotYourMock(StudyError):
    """That mock belongs to others. `/prep mock sessions` lists yours."""


class NotInThatMock(StudyError):
    """You were no longer expected in that mock. `/prep mock` shows what is next."""


class NotOverYet(StudyError):
    """That mock is not over yet. I ask you when it is."""


class MockWasMoved(StudyError):
    """That mock has no time now. Agree on one in your conversation; I ask you again afterwards."""


class MockWasCalledOff(StudyError):
    """That mock was called off. `/prep mock` shows what is next."""


class TookPlace(StudyError):
    """{name} says that it took place. Talk to each other; if it did not, {name} can change the answer."""


class FeedbackIsRead(StudyError):
    """{name} has read your feedback, so it stays as it is. What you would add, tell {name} yourself."""


class NothingToRead(StudyError):
    """There is no feedback to make a goal of. `/prep goal add` makes one of your own."""


class Mine(NamedTuple):
    """A session that is over, everybody in it, and the actor's own seat."""

    mock: MockSession
    rows: list[Seated]
    row: Seated


def register(app: Listening) -> None:
    """Listen to the questions after a mock, the feedback form and the goal under what one reads."""
    for said in Answer:
        if said is not Answer.MOVED:
            app.action(view.ANSWER[said.value])(answer)
    app.action(view.REOPEN)(answer)
    app.action(view.ANSWER[Answer.MOVED.value])(move)
    app.action(re.compile(f"^{view.GIVE}(_\\d+)?$"))(open_feedback)
    app.view(view.FORM)(give)
    app.action(mock_reading.PRACTISE)(practise)


# Did it happen?


async def answer(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Keep the newest answer, or take it back to choose again; what it changes, changes at once."""
    clicked = body["actions"][0]
    answers = {action_id: Answer(key) for key, action_id in view.ANSWER.items()}
    said = answers.get(str(clicked.get("action_id")))
    async with house.database.write() as session:
        mine = await _own(session, body, str(clicked.get("value") or ""), house)
        await mock_feedback.answer(session, mine.mock, mine.row, said, house.now())
    await ack()
    house.outbox.wake()


async def move(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """It has another time: open the form for it, unless somebody says that it took place."""
    value = str(body["actions"][0].get("value") or "")
    now = house.now()
    async with house.database.write() as session:
        mine = await _own(session, body, value, house)
        if mine.mock.loop_id is not None:  # a full loop is moved as a whole, before it begins
            raise NoSuchMock
        for row in mock_sessions.coming(mine.rows):
            if row is not mine.row and row.seat.answered == Answer.YES.value:
                raise TookPlace(name=row.membership.name)
        times = await mock_hours.more_slots(session, mine.mock, mine.rows, now)
        await mock_feedback.move(session, mine.mock, mine.row, now)
    form = mock_times.other_times_form(mine.mock.id, mock_sessions.zones(mine.rows), times)
    missed = await open_form(house, body, form, "mock")
    house.outbox.wake()
    await acknowledge(ack, house, body, missed)


# Feedback


async def open_feedback(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Open the form with what was written before; what has been read can no longer be changed."""
    async with house.database.read() as session:
        mine = await _own(session, body, str(body["actions"][0].get("value") or ""), house)
        sheets = await _sheets(session, mine)
    if not sheets:
        await acknowledge(ack, house, body, view.nothing_to_give(Kind(mine.mock.kind)))
        return
    form = view.feedback_form(mine.mock.id, Kind(mine.mock.kind), sheets)
    await acknowledge(ack, house, body, await open_form(house, body, form, "mock sessions"))


async def _sheets(session: AsyncSession, mine: Mine) -> list[view.Sheet]:
    """One for each person that the actor can write about now: the others, then themselves."""
    me = mine.row.membership.id
    notes = await mock_notes.of_session(session, mine.mock.id)
    found = await mock_notes.still_open(session, mine.mock, mine.rows, me)
    sheets = []
    for row in sorted(found, key=lambda row: row.membership.id == me):
        note = notes.get((me, row.membership.id))
        sheets.append(
            view.Sheet(
                member_id=row.membership.id,
                name=None if row.membership.id == me else row.membership.name,
                ratings=note.ratings if note else {},
                improvements=note.improvements if note else (),
                strength=note.strength if note else "",
                optional=mine.row.seat.role == Role.OBSERVER,
            )
        )
    return sheets


async def give(ack: AsyncAck, body: dict[str, Any], house: House, view: dict[str, Any]) -> None:
    """Keep what was written; a fault is said in its field, and nothing typed is lost."""
    answers = Answers(view)
    async with house.database.write() as session:
        mine = await _own(session, body, str(view.get("private_metadata") or ""), house)
        sheets = await _sheets(session, mine)
        _check_still_open(mine, sheets, answers)
        written, faults = _read(answers, sheets)
        if not faults:
            await mock_feedback.give(session, mine.mock, mine.row, written, house.now())
    if faults:
        await ack(response_action="errors", errors=faults)
        return
    await ack()
    house.outbox.wake()


def _check_still_open(mine: Mine, sheets: Sequence[view.Sheet], answers: Answers) -> None:
    """Feedback may have been read while the form stood open; a rating of oneself then just stays out."""
    can_be_written = {sheet.member_id for sheet in sheets} | {mine.row.membership.id}
    for row in mine.rows:
        if row.membership.id not in can_be_written and answers.blocks(f"{row.membership.id}-"):
            raise FeedbackIsRead(name=row.membership.name)


def _read(answers: Answers, sheets: Sequence[view.Sheet]) -> tuple[dict[int, Feedback], dict[str, str]]:
    """What the form says, by the membership that it is about, or what is wrong in which field."""
    written: dict[int, Feedback] = {}
    faults: dict[str, str] = {}
    for sheet in sheets:
        said = _said(answers, sheet.member_id)
        if sheet.name is None:
            problems = _faults_of_own(said)
        else:
            problems = feedback.check(said.ratings, said.improvements, said.strength)
        if not (said.ratings or said.improvements or said.strength) and (
            sheet.name is None or sheet.optional
        ):
            continue
        written[sheet.member_id] = said
        faults |= {view.field_of(sheet.member_id, name): words for name, words in problems.items()}
    if not written and not faults:
        faults[answers.blocks("")[0]] = "Nothing is written yet. Five ratings of yourself are enough."
    return written, faults


def _said(answers: Answers, member_id: int) -> Feedback:
    """What stands in the fields about one person."""
    chosen = {skill: answers.choice(view.field_of(member_id, skill.value)) for skill in Skill}
    lines = answers.text(view.field_of(member_id, view.IMPROVEMENTS)).splitlines()
    return Feedback(
        ratings={skill: int(value) for skill, value in chosen.items() if value in RATINGS},
        improvements=tuple(filter(None, (_BULLET.sub("", line.strip()).strip() for line in lines))),
        strength=answers.text(view.field_of(member_id, view.STRENGTH)),
    )


def _faults_of_own(said: Feedback) -> dict[str, str]:
    """A rating of oneself is whole or not there."""
    missing = [skill for skill in Skill if skill not in said.ratings]
    if not said.ratings:
        return {}
    return {skill.value: "This one, too, or none of them." for skill in missing}


async def practise(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Put a goal for the weakest skill on next week's list, once."""
    async with house.database.write() as session:
        mine = await _own(session, body, str(body["actions"][0].get("value") or ""), house)
        member = await own_membership(session, actor_of(body), mine.row.membership.id)
        if not await mock_notes.is_released(session, mine.mock, member.id):
            raise NothingToRead
        made = await mock_feedback.practise(session, mine.mock, member, house.now())
        if made is None:
            raise NothingToRead
    goal, is_new = made
    await ack()
    house.outbox.wake()
    await reply(house, body, mock_reading.goal_made(goal.text, short_date(goal.due_on), new=is_new))


async def _own(session: AsyncSession, body: dict[str, Any], value: str, house: House) -> Mine:
    """The session that a button or a form names, if it is over and the actor was expected in it.

    Who has left the group since, and whose group rests, can still speak: it is for the partner's sake.

    Raises:
        NoSuchMock: there is none.
        NotYourMock: the actor never had a seat in it.
        NotInThatMock: the actor's seat was free when it took place.
        MockWasMoved, MockWasCalledOff, NotOverYet: nothing can have happened yet, or any more.
    """
    mock = await mock_sessions.get(session, id_in(value))
    if mock is None:
        raise NoSuchMock
    actor = actor_of(body)
    rows = await mock_sessions.seated(session, mock.id)
    people = {(row.membership.workspace_id, row.membership.user_id): row for row in rows}
    row = people.get((actor.workspace_id, actor.user_id))
    if row is None:
        raise NotYourMock
    if row.seat.state not in mock_sessions.COMING:
        raise NotInThatMock
    if mock.state in ("cancelled", "dissolved"):
        raise MockWasCalledOff
    if mock.starts_at is None:
        raise MockWasMoved
    begun = mock.starts_at if mock.loop_id is not None else mock_notes.ends_at(mock)
    if house.now() < begun:
        raise NotOverYet
    return Mine(mock, rows, row)


# Looking back


async def sessions(call: Call, _words: str) -> Message:
    """The member's mocks, coming and past, and what they add up to; a full loop has a page of its own."""
    now = call.house.now()
    async with call.house.database.read() as session:
        member = await needed_membership(session, call.actor)
        mine = await mock_feedback.of_member(session, member.id, mock_progress.MOST_LISTED)
        listed = [await _listed(session, mock, member.id, now) for mock in mine]
        pieces = (await mock_feedback.evidence(session, [member.id])).get(member.id, ())
    calibration = feedback.calibration([(piece.own, piece.partner) for piece in pieces if piece.own])
    coming = [row for row in listed if row.state in mock_sessions.ALIVE and not row.is_over]
    past = [row for row in listed if row not in coming]
    held = [Kind(mock.kind) for mock in mine if mock.state == "held"]
    return mock_progress.progress(
        mock_progress.Progress(
            coming=coming,
            past=past[::-1][: mock_progress.MOST_PAST],
            averages=mock_feedback.averages_of(pieces),
            sessions=min(len(pieces), feedback.LATEST),
            calibration=calibration.sentence if calibration else "",
            kind=held[-1] if held else Kind.TECHNICAL,
        )
    )


async def _listed(
    session: AsyncSession, mock: MockSession, member_id: int, now: datetime
) -> mock_progress.Listed:
    rows = await mock_sessions.seated(session, mock.id)
    mine = next(row for row in rows if row.membership.id == member_id)
    others = [row for row in rows if row is not mine and row.seat.state in mock_sessions.COMING]
    is_over = mock.starts_at is not None and now >= mock_notes.ends_at(mock)
    notes = await mock_notes.of_session(session, mock.id)
    still = await mock_notes.still_open(session, mock, rows, member_id) if is_over else []
    targets = mock_notes.others_to_rate(mock, rows, member_id)
    return mock_progress.Listed(
        session_id=mock.id,
        kind=Kind(mock.kind),
        others=[row.membership.name for row in others],
        when=view.moment(mock.starts_at, mine.membership.timezone),
        state=mock.state,
        is_over=is_over,
        owed=mine.seat.state in mock_sessions.COMING
        and mock.state in ("agreed", "held", "unclear")
        and any(row in targets and (member_id, row.membership.id) not in notes for row in still),
    )
