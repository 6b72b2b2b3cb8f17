"""The form "My mock interviews": what, when, how often, with whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views import form
from bot.views.message import Message, actions, built, button, section
from bot.views.mock_rounds import HOURS as OPEN
from bot.views.words import escape
from plans import availability
from plans import hours as weekly
from plans.availability import Hours
from plans.mocks import Kind, Role

PROFILE = "mock_profile"  # callback id
KINDS, PRESETS, HOURS, SPAN = "kinds", "presets", "hours", "span"
EVERY, WISH, LEVEL, BLOCKED = "every", "wish", "level", "blocked"
FROM_NOW_ON, THIS_ROUND = "always", "once"
ALWAYS, WHEN_I_SAY = "always", "say"
NO_WISH, SAME_LEVEL = "none", "same"
HOURS_LIMIT = 300
KIND_BOXES = (("Technical", Kind.TECHNICAL.value), ("Behavioural", Kind.BEHAVIORAL.value))


@dataclass(frozen=True)
class Profile:
    """What the form begins with."""

    hours: Hours
    kinds: frozenset[Kind] = frozenset()
    always: bool = False
    wish: Role | None = None
    same_level_only: bool = False
    blocked: Sequence[str] = ()


def profile_form(profile: Profile, about: str, *, round_open: bool) -> dict[str, Any]:
    """One page for all of it; who are avoided is seen by nobody else."""
    kinds = [kind for _, kind in KIND_BOXES if not profile.kinds or Kind(kind) in profile.kinds]
    blocks: list[Block] = [
        form.boxes(
            KINDS,
            "What would you like to practise?",
            KIND_BOXES,
            values=kinds,
            hint="None ticked means either. A full loop is planned by itself: /prep mock loop.",
        ),
        *hour_fields(profile.hours),
    ]
    if round_open:
        blocks.append(
            form.radio(
                SPAN,
                "These kinds and hours hold",
                [("From now on", FROM_NOW_ON), ("For this week's round only", THIS_ROUND)],
                value=FROM_NOW_ON,
            )
        )
    blocks += [
        DividerBlock(),
        form.radio(
            EVERY,
            "When are you in?",
            [
                ("In every round", ALWAYS, "I remind you the day before; you can skip a week"),
                ("Only when I say so", WHEN_I_SAY),
            ],
            value=ALWAYS if profile.always else WHEN_I_SAY,
        ),
        form.select(
            WISH,
            "Which role would you rather begin with?",
            [
                ("No preference", NO_WISH),
                ("Interviewer first", Role.INTERVIEWER.value),
                ("Candidate first", Role.CANDIDATE.value),
            ],
            value=profile.wish.value if profile.wish else NO_WISH,
        ),
        form.boxes(
            LEVEL,
            "Level",
            [("Only with people who prepare for my own level", SAME_LEVEL)],
            values=[SAME_LEVEL] if profile.same_level_only else [],
        ),
        form.people(
            BLOCKED,
            "People I would rather not be paired with",
            values=profile.blocked,
            hint="Private: nobody else ever learns of it, also not your group's lead.",
        ),
    ]
    return form.modal("My mock interviews", blocks, callback_id=PROFILE, submit="Save", about=about)


def hour_fields(hours: Hours) -> list[Block]:
    """Usual hours to tick, and a line for all others."""
    keys, rest = availability.ticked(hours)
    return [
        form.boxes(
            PRESETS,
            "When could you practise? On your own clock",
            [(preset.label, key) for key, preset in availability.PRESETS.items()],
            values=keys,
        ),
        form.text(
            HOURS,
            "Other hours",
            value=weekly.as_text(rest) if rest else None,
            most=HOURS_LIMIT,
            placeholder=weekly.EXAMPLE,
            hint=f"Days and hours, like {weekly.EXAMPLE}.",
            optional=True,
        ),
    ]


def saved(hours: Hours, membership_id: int, *, this_round: bool, always: bool) -> Message:
    """What is kept, in words."""
    span = "For this week's round: " if this_round else "Saved. Your hours: "
    every = "You are in every round." if always else "You are in a round when you say so."
    text = f"{span}{escape(weekly.as_text(hours))}. {every}"
    return Message(text, built([section(text), actions(button("Change that", OPEN, f"m{membership_id}"))]))
