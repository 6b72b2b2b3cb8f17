"""Joining in two steps, as people do it over and over in these tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.workspace.visitors.people import Person
from bot.workspace.visitors.person import SubmitResult

Json = dict[str, Any]


async def fills_in_joining(person: Person, step: Json, answers: Mapping[str, Any]) -> SubmitResult:
    """Submit what is left of the two steps of joining; the first that is refused is the last.

    `answers` go by block id. The 12-week plan is taken, unless they name another or none (`plan=None`).
    """
    given = {"plan": "12-week-comprehensive", **answers}
    while True:
        there = {block["block_id"] for block in step["blocks"]}
        mine = {name: value for name, value in given.items() if name in there}
        if mine.get("plan", "") is None:
            del mine["plan"]
        result = await person.submits(step, mine)
        if not result.ok or result.view is None:
            return result
        step = result.view
