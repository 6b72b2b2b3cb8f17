"""`/prep mock`: a member's page, and the words that it understands."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import mentors, mock_asks, mock_feedback, mock_loops, mock_profile, mock_rounds
from bot.listeners.actor import actor_of, needed_membership
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import acknowledge
from bot.store import groups, mock_profiles, mock_sessions, mock_signups
from bot.store import mock_rounds as mock_rounds_store
from bot.store.tables import Group, Membership, MockRound, MockSession, MockSignup
from bot.views import mock_rounds as rounds_view
from bot.views import mock_sessions as sessions_view
from bot.views import mocks as view
from bot.views.message import Message
from bot.views.words import WEEKDAYS, clock
from plans import hours as weekly
from plans.errors import StudyError
from plans.mocks import Kind


class NoSuchWord(StudyError):
    """I don't know `mock {words}`. Try `mock in`, `skip`, `hours`, `always`, `now`, `loop` or `sessions`."""


class KindUnknown(StudyError):
    """I don't know the kind "{words}". Say technical or behavioural."""


Word = Callable[[Call, str], Awaitable[Message | None]]


def register(app: Listening) -> None:
    """Listen to the doors of the page."""
    app.action(view.SHOW)(show)
    app.action(view.SESSIONS)(show_sessions)
    app.action(rounds_view.WHY)(show_why)


async def mock(call: Call) -> Message | None:
    """Your mock interviews; `mock in`, `mock skip`, `mock hours Mon-Fri 18-21`, `mock now`"""
    word, _, rest = call.words.strip().partition(" ")
    if not word:
        return await _page(call)
    known = WORDS.get(word.lower().strip(".,;:!"))
    if known is None:
        raise NoSuchWord(words=word)
    return await known(call, rest.strip())


async def why(call: Call) -> Message:
    """Why you were matched with these people, or with nobody"""
    async with call.house.database.read() as session:
        member = await needed_membership(session, call.actor)
        return rounds_view.why(await mock_rounds.reasons(session, member))


# The page


async def _page(call: Call) -> Message:
    async with call.house.database.read() as session:
        member = await needed_membership(session, call.actor)
        return view.page(await page_of(session, member, call.house))


async def page_of(session: AsyncSession, member: Membership, house: House) -> view.Page:
    """All that a member's page shows."""
    group = await groups.get(session, member.group_id)
    profile = await mock_profiles.find(session, member.id)
    round_ = await mock_signups.newest(session, group.id)
    is_open = round_ is not None and mock_signups.is_open(round_, house.now())
    signup = await mock_signups.find(session, round_, member.id) if round_ else None
    mine = await mock_sessions.of_member(session, member.id)
    coming = [mock for mock, _ in mine if mock_sessions.begins_later(mock, house.now())]
    coming = [*{mock.loop_id or -mock.id: mock for mock in reversed(coming)}.values()][::-1]  # a loop is one
    return view.Page(
        membership_id=member.id,
        state=_state(group, round_ if is_open else None, round_, signup, coming),
        hours=weekly.as_text(mock_profiles.hours_of(profile)),
        kinds=sorted(kind.words for kind in mock_profiles.kinds_of(profile)),
        always=bool(profile and profile.always),
        round_id=round_.id if round_ and is_open else 0,
        closes=mock_rounds.closes(round_, member) if round_ else "",
        next_call=f"{WEEKDAYS[group.call_weekday]} at {clock(group.call_time)}",
        coming=[await _coming(session, mock, member) for mock in coming],
        held=await mock_rounds_store.held_by(session, member.id),
        is_mentor=member.role == "mentor",
        capacity=profile.capacity if profile else 1,
    )


def _state(
    group: Group,
    open_round: MockRound | None,
    newest: MockRound | None,
    signup: MockSignup | None,
    coming: list[MockSession],
) -> str:
    """What holds for the member in this week's round."""
    if open_round is not None:
        if signup is None:
            return "unsaid"
        return "always" if signup.state == "in" and signup.by_default else signup.state
    if newest is not None and newest.state == "matched":
        if any(mock.round_id == newest.id for mock in coming):
            return "matched"
        if signup is not None and signup.left_out:
            return "left_out"
    return "none" if group.has_mocks else "off"


async def _coming(session: AsyncSession, mock: MockSession, member: Membership) -> view.Coming:
    rows = mock_sessions.coming(await mock_sessions.seated(session, mock.id))
    names = [row.membership.name for row in rows if row.membership.id != member.id]
    when = None
    if mock.starts_at is not None:
        when = sessions_view.when(mock.starts_at, mock.minutes, [(member.name, member.timezone)])
    elif mock.loop_id is None and len(rows) < 2:
        when = "I am looking for somebody"
    kind = "full loop" if mock.loop_id else Kind(mock.kind).words
    return view.Coming(kind, names, when)


# Words


async def _in(call: Call, rest: str) -> Message:
    kinds = _kinds(rest)
    async with call.house.database.write() as session:
        member = await needed_membership(session, call.actor)
        mine = await mock_rounds.needed_round(session, member, call.house)
        return await mock_rounds.join(session, mine, call.house, kinds)


async def _skip(call: Call, _rest: str) -> Message:
    async with call.house.database.write() as session:
        member = await needed_membership(session, call.actor)
        mine = await mock_rounds.needed_round(session, member, call.house)
        return await mock_rounds.skip(session, mine, call.house)


async def _always(call: Call, _rest: str) -> Message:
    async with call.house.database.write() as session:
        member = await needed_membership(session, call.actor)
        profile = await mock_profiles.needed(session, member.id, call.house.now())
        round_ = await mock_signups.newest(session, member.group_id, "open")
        await mock_profile.come_in(session, round_, member, profile, call.house)
        hours = weekly.as_text(mock_profiles.hours_of(profile))
    return view.regular(member.id, hours)


async def _leave(call: Call, _rest: str) -> Message:
    async with call.house.database.write() as session:
        member = await needed_membership(session, call.actor)
        profile = await mock_profiles.needed(session, member.id, call.house.now())
        profile.always, profile.changed_at = False, call.house.now()
        round_ = await mock_signups.newest(session, member.group_id, "open")
        if round_ is not None and mock_signups.is_open(round_, call.house.now()):
            await mock_signups.decline(session, round_, member, call.house.now())
    return view.no_more_rounds()


async def _hours(call: Call, rest: str) -> Message | None:
    if not rest:
        return await _form(call, rest)
    async with call.house.database.write() as session:
        member = await needed_membership(session, call.actor)
        return await mock_profile.keep_hours(session, member, rest, call.house)


async def _form(call: Call, _rest: str) -> Message | None:
    async with call.house.database.read() as session:
        member = await needed_membership(session, call.actor)
    return await mock_profile.open_for(call.house, call.body, member)


async def _now(call: Call, rest: str) -> Message | None:
    kinds = _kinds(rest)
    async with call.house.database.write() as session:
        member = await needed_membership(session, call.actor)
        if kinds:
            return await mock_asks.ask(session, member, kinds[0], call.house)
    return await mock_asks.form_for(call.house, call.body, member, None)


async def _why(call: Call, _rest: str) -> Message:
    return await why(call)


def _kinds(words: str) -> list[Kind]:
    """The kinds that words name; none for no words.

    Raises:
        KindUnknown: one of them names none.
    """
    found = []
    for word in words.replace(",", " ").replace(" and ", " ").split():
        kind = mock_profile.kind_of(word)
        if kind is None:
            raise KindUnknown(words=word)
        found.append(kind)
    return found


WORDS: Mapping[str, Word] = {
    **dict.fromkeys(("in", "join", "yes"), _in),
    **dict.fromkeys(("skip", "out", "no"), _skip),
    **dict.fromkeys(("hours", "times", "free"), _hours),
    **dict.fromkeys(("always", "every", "weekly"), _always),
    **dict.fromkeys(("leave", "never", "stop"), _leave),
    **dict.fromkeys(("now", "ask"), _now),
    **dict.fromkeys(("sessions", "session", "progress", "results"), mock_feedback.sessions),
    "why": _why,
    **dict.fromkeys(("loop", "loops", "full"), mock_loops.loop),
    **dict.fromkeys(("mentor", "mentors"), mentors.mentor),
    **dict.fromkeys(("block", "profile", "settings"), _form),
}


# Clicks


async def show(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Open the page."""
    async with house.database.read() as session:
        member = await mock_profile.meant(session, body)
        answer = view.page(await page_of(session, member, house))
    await acknowledge(ack, house, body, answer)


async def show_sessions(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Open the list of the member's sessions."""
    call = Call(actor_of(body), "", body, house)
    await acknowledge(ack, house, body, await mock_feedback.sessions(call, ""))


async def show_why(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Say why these people."""
    async with house.database.read() as session:
        member = await mock_profile.meant(session, body)
        answer = rounds_view.why(await mock_rounds.reasons(session, member))
    await acknowledge(ack, house, body, answer)
