"""Which plan an enrolment follows: one of the library, or one that its group's lead uploaded."""

import asyncio
import functools
import logging

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import Enrolment, GroupPlan
from plans import library as reading
from plans.library import Library, PlanFaults, PlanNotFoundError
from plans.model import Plan

log = logging.getLogger(__name__)

UPLOAD = "upload:"
KEPT = 32  # plans of groups that stay read


def reference(row: GroupPlan) -> str:
    """How an enrolment names a group's own plan: "upload:7"."""
    return f"{UPLOAD}{row.id}"


async def of(session: AsyncSession, library: Library, enrolment: Enrolment) -> Plan:
    """The plan that the enrolment follows; a retired one, too.

    Raises:
        PlanNotFoundError: the library or the group no longer has it.
        PlanFaults: an uploaded plan breaks a rule that came after it.
    """
    return await find(session, library, enrolment.plan)


async def if_readable(session: AsyncSession, library: Library, enrolment: Enrolment) -> Plan | None:
    """The plan that the enrolment follows; None, with a line in the log, if it cannot be read.

    For what the clock does for many at once: what is wrong with one member's plan costs nobody else theirs.
    """
    try:
        return await of(session, library, enrolment)
    except (PlanNotFoundError, PlanFaults):
        log.warning("the plan %s of membership %s cannot be read", enrolment.plan, enrolment.membership_id)
        return None


async def find(session: AsyncSession, library: Library, wanted: str) -> Plan:
    """The plan with this slug of the library, or with this reference of a group's own.

    Raises:
        PlanNotFoundError: there is no such plan.
        PlanFaults: an uploaded plan breaks a rule that came after it.
    """
    if not wanted.startswith(UPLOAD):
        return library.find(wanted)
    number = wanted.removeprefix(UPLOAD)
    row = await session.get(GroupPlan, int(number)) if number.isdecimal() else None
    if row is None:
        raise PlanNotFoundError(wanted=wanted, known=", ".join(plan.slug for plan in library.plans))
    return await read(row)


async def offered(session: AsyncSession, library: Library, group_id: int) -> list[tuple[str, Plan]]:
    """What a member of the group can take, each with what an enrolment calls it.

    The shipped plans come first, the shortest at the top, then the group's own that are not retired, in the
    order of their upload.
    """
    shipped = sorted(library.plans, key=lambda plan: (len(plan.weeks), plan.slug))
    found = [(plan.slug, plan) for plan in shipped]
    query = select(GroupPlan).where(GroupPlan.group_id == group_id, GroupPlan.retired_at.is_(None))
    for row in await session.scalars(query.order_by(GroupPlan.id)):
        try:
            found.append((reference(row), await read(row)))
        except PlanFaults as error:  # one that cannot be offered must not hide the others
            log.warning("plan %s of group %s: %s faults", row.id, group_id, len(error.faults))
    return found


async def read(row: GroupPlan) -> Plan:
    """The plan that a row holds. Reading takes a moment, so it is done beside everything else, and once.

    Raises:
        PlanFaults: it breaks a rule that came after its upload.
    """
    return await asyncio.to_thread(_parsed, row.text, f"{row.slug}.toml")


@functools.lru_cache(maxsize=KEPT)
def _parsed(text: str, name: str) -> Plan:
    """The text is the key, not the row's id: rows never change, but another database counts from 1, too."""
    return reading.parse(text, name)
