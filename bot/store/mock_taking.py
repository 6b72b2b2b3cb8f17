"""Giving the session that somebody asked for to the first who fits."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import mock_asks, mock_people, mock_profiles, mock_rounds
from bot.store.mock_signups import Signed
from bot.store.tables import Group, Membership, MockAsk, MockSession, MockSignup
from plans.mocks import Kind, Role
from plans.pairing import pair
from plans.questions import Bank

WINDOW = timedelta(days=4)  # in which the session is to take place


async def take(
    session: AsyncSession, bank: Bank, group: Group, found: MockAsk, taker: Membership, now: datetime
) -> MockSession | None:
    """Give the session to `taker` if the two fit; none if they do not, for whichever reason."""
    asker = await session.get_one(Membership, found.membership_id)
    window = now + mock_rounds.NOTICE, now + WINDOW
    signed = [await _signed(session, each, now) for each in (asker, taker)]
    mine, theirs = await mock_people.participants(session, signed, window, now)
    past = await mock_people.past(session, group.id)
    people = [
        replace(mine, kinds=frozenset({Kind(found.kind)}), wish=Role.CANDIDATE),
        replace(theirs, wish=Role.INTERVIEWER),
    ]
    made = pair(people, past.rounds, seed=found.id, kinds_before=past.kinds)
    if not made.groups:
        return None
    mock = await mock_rounds.open_session(
        session,
        bank,
        group,
        made.groups[0],
        round_id=None,
        ask_id=found.id,
        window=window,
        now=now,
        past=past,
    )
    found.session_id = mock.id
    await mock_asks.end(session, found, "taken")
    return mock


async def _signed(session: AsyncSession, member: Membership, now: datetime) -> Signed:
    """Somebody as the matcher reads them, with what always holds for them."""
    signup = MockSignup(membership_id=member.id, state="in", kinds=None, hours=None, changed_at=now)
    return Signed(signup, member, await mock_profiles.find(session, member.id))
