"""A suggestion after a week: why, the exact change to next week, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views import blockers
from bot.views.membership import SHOW_WEEK
from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.why import WHY_OPEN
from bot.views.words import AREAS, WEEKDAYS, clip, duration, escape, hours, long_date, plural, short_date

ACCEPT, DECLINE, UNDO = "suggestion_accept", "suggestion_decline", "suggestion_undo"
ADJUST, REST = "suggestion_adjust", "suggestion_rest"
SHOWN, NAMED = 12, 6
TITLES = {
    "recovery": "A recovery week",
    "extend": "A week more",
    "lighter_track": "A lighter track",
    "high": "A stronger week",
    "accelerate": "A heavier track",
    "focus": "More for what is weakest",
    "catch_up": "A week to catch up",
    "adjusted": "Your own measure",
}
TAKE = {
    "recovery": "Take the recovery week",
    "extend": "Take a week more",
    "lighter_track": "Take the lighter track",
    "high": "Take it up",
    "accelerate": "Take the heavier track",
    "focus": "Shift the week",
    "catch_up": "Take the week to catch up",
}
TAKEN = {
    "recovery": "has taken a recovery week",
    "extend": "takes a week more",
    "lighter_track": "moves to a lighter track",
    "high": "takes on a stronger week",
    "accelerate": "moves to a heavier track",
    "focus": "shifts the week",
    "catch_up": "takes a week to catch up",
    "adjusted": "has made the next week their own",
}
EASING = ("recovery", "extend", "lighter_track")
_KIND_WORDS = {
    "recovery": "That is what recovery weeks are for.",
    "high": "That is a strong week.",
    "catch_up": "Nothing of it is lost.",
}


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
    extra_mock: bool = False
    core_only: bool = False
    first: str | None = None  # the area that comes first
    adjusted: bool = False


@dataclass(frozen=True)
class SuggestionCard:
    """A suggestion as it is shown to its member, alone or in the channel.

    Once its week has begun, `since` is the first day that was left when it was decided, or is left now; in
    the channel nothing is counted then, for how far somebody is in their week is theirs.
    `key` names it in its buttons. `kind` is the suggestion's, `private` are sentences for the member alone, `rest` whether two days of rest
    are offered. `blocker` is what got in the way, `last_time` the time before.
    """

    key: str
    membership_id: int
    name: str
    kind: str
    reason: str
    for_week: date
    choices: Sequence[Choice]
    advice: Sequence[str]
    interview_on: date | None
    in_channel: bool
    state: str
    taken: int | None
    since: date | None = None
    is_over: bool = False
    private: Sequence[str] = ()
    rest: bool = False
    blocker: str | None = None
    last_time: str | None = None

    @property
    def offered(self) -> Sequence[Choice]:
        """What was suggested, without what the member made of it."""
        return [choice for choice in self.choices if not choice.adjusted]

    @property
    def is_easing(self) -> bool:
        """Whether it follows a week that was too much."""
        return self.kind in EASING

    @property
    def counts(self) -> bool:
        """Whether it says how many goals and hours there are."""
        return self.since is None or not self.in_channel


def post(card: SuggestionCard) -> Message:
    """The suggestion, or what the member said to it."""
    if card.state == "accepted":
        return _accepted(card)
    if card.state == "declined":
        which = "this" if card.since else "next"
        return _settled(card, f"{_you(card)} {which} week as planned. That is fine, too.", undo=True)
    if card.state == "withdrawn":
        return _settled(
            card,
            f"The week was finished after all: nothing needs to change. Well done{_to(card)}.",
            undo=False,
        )
    if card.state == "overtaken":
        return _settled(card, "The plan has changed since, so this suggestion no longer applies.", undo=False)
    if card.state == "lapsed":
        week = f"the week of {short_date(card.for_week)}"
        return _settled(card, f"This was for {week}. Nothing of it is left to decide.", undo=False)
    return Message(_summary(card), built(list(_offer(card))))


def _you(card: SuggestionCard) -> str:
    return f"{escape(card.name)} keeps" if card.in_channel else "You keep"


def _to(card: SuggestionCard) -> str:
    return f", {escape(card.name)}" if card.in_channel else ""


def _summary(card: SuggestionCard) -> str:
    changes = "; ".join(_change(card, choice) for choice in card.offered)
    week = "the rest of this week" if card.since else "next week"
    return f"{_opening(card)} Suggestion for {week}: {changes}"


def _opening(card: SuggestionCard) -> str:
    """The numbers first, then kind words."""
    reason = escape(card.reason)
    if card.kind == "focus":
        return f"{reason[0].upper()}{reason[1:]}."
    week = "last week" if card.since else "this week"
    this_week = f"{escape(card.name)}, {week}:" if card.in_channel else f"{week.capitalize()}:"
    kind = _KIND_WORDS["recovery"] if card.is_easing else _KIND_WORDS[card.kind]
    return f"{this_week} {reason}. {kind}"


def _offer(card: SuggestionCard) -> Iterator[Block]:
    yield header(TITLES[card.offered[0].kind] + (f" for {card.name}?" if card.in_channel else "?"))
    yield section(_opening(card))
    for number, choice in enumerate(card.offered):
        if number and choice.week == card.offered[0].week:
            yield section(_same_week(card, choice))
            continue
        yield section(_details(card, choice))
        if not card.counts:
            continue
        if choice.added:
            yield context(f"Comes in: {_named(choice.added)}")
        if choice.set_aside:
            yield context(_waiting(choice))
    if card.advice:
        yield context(" ".join(escape(line) for line in card.advice))
    if card.in_channel:
        yield context(
            f"Half an hour together helps most: who has time for a design or a story session with {escape(card.name)}?"
        )
    else:
        yield from _for_you_alone(card)
    yield actions(*_answers(card))


def _for_you_alone(card: SuggestionCard) -> Iterator[Block]:
    """Signs and dates, and what got in the way; none of it is ever in the channel."""
    for sentence in card.private:
        yield context(escape(sentence))
    if card.is_easing:
        if before := blockers.remembered(card.last_time):
            yield context(before)
        yield blockers.question(card.key, card.blocker)


def _answers(card: SuggestionCard) -> Iterator[ButtonElement]:
    for choice in card.offered:
        yield button(
            TAKE[choice.kind],
            f"{ACCEPT}_{choice.number}",
            f"{card.key}:{choice.number}",
            style="primary" if choice is card.offered[0] else None,
        )
    yield button("Adjust", ADJUST, f"{card.key}")
    if card.rest and not card.in_channel:
        yield button("Rest for two days", REST, f"{card.key}")
    yield button("Not now", DECLINE, f"{card.key}")


def _change(card: SuggestionCard, choice: Choice) -> str:
    name = TITLES[choice.kind].lower()
    return f"{name}, {_sums(choice, ', ')}" if card.counts else name


def _sums(choice: Choice, between: str) -> str:
    goals = f"{plural(choice.goals_after, 'goal')} instead of {choice.goals_before}"
    return f"{goals}{between}{hours(choice.minutes_after)} instead of {hours(choice.minutes_before)}"


def _details(card: SuggestionCard, choice: Choice) -> str:
    """The exact week: goals and hours, what stays on which day, when the plan then ends."""
    name = f"*{TITLES[choice.kind]}*"
    if not card.counts:
        whole = f"{name}, for what is left of the week of {short_date(card.for_week)}."
        return f"{whole} {_ends(card, choice)}".rstrip()
    which = (
        f"from {short_date(card.since)} to Sunday" if card.since else f"week of {short_date(card.for_week)}"
    )
    lines = [
        f"{name}, {which}",
        _sums(choice, " · "),
        *(
            f"• {WEEKDAYS[day][:3]}  {escape(goal)}, {duration(minutes)}"
            for day, goal, minutes in choice.week[:SHOWN]
        ),
    ]
    if len(choice.week) > SHOWN:
        lines.append(f"• and {len(choice.week) - SHOWN} more")
    if choice.extra_mock:
        lines.append("and a mock interview more, if a partner has time")
    if choice.first:
        lines.append(f"What comes first: {AREAS[choice.first]}.")
    if ends := _ends(card, choice):
        lines.append(ends)
    return "\n".join(lines)


def _same_week(card: SuggestionCard, choice: Choice) -> str:
    """A choice whose week was just listed: only what is different about it."""
    mock = " and a mock interview more" if choice.extra_mock and not card.offered[0].extra_mock else ""
    return f"*{TITLES[choice.kind]}*: the same week{mock}. {_ends(card, choice)}".rstrip()


def _ends(card: SuggestionCard, choice: Choice) -> str:
    """When the plan ends, where a choice changes that or might be thought to."""
    if choice.extends:
        interview = (
            f"The interview is still on {long_date(card.interview_on)}, so the"
            if card.interview_on
            else "The"
        )
        return f"{interview} plan ends one week later, on {long_date(choice.ends_on)}."
    if choice.kind not in ("lighter_track", "accelerate"):
        return ""
    before = ""
    if card.interview_on and card.interview_on > choice.ends_on:
        before = f", {plural((card.interview_on - choice.ends_on).days, 'day')} before your interview"
    return f"The plan still ends on {long_date(choice.ends_on)}{before}; from {'this' if card.since else 'next'} week on each week has these hours."


def _waiting(choice: Choice) -> str:
    """What waits, in one quiet line."""
    when = "they come the week after" if choice.extends else "they wait"
    return f"Set aside (nothing is lost, {when}): {_named(choice.set_aside)}"


def _named(goals: Sequence[str]) -> str:
    """The first of the goals by name, and how many more there are."""
    shown = "; ".join(escape(clip(goal, 75)) for goal in goals[:NAMED])
    return f"{shown}; and {len(goals) - NAMED} more" if len(goals) > NAMED else shown


def _accepted(card: SuggestionCard) -> Message:
    choice = next((each for each in card.choices if each.number == card.taken), card.choices[0])
    who = (
        f"{escape(card.name)} {TAKEN[choice.kind]}"
        if card.in_channel
        else f"Taken: {TITLES[choice.kind].lower()}"
    )
    core = "core goals only, " if choice.core_only else ""
    which = f"week of {short_date(card.for_week)}"
    if card.since:
        which = f"for what is left of the {which}"
    sums = f"{plural(choice.goals_after, 'goal')}, {hours(choice.minutes_after)}, " if card.counts else ""
    text = f"{who}: {core}{sums}{which}."
    if card.in_channel and card.is_easing:
        text += " Who is up for a 30-minute session together?"
    return _settled(card, text, undo=True)


def _settled(card: SuggestionCard, text: str, *, undo: bool) -> Message:
    row = []
    if undo and not card.is_over:
        row.append(button("Undo", UNDO, f"{card.key}"))
    row.append(button("Next week", f"{SHOW_WEEK}_next", f"{card.membership_id}:1"))
    if not card.in_channel:
        row.append(button("Why?", WHY_OPEN, f"{card.membership_id}"))
    return Message(text, built([section(text), actions(*row)]))
