"""Why: the last suggestion, the newest pair, or one goal; from what was stored when it was decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block

from bot.views.message import Message, built, context, section
from bot.views.words import AREAS, METRICS, WEEKDAYS, duration, escape, hours, listed, plural, short_date
from plans.adapting import Change, Kind, Suggestion
from plans.goalreason import GoalReason
from plans.minimums import WEEKLY
from plans.model import Metric
from plans.modes import Mode

WHY_OPEN = "why_open"
_RULES = {
    "recovery": "Below 70 % of goals met, an easier week is offered; after a second such week a lighter track or more time.",
    "high": "From 90 % of goals met, stretch goals and a mock interview more are offered; after a second such week with every core goal done a heavier track.",
    "catch_up": "More than a quarter of a week's hours of core goals is open: then catching up goes before anything new.",
    "focus": "An area whose ratings average below 3 comes first, otherwise the section furthest below its target.",
}
_ACCEPTED = {
    Kind.RECOVERY: "a recovery week",
    Kind.EXTEND: "a week more",
    Kind.LIGHTER_TRACK: "a lighter track",
    Kind.HIGH: "a stronger week",
    Kind.ACCELERATE: "a heavier track",
    Kind.FOCUS: "more for what is weakest",
    Kind.CATCH_UP: "a week to catch up",
    Kind.ADJUSTED: "a week in your own measure",
}
_ANSWERS = {
    "offered": "You have not answered yet.",
    "declined": "You kept the week as planned.",
    "withdrawn": "The week was finished after all, so it was taken back.",
    "overtaken": "Your plan has changed since, so it no longer applies.",
    "lapsed": "Its week was over before it was answered.",
}
_TIERS = {
    "core": "It is a core goal: every track has it, and core goals come in before all others.",
    "standard": "It is a standard goal: it came in because every core goal had found its room.",
    "stretch": "It is a stretch goal: those come with a stronger week.",
}


@dataclass(frozen=True)
class Decision:
    """A suggestion and what became of it; `answered_on` is the member's day."""

    week_of: date
    found: Suggestion
    state: str
    taken: int | None
    answered_on: date | None


def decisions(last: Decision | None, pair: Sequence[str]) -> Message:
    """The last suggestion and the newest pair."""
    lines = list(_decision(last))
    partners = "\n".join(escape(line) for line in pair)
    blocks: list[Block] = [
        section("*Your last suggestion*\n" + "\n".join(lines)),
        section(f"*Your mock interviews*\n{partners}"),
        context("A goal: `/prep why` and a few of its words, or its number on today's list."),
    ]
    return Message(f"{' '.join(lines)} {partners}", built(blocks))


def _decision(last: Decision | None) -> Iterator[str]:
    """What was seen, by which rule, what was offered, what was answered."""
    if last is None:
        yield "There was none yet. It comes with the scorecard, if a week asks for one."
        return
    found = last.found
    yield f"After the week of {short_date(last.week_of)}: {escape(found.reason)}."
    yield _rule(found)
    for offer in found.as_made.offers:
        yield f"Offered: {_ACCEPTED[offer.change.kind]}, {_numbers(found, offer.change)}."
    if not found.offers:
        yield "There was nothing to change, so it was said on your card."
        return
    yield _answer(last)


def _rule(found: Suggestion) -> str:
    if found.band == "recovery":
        return _RULES["recovery"]
    return _RULES.get(found.kind, _RULES["catch_up"])


def _numbers(found: Suggestion, change: Change) -> str:
    """The goals and the hours of an offer, against the week as it was."""
    offer = next(each for each in found.offers if each.change == change)
    different = offer.difference
    before, after = len(different.kept) + len(different.set_aside), len(offer.week.goals)
    return (
        f"{plural(after, 'goal')} instead of {before},"
        f" {hours(different.hours_after * 60)} instead of {hours(different.hours_before * 60)}"
    )


def _answer(last: Decision) -> str:
    if last.state != "accepted" or last.taken is None:
        return _ANSWERS.get(last.state, "")
    taken = last.found.offers[last.taken].change
    on = f" on {short_date(last.answered_on)}" if last.answered_on else ""
    return f"You took {_ACCEPTED[taken.kind]}{on}: {_numbers(last.found, taken)}."


# One goal


def goal(reason: GoalReason, *, asked: str, exact: bool) -> Message:
    """Why this goal is in its week, or is not; with the nearest one if none is exactly what was `asked`."""
    lines = list(_left_out(reason) if reason.left_out is not None else _held(reason))
    if not exact:
        lines.insert(0, f'I see no goal with "{escape(asked)}". The nearest is this one.')
    text = "\n".join(lines)
    return Message(text, built([section(text)]))


def _head(reason: GoalReason) -> str:
    return f"*{escape(reason.text)}*, {duration(reason.minutes)}"


def _left_out(reason: GoalReason) -> Iterator[str]:
    yield f"{_head(reason)}, is not in the week of {short_date(reason.week_of)}: {escape(reason.left_out or '')}."
    yield from _terms(reason)
    if reason.may_come:
        yield "More hours in `/prep settings`, or a week more with `/prep plan extend`, bring in what is left out."


def _held(reason: GoalReason) -> Iterator[str]:
    when = f", {short_date(reason.due_on)}" if reason.due_on else ""
    yield f"{_head(reason)}{when}."
    if reason.is_own:
        yield "You added it yourself."
    else:
        yield _TIERS.get(reason.tier, "")
        yield from _worth(reason)
    yield from _moved(reason)
    if reason.state == "skipped":
        why = f": {escape(reason.skip_reason)}" if reason.skip_reason else ""
        yield f"You skipped it{why}."
    yield from _terms(reason)


def _worth(reason: GoalReason) -> Iterator[str]:
    """What speaks for it: its area's share, and the weekly minimum that it helps to reach."""
    if reason.share:
        area = AREAS[reason.area]
        yield f"{area[0].upper()}{area[1:]} was to have {round(reason.share)} % of this week."
    minimums = [
        f"{least} {METRICS[metric][least != 1]}"
        for metric, least in WEEKLY.items()
        if metric in {Metric(name) for name in reason.metrics}
    ]
    if minimums:
        yield f"It counts towards the weekly minimum of {listed(minimums)}."


def _moved(reason: GoalReason) -> Iterator[str]:
    first, due = reason.first_due_on, reason.due_on
    if first is not None and due is not None and first != due:
        yield f"It was first planned for {WEEKDAYS[first.weekday()]}, {short_date(first)}, and was moved from there."


def _terms(reason: GoalReason) -> Iterator[str]:
    """What made the week as it is."""
    if reason.change is not None:
        only = ", core goals only" if reason.change.core_only else ""
        yield f"You took {_ACCEPTED[reason.change.kind]} for this week{only}."
    if reason.modes:
        named = listed([Mode(mode).words for mode in reason.modes])
        yield f"The week is lighter or different: {named}."
