"""Being forgotten: what hangs off a person's memberships is erased, or loses their name and their words.

A membership stays as an empty row, for others met it: a mock that took place, ratings that somebody was
given, a group's totals. It says "someone who left" and nothing else. Its number is never given to anybody
again, so a button in an old message cannot come to mean another person.

Whom others block stays theirs, also where it is this person: else being forgotten would be a way around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import (
    deliveries,
    forgetting_mocks,
    groups,
    home_pages,
    lead_week,
    leaving,
    memberships,
    mentors,
    timers,
)
from bot.store.tables import Delivery, Group, GroupPlan, Membership, Person, Received, Scorecard, Table
from plans import calendar

FORGOTTEN = "forgotten"  # the status of the empty row
SOMEONE = "someone who left"
TO_THE_LEAD = "mentor_answer"  # a delivery about a member that somebody else reads
STAY_EMPTY = ("mock_seats", "loop_panelists", "mock_asks")  # others sat there, too, or read it in the channel


@dataclass(frozen=True)
class Forgotten:
    """What is to be done outside of the database: messages by channel and timestamp, files, a word to leads.

    `heirs` are the groups that have a new lead, with that member's Slack id.
    """

    messages: Sequence[tuple[str, str]]
    files: Sequence[str]
    heirs: Sequence[tuple[str, str]]


async def is_known(session: AsyncSession, workspace_id: str, user_id: str) -> bool:
    """Whether anything is kept of this person."""
    if await memberships.of_person(session, workspace_id, user_id, active=False):
        return True
    return bool(await _started(session, workspace_id, user_id)) or (
        await session.get(Person, (workspace_id, user_id)) is not None
    )


async def forget(session: AsyncSession, workspace_id: str, user_id: str, now: datetime) -> Forgotten:
    """Erase a person in all groups of a workspace; what stays for others bears no name and no words.

    They leave first, as by `/prep leave`. A second time finds nothing to do.
    """
    mine = await memberships.of_person(session, workspace_id, user_id, active=False)
    led = {each.group_id for each in mine if each.role == "lead" and each.status == "active"}
    for membership in mine:
        await _leave(session, membership, now)
    heirs = await _hand_over(session, workspace_id, user_id, led)
    names = [memberships.whom(each) for each in mine]
    owed = list(await session.scalars(select(Delivery).where(Delivery.whom.in_(names))))
    for membership in mine:
        await _erase(session, membership, now)
    await _erase_person(session, workspace_id, user_id)
    return Forgotten(
        [(each.channel, each.ts) for each in owed if each.channel and each.ts and each.kind != TO_THE_LEAD],
        [file_id for each in owed for file_id in _files(each)],
        heirs,
    )


def _files(delivery: Delivery) -> list[str]:
    """The files that were uploaded for a message: what it brought along, and its pictures."""
    brought = [delivery.file_id] if delivery.file_id else []
    return [*brought, *delivery.pictures]


async def _leave(session: AsyncSession, membership: Membership, now: datetime) -> None:
    """End what goes on; who was only asked to mentor says no without an answer to the lead."""
    if membership.status == "active":
        await leaving.leave(session, membership, "left", now)
    elif membership.status == "invited":
        await mentors.withdraw(session, membership, now)
    await session.flush()


async def _erase(session: AsyncSession, membership: Membership, now: datetime) -> None:
    """Empty one membership and delete what hangs off it."""
    name = memberships.whom(membership)
    await forgetting_mocks.empty(session, membership)
    for table in reversed(Table.metadata.sorted_tables):
        if "membership_id" in table.columns and table.name not in STAY_EMPTY:
            await session.execute(delete(table).where(table.columns.membership_id == membership.id))
    await timers.stop(session, name)
    await session.execute(delete(Delivery).where(Delivery.whom == name))
    await session.execute(delete(Scorecard).where(Scorecard.whom == name))
    await _take_out_of_posts(session, membership)
    _make_nobody(membership, now)
    await session.flush()
    group = await groups.get(session, membership.group_id)
    await deliveries.want_redraw(session, "opening", groups.whom(group), "card")


def _make_nobody(membership: Membership, now: datetime) -> None:
    """Leave nothing in the row that says whose it was."""
    membership.user_id, membership.name = f"gone-{membership.id}", SOMEONE
    membership.role = mentors.MENTOR if membership.role == mentors.MENTOR else "member"
    membership.status, membership.sharing = FORGOTTEN, "private"
    membership.timezone, membership.follows_slack_zone = "UTC", False
    membership.post_time, membership.nudge_time = time(0), None
    membership.days_off, membership.windows = [], ""
    membership.joined_at = membership.left_at = now


async def _take_out_of_posts(session: AsyncSession, membership: Membership) -> None:
    """The group's published weeks lose the member's line; their totals stay as they were."""
    group = f"g{membership.group_id}"
    number = str(membership.id)
    for row in list(await session.scalars(select(Scorecard).where(Scorecard.whom == group))):
        card, sharing = row.card["card"], row.card.get("sharing", {})
        if number not in sharing:
            continue
        lines = [line for line in card["lines"] if line["member"] != number]
        others = {member: choice for member, choice in sharing.items() if member != number}
        row.card = {**row.card, "card": {**card, "lines": lines}, "sharing": others}
        await deliveries.want_redraw(session, "scorecard", group, calendar.week_label(row.week_of))
        await lead_week.redraw(session, await groups.get(session, membership.group_id), row.week_of)


# Groups that they led


async def _started(session: AsyncSession, workspace_id: str, user_id: str) -> list[Group]:
    query = select(Group).where(Group.workspace_id == workspace_id, Group.started_by == user_id)
    return list(await session.scalars(query))


async def _hand_over(
    session: AsyncSession, workspace_id: str, user_id: str, led: set[int]
) -> list[tuple[str, str]]:
    """Give each group that the person led or started a lead who is still there: who has been in it longest.

    Where nobody is there, nobody leads it, and who joins first will. Returns the groups with a new lead.
    """
    found = {group.id: group for group in await _started(session, workspace_id, user_id)}
    for group_id in led - found.keys():
        found[group_id] = await groups.get(session, group_id)
    heirs = []
    for group in found.values():
        lead = await groups.lead(session, group)
        if lead is None:
            lead = await _longest_in(session, group)
            if lead is not None:
                lead.role = "lead"
                heirs.append((group.name, lead.user_id))
        if group.started_by == user_id:
            group.started_by = lead.user_id if lead else ""
    return heirs


async def _longest_in(session: AsyncSession, group: Group) -> Membership | None:
    members = [each for each in await groups.members(session, group) if each.role != mentors.MENTOR]
    return min(members, key=lambda each: (each.joined_at, each.id), default=None)


# The person


async def _erase_person(session: AsyncSession, workspace_id: str, user_id: str) -> None:
    """What names them by their Slack id beside their memberships."""
    here = select(Group.id).where(Group.workspace_id == workspace_id)
    await session.execute(
        update(GroupPlan)
        .where(GroupPlan.uploaded_by == user_id, GroupPlan.group_id.in_(here))
        .values(uploaded_by="")
    )
    await home_pages.forget(session, (workspace_id, user_id))
    await session.execute(delete(Received).where(Received.key.contains(f":{user_id}:", autoescape=True)))
    await session.execute(
        delete(Person).where(Person.workspace_id == workspace_id, Person.user_id == user_id)
    )
