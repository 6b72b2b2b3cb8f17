"""Clicks on checkboxes: what is ticked now, and drawing the list again."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, memberships
from bot.store.tables import Delivery, Membership


class Tick(NamedTuple):
    """A click on a group of checkboxes: its block, the values that are ticked now, and Slack's time of it."""

    block_id: str
    chosen: frozenset[str]
    action_ts: str


def tick_of(body: dict[str, Any], now: datetime) -> Tick:
    """The click that a payload brings; one without a time is of now."""
    action = body["actions"][0]
    return Tick(
        block_id=str(action.get("block_id") or ""),
        chosen=frozenset(str(option.get("value")) for option in action.get("selected_options") or []),
        action_ts=str(action.get("action_ts") or f"{now.timestamp():.6f}"),
    )


async def clicked(session: AsyncSession, body: dict[str, Any]) -> Delivery | None:
    """What was delivered as the message that was clicked; none if it was an answer, or no message."""
    channel = (body.get("channel") or {}).get("id")
    ts = (body.get("container") or {}).get("message_ts") or (body.get("message") or {}).get("ts")
    return await deliveries.at(session, channel, ts) if channel and ts else None


async def redraw(
    session: AsyncSession, membership: Membership, kind: str, period: str, delivery: Delivery | None
) -> None:
    """Draw a posted list again: if it is the `delivery` that was clicked it keeps its checkboxes.

    Else it gets new ones, since Slack's clients keep what they drew.
    """
    same = delivery is not None and (delivery.kind, delivery.period) == (kind, period)
    await deliveries.want_redraw(session, kind, memberships.whom(membership), period, anew=not same)
