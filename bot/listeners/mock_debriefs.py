"""Voting after a full loop."""

from datetime import datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of
from bot.listeners.answers import Answers
from bot.listeners.listening import Listening
from bot.listeners.mock_loop_rooms import ForInterviewers, LoopOver, Mine, of_actor
from bot.listeners.replying import acknowledge, open_form
from bot.store import mock_debriefs, mock_loops
from bot.store.tables import LoopPanelist
from bot.views import mock_debriefs as view
from plans.errors import StudyError
from plans.loop import Vote


class VoteTooEarly(StudyError):
    """The last round is not over yet. I ask for your vote when it is."""


class VotesAreOpen(StudyError):
    """The votes are open, so yours stays as it is. What you think now belongs into the debrief."""


def register(app: Listening) -> None:
    """Listen to the vote and its form."""
    app.action(view.VOTE)(open_vote)
    app.view(view.VOTE_FORM)(vote)


async def open_vote(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Open the form with what was voted so far."""
    async with house.database.read() as session:
        mine, row = await _voter(session, body, str(body["actions"][0].get("value") or ""), house.now())
        before = Vote(row.vote) if row.vote else None
        form = view.vote_form(mine.cast.loop.id, mine.cast.candidate.name, before, row.note)
    await acknowledge(ack, house, body, await open_form(house, body, form, "mock"))


async def vote(ack: AsyncAck, body: dict[str, Any], house: House, view: dict[str, Any]) -> None:
    """Keep the vote; once the votes are open it stays as it is."""
    answers = Answers(view)
    chosen = answers.choice("vote")
    if chosen not in set(Vote):
        await ack(response_action="errors", errors={"vote": "One of the four, please."})
        return
    async with house.database.write() as session:
        about = str(view.get("private_metadata") or "")
        mine, row = await _voter(session, body, about, house.now())
        note = answers.text("note")
        if (row.vote, row.note) != (chosen, note):
            await mock_debriefs.vote(session, mine.cast, row, Vote(chosen), note, house.now())
    await ack()
    house.outbox.wake()


async def _voter(
    session: AsyncSession, body: dict[str, Any], value: str, now: datetime
) -> tuple[Mine, LoopPanelist]:
    """The loop that a button or a form names, if the actor may vote there now.

    Who has left the group since can still vote: it is for the candidate's sake.

    Raises:
        ForInterviewers: the actor does not interview there.
        LoopOver: it was called off.
        VoteTooEarly: it is not time yet.
        VotesAreOpen: the actor's vote was read already.
    """
    mine = await of_actor(session, actor_of(body), value)
    if mine.row is None or mine.row.state == mock_loops.DECLINED:
        raise ForInterviewers
    if mine.cast.loop.state == "cancelled":
        raise LoopOver
    last = max(stop.end for stop in mine.cast.stops() if stop.what == "round")
    if now < mine.cast.loop.starts_at + timedelta(minutes=last):
        raise VoteTooEarly
    if mine.row.vote is not None and mock_debriefs.is_open(mine.cast, now):
        raise VotesAreOpen
    return mine, mine.row
