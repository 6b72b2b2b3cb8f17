"""The App Home from top to bottom: today, the week, the plan, how one stands, mocks, everything else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views import day, home_doors, home_map, home_standing, home_week, personal_data
from bot.views.home_doors import Doors, GroupChoice
from bot.views.home_map import MapGlance
from bot.views.home_standing import Readiness, TrendWeek
from bot.views.home_week import WeekGlance
from bot.views.message import built, context, header, section
from plans.agenda import Agenda

LIMIT = 100  # blocks
TODAY_LIMIT = 50  # of them, for a day with very many goals


@dataclass(frozen=True)
class HomePage:
    """All that a member's Home shows. `stories` and `mocks` are made by their own views."""

    agenda: Agenda
    week: WeekGlance
    plan: MapGlance | None
    trend: Sequence[TrendWeek]
    readiness: Readiness
    stories: Sequence[Block]
    mocks: Sequence[Block]
    doors: Doors
    groups: Sequence[GroupChoice] = field(default=())


def home(page: HomePage, revision: str) -> dict[str, Any]:
    """The whole page. `revision` names this drawing of the checkboxes: a new one makes clients forget theirs."""
    number = page.agenda.membership_id
    parts: list[Sequence[Block]] = [
        _today(page.agenda, revision),
        [*home_week.blocks(page.week)],
        [*home_map.blocks(page.plan)] if page.plan else [],
        [*home_standing.trend(page.trend, number)],
        page.stories,
        page.mocks,
        [*home_standing.readiness(page.readiness)],
        [*home_doors.blocks(page.doors, revision)],
    ]
    blocks = [*home_doors.switch(number, page.groups), *_joined(parts)]
    return {"type": "home", "blocks": built(blocks[:LIMIT])}


def _today(agenda: Agenda, revision: str) -> list[Block]:
    """Today's goals, tickable here too; the row of doors stays whatever is cut."""
    *blocks, doors = day.blocks(agenda, revision)
    if len(blocks) >= TODAY_LIMIT:
        more = context("There are more goals than this page can hold. *My week* shows all of them.")
        blocks = [*blocks[: TODAY_LIMIT - 2], more]
    return [*blocks, doors]


def _joined(parts: Sequence[Sequence[Block]]) -> list[Block]:
    """The parts with a line between each two."""
    blocks: list[Block] = []
    for part in parts:
        if part:
            blocks += [DividerBlock(), *part] if blocks else part
    return blocks


def without_plan(
    parts: Sequence[Sequence[Block]], doors: Doors, groups: Sequence[GroupChoice], revision: str
) -> dict[str, Any]:
    """For whose plan cannot be read: that they need not worry, and all that stands without one."""
    notice = [
        header("Your plan cannot be read just now"),
        section(
            "Nothing of yours is lost, and your group goes on. Whoever looks after Cadence can bring the plan back; please tell them."
        ),
    ]
    blocks = [
        *home_doors.switch(doors.membership_id, groups),
        *_joined([notice, *parts, [*home_doors.blocks(doors, revision)]]),
    ]
    return {"type": "home", "blocks": built(blocks)}


def mentor(
    membership_id: int, offer: Sequence[Block], mocks: Sequence[Block], groups: Sequence[GroupChoice] = ()
) -> dict[str, Any]:
    """For who only interviews: what they offer, and what is coming."""
    blocks = [
        *home_doors.switch(membership_id, groups),
        *_joined([offer, mocks, [personal_data.doors()]]),
    ]
    return {"type": "home", "blocks": built(blocks)}


def stranger() -> dict[str, Any]:
    """For who is in no study group yet."""
    blocks = [
        header("Consistency over intensity"),
        section(
            "Prepare for Amazon L6/L7 engineering-manager interviews together: a plan that fits your hours, today's goals each morning, one honest scorecard a week."
        ),
        section(
            "Go to your study group's channel and type `/prep join`. No group yet? `/prep start` makes one of any channel."
        ),
    ]
    return {"type": "home", "blocks": built(blocks)}
