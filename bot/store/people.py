"""What Slack says of people."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.inserting import insert_new
from bot.store.tables import Person


@dataclass(frozen=True)
class Profile:
    """The part of a Slack user that matters here; `timezone` is an IANA name or unknown."""

    user_id: str
    name: str
    timezone: str | None
    deleted: bool
    is_bot: bool


def profile_of(user: dict[str, Any]) -> Profile:
    """Read Slack's user object; every field but the id may be missing."""
    details = user.get("profile") or {}
    names = (details.get("display_name"), details.get("real_name"), user.get("real_name"), user.get("name"))
    zone = user.get("tz")
    return Profile(
        user_id=user["id"],
        name=next((name for name in names if name), user["id"]),
        timezone=zone if zone in zones() else None,
        deleted=bool(user.get("deleted")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",  # Slackbot says that it is no bot
    )


@cache
def zones() -> frozenset[str]:
    """The IANA names of all zones, read from disk once."""
    return frozenset(available_timezones())


async def find(session: AsyncSession, workspace_id: str, user_id: str) -> Person | None:
    """What is remembered of this person."""
    return await session.get(Person, (workspace_id, user_id))


async def named(session: AsyncSession, workspace_id: str, name: str) -> Person | None:
    """The one person of this name, as far as anybody is known; none if there are several."""
    query = select(Person).where(
        Person.workspace_id == workspace_id,
        func.lower(Person.name) == func.lower(name),  # the database's idea of capitals on both sides
        Person.deleted.is_(False),
    )
    found = list(await session.scalars(query.limit(2)))
    return found[0] if len(found) == 1 else None


async def remember(session: AsyncSession, workspace_id: str, profile: Profile, now: datetime) -> None:
    """Keep the newest profile."""
    values = {
        "name": profile.name,
        "timezone": profile.timezone,
        "deleted": profile.deleted,
        "is_bot": profile.is_bot,
        "seen_at": now,
    }
    key = {"workspace_id": workspace_id, "user_id": profile.user_id}
    if not await insert_new(session, Person, **key, **values):
        person = await session.get_one(Person, tuple(key.values()))
        for name, value in values.items():
            setattr(person, name, value)
