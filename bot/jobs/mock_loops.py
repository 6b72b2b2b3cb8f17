"""What the clock does for a full loop before it begins: reminds, makes the day anew, writes its room."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Attachment, Letter
from bot.store import deliveries, groups, mock_loop_changes, mock_loops, timers
from bot.store.mock_loops import Cast, Panelist
from bot.store.tables import Delivery, Membership, Timer
from bot.views import mock_loops as view
from bot.views.message import Message
from bot.views.words import clip
from plans import invitation
from plans.loop import LoopFormat
from plans.questions import Bank

FILE = "full-loop.ics"


async def living(session: AsyncSession, whom: str) -> Cast | None:
    """The loop that a timer or a delivery names; none if its group rests: then nothing is sent."""
    cast = await mock_loops.find(session, int(whom[1:]))
    if cast is None:
        return None
    group = await groups.get(session, cast.loop.group_id)
    return cast if group.status == "active" else None


# Rings


async def ring_reminder(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """Owe the reminder of a day or an hour ahead."""
    await timers.stop(session, timer.whom, timer.kind)
    cast = await living(session, timer.whom)
    if cast is not None and cast.is_ahead(now):
        await mock_loops.remind(session, cast, timer.kind, now)


async def ring_anew(session: AsyncSession, timer: Timer, now: datetime, *, bank: Bank) -> None:
    """Somebody has left the group: the day is made anew without them."""
    await timers.stop(session, timer.whom, timer.kind)
    cast = await mock_loops.find(session, int(timer.whom[1:]))
    if cast is not None:
        await mock_loop_changes.leave_out(session, bank, cast, now)


# Letters


async def compose_room(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """The room of a loop: the day as it now stands, or what became of it."""
    cast = await living(session, delivery.whom)
    if cast is None or (delivery.state != "sent" and not cast.is_ahead(now)):
        return None
    return Letter(delivery.channel or _together(cast), view.room(day_of(cast, now)))


async def compose_invitation(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """The calendar file of the whole event, or the one that takes it back; only the newest counts."""
    cast = await living(session, delivery.whom)
    if cast is None or delivery.period != f"v{cast.loop.sequence}":
        return None
    day = day_of(cast, now)
    title = clip(view.title(day), 120)
    content = invitation.calendar_file(
        uid=f"loop-{cast.loop.id}-{cast.loop.seed}@cadence",
        sequence=cast.loop.sequence,
        starts_at=cast.loop.starts_at,
        minutes=cast.minutes,
        title=title,
        description=view.description(day),
        made_at=now,
        cancelled=cast.loop.state == "cancelled",
    )
    return Letter(
        delivery.channel or await _address(session, cast),
        Message(view.file_comment(day)),
        file=Attachment(FILE, content, title),
    )


async def compose_reminder(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """A day or an hour ahead, with who has said that they come."""
    cast = await living(session, delivery.whom)
    if cast is None:
        return None
    is_current = cast.loop.state != "cancelled" and delivery.period == f"v{cast.loop.sequence}"
    if delivery.state != "sent" and not (is_current and cast.is_ahead(now)):
        return None
    if not is_current:
        message = view.outdated()
    elif cast.is_ahead(now):
        message = view.reminder(day_of(cast, now), hour=delivery.kind == "loop_hourahead")
    else:
        message = view.over()
    return Letter(delivery.channel or await _address(session, cast), message)


async def compose_anew(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
    """Who dropped out, and what the others do now."""
    cast = await living(session, delivery.whom)
    if cast is None or (delivery.state != "sent" and not cast.is_ahead(now)):
        return None
    gone = next((each for each in cast.panel if f"p{each.row.id}" == delivery.period), None)
    if gone is None or (delivery.state != "sent" and gone.row.state != mock_loops.DECLINED):
        return None
    message = view.anew(day_of(cast, now), gone.membership.name)
    return Letter(delivery.channel or await _address(session, cast), message)


# What the letters are made of


def day_of(cast: Cast, now: datetime) -> view.Day:
    """A loop as its room shows it."""
    loop = cast.loop
    part = {cast.candidate.id, *(each.membership.id for each in cast.panel)}
    day = view.Day(
        loop_id=loop.id,
        sequence=loop.sequence,
        format=LoopFormat(loop.format),
        starts_at=loop.starts_at,
        state=loop.state,
        candidate=_player(cast.candidate),
        panel=[_panelist(each) for each in cast.panel],
        bar_raiser=str(loop.bar_raiser_id) if loop.bar_raiser_id else None,
        stops=cast.stops(),
        planner=None if cast.planner.id in part else cast.planner.name,
        begun=not cast.is_ahead(now),
    )
    links = invitation.links(loop.starts_at, cast.minutes, clip(view.title(day), 120), view.description(day))
    return replace(day, links=links)


def _player(member: Membership, state: str = "coming") -> view.Player:
    return view.Player(str(member.id), member.name, member.timezone, state, mentor=member.role == "mentor")


def _panelist(each: Panelist) -> view.Player:
    return _player(each.membership, each.row.state)


def _together(cast: Cast) -> str:
    """Everybody as one address; who has left the workspace or is forgotten cannot be written to."""
    gone = ("deactivated", "forgotten")
    return ",".join(member.user_id for member in cast.everybody if member.status not in gone)


async def _address(session: AsyncSession, cast: Cast) -> str:
    """The room that is open already, else its people."""
    room = await deliveries.find(session, "loop", mock_loops.whom(cast.loop), "room")
    return room.channel if room is not None and room.channel else _together(cast)
