"""Checkpoints: looking at them at any time, ticking what no data can answer."""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of, meant_membership, needed_membership, own_membership
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import reply
from bot.store import checkpoints, curricula, deliveries, enrolments, memberships, weeks
from bot.store.tables import Enrolment, Membership
from bot.views import checkpoints as view
from bot.views import plan as plan_view
from bot.views.message import Message
from plans.checkpoints import Page, nearest, weeks_of
from plans.errors import StudyError


class CheckpointGone(StudyError):
    """That checkpoint is not part of the plan that you follow now. `/prep plan checkpoint` shows yours."""


def register(app: Listening) -> None:
    """Listen to the checklist's boxes, its select, and the button under the plan."""
    app.action(view.SHOW)(show)
    app.action(view.PICK)(pick)
    app.action(view.TICK)(tick)


async def of_call(call: Call) -> Message:
    """The current or next checkpoint of who types `/prep plan checkpoint`."""
    async with call.house.database.read() as session:
        membership = await needed_membership(session, call.actor)
        return await _nearest(session, call.house, membership)


async def show(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The current or next checkpoint, for who asks."""
    async with house.database.read() as session:
        membership = await meant_membership(session, actor_of(body), body["actions"][0].get("value"))
        message = await _nearest(session, house, membership)
    await ack()
    await reply(house, body, message)


async def pick(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Another checkpoint of the plan, in the place of the one that is shown."""
    value = str((body["actions"][0].get("selected_option") or {}).get("value") or "")
    enrolment_id, _, week = value.partition(":")
    async with house.database.read() as session:
        membership, enrolment = await _own(session, body, _number(enrolment_id))
        message = await _live(session, house, membership, enrolment, _number(week))
    await ack()
    await reply(house, body, message, replace=True)


async def tick(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Make what is ticked the ticked ones among what this group of checkboxes offered."""
    action = body["actions"][0]
    box = view.Box.parse(str(action.get("block_id") or ""))
    if box is None:
        raise CheckpointGone
    now = house.now()
    async with house.database.write() as session:
        membership, enrolment = await _own(session, body, box.enrolment_id)
        page = await _page(session, house, membership, enrolment, box.week)
        await checkpoints.tick(
            session,
            enrolment,
            box.week,
            offered={line.item for line in page.sheet.lines} & set(box.items),
            chosen={str(option.get("value")) for option in action.get("selected_options") or []},
            action_ts=str(action.get("action_ts") or f"{now.timestamp():.6f}"),
            now=now,
        )
        await _redraw(session, membership, enrolment, box.week, body)
        page = await _page(session, house, membership, enrolment, box.week)
    await ack()
    house.outbox.wake()
    if (body.get("container") or {}).get("is_ephemeral"):
        await reply(house, body, view.post(page, box.revision, live=True), replace=True)


async def _own(
    session: AsyncSession, body: dict[str, Any], enrolment_id: int
) -> tuple[Membership, Enrolment]:
    """The enrolment that a block or an option names, if the actor follows it now, with its membership.

    Raises:
        CheckpointGone: nobody follows it, or the actor has another plan by now.
        NotYours: it is somebody else's.
        NoLongerIn: the actor has left that group.
    """
    enrolment = await checkpoints.get(session, enrolment_id)
    if enrolment is None:
        raise CheckpointGone
    membership = await own_membership(session, actor_of(body), enrolment.membership_id)
    return membership, enrolment


async def _nearest(session: AsyncSession, house: House, membership: Membership) -> Message:
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is None:
        return plan_view.no_plan()
    plan = await curricula.of(session, house.library, enrolment)
    here = await weeks.place(session, enrolment, plan, memberships.today(membership, house.now()))
    week = nearest(weeks_of(plan.checkpoints), here.calendar_week if here.week is None else here.week)
    if week is None:
        return view.no_checkpoints()
    return await _live(session, house, membership, enrolment, week)


async def _live(
    session: AsyncSession, house: House, membership: Membership, enrolment: Enrolment, week: int
) -> Message:
    page = await _page(session, house, membership, enrolment, week)
    return view.post(page, _anew(house.now()), live=True)


async def _page(
    session: AsyncSession, house: House, membership: Membership, enrolment: Enrolment, week: int
) -> Page:
    """The checklist of a week of the plan.

    Raises:
        CheckpointGone: that week has none.
    """
    plan = await curricula.of(session, house.library, enrolment)
    if week not in weeks_of(plan.checkpoints):
        raise CheckpointGone
    return await checkpoints.read(session, membership, enrolment, plan, week, house.now())


async def _redraw(
    session: AsyncSession, membership: Membership, enrolment: Enrolment, week: int, body: dict[str, Any]
) -> None:
    """Draw the posted checklist again: if it was clicked it keeps its checkboxes, else it gets new ones."""
    channel = (body.get("channel") or {}).get("id")
    ts = (body.get("container") or {}).get("message_ts") or (body.get("message") or {}).get("ts")
    clicked = await deliveries.at(session, channel, ts) if channel and ts else None
    period = checkpoints.period(enrolment, week)
    same = clicked is not None and clicked.kind == checkpoints.KIND and clicked.period == period
    name = memberships.whom(membership)
    await deliveries.want_redraw(session, checkpoints.KIND, name, period, anew=not same)


def _anew(now: datetime) -> str:
    """The name of a fresh drawing's checkboxes."""
    return f"e{int(now.timestamp())}"


def _number(text: str) -> int:
    """An id that a payload brings; 0, which nothing has, if it is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
