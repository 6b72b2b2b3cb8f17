"""Catching up: what is offered again, day by day, and what becomes of the answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, CheckboxesElement

from bot.views.checkbox_ids import CheckboxId
from bot.views.membership import SHOW_TODAY
from bot.views.message import Message, actions, built, button, context, header, option, section
from bot.views.words import clip, duration, escape, listed, plural, short_date
from plans.catching_up import Behind, CatchUp, OfferedDay

CATCH_UP, CATCH_CHOOSE, CATCH_TAKE, CATCH_NOT_NOW = (
    "catch_open",
    "catch_choose",
    "catch_take",
    "catch_not_now",
)
SET_ASIDE_SHOWN = 3


@dataclass(frozen=True)
class Box(CheckboxId):
    """Whose goals a day's checkboxes offer again, for which day, and when that was offered."""

    PREFIX = "catch"

    membership_id: int
    day: date
    offered_on: date


def offer(found: CatchUp, membership_id: int, today: date) -> Message:
    """What is offered again, ticked already; nothing moves before the member says so."""
    if not found.goals:
        return _nothing(found)
    return Message(_summary(found), built(list(_blocks(found, membership_id, today))))


def _summary(found: CatchUp) -> str:
    days = "; ".join(
        f"{short_date(day.day)}: {listed([escape(goal.text) for goal in day.goals])}" for day in found.days
    )
    return f"{_opening(found)} {days}."


def _opening(found: CatchUp) -> str:
    return f"{plural(len(found.goals), 'goal')} to catch up with, {duration(found.minutes)}: stories first, then the core of system design, then the rest."


def _blocks(found: CatchUp, membership_id: int, today: date) -> Iterator[Block]:
    yield header("Catch up")
    yield section(_opening(found))
    yield context(
        "At most two a day and a quarter of your week, so that this week's own goals keep their place."
    )
    for day in found.days:
        yield _day(day, Box(membership_id, day.day, today))
    if rest := _rest(found):
        yield context(rest)
    yield actions(
        button("Take these", CATCH_TAKE, str(membership_id), style="primary"),
        button("Not now", CATCH_NOT_NOW, str(membership_id)),
    )


def _day(day: OfferedDay, box: Box) -> Block:
    """One day's goals as checkboxes that are ticked."""
    options = [
        option(goal.text, str(goal.id), f"from {short_date(goal.due_on)}, {duration(goal.minutes)}")
        for goal in day.goals
    ]
    element = CheckboxesElement(action_id=CATCH_CHOOSE, options=options, initial_options=options)
    heading = f"*{short_date(day.day)}*, {duration(day.minutes)}"
    return section(heading, accessory=element, block_id=str(box))


def _rest(found: CatchUp) -> str:
    """What is not offered, in one quiet line."""
    parts = []
    if found.set_aside:
        count = plural(len(found.set_aside), "goal")
        parts.append(f"{count} set aside for good, unless you ask: {_named(found.set_aside)}.")
    if found.too_old:
        parts.append(
            f"{plural(found.too_old, 'goal')} older than four weeks {'stays' if found.too_old == 1 else 'stay'} where {'it is' if found.too_old == 1 else 'they are'}."
        )
    return " ".join(parts)


def _named(goals: Sequence[Behind]) -> str:
    shown = "; ".join(escape(clip(goal.text, 75)) for goal in goals[:SET_ASIDE_SHOWN])
    more = len(goals) - SET_ASIDE_SHOWN
    return f"{shown}; and {more} more" if more > 0 else shown


def _nothing(found: CatchUp) -> Message:
    """Nothing is behind, or there is no room for it."""
    if not found.set_aside and not found.too_old:
        return _said("You are not behind with anything. Good.")
    if not found.set_aside:
        return _said(
            "What is open is older than four weeks. It is better planned anew: `/prep plan extend 1` brings weeks again."
        )
    return _said(
        f"This week has no room left for what is behind; next week has. {_rest(found)} `/prep plan extend 1` makes more room."
    )


def taken(goals: Sequence[tuple[date, str]], minutes: int, membership_id: int) -> Message:
    """What was taken up, and where it stands now."""
    if not goals:
        return _said("Nothing moved: what you took is done or gone by now.")
    lines = "\n".join(f"• {short_date(day)}  {escape(text)}" for day, text in goals)
    text = f"Taken: {plural(len(goals), 'goal')}, {duration(minutes)}. They come with those days' lists."
    row = actions(button("Show today", SHOW_TODAY, str(membership_id)))
    return Message(f"{text} {lines}", built([section(f"{text}\n{lines}"), row]))


def not_now() -> Message:
    """Nothing changes."""
    return _said("All right, nothing moves. `/prep catchup` offers it again.")


def _said(text: str) -> Message:
    return Message(text, built([section(text)]))
