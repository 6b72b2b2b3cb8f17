"""Everything that is posted to a channel, read by who wants to know what somebody keeps to themself.

`test_privacy_attack` solves the group's cards. Here it is all posts together: cards on Sunday and at the
close, with and without places, suggestions in the channel and what becomes of them, milestones, what the
group is asked to change, and its month. For groups of one to twelve with people who join, leave, and change
what they share, no post may depend on what is hidden: had somebody's hidden week been any other, every post
would read the same. Whatever a reader knows besides, all values of everybody else even, there is nothing to
compute from.

Votes are in no history: the channel reads how many voted what, and nobody's week decides a vote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.groupcard import GroupCard, MemberWeek, Sharing, Total, group_card
from plans.milestones import Name
from plans.steering import Shown, ShownWeek
from tests.plans.histories import (
    DONE,
    METRICS,
    MINUTES,
    PLANNED,
    POINTS,
    Facts,
    History,
    Moment,
    Part,
    happened,
    histories,
    points,
)
from tests.plans.posted import Rules, posted
from tests.plans.worlds import possible, told

FULL, SUMMARY, PRIVATE = Sharing.FULL, Sharing.SUMMARY, Sharing.PRIVATE


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(histories(most_weeks=5), st.integers(0, 12), st.booleans())
def test_no_post_of_any_history_tells_anything_of_a_hidden_week(
    history: History, position: int, ranked: bool
) -> None:
    names = [part.name for part in history.parts]
    reader = names[position] if position < len(names) else None
    assert told(history, reader, Rules(ranked=ranked)) == []


# A history in which everything is posted


def part(name: str, *sharing: Sharing) -> Part:
    """A member who is there from the first week to the last."""
    return Part(name, 0, len(sharing), late=False, ahead=True, steady=False, sharing=sharing)


def week(done: int, planned: int, minutes: int = 60, **counts: int) -> Facts:
    facts = dict.fromkeys(METRICS, 0) | counts
    return facts | {DONE: done, PLANNED: planned, MINUTES: minutes, POINTS: points(facts)}


def weeks_of(lives: Mapping[Part, Sequence[Facts]]) -> History:
    """These weeks, in which nothing was done after Sunday's post."""
    facts = {
        (each.name, Moment(number, closed=closed)): facts
        for each, weeks in lives.items()
        for number, facts in enumerate(weeks)
        for closed in (False, True)
    }
    return happened(list(lives), facts)


HARD, GOOD = week(3, 10, coding_problems=1), week(9, 10, coding_problems=1)
FOUR = [HARD, GOOD, GOOD, HARD]
DEE = part("Dee", PRIVATE, PRIVATE, PRIVATE, FULL)
GROUP = {
    **{part(name, *[FULL] * 4): FOUR for name in ("Ana", "Bo", "Cy")},
    DEE: [week(17, 30), HARD, HARD, HARD],
    part("Eli", *[SUMMARY] * 4): [week(9, 10, mock_interviews=1), GOOD, GOOD, GOOD],
}


@pytest.fixture(scope="module")
def history() -> History:
    return weeks_of(GROUP)


def test_in_this_history_everything_is_posted(history: History) -> None:
    kinds = {kind for kind, *_ in posted(history)}
    assert kinds == {"card", "weeks side by side", "suggestion", "milestones", "proposal", "month"}


@pytest.mark.parametrize("reader", [None, "Ana", "Eli"])
@pytest.mark.parametrize("ranked", [False, True])
def test_it_tells_nothing_as_the_bot_posts_it(history: History, reader: str | None, ranked: bool) -> None:
    assert told(history, reader, Rules(ranked=ranked)) == []


# Rules that tell too much


def everybody_counts(weeks: Sequence[MemberWeek], **facts: object) -> GroupCard:
    """A card whose hours count also who hides them."""
    card = group_card(weeks, **facts)  # type: ignore[arg-type]
    return card.model_copy(
        update={"minutes": Total(amount=sum(each.card.minutes for each in weeks), people=len(weeks))}
    )


def best_first(weeks: Sequence[MemberWeek], **facts: object) -> GroupCard:
    """A card on which also hidden points decide who stands first."""
    card = group_card(weeks, **facts)  # type: ignore[arg-type]
    real = {each.member: each.card.points for each in weeks}
    lines = sorted(card.lines, key=lambda line: -real[line.member])
    return card.model_copy(update={"lines": tuple(lines)})


def all_of_them(weeks: Sequence[Mapping[Part, Shown]], _numbers: Sequence[int]) -> list[ShownWeek]:
    """Everybody's weeks, however they share them."""
    return [{each.name: shown for each, shown in week.items()} for week in weeks]


def this_week_decides(_name: Name, sharing: Sequence[Sharing]) -> bool:
    """A milestone is celebrated by who shows the week in which it is reached."""
    return sharing[-1] is FULL


Leak = tuple[Rules, tuple[str, int], str, range, set[int]]

# The rule, whose week is asked about, what of it, what it might be, and what the posts leave of that.
LEAKS: Mapping[str, Leak] = {
    "totals of everybody": (Rules(card=everybody_counts), ("Dee", 0), MINUTES, range(50, 70), {60}),
    "places by hidden points": (
        Rules(card=best_first),
        ("Eli", 0),
        "mock_interviews",
        range(3),
        {1, 2},
    ),
    "suggestions after a hidden week": (
        Rules(suggests=lambda sharing, _: sharing is FULL),
        ("Dee", 2),
        DONE,
        range(11),
        set(range(7)),
    ),
    "milestones over hidden weeks": (
        Rules(celebrates=this_week_decides),
        ("Dee", 0),
        DONE,
        range(31),
        {16, 17, 18},
    ),
    "questions about everybody": (Rules(counts=all_of_them), ("Dee", 1), "stories", range(9), {0, 1, 2}),
}


@pytest.mark.parametrize("name", LEAKS)
def test_with_a_rule_that_tells_too_much_the_reader_finds_out(history: History, name: str) -> None:
    rules, hidden, measure, values, left = LEAKS[name]
    assert possible(history, rules, hidden, measure, values) == left
    assert hidden in told(history, None, rules)


@pytest.mark.parametrize("name", LEAKS)
def test_with_the_bots_rules_each_of_these_values_is_possible(history: History, name: str) -> None:
    _, hidden, measure, values, _ = LEAKS[name]
    assert possible(history, Rules(), hidden, measure, values) == set(values)
