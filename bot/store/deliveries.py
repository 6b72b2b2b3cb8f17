"""The outbox's memory: every change of state is guarded, so that two senders cannot both believe they won."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Select, Update, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.inserting import insert_new
from bot.store.tables import Delivery
from plans import calendar

GIVEN_UP = ("failed", "skipped")  # nothing was sent, and nothing will be


async def owe(
    session: AsyncSession,
    kind: str,
    *,
    workspace_id: str,
    whom: str,
    period: str,
    due_at: datetime,
    expires_at: datetime,
) -> bool:
    """Owe `whom` one message of `kind` for `period`; false if it is owed or was sent already.

    `expires_at` is when it is no longer worth sending.
    """
    return await insert_new(
        session,
        Delivery,
        workspace_id=workspace_id,
        kind=kind,
        whom=whom,
        period=period,
        due_at=due_at,
        expires_at=expires_at,
        not_before=due_at,
        nonce=secrets.token_urlsafe(12),
        state="planned",
    )


async def owe_again(
    session: AsyncSession, kind: str, whom: str, period: str, *, due_at: datetime, expires_at: datetime
) -> None:
    """Owe once more what was given up before anything was sent; else nothing changes."""
    await session.execute(
        update(Delivery)
        .where(Delivery.kind == kind, Delivery.whom == whom, Delivery.period == period)
        .where(Delivery.state.in_(GIVEN_UP))
        .values(state="planned", due_at=due_at, not_before=due_at, expires_at=expires_at, attempt=0)
    )


async def find(session: AsyncSession, kind: str, whom: str, period: str) -> Delivery | None:
    """The delivery with this key."""
    found: Delivery | None = await session.scalar(
        select(Delivery).where(Delivery.kind == kind, Delivery.whom == whom, Delivery.period == period)
    )
    return found


async def at(session: AsyncSession, channel: str, ts: str) -> Delivery | None:
    """The delivery that became this message."""
    found: Delivery | None = await session.scalar(
        select(Delivery).where(Delivery.channel == channel, Delivery.ts == ts)
    )
    return found


async def is_waiting(session: AsyncSession, now: datetime) -> bool:
    """Whether anything can be claimed or has a lease that ran out."""
    ready = (Delivery.state == "planned") & (Delivery.not_before <= now)
    lost = (Delivery.state == "sending") & (Delivery.lease_until <= now)
    return await session.scalar(select(Delivery.id).where(or_(ready, lost)).limit(1)) is not None


async def claim(session: AsyncSession, now: datetime, *, owner: str, lease: timedelta) -> Delivery | None:
    """Take the oldest message that is due, for `lease`; commit before you call Slack."""
    ready = (
        select(Delivery)
        .where(Delivery.state == "planned", Delivery.not_before <= now)
        .order_by(Delivery.due_at, Delivery.id)
        .limit(1)
    )
    delivery: Delivery | None = await session.scalar(ready)
    if delivery is None:
        return None
    delivery.state = "sending"
    delivery.owner = owner
    delivery.attempt += 1
    delivery.claimed_at = now
    delivery.lease_until = now + lease
    return delivery


async def move(session: AsyncSession, delivery: Delivery, state: str, **values: Any) -> bool:
    """Change a delivery that was claimed, unless somebody else has taken it since; say whether it worked."""
    mine = (
        update(Delivery)
        .where(
            Delivery.id == delivery.id,
            Delivery.state == delivery.state,
            Delivery.owner == delivery.owner,
            Delivery.attempt == delivery.attempt,
        )
        .values(state=state, **values)
    )
    return await _changed(session, mine) == 1


async def doubt_expired(session: AsyncSession, now: datetime) -> None:
    """A sender that let its lease run out may have sent: its outcome is unknown, never "planned" again."""
    await session.execute(
        update(Delivery)
        .where(Delivery.state == "sending", Delivery.lease_until <= now)
        .values(state="unknown", not_before=now)
    )


async def unknown(session: AsyncSession, now: datetime, *, settle: timedelta) -> list[Delivery]:
    """The deliveries whose outcome can be looked up: unknown, and claimed long enough ago."""
    query = select(Delivery).where(
        Delivery.state == "unknown", Delivery.claimed_at <= now - settle, Delivery.not_before <= now
    )
    return list(await session.scalars(query.order_by(Delivery.id)))


async def known_timestamps(session: AsyncSession, channel: str) -> set[str]:
    """The messages of a channel that are accounted for."""
    return set(
        await session.scalars(
            select(Delivery.ts).where(Delivery.channel == channel, Delivery.ts.is_not(None))
        )
    )


async def want_redraw(session: AsyncSession, kind: str, whom: str, *periods: str, anew: bool = False) -> None:
    """Ask that messages be drawn again as things now stand; several wishes become one drawing.

    `anew` also renews the identity of their checkboxes, which makes a client forget what it had drawn:
    for a change that did not come from a click on that very message.
    """
    values: dict[str, Any] = {"wanted": Delivery.wanted + 1}
    if anew:
        values["revision"] = Delivery.revision + 1
    await session.execute(
        update(Delivery)
        .where(Delivery.kind == kind, Delivery.whom == whom, Delivery.state == "sent")
        .where(Delivery.period.in_(periods))
        .values(**values)
    )


async def want_week_redrawn(session: AsyncSession, whom: str, monday: date) -> None:
    """Ask that every day's post of a week be drawn again, with new checkboxes."""
    days = [day.isoformat() for day in calendar.days_of_week(monday)]
    await want_redraw(session, "day", whom, *days, anew=True)


async def want_newest_redrawn(session: AsyncSession, kind: str, whom: str) -> None:
    """Ask that the newest message of a kind be drawn again; those before it stay as they were drawn."""
    newest = (
        select(Delivery.period)
        .where(Delivery.kind == kind, Delivery.whom == whom, Delivery.state == "sent")
        .order_by(Delivery.id.desc())
    )
    period = await session.scalar(newest.limit(1))
    if period is not None:
        await want_redraw(session, kind, whom, period)


def _redrawable() -> Select[Delivery]:
    return select(Delivery).where(Delivery.state == "sent", Delivery.wanted > Delivery.drawn)


async def redraws(session: AsyncSession, now: datetime) -> list[Delivery]:
    """The messages that are to be drawn again now, the longest-waiting first."""
    return list(await session.scalars(_redrawable().where(Delivery.not_before <= now).order_by(Delivery.id)))


async def redrawn(session: AsyncSession, delivery: Delivery, drawn: int) -> None:
    """Note that the message shows everything up to the wish number `drawn`."""
    await session.execute(
        update(Delivery).where(Delivery.id == delivery.id, Delivery.drawn < drawn).values(drawn=drawn)
    )


async def put_off(session: AsyncSession, delivery: Delivery, until: datetime) -> None:
    """Try a drawing again later."""
    await session.execute(update(Delivery).where(Delivery.id == delivery.id).values(not_before=until))


async def next_attempt_at(session: AsyncSession, after: datetime) -> datetime | None:
    """The next instant after `after` at which a message that waits may be sent."""
    waiting = or_(Delivery.state.in_(("planned", "unknown")), Delivery.wanted > Delivery.drawn)
    found: datetime | None = await session.scalar(
        select(func.min(Delivery.not_before)).where(waiting, Delivery.not_before > after)
    )
    return found


async def picture_of(session: AsyncSession, delivery: Delivery, digest: str) -> str | None:
    """The file of the picture with these bytes, if it was uploaded for this message."""
    kept = await _pictures(session, delivery)
    return next((file_id for file_id, known in kept.items() if known == digest), None)


async def keep_picture(session: AsyncSession, delivery: Delivery, file_id: str, digest: str) -> bool:
    """Write down an uploaded picture before a message shows it; false if the delivery is no more."""
    return await _keep_pictures(session, delivery, {**await _pictures(session, delivery), file_id: digest})


async def other_pictures(session: AsyncSession, delivery: Delivery, shown: str) -> list[str]:
    """The files of the message's pictures other than the one that it shows."""
    return [file_id for file_id in await _pictures(session, delivery) if file_id != shown]


async def forget_pictures(session: AsyncSession, delivery: Delivery, gone: Collection[str]) -> None:
    """Forget pictures whose files are deleted."""
    kept = await _pictures(session, delivery)
    await _keep_pictures(session, delivery, {each: kept[each] for each in kept if each not in gone})


async def _pictures(session: AsyncSession, delivery: Delivery) -> dict[str, str]:
    return await session.scalar(select(Delivery.pictures).where(Delivery.id == delivery.id)) or {}


async def _keep_pictures(session: AsyncSession, delivery: Delivery, pictures: dict[str, str]) -> bool:
    changed = update(Delivery).where(Delivery.id == delivery.id).values(pictures=pictures)
    return await _changed(session, changed) == 1


async def counts(session: AsyncSession) -> dict[str, int]:
    """How many deliveries stand in each state."""
    rows = await session.execute(
        select(Delivery.state, func.count().label("number")).group_by(Delivery.state)
    )
    return {row.state: row.number for row in rows}


async def _changed(session: AsyncSession, statement: Update) -> int:
    result: CursorResult[Any] = await session.execute(statement)  # type: ignore[assignment]  # as for every update
    return result.rowcount
