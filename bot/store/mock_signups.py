"""Rounds of mock interviews while they are open: when they close, who is in, who has said what.

A round belongs to the week in which it was called; a group has one a week, and none while another is open.
"""

import hashlib
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, groups, memberships, mock_asks, mock_profiles, pauses, timers
from bot.store.inserting import insert_new
from bot.store.tables import Group, Membership, MockProfile, MockRound, MockSignup
from plans import calendar
from plans.mocks import Kind

LAST_CALL = timedelta(hours=24)  # so long before the closing the warning comes
FEWEST = 2  # people, or nobody can practise with anybody


class Signed(NamedTuple):
    """Somebody who is in a round, with how they practise."""

    signup: MockSignup
    membership: Membership
    profile: MockProfile | None


def label(round_: MockRound) -> str:
    """How deliveries name the round: by its week."""
    return calendar.week_label(round_.week_of)


def closing(group: Group, called_at: datetime) -> datetime:
    """When a round that is called now closes and is matched."""
    weekdays = frozenset({group.matching_weekday})
    return calendar.next_occurrence(
        called_at, group.matching_time, ZoneInfo(group.timezone), weekdays
    ).instant


def seed_of(*parts: object) -> int:
    """A number that the same parts always give and that fits a column."""
    digest = hashlib.sha256(":".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:4]) >> 1


async def get(session: AsyncSession, round_id: int) -> MockRound | None:
    """The round with this id."""
    return await session.get(MockRound, round_id)


async def newest(session: AsyncSession, group_id: int, state: str | None = None) -> MockRound | None:
    """The group's newest round, perhaps of those that are `open` or `matched`."""
    query = select(MockRound).where(MockRound.group_id == group_id)
    if state is not None:
        query = query.where(MockRound.state == state)
    found: MockRound | None = await session.scalar(query.order_by(MockRound.closes_at.desc()).limit(1))
    return found


async def of_week(session: AsyncSession, group_id: int, week_of: date) -> MockRound | None:
    """The round that was called in this week."""
    found: MockRound | None = await session.scalar(
        select(MockRound).where(MockRound.group_id == group_id, MockRound.week_of == week_of)
    )
    return found


def is_open(round_: MockRound, now: datetime) -> bool:
    """Whether one can still join, leave or say otherwise."""
    return round_.state == "open" and now < round_.closes_at


# Its beginning


async def open_round(
    session: AsyncSession, group: Group, day: date, called_at: datetime, now: datetime
) -> MockRound | None:
    """Open the round that is called on `day`: the call is owed, who is always in is in, its timers are set.

    None where there is nothing to open: it comes too late, another round is open, it was called already,
    or there are not two people who could meet.
    """
    closes_at = closing(group, called_at)
    if now >= closes_at or await newest(session, group.id, "open") is not None:
        return None
    if len(await groups.members(session, group)) < FEWEST:
        return None
    week_of = calendar.monday_of(day)
    values = {"opened_at": now, "closes_at": closes_at, "seed": seed_of(group.id, week_of), "state": "open"}
    if not await insert_new(session, MockRound, group_id=group.id, week_of=week_of, **values):
        return None
    found = await of_week(session, group.id, week_of)
    if found is not None:
        await _sign_up_regulars(session, group, found, now)
        await set_round_timers(session, group, found, now)
        await owe(session, group, "call", groups.whom(group), found, now, expires_at=closes_at)
    return found


async def _sign_up_regulars(session: AsyncSession, group: Group, round_: MockRound, now: datetime) -> None:
    """Who is always in is in, until they say otherwise."""
    for member in await groups.members(session, group):
        profile = await mock_profiles.find(session, member.id)
        if profile is not None and profile.always:
            await sign_up(session, round_, member, now, by_default=True)


async def set_round_timers(session: AsyncSession, group: Group, round_: MockRound, now: datetime) -> None:
    """Let the warning and the matching of an open round ring; a warning whose hour has passed does not."""
    name = groups.whom(group)
    await timers.set_next(session, "matching", name, round_.week_of, round_.closes_at)
    warns_at = round_.closes_at - LAST_CALL
    if warns_at > now:
        await timers.set_next(session, "lastcall", name, round_.week_of, warns_at)
    else:
        await timers.stop(session, name, "lastcall")


async def owe(
    session: AsyncSession,
    group: Group,
    kind: str,
    whom: str,
    round_: MockRound,
    now: datetime,
    *,
    expires_at: datetime,
) -> None:
    """Owe somebody a message about a round."""
    await deliveries.owe(
        session,
        kind,
        workspace_id=group.workspace_id,
        whom=whom,
        period=label(round_),
        due_at=now,
        expires_at=expires_at,
    )


# Who is in


async def find(session: AsyncSession, round_: MockRound, membership_id: int) -> MockSignup | None:
    """What the member has said about the round, or what was assumed; none if nothing."""
    found: MockSignup | None = await session.scalar(
        select(MockSignup).where(MockSignup.round_id == round_.id, MockSignup.membership_id == membership_id)
    )
    return found


async def sign_up(
    session: AsyncSession,
    round_: MockRound,
    membership: Membership,
    now: datetime,
    *,
    kinds: list[Kind] | None = None,
    by_default: bool = False,
) -> MockSignup:
    """Put a member in, perhaps for certain kinds this once. Whoever is in stays in."""
    found = await _say(session, round_, membership, "in", now, by_default=by_default)
    if kinds is not None:
        found.kinds = [kind.value for kind in kinds]
    return found


async def decline(session: AsyncSession, round_: MockRound, membership: Membership, now: datetime) -> None:
    """Leave a member out of this one round."""
    await _say(session, round_, membership, "out", now, by_default=False)


async def _say(
    session: AsyncSession,
    round_: MockRound,
    membership: Membership,
    state: str,
    now: datetime,
    *,
    by_default: bool,
) -> MockSignup:
    """Keep what is said about a round; everything that shows it is drawn again."""
    found = await find(session, round_, membership.id)
    if found is None:
        found = MockSignup(
            round_id=round_.id, membership_id=membership.id, kinds=None, hours=None, left_out=None
        )
        session.add(found)
    found.state, found.by_default, found.changed_at = state, by_default, now
    await session.flush()
    await redraw(session, round_)
    await deliveries.want_redraw(session, "lastcall", memberships.whom(membership), label(round_))
    return found


async def sign_off(session: AsyncSession, membership: Membership, now: datetime) -> None:
    """Take somebody who leaves the group out of its open round, and what they ask for back."""
    await mock_asks.withdraw_all(session, membership)
    round_ = await newest(session, membership.group_id, "open")
    if round_ is None:
        return
    found = await find(session, round_, membership.id)
    if found is not None and found.state == "in":
        await decline(session, round_, membership, now)


async def redraw(session: AsyncSession, round_: MockRound) -> None:
    """Draw the call again."""
    await deliveries.want_redraw(session, "call", f"g{round_.group_id}", label(round_))


async def signed_up(session: AsyncSession, round_: MockRound, now: datetime) -> list[Signed]:
    """Who is in: active and not on a holiday of theirs, in the order of their names."""
    query = (
        select(MockSignup, Membership, MockProfile)
        .join(Membership, Membership.id == MockSignup.membership_id)
        .outerjoin(MockProfile, MockProfile.membership_id == Membership.id)
        .where(MockSignup.round_id == round_.id, MockSignup.state == "in", Membership.status == "active")
    )
    found = [
        Signed(signup, membership, profile)
        for signup, membership, profile in await session.execute(query)
        if await pauses.on(session, membership.id, memberships.today(membership, now)) is None
    ]
    return sorted(found, key=lambda each: (each.membership.name.casefold(), each.membership.id))


async def regulars_to_warn(session: AsyncSession, round_: MockRound, now: datetime) -> list[Membership]:
    """Who is in only because they always are and has not said anything this time."""
    return [each.membership for each in await signed_up(session, round_, now) if each.signup.by_default]
