"""An attack on what the group's cards keep to themselves; all other posts are in `test_privacy_of_posts`.

The reader is a member of the group, or somebody who only reads the channel. They know

- every card that was ever published, with more than is drawn: the sums of goals done and planned behind the
  percentage, on Sunday and at the close, and last week's percentage, which stands on the next card again;
- who was in the group when (joining and leaving can be seen), who shares how much in which week (a line
  shows it), and in whose time zone the week was over before the Sunday post;
- their own week, in numbers;
- how the card is made, that no more goals are done than planned, that nothing becomes less between Sunday
  and the close, who has as many goals planned in each week, and that each mock held counts for two;
- which suggestions stood in the channel, which did not, and by which rule.

They must not be able to say a hidden number, percentage or band for certain: for a private week goals done
and planned, their percentage and band, minutes, points and each metric's count; for a summary all but the
goals. Not in the model: two readers who put their own weeks together (they could: no sum on the card counts
anybody who hides it), what people say themselves, and that somebody who met for an announced and held mock
has done at least that.

That the attack is worth something is shown by the rules that it breaks.
"""

from collections.abc import Sequence
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.adapting import Standing
from plans.groupcard import GroupCard, MemberWeek, Sharing, Total, group_card, may_stand_in_channel
from plans.model import Level, Metric, Plan
from plans.scorecard import Band, GoalsMet
from tests.plans.attack import Revealed, attack
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
    as_published,
    happened,
    histories,
    points,
)

FULL, SUMMARY, PRIVATE = Sharing.FULL, Sharing.SUMMARY, Sharing.PRIVATE
SUNDAY, CLOSED = Moment(0, closed=False), Moment(0, closed=True)


@settings(max_examples=250)
@given(histories(), st.integers(0, 12))
def test_no_reader_of_any_history_finds_out_what_somebody_hides(history: History, position: int) -> None:
    names = [part.name for part in history.parts]
    reader = names[position] if position < len(names) else None
    assert attack(history, reader) == []


# The rules that the attack breaks


def counting(weeks: Sequence[MemberWeek], held: int, previous: GroupCard | None, *, fewest: int) -> GroupCard:
    """A card whose totals count hidden members, too, as soon as there are so many of them."""
    card = group_card(weeks, mocks_held=held, previous=previous)
    hide_goals = sum(week.sharing is PRIVATE for week in weeks)
    hide_rest = sum(week.sharing is not FULL for week in weeks)
    changes: dict[str, object] = {}
    if hide_goals >= fewest:
        done, planned = (sum(getattr(week.card.goals, name) for week in weeks) for name in (DONE, PLANNED))
        changes |= {"goals": GoalsMet(done=done, planned=planned), "goals_people": len(weeks)}
    if hide_rest >= fewest:
        changes["minutes"] = Total(amount=sum(week.card.minutes for week in weeks), people=len(weeks))
        changes["metrics"] = {
            metric: Total(amount=sum(week.counts[metric] for week in weeks), people=len(weeks))
            for metric in Metric
        }
    return card.model_copy(update=changes)


def everybody_counts(weeks: Sequence[MemberWeek], held: int, previous: GroupCard | None) -> GroupCard:
    return counting(weeks, held, previous, fewest=1)


def three_hide_each_other(weeks: Sequence[MemberWeek], held: int, previous: GroupCard | None) -> GroupCard:
    return counting(weeks, held, previous, fewest=3)


def part(name: str, *sharing: Sharing, **changes: object) -> Part:
    """A member who is there from the first week to the last."""
    always = Part(name, 0, len(sharing), late=False, ahead=True, steady=False, sharing=sharing)
    return always._replace(**changes)  # type: ignore[arg-type]


def week(done: int = 0, planned: int = 0, minutes: int = 0, **counts: int) -> Facts:
    facts = dict.fromkeys(METRICS, 0) | counts
    return facts | {DONE: done, PLANNED: planned, MINUTES: minutes, POINTS: points(facts)}


def a_week_of(facts: dict[str, Facts], parts: Sequence[Part], **rule: object) -> History:
    """One week in which nothing was done after Sunday's post."""
    moments = [(part, moment) for part in parts for moment in (SUNDAY, CLOSED) if part.is_in(moment)]
    all_facts = {(part.name, moment): facts[part.name] for part, moment in moments}
    return happened(parts, all_facts, **rule)  # type: ignore[arg-type]


def found(revealed: Sequence[Revealed]) -> set[tuple[str, str, object]]:
    return {(each.who, each.what, each.value) for each in revealed}


def test_one_hidden_member_in_a_total_is_found_by_subtraction() -> None:
    parts = [part("Ana", FULL), part("Bo", PRIVATE)]
    facts = {"Ana": week(3, 4, 60), "Bo": week(1, 9, 200, stories=2)}
    seen = found(attack(a_week_of(facts, parts, publish=everybody_counts), "Ana"))
    assert {("Bo", DONE, 1), ("Bo", PLANNED, 9), ("Bo", "percent", 11)} <= seen
    assert {("Bo", "band", Band.RECOVERY), ("Bo", MINUTES, 200), ("Bo", "stories", 2)} <= seen


def test_two_hidden_members_find_out_about_each_other() -> None:
    parts = [part("Ana", FULL), part("Bo", PRIVATE), part("Cy", PRIVATE)]
    facts = {"Ana": week(3, 4, 60), "Bo": week(1, 9, 200), "Cy": week(5, 6, 30)}
    history = a_week_of(facts, parts, publish=everybody_counts)
    assert not {each.what for each in attack(history, "Ana")} & {DONE, PLANNED, MINUTES, "percent"}
    assert ("Cy", MINUTES, 30) in found(attack(history, "Bo"))


IDLE = {"Ana": week(3, 4, 60), "Bo": week(2, 3, 45, stories=1), "Cy": week(0, 5), "Dee": week(0, 7)}
THREE_HIDE = [part("Ana", FULL), part("Bo", PRIVATE), part("Cy", PRIVATE), part("Dee", PRIVATE)]


def test_three_who_hide_each_other_are_found_when_two_of_them_did_nothing() -> None:
    seen = found(attack(a_week_of(IDLE, THREE_HIDE, publish=three_hide_each_other), "Bo"))
    assert {("Cy", DONE, 0), ("Dee", DONE, 0), ("Cy", MINUTES, 0), ("Dee", "stories", 0)} <= seen


def test_who_leaves_before_the_close_leaves_their_numbers_as_the_difference() -> None:
    leaver = part("Eli", PRIVATE, leaves=0, late=True)
    facts = {name: week(1, 4, 60) for name in ("Ana", "Bo", "Cy", "Dee")} | {
        "Eli": week(6, 8, 345, stories=2)
    }
    seen = found(attack(a_week_of(facts, [*THREE_HIDE, leaver], publish=three_hide_each_other), None))
    assert {("Eli", DONE, 6), ("Eli", "percent", 75), ("Eli", MINUTES, 345), ("Eli", "stories", 2)} <= seen


def test_who_joins_a_group_whose_plans_do_not_change_brings_the_difference_in_what_is_planned() -> None:
    old = [part(name, PRIVATE, PRIVATE, steady=True) for name in ("Ana", "Bo", "Cy")]
    new = part("Dee", PRIVATE, PRIVATE, joins=1)
    facts = {
        (each.name, Moment(number, closed=closed)): week(2, 9 if each is new else 5)
        for each in (*old, new)
        for number in range(each.joins, 2)
        for closed in (False, True)
    }
    seen = found(attack(happened([*old, new], facts, publish=three_hide_each_other), None))
    assert ("Dee", PLANNED, 9) in seen


@pytest.mark.parametrize("reader", [None, "Ana", "Bo", "Cy", "Dee"])
def test_the_same_histories_tell_nothing_as_the_bot_publishes_them(reader: str | None) -> None:
    leaver = part("Eli", PRIVATE, leaves=0, late=True)
    facts = IDLE | {"Eli": week(6, 8, 345, stories=2)}
    assert attack(a_week_of(facts, [*THREE_HIDE, leaver], publish=as_published), reader) == []


# Suggestions in the channel


weeks_before = st.lists(st.tuples(st.sampled_from(Band), st.sampled_from(Sharing)), max_size=4)


@pytest.fixture(scope="module")
def standing(plan: Plan) -> Standing:
    return Standing(
        plan=plan,
        track="standard",
        level=Level.L6,
        week=4,
        monday=date(2026, 11, 16),
        hours=12,
        ends_on=date(2027, 1, 17),
    )


def in_channel(standing: Standing, before: Sequence[tuple[Band, Sharing]]) -> bool | None:
    """What the channel sees after a full recovery week: a second one or a first one; None if nothing."""
    if not may_stand_in_channel(FULL, before):
        return None
    bands = tuple(band for band, _ in before)
    return standing.model_copy(update={"previous": bands}).repeats(Band.RECOVERY)


@given(weeks_before)
def test_a_suggestion_in_the_channel_and_its_absence_tell_nothing_of_a_private_week(
    standing: Standing,
    before: list[tuple[Band, Sharing]],
) -> None:
    sharing = [shown for _, shown in before]
    alternatives = [
        tuple(bands)
        for bands in product(*([band] if shown is not PRIVATE else list(Band) for band, shown in before))
        if in_channel(standing, list(zip(bands, sharing, strict=True))) == in_channel(standing, before)
    ]
    for position, shown in enumerate(sharing):
        if shown is PRIVATE:
            assert {bands[position] for bands in alternatives} == set(Band)


@pytest.mark.parametrize(
    ("before", "seen"),
    [
        ([], False),
        ([(Band.RECOVERY, FULL)], True),
        ([(Band.RECOVERY, SUMMARY)], True),
        ([(Band.HIGH, FULL)], False),
        ([(Band.RECOVERY, PRIVATE)], None),
        ([(Band.HIGH, PRIVATE)], None),
        ([(Band.RECOVERY, FULL), (Band.REST, FULL)], True),
        ([(Band.RECOVERY, PRIVATE), (Band.REST, FULL)], None),
        ([(Band.RECOVERY, FULL), (Band.REST, PRIVATE)], None),
        ([(Band.RECOVERY, PRIVATE), (Band.STANDARD, FULL)], False),
    ],
)
def test_the_channel_sees_a_suggestion_if_all_that_it_builds_on_was_shown(
    standing: Standing, before: list[tuple[Band, Sharing]], seen: bool | None
) -> None:
    assert in_channel(standing, before) is seen


@pytest.mark.parametrize("sharing", [SUMMARY, PRIVATE])
def test_who_does_not_share_fully_gets_suggestions_alone(sharing: Sharing) -> None:
    assert not may_stand_in_channel(sharing, [])
