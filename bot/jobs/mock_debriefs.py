"""What the clock does after a full loop: asks for votes, holds the debrief, brings the feedback."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from statistics import fmean

from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs.mock_feedback import received
from bot.outbox import Letter
from bot.store import (
    groups,
    memberships,
    mock_debriefs,
    mock_feedback,
    mock_loops,
    mock_notes,
    mock_sessions,
)
from bot.store.mock_loops import Cast
from bot.store.tables import Delivery, Membership, MockSession, Timer
from bot.views import mock_debriefs as view
from bot.views.mock_feedback import moment
from bot.views.mock_loops import round_title
from bot.views.mock_reading import Received
from plans.loop import Outcome, Vote, debrief
from plans.mocks import Role
from plans.questions import Bank


async def ring_after(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """The last round is over: owe everybody the question how it was."""
    cast = await mock_loops.find(session, int(timer.whom[1:]))
    if cast is not None:
        await mock_debriefs.ask(session, cast, now)


async def ring_verdict(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """Two days later: what is known now decides, and nobody is waited for."""
    cast = await mock_loops.find(session, int(timer.whom[1:]))
    if cast is not None:
        await mock_debriefs.decide(session, cast, now)


# How was it?


async def compose_after(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """The vote and the feedback of one person, as far as they are given; nothing new in a resting group."""
    member = await memberships.get(session, int(delivery.whom[1:]))
    cast = await mock_loops.find(session, int(delivery.period[1:]))
    if cast is None:
        return None
    awake = (await groups.get(session, cast.loop.group_id)).status == "active"
    if delivery.state != "sent" and not (awake and member.status == "active"):
        return None
    mine = next((each.row for each in cast.panel if each.membership.id == member.id), None)
    parts = [
        part
        for mock in await mock_loops.rounds(session, cast.loop)
        if (part := await _part(session, mock, member)) is not None
    ]
    asked = view.Asked(
        loop_id=cast.loop.id,
        candidate=cast.candidate.name,
        parts=parts,
        until=moment(mock_debriefs.deadline(cast), member.timezone),
        vote=Vote(mine.vote) if mine is not None and mine.vote else None,
        votes_open=mock_debriefs.is_open(cast, now),
        is_candidate=mine is None,
        released=cast.loop.state == "over",
    )
    return Letter(delivery.channel or member.user_id, view.after(asked))


async def _part(session: AsyncSession, mock: MockSession, member: Membership) -> view.Part | None:
    """A round in which the member sat, with what they can write about its candidate."""
    rows = await mock_sessions.seated(session, mock.id)
    mine = next((row for row in mock_sessions.coming(rows) if row.membership.id == member.id), None)
    if mine is None:
        return None
    notes = await mock_notes.of_session(session, mock.id)
    still = await mock_notes.still_open(session, mock, rows, member.id)
    return view.Part(
        session_id=mock.id,
        title=round_title(mock.subject),
        given=any(author == member.id for author, _ in notes),
        open=bool(still),
        shadow=mine.seat.role == Role.OBSERVER,
    )


# The debrief


async def compose_debrief(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """Everybody's votes, to the interviewers alone."""
    cast = await mock_loops.find(session, int(delivery.whom[1:]))
    if cast is None:
        return None
    awake = (await groups.get(session, cast.loop.group_id)).status == "active"
    gone = ("deactivated", "forgotten")
    people = [each.membership for each in cast.here if each.membership.status not in gone]
    if delivery.state != "sent" and not (awake and people):
        return None
    ballots = [
        view.Ballot(
            name=each.membership.name,
            vote=Vote(each.row.vote) if each.row.vote else None,
            note=each.row.note,
            bar_raiser=each.membership.id == cast.loop.bar_raiser_id,
        )
        for each in cast.here
    ]
    message = view.debrief(cast.candidate.name, ballots, _outcome(cast))
    return Letter(delivery.channel or ",".join(member.user_id for member in people), message)


def _outcome(cast: Cast) -> Outcome:
    raiser = cast.loop.bar_raiser_id
    return debrief(mock_debriefs.votes(cast), str(raiser) if raiser is not None else None)


# What the candidate reads


async def compose_feedback(
    session: AsyncSession, delivery: Delivery, _now: datetime, *, bank: Bank
) -> Letter | None:
    """The outcome and each round's feedback. It arrives also if its authors have left, or the group rests.

    That nobody has written is no news in a group that rests.
    """
    member = await memberships.get(session, int(delivery.whom[1:]))
    cast = await mock_loops.find(session, int(delivery.period[1:]))
    if cast is None or (delivery.state != "sent" and member.status != "active"):
        return None
    found: list[tuple[str, Received]] = []
    silent = []
    for mock in await mock_loops.rounds(session, cast.loop):
        written = await mock_feedback.about(session, mock, member.id)
        if written:
            found.append((round_title(mock.subject), await received(session, mock, member, written, bank)))
        if all(row.seat.role == Role.OBSERVER for _, row in written):
            silent.append(round_title(mock.subject))
    awake = (await groups.get(session, cast.loop.group_id)).status == "active"
    if delivery.state != "sent" and not (awake or found or mock_debriefs.votes(cast)):
        return None
    facts = view.Reading(
        outcome=_outcome(cast),
        averages=_averages([each for _, each in found]),
        rounds=found,
        silent=silent,
        goal=next((each.goal for _, each in found if each.goal), ""),
    )
    return Letter(delivery.channel or member.user_id, view.feedback(facts))


def _averages(rounds: Sequence[Received]) -> dict[str, float]:
    """The mean of each skill over all that interviewers wrote that day."""
    given: dict[str, list[int]] = defaultdict(list)
    for each in rounds:
        for paper in each.papers:
            for skill, value in paper.ratings.items():
                given[skill].append(value)
    return {skill: fmean(values) for skill, values in given.items()}
