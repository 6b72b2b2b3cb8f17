"""Accepting and undoing is the identity in weeks as they come: with goals that were moved, skipped, excused,
done and added, lighter times, longer plans, on the first days of the week that would change.

How it looks when members click is in `test_accept_then_undo`.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import enrolments, goals, memberships, suggestions
from bot.store.tables import Membership, Suggestion, Table
from plans.adapting import Suggestion as Offered
from tests.bot.channel import Channel, channel
from tests.bot.drawn_groups import BUSY, DAY, drawn, live
from tests.bot.house import SUNDAY, plans
from tests.bot.test_accept_then_undo import GOES_ON, Tables, differences


async def tables(session: AsyncSession) -> Tables:
    """Every row of every table that says what members do; a withdrawn goal counts as gone."""
    found: Tables = {}
    for name in sorted(Table.metadata.tables.keys() - GOES_ON):
        rows: list[dict[str, Any]] = [
            dict(row) for row in (await session.execute(Table.metadata.tables[name].select())).mappings()
        ]
        found[name] = sorted((row for row in rows if row.get("state") != "withdrawn"), key=repr)
    return found


async def works_on(session: AsyncSession, member: Membership, here: Channel) -> None:
    """Something is done, moved, skipped and added on the first days of a week."""
    today = memberships.today(member, here.now)
    chance = Random(member.id)
    week = await goals.of_week(session, member.id, memberships.monday(member, here.now))
    week = chance.sample(week, len(week))
    done = [goal.id for goal in week[:2]]
    await goals.complete(
        session, member, offered=done, chosen=done, action_ts=f"{here.now.timestamp():.6f}", now=here.now
    )
    await goals.carry(session, week[2:4], today + DAY)
    await goals.skip(session, week[4:5], "holiday", excused=True)
    await goals.skip(session, week[5:6], "no time", excused=False)
    await goals.add_own(session, member, text="Mine", minutes=30, area="coding", day=today)


async def open_suggestions(session: AsyncSession, here: Channel) -> list[tuple[Membership, Suggestion]]:
    """What can still be decided, by whom."""
    found = []
    for row in await session.scalars(select(Suggestion).where(Suggestion.state == "offered")):
        member = await memberships.get(session, row.membership_id)
        offers = Offered.model_validate(row.facts).offers
        if offers and member.status == "active" and not suggestions.is_over(member, row, here.now):
            found.append((member, row))
    return found


@pytest.mark.parametrize("size", [4, 7])
async def test_whatever_the_week_holds_accepting_and_undoing_leaves_everything_as_it_was(
    tmp_path: Path, size: int
) -> None:
    changed = 0
    async with channel(tmp_path, SUNDAY) as here:
        await live(here, drawn(size, 2), BUSY)
        async with here.database.write() as session:
            for member, row in await open_suggestions(session, here):
                await works_on(session, member, here)
                for number in range(len(Offered.model_validate(row.facts).offers)):
                    changed += await there_and_back(session, member, row, number, here)
    assert changed


async def there_and_back(
    session: AsyncSession, member: Membership, row: Suggestion, number: int, here: Channel
) -> bool:
    """Accept and undo; whether accepting has changed any goal."""
    enrolment = await enrolments.current(session, member.id)
    assert enrolment is not None
    before = await tables(session)
    assert await suggestions.accept(session, member, enrolment, plans(), row, number, here.now)
    changed = differences(before, await tables(session))
    assert {"suggestions", "adjustments"} <= changed.keys()
    assert await suggestions.undo(session, member, plans(), row, here.now)
    assert differences(before, await tables(session)) == {}
    return "goals" in changed
