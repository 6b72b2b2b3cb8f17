"""Rounds of mock interviews: matching, what becomes of it, and matching anew when somebody drops out.

While a round is open it is in `mock_signups`; what the matcher is told is read in `mock_people`.
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import (
    deliveries,
    groups,
    memberships,
    mock_people,
    mock_profiles,
    mock_reasons,
    mock_sessions,
    mock_signups,
    mock_times,
)
from bot.store.mock_people import Past
from bot.store.mock_sessions import ALIVE, COMING, Place, Seated
from bot.store.mock_signups import Signed, sign_off
from bot.store.tables import Group, Membership, MockRound, MockSeat, MockSession, MockSignup
from plans import availability, mocks
from plans.availability import Interval
from plans.mocks import Role
from plans.pairing import Group as Paired
from plans.pairing import LeftOut, Pairing, Participant, pair, style_for
from plans.questions import Bank

__all__ = ["held_by", "match", "open_session", "rematch", "sessions_of", "sign_off", "stand_in", "window_of"]

BREATH = timedelta(hours=12)  # nobody is asked to practise sooner after the matching
NOTICE = timedelta(hours=3)  # nor sooner after a rematch
WEEK = timedelta(days=7)
STILL_NEWS = timedelta(days=3)


def window_of(round_: MockRound) -> Interval:
    """When the sessions of a round are to take place."""
    begins = round_.closes_at + BREATH
    return begins, begins + WEEK


async def match(session: AsyncSession, bank: Bank, group: Group, round_: MockRound, now: datetime) -> None:
    """Match a round that has closed, once: its sessions, who has none and why, and all that is owed of it.

    All of it belongs to the transaction of `session`: a crash leaves everything or nothing.
    """
    if round_.state != "open":
        return
    round_.state = "matched"
    await session.flush()  # from here on nobody comes in or goes: their clicks wait for this row
    signed = await mock_signups.signed_up(session, round_, now)
    window = window_of(round_)
    past = await mock_people.past(session, group.id, before=round_)
    people = await mock_people.participants(session, signed, window, now)
    made = await _pair(people, past, round_.seed)
    for each in made.groups:
        await open_session(
            session, bank, group, each, round_id=round_.id, ask_id=None, window=window, now=now, past=past
        )
    by_id = {str(each.membership.id): each for each in signed}
    for left in made.left_out:
        await _note_left_out(session, group, round_, by_id[left.id], left, now)
    if made.groups:
        expires_at = round_.closes_at + STILL_NEWS
        await mock_signups.owe(
            session, group, "pairs", groups.whom(group), round_, now, expires_at=expires_at
        )
    await mock_signups.redraw(session, round_)


async def _pair(people: Sequence[Participant], past: Past, seed: int) -> Pairing:
    """The matcher's answer; beside the event loop, for a large round takes it seconds."""
    work = partial(pair, people, past.rounds, seed=seed, kinds_before=past.kinds)
    return await asyncio.to_thread(work)


async def _note_left_out(
    session: AsyncSession, group: Group, round_: MockRound, each: Signed, left: LeftOut, now: datetime
) -> None:
    """Keep why somebody has no session, and owe them the sentence; a mentor is told only by `/prep why`."""
    each.signup.left_out = left.reason.text()
    if each.membership.role == "mentor":
        return
    name = memberships.whom(each.membership)
    expires_at = round_.closes_at + STILL_NEWS
    await mock_signups.owe(session, group, "leftout", name, round_, now, expires_at=expires_at)


async def sessions_of(session: AsyncSession, round_: MockRound) -> list[MockSession]:
    """What was made of a round, also what was given up or matched anew."""
    query = select(MockSession).where(MockSession.round_id == round_.id)
    return list(await session.scalars(query.order_by(MockSession.id)))


async def held_by(session: AsyncSession, membership_id: int) -> int:
    """In how many sessions that took place the member was."""
    query = (
        select(func.count())
        .select_from(MockSeat)
        .join(MockSession, MockSession.id == MockSeat.session_id)
        .where(
            MockSeat.membership_id == membership_id,
            MockSeat.state.in_(COMING),
            MockSession.state == "held",
            MockSession.loop_id.is_(None),
        )
    )
    return int(await session.scalar(query) or 0)


# A session


async def open_session(
    session: AsyncSession,
    bank: Bank,
    group: Group,
    paired: Paired,
    *,
    round_id: int | None,
    ask_id: int | None,
    window: Interval,
    now: datetime,
    past: Past | None = None,
) -> MockSession:
    """Seat people: with hours inside `window`, their questions, a look for answers; their room is owed."""
    known = past or await mock_people.past(session, group.id)
    members = {who: await memberships.get(session, int(who)) for who in paired.people}
    together = await _common(session, list(members.values()), round_id, window)
    longest = max((round((end - start).total_seconds() / 60) for start, end in together), default=0)
    minutes = mocks.session_minutes(paired.kind, longest)
    zones = [memberships.zone(member) for member in members.values()]
    slots = availability.slots(
        availability.common(together, minutes=minutes), minutes, window[0], zones=zones
    )
    swaps = all(members[who].role != "mentor" for who in paired.people)
    seed = mock_signups.seed_of(group.id, round_id or 0, ask_id or 0, *paired.people)
    mock = await mock_sessions.create(
        session,
        group_id=group.id,
        kind=paired.kind,
        minutes=minutes,
        swaps=swaps,
        places=[_place(who, role, known, seed, swaps=swaps) for who, role in _in_order(paired)],
        slots=slots,
        reason=mock_reasons.of_group(paired, members),
        seed=seed,
        now=now,
        round_id=round_id,
        ask_id=ask_id,
    )
    await mock_sessions.hand_out(session, bank, mock, await mock_sessions.seated(session, mock.id))
    await mock_times.await_answers(session, mock, now)
    await mock_sessions.owe_room(session, mock, now)
    return mock


def _in_order(paired: Paired) -> list[tuple[str, Role]]:
    return [(who, paired.roles[who]) for who in paired.people]


def _place(who: str, role: Role, past: Past, seed: int, *, swaps: bool) -> Place:
    """A seat; whoever is candidate in a turn meets the style that they have met least."""
    is_candidate = role is Role.CANDIDATE or (swaps and role is Role.INTERVIEWER)
    style = style_for(past.styles.get(int(who), ()), seed, who) if is_candidate else None
    return Place(int(who), role, style)


async def _common(
    session: AsyncSession, members: Collection[Membership], round_id: int | None, window: Interval
) -> tuple[Interval, ...]:
    """When all of these have time inside the window, for an hour at least."""
    free = []
    for member in members:
        query = select(MockSignup).where(
            MockSignup.round_id == round_id, MockSignup.membership_id == member.id
        )
        signup = await session.scalar(query) if round_id is not None else None
        hours = mock_profiles.hours_of(await mock_profiles.find(session, member.id), signup)
        free.append(availability.intervals(hours, memberships.zone(member), *window))
    return availability.common(*free, minutes=mocks.SHORT)


# Matching anew


async def rematch(session: AsyncSession, mock: MockSession, bank: Bank, now: datetime) -> None:
    """Somebody has dropped out of a session: find others for who is left, over the hours that remain.

    Two who are left of a three go on. Otherwise who is left and who stands by are matched anew, the session
    is dissolved, and whoever finds nobody is told so. What is no living session any more stays as it is.
    """
    if mock.state not in ALIVE or mock.loop_id is not None:
        return
    rows = await mock_sessions.seated(session, mock.id)
    here = mock_sessions.coming(rows)
    if len(here) > 1:
        if len(here) < len(rows):
            await mock_sessions.go_on_without(session, bank, mock, now)
        return
    await mock_sessions.close(session, mock, "dissolved", now)
    group = await groups.get(session, mock.group_id)
    round_ = await mock_signups.get(session, mock.round_id) if mock.round_id is not None else None
    found = await _matched_anew(session, bank, group, round_, here, now) if round_ is not None else set()
    for row in here:
        if row.membership.id not in found and row.membership.status == "active":
            await _tell_alone(session, group, mock, row.membership, now)


async def _matched_anew(
    session: AsyncSession,
    bank: Bank,
    group: Group,
    round_: MockRound,
    here: Sequence[Seated],
    now: datetime,
) -> set[int]:
    """Match those who are left with those who stand by; the memberships that have a session now."""
    window = max(now + NOTICE, window_of(round_)[0]), window_of(round_)[1]
    people = await stand_in(session, round_, {row.membership.id for row in here}, now)
    if window[0] >= window[1] or len(people) < mock_signups.FEWEST:
        return set()
    past = await mock_people.past(session, group.id, before=round_)
    wanted = await mock_people.participants(session, people, window, now)
    made = await _pair(wanted, past, mock_signups.seed_of(round_.seed, now.isoformat()))
    found: set[int] = set()
    signups = {str(each.membership.id): each.signup for each in people}
    for each in made.groups:
        await open_session(
            session, bank, group, each, round_id=round_.id, ask_id=None, window=window, now=now, past=past
        )
        for who in each.people:
            found.add(int(who))
            signups[who].left_out = None
    for left in made.left_out:
        signups[left.id].left_out = left.reason.text()
    return found


async def stand_in(
    session: AsyncSession, round_: MockRound, left: Collection[int], now: datetime
) -> list[Signed]:
    """Who can be matched anew in a round: who is `left` of a session, who has none through no choice of their
    own, and mentors who have room for one more.
    """
    query = (
        select(MockSeat, MockSession.state)
        .join(MockSession, MockSession.id == MockSeat.session_id)
        .where(MockSession.round_id == round_.id)
    )
    gave_up: set[int] = set()
    busy: dict[int, int] = {}
    for seat, state in await session.execute(query):
        if seat.state not in COMING:
            gave_up.add(seat.membership_id)
        elif state not in mock_people.NO_MEETING:
            busy[seat.membership_id] = busy.get(seat.membership_id, 0) + 1
    return [
        each
        for each in await mock_signups.signed_up(session, round_, now)
        if each.membership.id not in gave_up - set(left) and busy.get(each.membership.id, 0) < _capacity(each)
    ]


def _capacity(each: Signed) -> int:
    """In how many sessions of a round somebody can be."""
    return max(1, each.profile.capacity) if each.profile and each.membership.role == "mentor" else 1


async def _tell_alone(
    session: AsyncSession, group: Group, mock: MockSession, membership: Membership, now: datetime
) -> None:
    """Owe somebody the sentence that their session fell through."""
    await deliveries.owe(
        session,
        "alone",
        workspace_id=group.workspace_id,
        whom=memberships.whom(membership),
        period=mock_sessions.whom(mock),
        due_at=now,
        expires_at=now + STILL_NEWS,
    )
