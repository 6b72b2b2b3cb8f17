"""Mentors: people who only interview. Invited by the lead, in rounds at their hours, thanked once a year.

A mentor's membership has no enrolment, no daily post, no check-in and no line on a scorecard.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, enrolments, goals, groups, memberships, mock_profiles, mock_signups, timers
from bot.store.mock_sessions import COMING
from bot.store.people import Profile
from bot.store.tables import Delivery, Group, Membership, MockProfile, MockSeat, MockSession
from plans import availability
from plans.availability import Hours
from plans.mocks import Kind, Role

MENTOR = "mentor"  # the role, and the kind of the invitation's delivery
INVITATIONS = ("invite", *(f"invite{number}" for number in range(2, 10)))  # who said no may be asked again
WORTH_ASKING = timedelta(days=30)
WORTH_THANKING = timedelta(days=30)
POST_TIME = time(8)  # no column may be empty; a mentor gets no daily post


class Offer(NamedTuple):
    """What a mentor gives: at which hours, how many sessions a round at most, of which kinds (none: any).

    `always` says whether they are in every round; it is theirs to change with `/prep mock`.
    """

    hours: Hours
    capacity: int
    kinds: Sequence[Kind] = ()
    always: bool = True


class Given(NamedTuple):
    """What a mentor gave in a year: sessions that were held, and how many people they interviewed."""

    sessions: int
    people: int


async def invite(
    session: AsyncSession, group: Group, person: Profile, now: datetime
) -> tuple[Membership, bool]:
    """Ask somebody to mentor; who is asked already is not asked twice. The membership, and whether it is new.

    Whoever was a member before and left keeps their membership's past; being in the group is for the caller
    to refuse.
    """
    found = await memberships.in_group(session, group, person.user_id)
    if found is not None and found.status == "invited":
        return found, False
    if found is None:
        found = Membership(
            group_id=group.id,
            workspace_id=group.workspace_id,
            user_id=person.user_id,
            post_time=POST_TIME,
            sharing="private",
            days_off=[],
        )
        session.add(found)
    found.name, found.role, found.status = person.name, MENTOR, "invited"
    found.timezone, found.follows_slack_zone = person.timezone or group.timezone, True
    found.joined_at, found.left_at = now, None
    await session.flush()
    await _owe_invitation(session, group, found, now)
    return found, True


async def _owe_invitation(session: AsyncSession, group: Group, member: Membership, now: datetime) -> None:
    """Owe the question; the next of its numbers if they were asked before."""
    name = memberships.whom(member)
    for period in INVITATIONS:
        if await deliveries.owe(
            session,
            MENTOR,
            workspace_id=group.workspace_id,
            whom=name,
            period=period,
            due_at=now,
            expires_at=now + WORTH_ASKING,
        ):
            return


async def redraw(session: AsyncSession, member: Membership) -> None:
    """Draw the newest invitation again, which is also the mentor's own card."""
    await deliveries.want_redraw(session, MENTOR, memberships.whom(member), await _newest(session, member))


async def _newest(session: AsyncSession, member: Membership) -> str:
    """The newest invitation's period."""
    query = select(Delivery.period).where(Delivery.kind == MENTOR, Delivery.whom == memberships.whom(member))
    found: str | None = await session.scalar(query.order_by(Delivery.id.desc()).limit(1))
    return found or INVITATIONS[0]


async def accept(session: AsyncSession, member: Membership, offer: Offer, now: datetime) -> MockProfile:
    """They say yes, or change what they offer. From now on they are in every round, also in one that is open.

    A plan that they followed as a member ends.
    """
    group = await groups.get(session, member.group_id)
    is_new = member.status != "active"
    if is_new:
        member.status, member.joined_at, member.left_at = "active", now, None
        enrolment = await enrolments.current(session, member.id)
        if enrolment is not None:
            enrolment.ended_at = now
            monday = memberships.monday(member, now)
            await goals.withdraw_all_open(session, member.id, monday)
    profile = await mock_profiles.needed(session, member.id, now)
    profile.hours = availability.to_json(offer.hours)
    profile.kinds = [kind.value for kind in offer.kinds]
    profile.capacity = max(1, offer.capacity)
    profile.changed_at = now
    await session.flush()
    if is_new:
        profile.always = True
        await _come_in(session, member, now)
        await memberships.set_times(session, member, group, now)
        await deliveries.want_redraw(session, "opening", groups.whom(group), "card")
        await _owe_answer(session, member, now)
    await redraw(session, member)
    return profile


async def _owe_answer(session: AsyncSession, member: Membership, now: datetime) -> None:
    """Owe the lead what somebody said to their newest invitation."""
    await deliveries.owe(
        session,
        "mentor_answer",
        workspace_id=member.workspace_id,
        whom=memberships.whom(member),
        period=await _newest(session, member),
        due_at=now,
        expires_at=now + WORTH_ASKING,
    )


async def _come_in(session: AsyncSession, member: Membership, now: datetime) -> None:
    """Be in the round that is open, if there is one."""
    round_ = await mock_signups.newest(session, member.group_id, "open")
    if round_ is not None and mock_signups.is_open(round_, now):
        await mock_signups.sign_up(session, round_, member, now)


async def offer_of(session: AsyncSession, member: Membership) -> Offer:
    """What a mentor has offered; what is assumed of everybody if nothing yet."""
    profile = await mock_profiles.find(session, member.id)
    if profile is None:
        return Offer(mock_profiles.hours_of(None), 1)
    kinds = [Kind(kind) for kind in profile.kinds]
    return Offer(mock_profiles.hours_of(profile), profile.capacity, kinds, profile.always)


async def decline(session: AsyncSession, member: Membership, now: datetime) -> None:
    """They say no, and that is that."""
    await withdraw(session, member, now)
    await _owe_answer(session, member, now)


async def withdraw(session: AsyncSession, member: Membership, now: datetime) -> None:
    """An invitation is closed without an answer."""
    member.status, member.left_at = "left", now
    await redraw(session, member)


async def become_member(session: AsyncSession, member: Membership, *, lead: bool) -> None:
    """A mentor joins with a plan of their own: from now on they are a member like any other."""
    member.role = "lead" if lead else "member"
    profile = await mock_profiles.find(session, member.id)
    if profile is not None:
        profile.capacity, profile.always = 1, False
    await timers.stop(session, memberships.whom(member), "thanks")
    await redraw(session, member)


async def get(session: AsyncSession, membership_id: int) -> Membership | None:
    """Who mentors or is asked to, by the membership's id; none if that is somebody else."""
    found = await session.get(Membership, membership_id)
    is_one = found is not None and found.role == MENTOR and found.status in ("active", "invited")
    return found if is_one else None


async def of_group(session: AsyncSession, group: Group) -> list[Membership]:
    """The group's mentors and who is asked to be one, by name."""
    query = select(Membership).where(
        Membership.group_id == group.id,
        Membership.role == MENTOR,
        Membership.status.in_(("active", "invited")),
    )
    return sorted(await session.scalars(query), key=lambda each: (each.name.casefold(), each.id))


async def given(session: AsyncSession, member: Membership, since: datetime, until: datetime) -> Given:
    """What a mentor gave between two instants; the rounds of a full loop are one session."""
    mine = (
        select(MockSession.id, MockSession.loop_id)
        .join(MockSeat, MockSeat.session_id == MockSession.id)
        .where(
            MockSeat.membership_id == member.id,
            MockSeat.state.in_(COMING),
            MockSeat.role == Role.INTERVIEWER.value,
            MockSession.state == "held",
            MockSession.starts_at >= since,
            MockSession.starts_at < until,
        )
    )
    rows = [(mock_id, loop_id) for mock_id, loop_id in await session.execute(mine)]
    candidates = select(MockSeat.membership_id).where(
        MockSeat.session_id.in_([mock_id for mock_id, _ in rows]),
        MockSeat.membership_id != member.id,
        MockSeat.role == Role.CANDIDATE.value,
        MockSeat.state.in_(COMING),
    )
    people = set(await session.scalars(candidates))
    return Given(
        len({("loop", loop_id) if loop_id else ("session", mock_id) for mock_id, loop_id in rows}),
        len(people),
    )
