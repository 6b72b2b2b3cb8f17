"""Previews that are accepted: a change is shown as it would be, made if that still holds, else shown anew."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import Actor, own_membership
from bot.listeners.replying import tell
from bot.listeners.steps import Carried, FormOutdated
from bot.store.previewed import Accepted, Shown
from bot.store.tables import Membership
from bot.views.message import Message
from plans.errors import StudyError

W = TypeVar("W")
S = TypeVar("S", bound=Shown)


class Draft(Carried, Generic[W]):
    """What a form and its preview carry between each other: who, where, what they wish and what they saw."""

    membership: int
    channel: str = ""
    wish: W | None = None
    seen: str = ""

    @classmethod
    def begun(cls, membership: Membership, actor: Actor) -> Self:
        """Of a form that opens for a member where they are."""
        return cls(membership=membership.id, channel=actor.channel_id or "")

    def shown(self, wish: W, preview: Shown) -> Self:
        """As the preview of a wish carries it."""
        return self.model_copy(update={"wish": wish, "seen": preview.fingerprint})

    @property
    def wished(self) -> W:
        """The wish of a preview.

        Raises:
            FormOutdated: the form is no preview.
        """
        if self.wish is None:
            raise FormOutdated
        return self.wish


@dataclass(frozen=True)
class Screens(Generic[S]):
    """What a member may see after accepting."""

    anew: Callable[[S], dict[str, Any]]  # the preview as it is now
    refused: Callable[[str], dict[str, Any]]  # why it cannot be
    told: Callable[[S, int, int], Message]  # what was made: with the ids of the change and the membership


async def answer(ack: AsyncAck, form: dict[str, Any] | None, errors: dict[str, str]) -> None:
    """What is wrong is said in its field; else the preview takes the form's place."""
    if form is None:
        await ack(response_action="errors", errors=errors)
    else:
        await ack(response_action="update", view=form)


async def accept(
    ack: AsyncAck,
    house: House,
    actor: Actor,
    draft: Draft[Any],
    make: Callable[[AsyncSession, Membership], Awaitable[Accepted[S] | None]],
    screens: Screens[S],
) -> None:
    """Make the change that a preview showed, and say so where it was asked for.

    What was made before is not told again.
    """
    try:
        async with house.database.write() as session:
            membership = await own_membership(session, actor, draft.membership)
            made = await make(session, membership)
    except StudyError as error:  # a preview has no field to say it in
        await ack(response_action="update", view=screens.refused(str(error)))
        return
    if made is not None and made.change is None:
        await ack(response_action="update", view=screens.anew(made.preview))
        return
    await ack(response_action="clear")
    house.outbox.wake()
    if made is not None and made.change is not None:
        told = screens.told(made.preview, made.change.id, draft.membership)
        await tell(house, actor, told, draft.channel or None)
