"""After a mock: did it happen, what do people say of each other, what becomes of it.

Each answer decides anew (`plans.verdict`), so a change of mind takes back exactly what the first answer had
done. A session is decided when everybody has answered, at the latest at the deadline; feedback is given to
its reader when both are in, at the latest at the deadline (`mock_notes`). What arrives later still arrives.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import (
    deliveries,
    goals,
    memberships,
    mock_counts,
    mock_debriefs,
    mock_notes,
    mock_sessions,
    mock_times,
    timers,
)
from bot.store.mock_progress import (
    absentees,
    answers_of,
    averages_of,
    evidence,
    of_member,
    reliability,
    skills,
)
from bot.store.mock_sessions import Seated
from bot.store.tables import Goal, Group, Membership, MockFeedback, MockSession
from plans import calendar, feedback
from plans.feedback import Feedback
from plans.mocks import Kind
from plans.verdict import Answer, State, judge

__all__ = ["absentees", "averages_of", "evidence", "of_member", "reliability", "skills"]  # of `mock_progress`

JUDGED = ("agreed", *(state.value for state in State))  # the states of a session that has a time
WORTH_ASKING = timedelta(days=7)  # after that nobody remembers how it was
WORTH_READING = timedelta(days=14)


async def ask(session: AsyncSession, mock: MockSession, now: datetime) -> None:
    """Owe everybody who was expected the question whether it took place; a full loop asks by itself."""
    name = mock_sessions.whom(mock)
    await timers.stop(session, name, "after")
    if mock.state != "agreed" or mock.loop_id is not None or mock.starts_at is None:
        return
    expires_at = mock_notes.ends_at(mock) + WORTH_ASKING
    for row in mock_sessions.coming(await mock_sessions.seated(session, mock.id)):
        if now < expires_at and row.membership.status == "active":
            await deliveries.owe(
                session,
                "after",
                workspace_id=row.membership.workspace_id,
                whom=memberships.whom(row.membership),
                period=asked_period(mock),
                due_at=now,
                expires_at=expires_at,
            )
    due_at = mock_notes.deadline(mock)
    await timers.set_next(session, "verdict", name, due_at.date(), due_at)
    await mock_sessions.redraw(session, mock)  # an older question is outdated now


async def is_awake(session: AsyncSession, mock: MockSession) -> bool:
    """Whether the session's group is not archived or out of reach."""
    return (await session.get_one(Group, mock.group_id)).status == "active"


def asked_period(mock: MockSession) -> str:
    """The period of the question after a session: another one after it was moved to another time."""
    return f"s{mock.id}" if mock.sequence <= 1 else f"s{mock.id}v{mock.sequence}"


async def answer(
    session: AsyncSession, mock: MockSession, row: Seated, said: Answer | None, now: datetime
) -> None:
    """Somebody says whether it took place, or takes back what they said; the newest answer counts."""
    row.seat.answered, row.seat.answered_at = said.value if said else None, now
    await session.flush()
    await settle(session, mock, now)


async def move(session: AsyncSession, mock: MockSession, row: Seated, now: datetime) -> None:
    """It has or will have another time: nothing is decided, and the times that are left stand again."""
    for each in await mock_sessions.seated(session, mock.id):
        await mock_counts.take_back(session, mock, each, now)
    row.seat.answered, row.seat.answered_at = Answer.MOVED.value, now
    mock.state, mock.closed_at = "agreed", None
    await timers.stop(session, mock_sessions.whom(mock), "verdict")
    await mock_times.postpone(session, mock, row.seat, row.seat.said, now)


async def give(
    session: AsyncSession,
    mock: MockSession,
    author: Seated,
    about: Mapping[int, Feedback],
    now: datetime,
) -> list[MockFeedback]:
    """Keep what the author says, by the membership that it is about; it also says that the mock took place.

    Whose feedback may still be written is for the caller to ask (`mock_notes.still_open`).
    """
    written = [
        await mock_notes.write(session, mock, author.membership.id, about_id, said, now)
        for about_id, said in about.items()
    ]
    if written:
        await answer(session, mock, author, Answer.YES, now)
    return written


async def settle(session: AsyncSession, mock: MockSession, now: datetime) -> None:
    """Decide as far as it can be decided now, count or take back, give feedback to read; twice is once."""
    rows = await mock_sessions.seated(session, mock.id)
    if mock.loop_id is not None:
        await mock_debriefs.settle_round(session, mock, now)
        return
    if mock.state not in JUDGED or mock.starts_at is None:
        return
    here = mock_sessions.coming(rows)
    answers = answers_of([row.seat for row in here])
    if mock.closed_at is not None or None not in answers.values() or now >= mock_notes.deadline(mock):
        verdict = judge(answers)
        mock.state, mock.closed_at = verdict.state.value, mock.closed_at or now
        for row in mock_notes.candidates(mock, rows):
            took_part = verdict.state is State.HELD and row.membership.id not in verdict.absent
            act = mock_counts.count if took_part else mock_counts.take_back
            await act(session, mock, row, now)
    await _release(session, mock, rows, now)
    await mock_sessions.redraw(session, mock)


async def decide(session: AsyncSession, mock: MockSession, now: datetime) -> None:
    """The deadline has come: nobody is waited for any more."""
    await timers.stop(session, mock_sessions.whom(mock), "verdict")
    await settle(session, mock, now)


async def _release(session: AsyncSession, mock: MockSession, rows: Sequence[Seated], now: datetime) -> None:
    """Owe each candidate what was written about them, once they may read it; new words redraw it."""
    if mock.state == State.MISSED.value:
        return
    notes = await mock_notes.of_session(session, mock.id)
    for row in mock_notes.candidates(mock, rows):
        if not mock_notes.may_be_read(mock, rows, notes, row.membership.id, now):
            continue
        kind, period = mock_notes.message_of(mock)
        name = memberships.whom(row.membership)
        await deliveries.owe(
            session,
            kind,
            workspace_id=row.membership.workspace_id,
            whom=name,
            period=period,
            due_at=now,
            expires_at=now + WORTH_READING,
        )
        await deliveries.want_redraw(session, kind, name, period)
        await deliveries.want_newest_redrawn(session, "checkpoint", name)  # it may show the average


async def about(
    session: AsyncSession, mock: MockSession, reader_id: int
) -> list[tuple[MockFeedback, Seated]]:
    """What others wrote about a candidate, whoever interviewed first; with its authors."""
    notes = await mock_notes.of_session(session, mock.id)
    rows = await mock_sessions.seated(session, mock.id)
    return [
        (notes[row.membership.id, reader_id], row)
        for row in rows  # interviewer, candidate, observer
        if row.membership.id != reader_id and (row.membership.id, reader_id) in notes
    ]


async def practise(
    session: AsyncSession, mock: MockSession, member: Membership, now: datetime
) -> tuple[Goal, bool] | None:
    """Make a goal for next week of the weakest skill of a session's feedback.

    Returns the goal and whether it is new; None without feedback. It stands on the first of next week's days
    that is no day off.
    """
    found = await about(session, mock, member.id)
    if not found:
        return None
    note = found[0][0]
    if note.goal_id is not None:
        return await session.get_one(Goal, note.goal_id), False
    text, minutes, area = feedback.practice_goal(feedback.weakest(mock_notes.as_said(note)), Kind(mock.kind))
    monday = calendar.next_monday(memberships.today(member, now))
    working = [day for day in calendar.days_of_week(monday) if day.weekday() not in member.days_off]
    day = (working or [monday])[0]
    goal = await goals.add_own(session, member, text=text, minutes=minutes, area=area.value, day=day)
    note.goal_id = goal.id
    await session.flush()
    kind, period = mock_notes.message_of(mock)
    name = memberships.whom(member)
    await deliveries.want_redraw(session, kind, name, period)
    await deliveries.want_redraw(session, "day", name, day.isoformat(), anew=True)
    return goal, True
