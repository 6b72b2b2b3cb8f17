"""A suggestion after a week: why, the exact change to next week, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, StaticSelectElement

from bot.views.membership import SHOW_WEEK
from bot.views.message import Message, actions, built, button, context, header, option, plain, section
from bot.views.words import WEEKDAYS, clip, duration, escape, hours, long_date, plural, short_date

ACCEPT, DECLINE, UNDO, BLOCKER = (
    "suggestion_accept",
    "suggestion_decline",
    "suggestion_undo",
    "suggestion_blocker",
)
SHOWN, SET_ASIDE_SHOWN = 12, 6
BLOCKERS = (
    ("Work", "work"),
    ("Health", "health"),
    ("Family", "family"),
    ("It was too hard", "too hard"),
    ("It was too easy", "too easy"),
    ("Something else", "other"),
)
TITLES = {
    "recovery": "A recovery week",
    "extend": "A week more",
    "lighter_track": "A lighter track",
    "high": "A stronger week",
    "accelerate": "A heavier track",
}
TAKE = {
    "recovery": "Take the recovery week",
    "extend": "Take a week more",
    "lighter_track": "Take the lighter track",
    "high": "Take it up",
    "accelerate": "Take the heavier track",
}
TAKEN = {
    "recovery": "has taken a recovery week",
    "extend": "takes a week more",
    "lighter_track": "moves to a lighter track",
    "high": "takes on a stronger week",
    "accelerate": "moves to a heavier track",
}
EASING = ("recovery", "extend", "lighter_track")


@dataclass(frozen=True)
class Choice:
    """One change that can be accepted, and the week that it makes."""

    number: int
    kind: str
    goals_before: int
    goals_after: int
    minutes_before: int
    minutes_after: int
    week: Sequence[tuple[int, str, int]]  # weekday, goal, minutes: the week as it would be
    set_aside: Sequence[str]
    added: Sequence[str]
    extends: bool
    ends_on: date
    track: str


@dataclass(frozen=True)
class SuggestionCard:
    """A suggestion as it is shown to its member, alone or in the channel."""

    suggestion_id: int
    membership_id: int
    name: str
    reason: str
    for_week: date
    choices: Sequence[Choice]
    advice: Sequence[str]
    interview_on: date | None
    in_channel: bool
    state: str
    taken: int | None


def post(card: SuggestionCard) -> Message:
    """The suggestion, or what the member said to it."""
    if card.state == "accepted":
        return _accepted(card)
    if card.state == "declined":
        return _settled(card, f"{_you(card)} next week as planned. That is fine, too.", undo=True)
    if card.state == "withdrawn":
        return _settled(
            card,
            f"The week was finished after all: nothing needs to change. Well done{_to(card)}.",
            undo=False,
        )
    if card.state == "overtaken":
        return _settled(card, "The plan has changed since, so this suggestion no longer applies.", undo=False)
    return Message(_summary(card), built(list(_offer(card))))


def _you(card: SuggestionCard) -> str:
    return f"{escape(card.name)} keeps" if card.in_channel else "You keep"


def _to(card: SuggestionCard) -> str:
    return f", {escape(card.name)}" if card.in_channel else ""


def _summary(card: SuggestionCard) -> str:
    changes = "; ".join(_change(choice) for choice in card.choices)
    return f"{_opening(card)} Suggestion for next week: {changes}"


def _opening(card: SuggestionCard) -> str:
    """The numbers first, then kind words."""
    first = card.choices[0].kind
    this_week = f"{escape(card.name)}, this week:" if card.in_channel else "This week:"
    kind = "That is what recovery weeks are for." if first in EASING else "That is a strong week."
    return f"{this_week} {escape(card.reason)}. {kind}"


def _offer(card: SuggestionCard) -> Iterator[Block]:
    first = card.choices[0]
    yield header(TITLES[first.kind] + (f" for {card.name}?" if card.in_channel else "?"))
    yield section(_opening(card))
    for choice in card.choices:
        yield section(_details(card, choice))
        if choice.set_aside:
            yield context(_waiting(choice))
    if card.advice:
        yield context(" ".join(escape(line) for line in card.advice))
    if card.in_channel and first.kind in EASING:
        yield context(
            f"Half an hour together helps most: who has time for a design or a story session with {escape(card.name)}?"
        )
    yield actions(
        *(
            button(
                TAKE[choice.kind],
                f"{ACCEPT}_{choice.number}",
                f"{card.suggestion_id}:{choice.number}",
                style="primary" if choice is first else None,
            )
            for choice in card.choices
        ),
        button("Not now", DECLINE, f"{card.suggestion_id}"),
    )


def _change(choice: Choice) -> str:
    return f"{TITLES[choice.kind].lower()}, {plural(choice.goals_after, 'goal')} instead of {choice.goals_before}, {hours(choice.minutes_after)} instead of {hours(choice.minutes_before)}"


def _details(card: SuggestionCard, choice: Choice) -> str:
    """The exact week: goals and hours, what stays on which day, when the plan then ends."""
    lines = [
        f"*{TITLES[choice.kind]}*, week of {short_date(card.for_week)}",
        f"{plural(choice.goals_after, 'goal')} instead of {choice.goals_before} · {hours(choice.minutes_after)} instead of {hours(choice.minutes_before)}",
        *(
            f"• {WEEKDAYS[day][:3]}  {escape(goal)}, {duration(minutes)}"
            for day, goal, minutes in choice.week[:SHOWN]
        ),
    ]
    if len(choice.week) > SHOWN:
        lines.append(f"• and {len(choice.week) - SHOWN} more")
    if choice.kind == "high":
        lines.append("and a mock interview more, if a partner has time")
    if choice.extends:
        interview = (
            f"The interview is still on {long_date(card.interview_on)}, so the"
            if card.interview_on
            else "The"
        )
        lines.append(f"{interview} plan ends one week later, on {long_date(choice.ends_on)}.")
    return "\n".join(lines)


def _waiting(choice: Choice) -> str:
    """What waits, in one quiet line."""
    when = "they come the week after" if choice.extends else "they wait"
    shown = "; ".join(escape(clip(goal, 75)) for goal in choice.set_aside[:SET_ASIDE_SHOWN])
    more = (
        f"; and {len(choice.set_aside) - SET_ASIDE_SHOWN} more"
        if len(choice.set_aside) > SET_ASIDE_SHOWN
        else ""
    )
    return f"Set aside (nothing is lost, {when}): {shown}{more}"


def _accepted(card: SuggestionCard) -> Message:
    choice = next((each for each in card.choices if each.number == card.taken), card.choices[0])
    who = (
        f"{escape(card.name)} {TAKEN[choice.kind]}"
        if card.in_channel
        else f"Taken: {TITLES[choice.kind].lower()}"
    )
    core = "core goals only, " if choice.kind in ("recovery", "extend") else ""
    text = f"{who}: {core}{plural(choice.goals_after, 'goal')}, {hours(choice.minutes_after)}, week of {short_date(card.for_week)}."
    if card.in_channel and choice.kind in EASING:
        text += " Who is up for a 30-minute session together?"
    return _settled(card, text, undo=True)


def _settled(card: SuggestionCard, text: str, *, undo: bool) -> Message:
    row = []
    if undo:
        row.append(button("Undo", UNDO, f"{card.suggestion_id}"))
    row.append(button("Next week", f"{SHOW_WEEK}_next", f"{card.membership_id}:1"))
    return Message(text, built([section(text), actions(*row)]))


def blocker_question(suggestion_id: int, accepted: bool, goals: int, minutes: int) -> Message:
    """After a decision: what got in the way, asked in private."""
    done = (
        f"Done. Next week holds {plural(goals, 'goal')}, {hours(minutes)}."
        if accepted
        else "All right, next week stays as planned."
    )
    text = f"{done} What got in the way? Only you see the answer."
    element = StaticSelectElement(
        action_id=BLOCKER,
        placeholder=plain("Choose"),
        options=[option(name, f"{suggestion_id}:{key}") for name, key in BLOCKERS],
    )
    return Message(text, built([section(text), actions(element)]))


HELP = {
    "work": "Work weeks pass. Two short blocks, booked like meetings, survive most of them.",
    "health": "Get well first. `/prep pause 3d` stops everything and nothing counts as missed.",
    "family": "Family comes first. `/prep settings` takes days off out of the plan; the rest moves around them.",
    "too hard": "Take the smallest goal of the day, or ask in the channel: half an hour with somebody beats an evening alone.",
    "too easy": "Then the plan should ask more: more hours in `/prep settings` bring the harder goals in.",
    "other": "Thank you. If a different rhythm would help, `/prep settings` has all of it.",
}


def blocker_noted(blocker: str) -> Message:
    """What helps against it."""
    text = HELP.get(blocker, HELP["other"])
    return Message(text, built([section(text)]))


def noted(*, accepted: bool, goals: int, minutes: int) -> Message:
    """After a decision that needs no question."""
    text = (
        f"Done. Next week holds {plural(goals, 'goal')}, {hours(minutes)}."
        if accepted
        else "All right, next week stays as planned."
    )
    return Message(text, built([section(text)]))
