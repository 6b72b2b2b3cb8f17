"""The story bank: a member's own stories, kept, changed, deleted and brought back.

What is deleted stays for a week, so that it can be brought back, and is then erased.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete as deleting
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Story as Row
from plans import stories
from plans.stories import Status, Story, StoryBank

KEPT = timedelta(days=7)  # how long a deleted story can be brought back (ours)


class Became(StrEnum):
    """What saving a form did to the story."""

    NEW = "new"
    CHANGED = "changed"
    OVER = "over"  # somebody (the member, elsewhere) had changed it since the form was opened
    BACK = "back"  # it had been deleted since the form was opened


@dataclass(frozen=True)
class Saved:
    """A story as it is kept now, and what saving did."""

    story: Story
    became: Became


# Reading


async def bank(session: AsyncSession, membership_id: int) -> StoryBank:
    """All stories of a membership that are not deleted, the one that was changed last first."""
    query = (
        select(Row)
        .where(Row.membership_id == membership_id, Row.deleted_at.is_(None))
        .order_by(Row.changed_at.desc(), Row.id.desc())
    )
    rows = await session.scalars(query)
    return StoryBank(membership_id=membership_id, stories=tuple(map(_told, rows)))


async def covered(session: AsyncSession, membership_id: int, until: datetime | None = None) -> int | None:
    """How many Leadership Principles the stories cover; None while there is no whole story.

    With `until` only what was in the bank just before that instant, with the words that it has today.
    """
    query = select(Row).where(Row.membership_id == membership_id)
    if until is None:
        query = query.where(Row.deleted_at.is_(None))
    else:
        query = query.where(Row.made_at < until, or_(Row.deleted_at.is_(None), Row.deleted_at >= until))
    return stories.covered_by([_told(row) for row in await session.scalars(query)])


async def find(session: AsyncSession, membership_id: int, story_id: int) -> Story | None:
    """This story, if it is this membership's and not deleted."""
    row = await _row(session, membership_id, story_id)
    return _told(row) if row is not None and row.deleted_at is None else None


def version_of(story: Story) -> str:
    """A fingerprint of what a form shows, by which a later save sees that something else came between."""
    return hashlib.sha256(json.dumps(story.model_dump(mode="json")).encode()).hexdigest()[:16]


# Changing


async def save(
    session: AsyncSession, membership_id: int, story: Story, opened_with: str, now: datetime
) -> Saved:
    """Keep a story as a form says it: a new one, or `story.id` of this membership, whatever it was meanwhile.

    The newest save wins. `opened_with` is the `version_of` the story that the form showed, "" for a new one.
    """
    row = await _row(session, membership_id, story.id) if story.id else None
    if row is None:
        row = Row(membership_id=membership_id, made_at=now, deleted_at=None)
        became = Became.BACK if story.id else Became.NEW
        session.add(row)
    elif row.deleted_at is not None:
        became = Became.BACK
    else:
        became = Became.CHANGED if version_of(_told(row)) == opened_with else Became.OVER
    _write(row, story, now)
    await session.flush()
    return Saved(_told(row), became)


def _write(row: Row, story: Story, now: datetime) -> None:
    row.title, row.situation, row.task = story.title, story.situation, story.task
    row.action, row.result = story.action, story.result
    row.principles = stories.numbers_of(story.principles)
    row.status, row.quality = story.status.value, story.quality
    row.changed_at, row.deleted_at = now, None


async def rate(
    session: AsyncSession, membership_id: int, story_id: int, quality: int, now: datetime
) -> Story | None:
    """Keep how well a story was told, 1 to 5; none if it is gone."""
    return await _set(session, membership_id, story_id, now, quality=quality)


async def call_it(
    session: AsyncSession, membership_id: int, story_id: int, status: Status, now: datetime
) -> Story | None:
    """Say how far a story is; none if it is gone."""
    return await _set(session, membership_id, story_id, now, status=status.value)


async def _set(
    session: AsyncSession, membership_id: int, story_id: int, now: datetime, **values: str | int
) -> Story | None:
    row = await _row(session, membership_id, story_id)
    if row is None or row.deleted_at is not None:
        return None
    for name, value in values.items():
        setattr(row, name, value)
    row.changed_at = now
    await session.flush()
    return _told(row)


async def delete(session: AsyncSession, membership_id: int, story_id: int, now: datetime) -> Story | None:
    """Take a story out of the bank; none if it is out already."""
    row = await _row(session, membership_id, story_id)
    if row is None or row.deleted_at is not None:
        return None
    row.deleted_at = now
    await session.flush()
    return _told(row)


async def bring_back(session: AsyncSession, membership_id: int, story_id: int | None = None) -> Story | None:
    """Undo a deletion, by default of what was deleted last: the story is again exactly as it was.

    None if there is nothing (any more) to bring back.
    """
    query = select(Row).where(Row.membership_id == membership_id, Row.deleted_at.is_not(None))
    if story_id is not None:
        query = query.where(Row.id == story_id)
    row: Row | None = await session.scalar(query.order_by(Row.deleted_at.desc(), Row.id.desc()).limit(1))
    if row is None:
        return None
    row.deleted_at = None
    await session.flush()
    return _told(row)


async def forget_deleted(session: AsyncSession, now: datetime) -> None:
    """Erase what was deleted a week ago."""
    await session.execute(deleting(Row).where(Row.deleted_at < now - KEPT))


# Rows


async def _row(session: AsyncSession, membership_id: int, story_id: int) -> Row | None:
    found: Row | None = await session.scalar(
        select(Row).where(Row.id == story_id, Row.membership_id == membership_id)
    )
    return found


def _told(row: Row) -> Story:
    return Story(
        id=row.id,
        title=row.title,
        situation=row.situation,
        task=row.task,
        action=row.action,
        result=row.result,
        principles=stories.principles_of(row.principles),
        status=Status(row.status),
        quality=row.quality,
    )
