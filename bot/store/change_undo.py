"""Taking a change of plan back: the rows that it touches are kept as they were, and put back exactly."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, interviews, memberships, plain_rows
from bot.store.tables import (
    Adjustment,
    CheckpointTick,
    Enrolment,
    Goal,
    Membership,
    Pause,
    Period,
    PlanChange,
    Suggestion,
    Table,
    Week,
)
from plans import calendar
from plans.errors import StudyError

Rows = list[dict[str, Any]]
SETTLED = ("done", "skipped")


class ChangeSettled(StudyError):
    """That change can no longer be taken back: {why}. `/prep plan change` makes another one."""


async def get(session: AsyncSession, change_id: int) -> PlanChange | None:
    """The change with this id."""
    return await session.get(PlanChange, change_id)


async def kept(session: AsyncSession, membership: Membership, monday: date) -> dict[str, Any]:
    """What a change in the week of `monday` can touch, as plain values by table."""
    return {
        table.__tablename__: [
            _kept(row) for row in await session.scalars(_touched(table, membership, monday))
        ]
        for table in (Enrolment, Adjustment, Period, Week, Suggestion, Goal)
    }


async def fingerprint(session: AsyncSession, membership: Membership) -> str:
    """What differs as soon as the plan was changed once more, in whatever way; ticks do not count."""
    parts: list[Any] = [membership.days_off, membership.windows]
    for table in (Enrolment, Adjustment, Pause, Period):
        query = select(table).where(table.membership_id == membership.id).order_by(table.id)
        parts.append([_kept(row) for row in await session.scalars(query)])
    decided = select(Suggestion.id, Suggestion.state).where(Suggestion.membership_id == membership.id)
    parts.append([list(row) for row in await session.execute(decided.order_by(Suggestion.id))])
    return sha256(json.dumps(parts).encode()).hexdigest()


async def undo(session: AsyncSession, membership: Membership, change: PlanChange, now: datetime) -> None:
    """Put everything back as it was before the change; what was done since in goals that stayed, stays done.

    Raises:
        ChangeSettled: it was taken back before, the day is over, something of the new plan is done, or
            something else was changed since.
    """
    await _check(session, membership, change, now)
    monday = calendar.monday_of(change.made_on)
    for table in (Goal, Adjustment, Week, Period):
        if table.__tablename__ in change.before:  # a change of an older version knows no periods
            await _put_back(session, table, membership, monday, change.before[table.__tablename__])
    for row in change.before[Suggestion.__tablename__]:
        overtaken = update(Suggestion).where(Suggestion.id == row["id"], Suggestion.state == "overtaken")
        await session.execute(overtaken.values(state=row["state"]))
    await _put_enrolments_back(session, membership, change.before[Enrolment.__tablename__], now)
    await interviews.follow(session, membership, now)
    change.undone_at = now
    await deliveries.want_week_redrawn(session, memberships.whom(membership), monday)
    await redraw_suggestions(session, membership, change.before[Suggestion.__tablename__])
    await session.flush()


async def redraw_suggestions(
    session: AsyncSession, membership: Membership, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Let suggestions, named by the week that they judged, show what has become of them."""
    for row in rows:
        label = calendar.week_label(date.fromisoformat(str(row["week_of"])))
        for kind in ("suggestion", "card"):
            await deliveries.want_redraw(session, kind, memberships.whom(membership), label)


async def _check(session: AsyncSession, membership: Membership, change: PlanChange, now: datetime) -> None:
    """Whether the change can be taken back.

    Raises:
        ChangeSettled: it cannot; why.
    """
    if change.undone_at is not None:
        raise ChangeSettled(why="it was already")
    if memberships.today(membership, now) != change.made_on:
        raise ChangeSettled(why="its day is over")
    if await fingerprint(session, membership) != change.after:
        raise ChangeSettled(why="something else was changed since")
    if await _begun(session, membership, change):
        raise ChangeSettled(why="something of the new plan is done")


async def _begun(session: AsyncSession, membership: Membership, change: PlanChange) -> bool:
    """Whether something that the change brought in was done or skipped, or ticked off in a checkpoint."""
    offered = {row["id"] for row in change.before[Goal.__tablename__] if row["state"] != "withdrawn"}
    monday = calendar.monday_of(change.made_on)
    for goal in await session.scalars(_touched(Goal, membership, monday)):
        if goal.state in SETTLED and goal.id not in offered:
            return True
    known = [row["id"] for row in change.before[Enrolment.__tablename__]]
    ticks = select(CheckpointTick.id).where(
        CheckpointTick.membership_id == membership.id, CheckpointTick.enrolment_id.not_in(known)
    )
    return await session.scalar(ticks.limit(1)) is not None


# Putting rows back


def _touched(table: type[Any], membership: Membership, monday: date) -> Select[Any]:
    """The rows of a table that a change in the week of `monday` can touch."""
    ahead: dict[type[Table], ColumnElement[bool]] = {
        Week: Week.week_of >= monday,
        Suggestion: Suggestion.for_week >= monday,
        Goal: Goal.key.is_not(None) & or_(Goal.week_of >= monday, Goal.due_on >= monday),
    }
    query = select(table).where(table.membership_id == membership.id).order_by(table.id)
    return query.where(ahead[table]) if table in ahead else query


def _kept(row: Any) -> dict[str, Any]:
    """A row as it is kept; of a suggestion nothing but its state changes, and its facts are long."""
    columns = ("id", "week_of", "state") if isinstance(row, Suggestion) else None
    return plain_rows.plain(row, columns)


async def _put_back(
    session: AsyncSession, table: type[Any], membership: Membership, monday: date, rows: Rows
) -> None:
    """Make the table hold these rows again where the change could touch it."""
    present = {row.id: row for row in await session.scalars(_touched(table, membership, monday))}
    before = {row["id"]: row for row in rows}
    await session.execute(delete(table).where(table.id.in_(present.keys() - before.keys())))
    for row_id, plain in before.items():
        values = plain_rows.values(table, plain)
        if row_id not in present:
            session.add(table(**values))
            continue
        if {plain.get("state"), getattr(present[row_id], "state", None)} & set(SETTLED):
            continue  # what the member said of a goal, before or since, is theirs
        for name, value in values.items():
            setattr(present[row_id], name, value)
    await session.flush()


async def _put_enrolments_back(
    session: AsyncSession, membership: Membership, rows: Rows, now: datetime
) -> None:
    """The earlier enrolment holds again; the newer one has ended, which is true."""
    known = {row["id"]: row for row in rows}
    for enrolment in await session.scalars(_touched(Enrolment, membership, date.min)):
        if enrolment.id not in known:
            enrolment.ended_at = now
            continue
        for name, value in plain_rows.values(Enrolment, known[enrolment.id]).items():
            setattr(enrolment, name, value)
    await session.flush()
