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
CAPACITY = "capacity"
FROM_NOW_ON, THIS_ROUND = "always", "once"
ALWAYS, WHEN_I_SAY = "always", "say"
NO_WISH, SAME_LEVEL = "none", "same"
HOURS_LIMIT = 300
MOST_SESSIONS = 4  # that a mentor can offer for one round
WHEN = "When could you practise? On your own clock"
TIME, INTERVIEWS = "When do you have time? On your own clock", "Which interviews would you give?"
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
    capacity: int | None = None  # a mentor's sessions a round; none for a member


def profile_form(profile: Profile, about: str, *, round_open: bool) -> dict[str, Any]:
    """One page for all of it; who are avoided is seen by nobody else."""
    is_mentor = profile.capacity is not None
    kinds = INTERVIEWS if is_mentor else "What would you like to practise?"
    hours = TIME if is_mentor else WHEN
    blocks: list[Block] = [kind_field(profile.kinds, kinds), *hour_fields(profile.hours, hours)]
    if profile.capacity is not None:
        blocks.append(capacity_field(profile.capacity))
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
    ]
    if not is_mentor:
        blocks += _as_a_candidate(profile)
    blocks.append(
        form.people(
            BLOCKED,
            "People I would rather not be paired with",
            values=profile.blocked,
            hint="Private: nobody else ever learns of it, also not your group's lead.",
        )
    )
    return form.modal("My mock interviews", blocks, callback_id=PROFILE, submit="Save", about=about)


def _as_a_candidate(profile: Profile) -> list[Block]:
    """What only matters to who is interviewed, too."""
    return [
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
    ]


def kind_field(kinds: frozenset[Kind], label: str) -> Block:
    """The kinds of a session of two, to tick."""
    return form.boxes(
        KINDS,
        label,
        KIND_BOXES,
        values=[kind for _, kind in KIND_BOXES if not kinds or Kind(kind) in kinds],
        hint="None ticked means either. A full loop is planned by itself: /prep mock loop.",
    )


def capacity_field(value: int) -> Block:
    """How many sessions of one round a mentor takes."""
    choices = [("One", "1"), *((f"Up to {many}", str(many)) for many in range(2, MOST_SESSIONS + 1))]
    return form.select(
        CAPACITY,
        "How many sessions a week, at most?",
        choices,
        value=str(min(max(value, 1), MOST_SESSIONS)),
        hint="An hour to an hour and a half each. I ask who interviewed least recently first.",
    )


def hour_fields(hours: Hours, label: str = WHEN) -> list[Block]:
    """Usual hours to tick, and a line for all others."""
    keys, rest = availability.ticked(hours)
    return [
        form.boxes(
            PRESETS,
            label,
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
