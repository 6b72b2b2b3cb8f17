"""What a group was asked to change for everybody, what it said, and what holds because of that."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import scorecards
from bot.store.inserting import insert_new
from bot.store.tables import Group, Membership, Proposal, Scorecard, Vote
from plans import steering
from plans.calendar import Occurrence
from plans.groupcard import Sharing
from plans.model import Area
from plans.published import PublishedWeek
from plans.steering import Agreement, Missed, Shown, ShownWeek

OPEN, PASSED, FAILED = "open", "passed", "failed"
EASE, KEEP = "ease", "keep"
MENTOR = "mentor"
SUNDAY = timedelta(days=6)


class Tally(NamedTuple):
    """The votes of who is still in the group, and how many could have voted."""

    ease: int
    keep: int
    members: int

    @property
    def votes(self) -> int:
        """How many have voted."""
        return self.ease + self.keep


async def get(session: AsyncSession, proposal_id: int) -> Proposal | None:
    """The proposal with this id."""
    return await session.get(Proposal, proposal_id)


async def of_week(session: AsyncSession, group_id: int, monday: date) -> Proposal | None:
    """What the group was asked after the week of `monday`."""
    found: Proposal | None = await session.scalar(
        select(Proposal).where(Proposal.group_id == group_id, Proposal.week_of == monday)
    )
    return found


async def open_of(session: AsyncSession, group_id: int) -> Proposal | None:
    """What the group is asked now."""
    query = select(Proposal).where(Proposal.group_id == group_id, Proposal.state == OPEN)
    found: Proposal | None = await session.scalar(query.order_by(Proposal.id.desc()).limit(1))
    return found


async def asked(session: AsyncSession, group_id: int) -> dict[Area, date]:
    """After which week the group was last asked about each area."""
    query = select(Proposal.area, func.max(Proposal.week_of)).where(Proposal.group_id == group_id)
    rows = await session.execute(query.group_by(Proposal.area))
    return {Area(area): week_of for area, week_of in rows}


# What it is asked


async def shown_weeks(
    session: AsyncSession, whom: str, members: Sequence[Membership], monday: date
) -> list[ShownWeek]:
    """The last weeks of a group up to that of `monday`, of those members who showed everything in them.

    `whom` is how scorecards name the group. Empty if one of the weeks was not published to its end.
    """
    mondays = [monday - timedelta(weeks=ago) for ago in reversed(range(steering.WEEKS))]
    rows = [await scorecards.published(session, whom, each) for each in mondays]
    if not all(row is not None and row.closed for row in rows):
        return []
    return [await _shown(session, row, members) for row in rows if row is not None]


async def _shown(session: AsyncSession, row: Scorecard, members: Sequence[Membership]) -> ShownWeek:
    full = [each for each in members if row.card["sharing"].get(str(each.id)) == Sharing.FULL]
    query = select(Scorecard).where(
        Scorecard.whom.in_([f"m{each.id}" for each in full]), Scorecard.week_of == row.week_of
    )
    cards = {
        each.whom.removeprefix("m"): PublishedWeek.model_validate(each.card)
        for each in await session.scalars(query)
    }
    return {who: Shown(counts=card.counts, targets=card.targets) for who, card in cards.items()}


async def propose(
    session: AsyncSession, group: Group, missed: Missed, monday: date, closes: Occurrence, now: datetime
) -> bool:
    """Ask the group after the week of `monday`, until `closes`; false if it was asked already."""
    first_week, last_week = steering.term(closes.day)
    return await insert_new(
        session,
        Proposal,
        group_id=group.id,
        week_of=monday,
        area=missed.area.value,
        factor=steering.KEPT,
        first_week=first_week,
        last_week=last_week,
        facts=missed.model_dump(mode="json"),
        state=OPEN,
        closes_at=closes.instant,
        made_at=now,
    )


# What it says


async def say(
    session: AsyncSession, proposal: Proposal, membership: Membership, choice: str, now: datetime
) -> None:
    """Keep what a member says; the newest answer counts."""
    found = await session.scalar(
        select(Vote).where(Vote.proposal_id == proposal.id, Vote.membership_id == membership.id)
    )
    if found is None:
        session.add(Vote(proposal_id=proposal.id, membership_id=membership.id, choice=choice, voted_at=now))
    else:
        found.choice, found.voted_at = choice, now
    await session.flush()


async def tally(session: AsyncSession, proposal: Proposal) -> Tally:
    """The votes as they stand: who has left does not count, and mentors have none."""
    here = (
        Membership.group_id == proposal.group_id,
        Membership.status == "active",
        Membership.role != MENTOR,
    )
    votes = (
        select(Vote.choice, func.count())
        .join(Membership, Membership.id == Vote.membership_id)
        .where(Vote.proposal_id == proposal.id, *here)
        .group_by(Vote.choice)
    )
    by_choice: dict[str, int] = {row[0]: row[1] for row in await session.execute(votes)}
    members = await session.scalar(select(func.count()).select_from(Membership).where(*here))
    return Tally(by_choice.get(EASE, 0), by_choice.get(KEEP, 0), members or 0)


async def result(session: AsyncSession, proposal: Proposal) -> Tally:
    """The votes as they were when the vote closed; as they stand while it is open."""
    kept = proposal.facts
    if "votes" in kept:
        return Tally(*kept["votes"])
    return await tally(session, proposal)


async def settle(session: AsyncSession, proposal: Proposal, *, lapsed: bool = False) -> bool:
    """Close the vote and keep its numbers as they are now; whether it passed. A lapsed one never does."""
    found = await tally(session, proposal)
    passed = not lapsed and steering.passes(*found)
    proposal.state = PASSED if passed else FAILED
    proposal.facts = {**proposal.facts, "votes": list(found), "lapsed": lapsed}
    await session.flush()
    return passed


# What holds because of that


async def eased(session: AsyncSession, membership: Membership, monday: date) -> dict[Area, float]:
    """The parts of their share that areas keep in the member's week of `monday`, as the group has agreed.

    Who voted to keep theirs keeps it.
    """
    found = await _holding(session, membership, monday)
    return {Area(row.area): row.factor for row, choice in found if choice != KEEP}


async def agreed(session: AsyncSession, membership: Membership, monday: date) -> tuple[Agreement, ...]:
    """What the group agreed on for the week of `monday`, also where this member keeps theirs."""
    return tuple(agreement(row, choice) for row, choice in await _holding(session, membership, monday))


def agreement(proposal: Proposal, choice: str | None) -> Agreement:
    """What a proposal that has passed means for who said this to it."""
    return Agreement(
        proposal_id=proposal.id,
        area=Area(proposal.area),
        begins=proposal.first_week,
        until=proposal.last_week + SUNDAY,
        keeps=choice == KEEP,
    )


async def _holding(
    session: AsyncSession, membership: Membership, monday: date
) -> list[tuple[Proposal, str | None]]:
    """What has passed and holds in the week of `monday`, with what the member said to it."""
    query = (
        select(Proposal, Vote.choice)
        .outerjoin(Vote, (Vote.proposal_id == Proposal.id) & (Vote.membership_id == membership.id))
        .where(
            Proposal.group_id == membership.group_id,
            Proposal.state == PASSED,
            Proposal.first_week <= monday,
            Proposal.last_week >= monday,
        )
        .order_by(Proposal.id)
    )
    return [(row, choice) for row, choice in await session.execute(query)]
