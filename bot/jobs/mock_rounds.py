"""What the clock does for rounds of mock interviews: calls, warns, matches, and writes all their messages."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import (
    groups,
    memberships,
    mock_asks,
    mock_rounds,
    mock_sessions,
    mock_signups,
    timers,
)
from bot.store.tables import Delivery, Group, MockRound, Timer
from bot.views import mock_asks as asks_view
from bot.views import mock_rounds as view
from plans import calendar
from plans.mocks import Kind
from plans.questions import Bank

TOO_LATE = timedelta(hours=24)  # after this a round that nobody matched is let go


# Rings


async def ring_call(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """Open the week's round, unless it comes too late; then wait for the next call."""
    group = await _group(session, timer)
    if group.status != "active" or not group.has_mocks:
        await timers.stop(session, timer.whom, "call")
        return
    await mock_signups.open_round(session, group, timer.period, timer.next_due_at, now)
    since = max(timer.next_due_at, now - calendar.WEEK)  # after a long rest, no call of long ago
    following = calendar.next_occurrence(
        since, group.call_time, ZoneInfo(group.timezone), frozenset({group.call_weekday})
    )
    await timers.set_next(session, "call", timer.whom, following.day, following.instant)


async def ring_last_call(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """Warn who is in only because they always are; nobody else hears anything."""
    await timers.stop(session, timer.whom, "lastcall")
    group, round_ = await _round(session, timer)
    if round_ is None or not mock_signups.is_open(round_, now) or group.status != "active":
        return
    for member in await mock_signups.regulars_to_warn(session, round_, now):
        name = memberships.whom(member)
        await mock_signups.owe(session, group, "lastcall", name, round_, now, expires_at=round_.closes_at)


async def ring_matching(session: AsyncSession, timer: Timer, now: datetime, *, bank: Bank) -> None:
    """Match the round that closes now; one whose hour is long past is let go."""
    await timers.stop(session, timer.whom, "matching", "lastcall")
    group, round_ = await _round(session, timer)
    if round_ is None or round_.state != "open" or group.status != "active":
        return
    if now >= round_.closes_at + TOO_LATE:
        round_.state = "lapsed"
        await mock_signups.redraw(session, round_)
        return
    await mock_rounds.match(session, bank, group, round_, now)


async def ring_ask(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """An ask that nobody took is closed."""
    await timers.stop(session, timer.whom, "ask")
    ask = await mock_asks.get(session, int(timer.whom[1:]))
    if ask is not None and ask.state == "open" and now >= ask.expires_at:
        await mock_asks.end(session, ask, "expired")


async def _group(session: AsyncSession, timer: Timer) -> Group:
    return await groups.get(session, int(timer.whom[1:]))


async def _round(session: AsyncSession, timer: Timer) -> tuple[Group, MockRound | None]:
    """The group and the round that a timer is about."""
    group = await _group(session, timer)
    return group, await mock_signups.of_week(session, group.id, timer.period)


# Letters


async def compose_call(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """The call as it stands: open with who is in, or closed with what came of it."""
    group = await groups.get(session, int(delivery.whom[1:]))
    round_ = await _named(session, group, delivery)
    if round_ is None or group.status != "active":
        return None
    if delivery.state != "sent" and not mock_signups.is_open(round_, now):
        return None
    return Letter(group.channel_id, view.call(await _card(session, group, round_, now)))


async def compose_last_call(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """You are in, does it suit you; afterwards what they said."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    group = await groups.get(session, membership.group_id)
    round_ = await _named(session, group, delivery)
    signup = await mock_signups.find(session, round_, membership.id) if round_ else None
    if round_ is None or signup is None or membership.status != "active" or group.status != "active":
        return None
    waits = signup.state == "in" and signup.by_default
    if delivery.state != "sent" and not (waits and mock_signups.is_open(round_, now)):
        return None
    card = await _card(session, group, round_, now)
    state = "default" if waits else signup.state
    return Letter(delivery.channel or membership.user_id, view.last_call(card, membership.timezone, state))


async def compose_pairs(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """Who meets whom, without whoever has left since; it stays as it was announced."""
    group = await groups.get(session, int(delivery.whom[1:]))
    round_ = await _named(session, group, delivery)
    if round_ is None or group.status != "active":
        return None
    found, paired = [], set()
    for mock in await mock_rounds.sessions_of(session, round_):
        here = mock_sessions.coming(await mock_sessions.seated(session, mock.id))
        if len(here) < 2 or mock.state not in mock_sessions.ALIVE:
            continue
        paired |= {row.membership.id for row in here}
        mentor = next((row.membership.name for row in here if row.membership.role == "mentor"), None)
        names = [row.membership.name for row in here]
        found.append(view.Pair(names, Kind(mock.kind), mock.minutes, mentor))
    if not found:
        return None
    signed = await mock_signups.signed_up(session, round_, now)
    waiting = [
        each for each in signed if each.membership.id not in paired and each.membership.role != "mentor"
    ]
    return Letter(group.channel_id, view.pairs(found, len(waiting)))


async def compose_left_out(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """Why nobody, to one who has nobody; nothing if they have somebody by now."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    group = await groups.get(session, membership.group_id)
    round_ = await _named(session, group, delivery)
    signup = await mock_signups.find(session, round_, membership.id) if round_ else None
    if signup is None or membership.status != "active" or group.status != "active":
        return None
    if delivery.state != "sent" and not signup.left_out:
        return None
    message = view.left_out(signup.left_out or "", membership.name, membership.id)
    return Letter(delivery.channel or membership.user_id, message)


async def compose_ask(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """Somebody asks for a mock; later, what became of it."""
    ask = await mock_asks.get(session, int(delivery.period[1:]))
    group = await groups.get(session, int(delivery.whom[1:]))
    if ask is None or group.status != "active":
        return None
    if delivery.state != "sent" and not mock_asks.is_open(ask, now):
        return None
    asker = await memberships.get(session, ask.membership_id)
    partner = None
    if ask.session_id is not None:
        rows = await mock_sessions.seated(session, ask.session_id)
        partner = next((row.membership.name for row in rows if row.membership.id != asker.id), None)
    card = asks_view.Ask(
        ask.id, asker.name, Kind(ask.kind), ask.state, ask.expires_at, group.timezone, partner
    )
    return Letter(group.channel_id, asks_view.post(card))


async def _named(session: AsyncSession, group: Group, delivery: Delivery) -> MockRound | None:
    """The round of the week that a delivery is about."""
    return await mock_signups.of_week(session, group.id, calendar.monday_of_label(delivery.period))


async def _card(session: AsyncSession, group: Group, round_: MockRound, now: datetime) -> view.Call:
    signed = await mock_signups.signed_up(session, round_, now)
    return view.Call(
        round_id=round_.id,
        names=[each.membership.name for each in signed],
        closes_at=round_.closes_at,
        timezone=group.timezone,
        is_open=mock_signups.is_open(round_, now),
        sessions=len(await mock_rounds.sessions_of(session, round_)),
        lapsed=round_.state == "lapsed",
    )
