"""Checkpoints: looking at them at any time, ticking what no data can answer."""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import ticking
from bot.listeners.actor import actor_of, meant_membership, needed_membership, own_membership
from bot.listeners.answers import id_in
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import is_ephemeral, reply
from bot.store import checkpoints, curricula, enrolments, memberships, weeks
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
        membership, enrolment = await _own(session, body, id_in(enrolment_id))
        message = await _live(session, house, membership, enrolment, id_in(week))
    await ack()
    await reply(house, body, message, replace=True)


async def tick(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Make what is ticked the ticked ones among what this group of checkboxes offered."""
    now = house.now()
    click = ticking.tick_of(body, now)
    box = view.Box.parse(click.block_id)
    if box is None:
        raise CheckpointGone
    async with house.database.write() as session:
        membership, enrolment = await _own(session, body, box.enrolment_id)
        page = await _page(session, house, membership, enrolment, box.week)
        await checkpoints.tick(
            session,
            enrolment,
            box.week,
            offered={line.item for line in page.sheet.lines} & set(box.items),
            chosen=click.chosen,
            action_ts=click.action_ts,
            now=now,
        )
        period = checkpoints.period(enrolment, box.week)
        clicked = await ticking.clicked(session, body)
        await ticking.redraw(session, membership, checkpoints.KIND, period, clicked)
        page = await _page(session, house, membership, enrolment, box.week)
    await ack()
    house.outbox.wake()
    if is_ephemeral(body):
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


def _anew(now: datetime) -> str:
    """The name of a fresh drawing's checkboxes."""
    return f"e{int(now.timestamp())}"
