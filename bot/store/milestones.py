"""What members reached: kept once, with whether their group may celebrate it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import cards, curricula, groups, memberships, scorecards, weeks
from bot.store.inserting import insert_new
from bot.store.tables import Enrolment, Group, Membership, Milestone, Scorecard
from plans.groupcard import Sharing
from plans.library import Library
from plans.milestones import Name, Standing, worth_telling
from plans.published import PublishedWeek

EVERY_WEEK = 520  # ten years of them


async def standing(
    session: AsyncSession, membership: Membership, monday: date, library: Library, *, closed: bool
) -> Standing | None:
    """The member's published weeks up to the week of `monday`; none if that is not published for them."""
    rows = await scorecards.history(session, memberships.whom(membership), monday, EVERY_WEEK)
    if not rows or rows[-1].week_of != monday:
        return None
    number, total = await _place(session, membership, monday, library)
    return Standing(
        weeks=tuple([await _published(session, membership, row) for row in rows]),
        closed=closed,
        number=number,
        weeks_of_plan=total,
    )


async def _published(session: AsyncSession, membership: Membership, row: Scorecard) -> PublishedWeek:
    """The week as it was published; what an older card did not keep is read again."""
    week = PublishedWeek.model_validate(row.card)
    if week.percent is None or week.planned:
        return week
    known = await cards.record(session, membership, row.week_of)
    done = sum(goal.done for goal in known.goals)
    return week.model_copy(update={"done": done, "counts": known.counts})


async def _place(
    session: AsyncSession, membership: Membership, monday: date, library: Library
) -> tuple[int | None, int]:
    """The week's number in the plan that offered it, and how many weeks that has; nothing if it is gone."""
    week = await weeks.of(session, membership.id, monday)
    enrolment = await session.get(Enrolment, week.enrolment_id) if week else None
    plan = await curricula.if_readable(session, library, enrolment) if enrolment else None
    if week is None or plan is None:
        return None, 0
    return week.number, len(plan.weeks)


async def sharing(session: AsyncSession, membership: Membership, monday: date) -> list[Sharing]:
    """How each of the member's published weeks up to the week of `monday` was shown, oldest first.

    Until the group's card is there, what they share now is what it will show.
    """
    group = await groups.get(session, membership.group_id)
    before = await scorecards.shown_before(session, groups.whom(group), membership, monday)
    row = await scorecards.published(session, groups.whom(group), monday)
    shown = row.card["sharing"] if row else {str(membership.id): membership.sharing}
    present = shown.get(str(membership.id), Sharing.PRIVATE)
    return [*(Sharing(shown) for _, shown in before), Sharing(present)]


async def keep(
    session: AsyncSession,
    membership: Membership,
    monday: date,
    found: Mapping[Name, bool],
    now: datetime,
) -> list[Name]:
    """Keep what was reached and whether the channel may see it; those that are new."""
    known = await _known(session, membership.id)
    new = [name for name in found if name not in known]
    for name in new:
        await insert_new(
            session,
            Milestone,
            membership_id=membership.id,
            name=name.value,
            week_of=monday,
            in_channel=found[name],
            reached_at=now,
        )
    return new


async def withhold(session: AsyncSession, members: Sequence[Membership], monday: date) -> None:
    """Keep from the channel what those reached this week who no longer share it fully."""
    hidden = [member.id for member in members if member.sharing != Sharing.FULL]
    await session.execute(
        update(Milestone)
        .where(Milestone.membership_id.in_(hidden), Milestone.week_of == monday)
        .values(in_channel=False)
    )


async def _known(session: AsyncSession, membership_id: int) -> Collection[str]:
    return set(await session.scalars(select(Milestone.name).filter_by(membership_id=membership_id)))


async def told_at(session: AsyncSession, membership_id: int, reached_at: datetime) -> dict[Name, bool]:
    """What the member reached at this instant, and whether it may stand in the channel."""
    query = select(Milestone).filter_by(membership_id=membership_id, reached_at=reached_at)
    found = {Name(row.name): row.in_channel for row in await session.scalars(query)}
    return {name: found[name] for name in worth_telling(list(found))}


async def celebrated(session: AsyncSession, group: Group, monday: date) -> list[tuple[str, list[Name]]]:
    """Who reached what this week, as far as the channel may see it; nothing if the lead has it so."""
    if not group.has_milestones:
        return []
    query = (
        select(Membership.id, Membership.name, Milestone.name.label("reached"))
        .join(Milestone, Milestone.membership_id == Membership.id)
        .where(Membership.group_id == group.id, Milestone.week_of == monday, Milestone.in_channel.is_(True))
    )
    found: dict[tuple[str, int], list[Name]] = {}
    for row in await session.execute(query):
        found.setdefault((row.name, row.id), []).append(Name(row.reached))
    in_order = sorted(found.items(), key=lambda item: (item[0][0].casefold(), item[0][1]))
    return [(name, list(worth_telling(names))) for (name, _), names in in_order]
