"""An offer in one's own measure: the form, with the exact difference that redraws as it is filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    DividerBlock,
    InputBlock,
    NumberInputElement,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig

from bot.views import form
from bot.views.message import context, section
from bot.views.words import AREAS, WEEKDAYS, duration, escape, hours, long_date, plural, short_date
from plans.adapting import Offer
from plans.adjusting import FAVOURABLE, Bounds, Goals, Wish
from plans.fitted import FittedGoal
from plans.model import Track

ADJUSTING = "adjusting"  # callback id
PREFIX = "adjust_"
HOURS, GOALS, FIRST, LONGER, TRACK = (
    f"{PREFIX}hours",
    f"{PREFIX}goals",
    f"{PREFIX}first",
    f"{PREFIX}longer",
    f"{PREFIX}track",
)
NONE, WEEK = "none", "week"
FIELDS = {"hours": HOURS, "goals": GOALS, "longer": LONGER, "track": TRACK}  # of a wish, by block
NOTHING = "The week would be as it is. Change something, or close this and choose Not now."
SHOWN = 12  # goals of each list


@dataclass(frozen=True)
class Adjusting:
    """What the form shows: the wish so far, what may be wished, and what comes of it.

    `offer` is None while the wish has `faults`. `since` is the first day that is left of the week, once it has
    begun. `anew` if the week looks different from what was shown last.
    """

    for_week: date
    wish: Wish
    bounds: Bounds
    tracks: Sequence[Track]
    offer: Offer | None
    faults: Mapping[str, str] = field(default_factory=dict)
    anew: bool = False
    since: date | None = None


def adjust_form(shown: Adjusting, about: str) -> dict[str, Any]:
    """The form; `about` comes back with it."""
    blocks = [*_fields(shown), DividerBlock(), *_difference(shown)]
    title = "Adjust this week" if shown.since else "Adjust next week"
    return form.modal(title, blocks, callback_id=ADJUSTING, submit="Take it", about=about)


def _fields(shown: Adjusting) -> Iterator[Block]:
    wish, within = shown.wish, shown.bounds
    if shown.anew:
        yield section("This is how that week would be. Take it, or change it once more.")
    yield _live_number(form.number(HOURS, "Hours", value=wish.hours, decimal=True, hint=_hours_hint(shown)))
    kinds = [("Core goals only", Goals.CORE), ("All goals of my track", Goals.ALL)]
    if within.has_stretch:
        kinds.append(("All, and stretch goals", Goals.STRETCH))
    yield _live(form.select(GOALS, "Which goals", kinds, value=wish.goals))
    areas = [("None before the others", NONE), *((_area(area), area.value) for area in FAVOURABLE)]
    yield _live(form.select(FIRST, "What comes first", areas, value=wish.first or NONE))
    if within.may_extend:
        weeks = [("The plan ends as planned", NONE), ("A week more", WEEK)]
        yield _live(form.select(LONGER, "The plan's end", weeks, value=WEEK if wish.longer else NONE))
    if len(shown.tracks) > 1:
        tracks = [(track.title, track.name) for track in shown.tracks]
        hint = "Another track, and its hours, hold for the weeks after, too."
        yield _live(form.select(TRACK, "Track", tracks, value=wish.track, hint=hint))


def _hours_hint(shown: Adjusting) -> str:
    if shown.since:
        return (
            f"Of the whole week, at most {shown.bounds.most_hours:g}. The days that are left get their part."
        )
    return f"At most {shown.bounds.most_hours:g} that week."


def _area(area: str) -> str:
    name = AREAS[area]
    return f"{name[0].upper()}{name[1:]}"


def _live(block: InputBlock) -> InputBlock:
    """The field, which is heard as soon as it changes."""
    block.dispatch_action = True
    return block


def _live_number(block: InputBlock) -> InputBlock:
    """The number, which is heard with each character."""
    if isinstance(block.element, NumberInputElement):
        block.element.dispatch_action_config = DispatchActionConfig(
            trigger_actions_on=["on_character_entered"]
        )
    return _live(block)


def _difference(shown: Adjusting) -> Iterator[Block]:
    """What the week would be, against what it is now."""
    if shown.offer is None:
        for sentence in shown.faults.values():
            yield section(escape(sentence))
        return
    different, week = shown.offer.difference, shown.offer.week
    before = len(different.kept) + len(different.set_aside)
    name = f"Week of {short_date(shown.for_week)}"
    if shown.since:
        name = f"The rest of this week, from {short_date(shown.since)}"
    head = f"*{name}*: {plural(len(week.goals), 'goal')} instead of {before} · {hours(week.minutes)} instead of {hours(different.hours_before * 60)}"
    yield section(head, block_id="difference")
    if not shown.offer.changes_something:
        yield context("No goal goes out and none comes in.")
    if different.set_aside:
        yield section(_goals("Goes out", different.set_aside))
    if different.added:
        yield section(_goals("Comes in", different.added))
    yield context(f"The plan ends on {long_date(shown.offer.ends_on)}.")


def _goals(title: str, goals: Sequence[FittedGoal]) -> str:
    lines = [
        f"• {WEEKDAYS[goal.weekday][:3]}  {escape(goal.text)}, {duration(goal.minutes)}"
        for goal in goals[:SHOWN]
    ]
    if len(goals) > SHOWN:
        lines.append(f"• and {len(goals) - SHOWN} more")
    return "\n".join([f"*{title}*", *lines])
