"""Who has opened their App Home, whether it may have changed since, and what was published last.

A person is a pair of Slack's ids: workspace and user. Who never opened theirs has no row and costs nothing.
"""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.inserting import insert_new
from bot.store.tables import HomePage, Membership, MockSeat, MockSession
from plans import calendar

Person = tuple[str, str]
_PERSON = tuple_(HomePage.workspace_id, HomePage.user_id)
_MEMBER = tuple_(Membership.workspace_id, Membership.user_id)


def _is(person: Person) -> ColumnElement[bool]:
    workspace_id, user_id = person
    return and_(HomePage.workspace_id == workspace_id, HomePage.user_id == user_id)


async def find(session: AsyncSession, person: Person) -> HomePage | None:
    """What is known of a person's Home."""
    found: HomePage | None = await session.get(HomePage, person, populate_existing=True)
    return found


async def opened(session: AsyncSession, person: Person, now: datetime) -> HomePage:
    """Remember that a person looks at their Home now, and ask for a look at it."""
    workspace_id, user_id = person
    await insert_new(session, HomePage, workspace_id=workspace_id, user_id=user_id, opened_at=now)
    await session.execute(
        update(HomePage).where(_is(person)).values(opened_at=now, wanted=HomePage.wanted + 1)
    )
    return await session.get_one(HomePage, person, populate_existing=True)


async def choose(session: AsyncSession, person: Person, membership_id: int) -> None:
    """Of somebody in several groups: whose page their Home shows from now on."""
    await session.execute(update(HomePage).where(_is(person)).values(membership_id=membership_id))


async def concerned(
    session: AsyncSession, people: Collection[Person], whoms: Collection[str], since: datetime
) -> list[Person]:
    """Who of these people, and of those whom a delivery or a timer names, has opened their Home since."""
    named = [*people, *(tuple(row) for row in await session.execute(_named(whoms)))]
    query = select(HomePage.workspace_id, HomePage.user_id).where(HomePage.opened_at >= since)
    rows = await session.execute(query.where(_PERSON.in_(named)))
    return [(workspace_id, user_id) for workspace_id, user_id in rows]


async def want(session: AsyncSession, people: Collection[Person]) -> None:
    """Ask for a look at the Homes of these people."""
    query = update(HomePage).where(_PERSON.in_(people))
    await session.execute(query.values(wanted=HomePage.wanted + 1))


async def want_all(session: AsyncSession, since: datetime) -> None:
    """Ask for a look at the Home of everybody who has opened theirs at or after `since`."""
    await session.execute(
        update(HomePage).where(HomePage.opened_at >= since).values(wanted=HomePage.wanted + 1)
    )


async def want_new_days(session: AsyncSession, before: datetime, now: datetime, since: datetime) -> None:
    """Ask for a look at the Homes of members whose local day changed between two instants.

    Like the other looks, only of who has opened theirs at or after `since`.
    """
    looking = select(HomePage.workspace_id, HomePage.user_id).where(HomePage.opened_at >= since)
    here = (Membership.status == "active", _MEMBER.in_(looking))
    zones = await session.scalars(select(Membership.timezone).distinct().where(*here))
    changed = [zone for zone in zones if _has_another_day(zone, before, now)]
    if changed:
        members = select(Membership.workspace_id, Membership.user_id).where(
            *here, Membership.timezone.in_(changed)
        )
        await session.execute(update(HomePage).where(_PERSON.in_(members)).values(wanted=HomePage.wanted + 1))


def _has_another_day(zone: str, before: datetime, now: datetime) -> bool:
    """Whether the date there has changed; of a zone that nobody knows nothing can be said."""
    try:
        return calendar.local_day(before, ZoneInfo(zone)) != calendar.local_day(now, ZoneInfo(zone))
    except ZoneInfoNotFoundError:
        return False


def _named(whoms: Collection[str]) -> Select[str, str]:
    """The people behind "m12" (a membership), "g3" (a group), "s45" (a mock session), "l6" (a full loop)."""
    seats = select(MockSeat.membership_id).join(MockSession, MockSession.id == MockSeat.session_id)
    return select(Membership.workspace_id, Membership.user_id).where(
        or_(
            Membership.id.in_(_ids(whoms, "m")),
            Membership.group_id.in_(_ids(whoms, "g")) & (Membership.status == "active"),
            Membership.id.in_(seats.where(MockSession.id.in_(_ids(whoms, "s")))),
            Membership.id.in_(seats.where(MockSession.loop_id.in_(_ids(whoms, "l")))),
        )
    )


def _ids(whoms: Collection[str], kind: str) -> list[int]:
    return [int(whom[1:]) for whom in whoms if whom.startswith(kind) and whom[1:].isdecimal()]


async def waiting(session: AsyncSession) -> list[Person]:
    """Whose Home is to be looked at, who has waited longest first."""
    query = select(HomePage.workspace_id, HomePage.user_id).where(HomePage.wanted > HomePage.drawn)
    rows = await session.execute(query.order_by(HomePage.published_at.nulls_first(), HomePage.opened_at))
    return [(workspace_id, user_id) for workspace_id, user_id in rows]


async def looked(session: AsyncSession, person: Person, wanted: int) -> None:
    """Remember that everything up to the look `wanted` has been seen to; what was asked since stays asked."""
    query = update(HomePage).where(_is(person), HomePage.drawn < wanted)
    await session.execute(query.values(drawn=wanted))


async def published(session: AsyncSession, person: Person, digest: str, before: str, now: datetime) -> bool:
    """Remember what the Home shows now; false if another process has published another page since `before`.

    Then nobody can tell which of the two Slack got last, so what it shows counts as unknown.
    """
    row = await find(session, person)
    if row is None:
        return False
    is_known = row.digest in (before, digest)
    row.digest, row.published_at = digest if is_known else "", now
    return is_known


async def forget(session: AsyncSession, person: Person) -> None:
    """Remember nothing of a person's Home."""
    await session.execute(delete(HomePage).where(_is(person)))
