"""Asking the channel for a mock interview now, saying yes to it, taking it back."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import Actor, actor_of, living_group, meant_membership, own_membership
from bot.listeners.answers import Answers, number_of
from bot.listeners.listening import Listening
from bot.listeners.mock_rounds import member_of
from bot.listeners.replying import acknowledge, open_form, tell
from bot.store import memberships, mock_asks, mock_taking
from bot.store.tables import Group, Membership, MockAsk
from bot.views import mock_asks as view
from bot.views import mock_rounds as rounds_view
from bot.views.message import Message
from plans.errors import StudyError
from plans.mocks import Kind


class NoSuchAsk(StudyError):
    """I can't tell who asked for that. `/prep mock now` asks for a mock of your own."""


class AskOver(StudyError):
    """That one is closed. `/prep mock now` asks for a mock of your own."""


class AskTaken(StudyError):
    """That one has found somebody already. `/prep mock now` asks for a mock of your own."""


class YourOwnAsk(StudyError):
    """You asked for that yourself; somebody else has to say yes. The other button takes it back."""


class OnlyTheirs(StudyError):
    """Only {name}, who asked, can take that back."""


class DoesNotFit(StudyError):
    """That one did not work out for your hours. It stays open; `/prep mock hours` changes yours."""


class MentorsGive(StudyError):
    """As a mentor you interview others, so there is nothing to ask for. You can say yes when others ask."""


def register(app: Listening) -> None:
    """Listen to the buttons of an ask and to its form."""
    app.action(rounds_view.ASK)(open_ask)
    app.view(view.ASK_FORM)(submit_ask)
    app.action(view.TAKE)(take)
    app.action(view.WITHDRAW)(withdraw)


async def open_ask(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Ask for one now: the button."""
    value = str(body["actions"][0].get("value") or "").removeprefix("m")
    member_value, _, kind = value.partition(":")
    async with house.database.read() as session:
        member = await meant_membership(session, actor_of(body), member_value)
    chosen = Kind(kind) if kind in (Kind.TECHNICAL, Kind.BEHAVIORAL) else None
    await acknowledge(ack, house, body, await form_for(house, body, member, chosen))


async def form_for(
    house: House, body: dict[str, Any], member: Membership, kind: Kind | None
) -> Message | None:
    """Open the form, unless there is an ask of theirs already.

    Raises:
        MentorsGive: mentors do not ask.
    """
    if member.role == "mentor":
        raise MentorsGive
    async with house.database.read() as session:
        found = await mock_asks.open_of(session, member.id)
    if found is not None and mock_asks.is_open(found, house.now()):
        return _asked(found, member, again=True)
    form = view.ask_form(member.id, actor_of(body).channel_id or "", kind)
    return await open_form(house, body, form, "mock now")


async def submit_ask(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Ask the channel."""
    member_id, _, channel = str(view.get("private_metadata") or "").partition(":")
    kind = Kind(Answers(view).choice("kind") or Kind.TECHNICAL)
    actor = actor_of(body)
    async with house.database.write() as session:
        member = await own_membership(session, actor, int(member_id or 0))
        answer = await ask(session, member, kind, house)
    await ack()
    house.outbox.wake()
    await tell(house, Actor(actor.workspace_id, actor.user_id, channel or None), answer)


async def ask(session: AsyncSession, member: Membership, kind: Kind, house: House) -> Message:
    """Ask for a mock of a kind; a second time says that it is asked already.

    Raises:
        MentorsGive: mentors do not ask.
    """
    if member.role == "mentor":
        raise MentorsGive
    before = await mock_asks.open_of(session, member.id)
    found = await mock_asks.ask(session, member, kind, house.now())
    return _asked(found, member, again=before is not None)


def _asked(found: MockAsk, member: Membership, *, again: bool) -> Message:
    until = rounds_view.on_clock(found.expires_at, member.timezone)
    return view.asked(found.id, Kind(found.kind), until, again=again)


async def take(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """I can: the first who fits has it; who does not fit is told nothing but that."""
    async with house.database.write() as session:
        found, group, member = await _named(session, body)
        if found.membership_id == member.id:
            raise YourOwnAsk
        if not mock_asks.is_open(found, house.now()):
            raise AskTaken if found.state == "taken" else AskOver
        mock = await mock_taking.take(session, house.bank, group, found, member, house.now())
        asker = await memberships.get(session, found.membership_id)
    if mock is None:
        raise DoesNotFit
    await acknowledge(ack, house, body, view.taken(asker.name, Kind(found.kind)))
    house.outbox.wake()


async def withdraw(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Take back what one has asked for."""
    async with house.database.write() as session:
        found, _, member = await _named(session, body)
        if found.membership_id != member.id:
            raise OnlyTheirs(name=(await memberships.get(session, found.membership_id)).name)
        if found.state == "taken":
            raise AskTaken
        if found.state == "open":
            await mock_asks.end(session, found, "withdrawn")
    await acknowledge(ack, house, body, view.withdrawn())
    house.outbox.wake()


async def _named(session: AsyncSession, body: dict[str, Any]) -> tuple[MockAsk, Group, Membership]:
    """The ask that a button names, its group, and the actor's membership there.

    Raises:
        NoSuchAsk: there is none.
        GroupClosed: the group's channel is archived.
        NotInThisGroup: the actor is not in its group.
    """
    found = await mock_asks.get(session, number_of(body))
    if found is None:
        raise NoSuchAsk
    group = await living_group(session, found.group_id)
    return found, group, await member_of(session, group, actor_of(body))
