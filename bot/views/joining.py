"""Joining in two steps: where somebody stands, then the plan and everything around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views import form
from bot.views.choosing import Advice, Answered, questions, side_by_side, verdict
from bot.views.membership import (
    FIT_TO_HOURS,
    MONDAY,
    START,
    START_DAY,
    TODAY,
    TRACK,
    Wishes,
    sharing,
    times,
)
from bot.views.message import actions, button, section
from bot.views.words import escape, plural
from plans.timelines import Row

JOIN, JOIN_PLAN = "join", "join_plan"  # callback ids of the two steps
BACK = "join_back"
PLAN = "plan"
AS_PLANNED, LIGHTEST = "as-planned", "lightest"
TRACKS = (
    ("Fit to my hours", FIT_TO_HOURS, "the fullest track that your hours reach"),
    ("As planned", AS_PLANNED, "the plan's own track"),
    ("As light as it gets", LIGHTEST, "the most important goals only"),
)


@dataclass(frozen=True)
class Wanted(Wishes):
    """What the second step starts with: defaults, or what was filled in before going back."""

    plan: str = ""
    start: str = MONDAY
    start_day: date | None = None


def situation_form(group: str, answered: Answered, about: str) -> dict[str, Any]:
    """The first step: what has to be known before a plan can be recommended."""
    opening = section(
        f"*{escape(group)}* prepares together. Five questions, then I recommend a plan and you choose."
    )
    return form.modal(
        "Join the study group",
        [opening, *questions(answered)],
        callback_id=JOIN,
        submit="Next",
        about=about,
    )


def plan_form(advice: Advice, wanted: Wanted, now: datetime, about: str) -> dict[str, Any]:
    """The second step: the plan, how much of it, from when; when things arrive and who sees what."""
    blocks: list[Block] = [
        *verdict(advice),
        actions(button("Change my answers", BACK, "back")),
        form.select(
            PLAN,
            "Which plan do you take?",
            [(_plan(row), row.plan) for row in advice.rows],
            value=wanted.plan,
            hint="The choice is yours. All plans stand side by side at the end of this form.",
        ),
        form.radio(TRACK, "How much of it?", TRACKS, value=wanted.track),
        *_start(wanted),
        DividerBlock(),
        *times(wanted, now),
        DividerBlock(),
        sharing(wanted),
        DividerBlock(),
        *side_by_side(advice),
    ]
    return form.modal("Your plan", blocks, callback_id=JOIN_PLAN, submit="Join", about=about)


def _plan(row: Row) -> str:
    return f"{row.title}, {plural(row.weeks, 'week')}"


def _start(wanted: Wanted) -> Sequence[Block]:
    return [
        form.radio(
            START,
            "When do you begin?",
            [
                ("Next Monday", MONDAY, "a whole first week"),
                ("Today", TODAY, "earlier days of this week are offered too"),
            ],
            value=wanted.start,
        ),
        form.day(
            START_DAY,
            "Or on a day of your own",
            value=wanted.start_day,
            optional=True,
            hint="If you give one, it counts instead.",
        ),
    ]
