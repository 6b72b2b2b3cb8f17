"""What got in the way of a week: asked in private, answered with what helps. Never in the channel."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import ButtonElement, SectionBlock, StaticSelectElement

from bot.views.buddies import wanted_button
from bot.views.message import Message, actions, built, option, plain, section
from bot.views.words import hours, plural

BLOCKER = "suggestion_blocker"
QUESTION = "What got in the way? Only you see the answer."
BLOCKERS = (
    ("Work", "work"),
    ("Health", "health"),
    ("Family", "family"),
    ("It was too hard", "too hard"),
    ("It was too easy", "too easy"),
    ("Something else", "other"),
)
HELP = {
    "work": "Work weeks pass. Two short blocks, booked like meetings, survive most of them.",
    "health": "Get well first. `/prep pause 3d` stops everything and nothing counts as missed.",
    "family": "Family comes first. `/prep settings` takes days off out of the plan; the rest moves around them.",
    "too hard": "Take the smallest goal of the day, or ask in the channel: half an hour with somebody beats an evening alone.",
    "too easy": "Then the plan should ask more: more hours in `/prep settings` bring the harder goals in.",
    "other": "Thank you. If a different rhythm would help, `/prep settings` has all of it.",
}
_LAST_TIME = {
    "work": "Last time it was work. Fewer days with longer blocks may fit it better: `/prep settings`.",
    "health": "Last time it was your health. Rest counts more than any week of this plan.",
    "family": "Last time it was the family. A lighter time can be planned ahead, so that nothing is missed.",
    "too hard": "Last time it was too hard. Company helps most with that.",
    "too easy": "Last time it was too easy. Adjust lets you choose what the week holds.",
}


def question(suggestion: str, chosen: str | None) -> SectionBlock:
    """What got in the way? With what was answered already; `suggestion` is how buttons name it."""
    options = {key: option(name, f"{suggestion}:{key}") for name, key in BLOCKERS}
    menu = StaticSelectElement(
        action_id=BLOCKER,
        placeholder=plain("Choose"),
        options=list(options.values()),
        initial_option=options.get(chosen or ""),
    )
    return section(QUESTION, accessory=menu, block_id=f"blocker:{suggestion}")


def remembered(blocker: str | None) -> str:
    """What got in the way the time before, as a sentence; "" if that was not said."""
    return _LAST_TIME.get(blocker or "", "")


def known(blocker: str) -> str:
    """One of the answers; what is none of them is something else."""
    return blocker if blocker in HELP else "other"


def noted(blocker: str, membership_id: int, monday: date) -> Message:
    """What helps against it, and company for the week of `monday`."""
    text = HELP[known(blocker)]
    return Message(text, built([section(text), actions(wanted_button(membership_id, monday))]))


def decided(
    suggestion: str,
    membership_id: int,
    monday: date,
    *,
    blocker: str | None,
    week: tuple[int, int] | None,
    begun: bool,
) -> Message:
    """After a decision on an easier week: what got in the way, or help with it, and the way to company.

    `week` is the accepted one's goals and minutes, of the days that are left if it has `begun`; None if it
    stays as it was.
    """
    said = _done(week, begun=begun)
    company = actions(wanted_button(membership_id, monday))
    if blocker:
        text = f"{said} {HELP[known(blocker)]}"
        return Message(text, built([section(text), company]))
    asked = question(suggestion, None)
    return Message(f"{said} {QUESTION}", built([section(said), asked, company]))


def done(
    week: tuple[int, int] | None, doors: Sequence[ButtonElement] = (), *, begun: bool = False
) -> Message:
    """After a decision that needs no question."""
    text = _done(week, begun=begun)
    return Message(text, built([section(text), *([actions(*doors)] if doors else [])]))


def _done(week: tuple[int, int] | None, *, begun: bool) -> str:
    if week is None:
        return f"All right, {'this' if begun else 'next'} week stays as planned."
    goals, minutes = week
    what = "The rest of this week" if begun else "Next week"
    return f"Done. {what} holds {plural(goals, 'goal')}, {hours(minutes)}."
