"""Checkpoints in these tests: how a member comes to one, and how its list reads."""

from __future__ import annotations

import copy
import uuid
from datetime import timedelta
from typing import Any

from bot.workspace.visitors.people import Person, words
from tests.bot import uploads
from tests.bot.house import MONDAY, House

Json = dict[str, Any]
POST = "Checkpoint · week"


def in_week(house: House, number: int, plan: str = "12-week-comprehensive", track: str = "standard") -> None:
    """Let everybody's plan have begun so long ago that the coming Monday opens this week of it."""
    house.sql("delete from goals")  # joining has opened the first week
    house.sql("delete from weeks")
    begun = MONDAY - timedelta(weeks=number - 1)
    house.sql(
        "update enrolments set plan = ?, track = ?, starts_on = ?, first_day = ?",
        [plan, track, begun.isoformat(), begun.isoformat()],
    )


def on_a_plan_of_their_own(house: House, *items: str, more: str = "", week: int = 1) -> None:
    """Let everybody follow a plan that the group's lead has uploaded, with these items (TOML)."""
    lists = [f'[[checkpoints]]\nweek = {week}\ntitle = "Half-way"\nitems = [{", ".join(items)}]\n', more]
    house.sql(
        "insert into group_plans (group_id, slug, title, text, uploaded_by, uploaded_at)"
        " values (1, 'our-way', 'Our way', ?, 'U', '2026-11-18 09:00:00.000000')",
        [uploads.plan(weeks=3) + "\n" + "\n".join(lists)],
    )
    in_week(house, 1, "upload:1", "evenings")


async def checkpoint(person: Person) -> Json:
    """The newest checkpoint that was posted, as it stands now."""
    return await person.waits_for_dm(lambda message: words(message).startswith(POST))


def lines(thing: Json) -> list[str]:
    """What the data answers, each line with its mark."""
    return [line for line in words(thing).splitlines() if line.startswith(("✓", "○"))]


def ticks(house: House) -> list[str]:
    """The items that are ticked."""
    rows = house.sql("select item from checkpoint_ticks where ticked_at is not null order by item")
    return [item for (item,) in rows]


def clicked(envelope: Json, **changes: Any) -> Json:
    """The same click once more, with some of its action changed."""
    made = copy.deepcopy(envelope) | {"envelope_id": str(uuid.uuid4())}
    made["payload"]["actions"][0] |= changes
    return made
