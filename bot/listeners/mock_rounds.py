"""What members say about a round of mock interviews: in, not this week, in every one; and asking why."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import Actor, NotInThisGroup, actor_of, living_group
from bot.listeners.answers import number_of
from bot.listeners.listening import Listening
from bot.listeners.replying import acknowledge
from bot.store import groups, memberships, mock_profiles, mock_rounds, mock_sessions, mock_signups
from bot.store.tables import Group, Membership, MockRound, MockSignup
from bot.views import mock_rounds as view
from bot.views.message import Message
from bot.views.words import WEEKDAYS, clock
from plans import hours as weekly
from plans.errors import StudyError
from plans.mocks import Kind


class NoSuchRound(StudyError):
    """I can't tell which round that is. `/prep mock` shows the one of this week."""


class RoundClosed(StudyError):
    """That round is closed. {next_call} `/prep mock now` asks for a mock before that."""


class NoRoundOpen(StudyError):
    """No round is open now. {next_call} `/prep mock always` puts you in every round."""


class InRound(NamedTuple):
    """An open round, its group, and the member who speaks."""

    round_: MockRound
    group: Group
    membership: Membership


def register(app: Listening) -> None:
    """Listen to the buttons of a call and of its warning."""
    app.action(view.IN)(join_click)
    app.action(view.OUT)(skip_click)


async def join_click(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """I'm in."""
    async with house.database.write() as session:
        mine = await _named(session, body, house)
        answer = await join(session, mine, house)
    await acknowledge(ack, house, body, answer)
    house.outbox.wake()


async def skip_click(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Not this week."""
    async with house.database.write() as session:
        mine = await _named(session, body, house)
        answer = await skip(session, mine, house)
    await acknowledge(ack, house, body, answer)
    house.outbox.wake()


async def join(session: AsyncSession, mine: InRound, house: House, kinds: Sequence[Kind] = ()) -> Message:
    """Put the member in, perhaps for certain kinds this once; who has said nothing gets what is assumed."""
    round_, _, member = mine
    known = await mock_profiles.find(session, member.id)
    profile = known or await mock_profiles.needed(session, member.id, house.now())
    await mock_signups.sign_up(session, round_, member, house.now(), kinds=list(kinds) or None)
    assumed = "" if known else weekly.as_text(mock_profiles.hours_of(profile))
    return view.you_are_in(round_.id, closes(round_, member), assumed=assumed)


async def skip(session: AsyncSession, mine: InRound, house: House) -> Message:
    """Leave the member out of this one round."""
    await mock_signups.decline(session, mine.round_, mine.membership, house.now())
    return view.you_are_out(mine.round_.id, closes(mine.round_, mine.membership))


def closes(round_: MockRound, member: Membership) -> str:
    """When a round is matched, on the member's clock."""
    return f"{view.on_clock(round_.closes_at, member.timezone)}, your time"


async def needed_round(session: AsyncSession, member: Membership, house: House) -> InRound:
    """The open round of the member's group.

    Raises:
        NoRoundOpen: none is open.
    """
    group = await groups.get(session, member.group_id)
    round_ = await mock_signups.newest(session, group.id, "open")
    if round_ is None or not mock_signups.is_open(round_, house.now()):
        raise NoRoundOpen(next_call=next_call(group))
    return InRound(round_, group, member)


def next_call(group: Group) -> str:
    """When the next round is called, as a sentence."""
    if not group.has_mocks:
        return "This group has no weekly rounds."
    return f"The next one is called on {WEEKDAYS[group.call_weekday]} at {clock(group.call_time)}."


async def _named(session: AsyncSession, body: dict[str, Any], house: House) -> InRound:
    """The round that a button names, if it is open and the actor is a member of its group.

    Raises:
        NoSuchRound: there is none.
        GroupClosed: the group's channel is archived.
        NotInThisGroup: the actor is not in it.
        RoundClosed: it is closed.
    """
    round_ = await mock_signups.get(session, number_of(body))
    if round_ is None:
        raise NoSuchRound
    group = await living_group(session, round_.group_id)
    member = await member_of(session, group, actor_of(body))
    if not mock_signups.is_open(round_, house.now()):
        raise RoundClosed(next_call=next_call(group))
    return InRound(round_, group, member)


async def member_of(session: AsyncSession, group: Group, actor: Actor) -> Membership:
    """The actor's membership in this very group.

    Raises:
        NotInThisGroup: they are not in it, or in another workspace.
    """
    found = await memberships.in_group(session, group, actor.user_id)
    if found is None or found.status != "active" or found.workspace_id != actor.workspace_id:
        raise NotInThisGroup(group=group.name, join=group.id)
    return found


# Why


async def reasons(session: AsyncSession, member: Membership) -> list[str]:
    """Why these people, or why nobody, in the group's newest round."""
    round_ = await mock_signups.newest(session, member.group_id)
    if round_ is None:
        group = await groups.get(session, member.group_id)
        return [f"There has been no mock round yet. {next_call(group)}"]
    signup = await mock_signups.find(session, round_, member.id)
    is_in = signup is not None and signup.state == "in"
    if round_.state == "open":
        said = "You are in." if is_in else "You are not in."
        return [f"This week's round is not matched yet: that is {closes(round_, member)}. {said}"]
    return await _of_sessions(session, round_, member) or [
        await _why_none(session, round_, member, signup if is_in else None)
    ]


async def _why_none(
    session: AsyncSession, round_: MockRound, member: Membership, signup: MockSignup | None
) -> str:
    """Why the member has no session of a round that is closed."""
    if signup is None:
        return "You were not in the newest round."
    if round_.state != "matched":
        return "The newest round was not matched: its time passed while I was not here."
    if signup.left_out:
        return f"Nobody for you in the newest round. {signup.left_out}"
    lost = await _of_sessions(session, round_, member, lost=True)
    return "\n".join(lost) or "You were away when the newest round was matched, so it went on without you."


async def _of_sessions(
    session: AsyncSession, round_: MockRound, member: Membership, *, lost: bool = False
) -> list[str]:
    """The reasons of the member's sessions of a round; with `lost`, of those that fell through."""
    lines = []
    for mock in await mock_rounds.sessions_of(session, round_):
        rows = await mock_sessions.seated(session, mock.id)
        mine = next((row for row in rows if row.membership.id == member.id), None)
        if mine is None:
            continue
        others = [row.membership.name for row in mock_sessions.coming(rows) if row is not mine]
        is_off = mock.state in ("cancelled", "dissolved") or mine.seat.state not in mock_sessions.COMING
        if is_off and lost:
            lines.append(f"Your {Kind(mock.kind).words} session of the newest round fell through.")
        elif not is_off and not lost:
            lines.append(f"{' and '.join(others)} and you, {Kind(mock.kind).words}. {mock.reason}")
    return lines
