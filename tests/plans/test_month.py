"""A month: which weeks make it, what it adds up to, what stands out, what it proposes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.groupcard import GroupCard, MemberWeek, Sharing, group_card
from plans.grouprecord import GroupRecord, RecordWeek, months_of
from plans.model import Metric
from plans.month import Amount, Aspect, Highlight, Kind, Month, NextStep, Step, ends_with, mondays
from plans.monthreview import review
from plans.published import PublishedWeek
from plans.ratings import Dimension
from plans.scorecard import Band, GoalsMet, band_of, score
from plans.scorecard import WeekRecord as Record

MONDAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)
EASY = {"behavioral": 90, "technical": 90, "readiness": 90, "learning": 90}
MOCK = Metric.MOCK_INTERVIEWS
ASKED = {Metric.CODING_PROBLEMS: 10, Metric.STORIES: 3, Metric.MOCK_INTERVIEWS: 1}


def week(done: int = 17, planned: int = 20, **given: Any) -> PublishedWeek:
    """A published week of 12 hours in which all that was counted was done, with what is given instead."""
    goals = GoalsMet(done=done, planned=planned)
    facts: dict[str, Any] = {
        "band": band_of(goals.ratio),
        "percent": goals.percent,
        "points": 300,
        "possible": 400,
        "minutes": 600,
        "done": done,
        "planned": planned,
        "hours": 12,
        "sections": EASY,
        "counts": ASKED,
        "targets": ASKED,
    }
    return PublishedWeek(**{**facts, **given})


def made(*weeks: PublishedWeek, planned: int = 4, is_last: bool = False, mocks_before: int = 3) -> Month:
    """The first month of a plan, of which these weeks were published."""
    span = [MONDAY + number * WEEK for number in range(planned)]
    return review(
        1,
        span,
        dict(zip(span, weeks, strict=False)),
        starts_on=MONDAY,
        is_last=is_last,
        mocks_before=mocks_before,
    )


def done_of(month: Month, amount: Amount) -> tuple[float, float | None, float | None]:
    return next(
        (tally.done, tally.target, tally.reference) for tally in month.tallies if tally.amount is amount
    )


def kinds(month: Month) -> list[Kind]:
    return [highlight.kind for highlight in month.highlights]


def steps(month: Month) -> list[Step]:
    return [step.step for step in month.steps]


# Which weeks


@pytest.mark.parametrize(
    ("weeks", "lengths"), [(2, [2]), (4, [4]), (6, [4, 2]), (9, [4, 4, 1]), (12, [4, 4, 4])]
)
def test_a_plan_falls_into_months_of_four_weeks_and_a_shorter_last_one(
    weeks: int, lengths: list[int]
) -> None:
    ends_on = MONDAY + weeks * WEEK - timedelta(days=1)
    found = [len(mondays(MONDAY, ends_on, number)) for number in range(len(lengths) + 2)]
    assert found == [0, *lengths, 0]
    ends = {number: ends_with(MONDAY, ends_on, MONDAY + number * WEEK) for number in range(-1, weeks + 1)}
    assert [number for number in ends.values() if number] == list(range(1, len(lengths) + 1))
    assert ends[weeks - 1] == len(lengths)


def test_a_week_that_lengthens_the_plan_moves_the_end_of_its_last_month() -> None:
    six_weeks, seven_weeks = (MONDAY + count * WEEK - timedelta(days=1) for count in (6, 7))
    assert ends_with(MONDAY, six_weeks, MONDAY + 5 * WEEK) == 2
    assert ends_with(MONDAY, seven_weeks, MONDAY + 5 * WEEK) is None
    assert ends_with(MONDAY, seven_weeks, MONDAY + 6 * WEEK) == 2


# What was done


def test_amounts_are_summed_against_what_the_weeks_asked_for_not_against_the_full_load() -> None:
    month = made(*[week(counts={**ASKED, Metric.SYSTEM_DESIGN_PROBLEMS: 1})] * 4)
    assert done_of(month, Amount.HOURS) == (40, 48, None)
    assert done_of(month, Amount.PROBLEMS) == (44, 40, None)
    assert done_of(month, Amount.STORIES) == (12, 12, None)
    assert done_of(month, Amount.MOCKS) == (4, 4, None)


def test_what_no_week_asked_for_has_neither_target_nor_reference() -> None:
    assert done_of(made(week(targets={})), Amount.MOCKS) == (1, None, None)


def test_weeks_of_an_older_cadence_bring_the_reference_of_a_full_load_in_proportion() -> None:
    older = PublishedWeek.model_validate(
        {"band": "standard", "percent": 80, "points": 1, "possible": 400, "minutes": 600}
    )
    month = made(older, week())
    assert done_of(month, Amount.PROBLEMS) == (10, None, 75)
    assert done_of(month, Amount.HOURS) == (20, None, 40)
    assert [each.monday for each in month.uncounted] == [MONDAY]
    assert Step.MOCKS not in steps(month)


def test_a_month_is_over_with_its_last_week_and_not_before() -> None:
    assert not made(week(), week(), week()).is_over
    assert made(week(), week(), week(), week()).is_over
    assert made(week(), week(), planned=2).is_over


def test_a_month_of_rest_in_which_nothing_was_done_is_empty() -> None:
    rest = week(0, 0, minutes=0, counts={}, targets={}, sections={})
    assert made(rest, rest).is_empty
    assert not made(rest, week(0, 0, minutes=30, counts={}, targets={}, sections={})).is_empty
    assert made(rest).steps == ()


# Ratings


def test_ratings_are_compared_from_the_first_that_was_given_to_the_last() -> None:
    confidence = Dimension.OVERALL_CONFIDENCE
    month = made(week(), week(ratings={confidence: 2}), week(ratings={confidence: 5}), week())
    (course,) = month.courses
    assert (course.aspect, course.start, course.end, course.change) == (Aspect.CONFIDENCE, 2, 5, 3)


def test_one_rating_is_no_comparison() -> None:
    (course,) = made(week(ratings={Dimension.OVERALL_CONFIDENCE: 4}), week()).courses
    assert (course.start, course.end, course.change) == (None, 4, None)


def test_only_what_was_rated_twice_is_compared_so_that_another_question_makes_no_fall() -> None:
    quality, telling = Dimension.STORY_QUALITY, Dimension.DELIVERY_CONFIDENCE
    (course,) = made(week(ratings={quality: 4, telling: 3}), week(ratings={telling: 4})).courses
    assert (course.start, course.end) == (3, 4)
    (course,) = made(week(ratings={quality: 5}), week(ratings={telling: 1})).courses
    assert (course.start, course.end) == (None, 3)


# Highlights


def test_the_biggest_rise_comes_first_with_its_numbers() -> None:
    month = made(
        week(ratings={Dimension.OVERALL_CONFIDENCE: 3, Dimension.TIME_MANAGEMENT: 2}),
        week(ratings={Dimension.OVERALL_CONFIDENCE: 4, Dimension.TIME_MANAGEMENT: 3.5}),
    )
    assert month.highlights[0] == Highlight(kind=Kind.RISE, what="technical", number=2, of=3.5)


@pytest.mark.parametrize("start", [3, 3.6, 4.4])
def test_half_a_point_is_a_rise_wherever_it_begins(start: float) -> None:
    confidence = Dimension.OVERALL_CONFIDENCE
    month = made(week(ratings={confidence: start}), week(ratings={confidence: round(start + 0.5, 1)}))
    assert Kind.RISE in kinds(month)


@pytest.mark.parametrize("end", [1, 3, 3.4])
def test_a_fall_or_a_small_step_is_no_highlight(end: float) -> None:
    confidence = Dimension.OVERALL_CONFIDENCE
    assert Kind.RISE not in kinds(made(week(ratings={confidence: 3}), week(ratings={confidence: end})))


def test_a_first_mock_is_one_only_if_there_was_none_before() -> None:
    assert Kind.FIRST_MOCK in kinds(made(week(), mocks_before=0))
    assert Kind.FIRST_MOCK not in kinds(made(week(), mocks_before=1))
    assert Kind.FIRST_MOCK not in kinds(made(week(counts={}), mocks_before=0))


def test_the_fullest_week_is_one_that_no_other_equals() -> None:
    dull: dict[str, Any] = {"counts": {}, "targets": {}}
    month = made(week(**dull), week(minutes=700, **dull), week(**dull))
    assert month.highlights == (Highlight(kind=Kind.FULLEST, number=700 / 60, monday=MONDAY + WEEK),)
    assert kinds(made(week(**dull), week(**dull))) == []


# What to change


def test_two_weeks_below_seventy_propose_a_lighter_load_and_no_catching_up() -> None:
    month = made(week(13), week(20), week(13), week(20))
    assert month.steps == (NextStep(step=Step.LIGHTER, number=2, of=4),)


def test_one_such_week_proposes_to_catch_up() -> None:
    assert made(week(13), week(18)).steps == (NextStep(step=Step.CATCH_UP, number=31, of=40),)


def test_three_weeks_of_ninety_and_nothing_else_propose_more() -> None:
    assert steps(made(*[week(18)] * 3)) == [Step.HEAVIER]
    assert steps(made(week(18), week(20), week(17), week(18))) == [Step.STEADY]


def test_a_plan_that_ends_proposes_the_next_one_and_neither_load_nor_catching_up() -> None:
    assert steps(made(week(1), week(1), planned=2, is_last=True)) == [Step.NEXT_PLAN]


def test_the_section_furthest_below_its_target_comes_first_and_at_most_three_stand() -> None:
    low = week(18, sections={"behavioral": 70, "technical": 20, "readiness": 60, "learning": 69})
    month = made(low, low)
    assert [focus.section for focus in month.focus] == ["technical", "behavioral", "readiness"]
    assert month.steps == (NextStep(step=Step.FAVOUR, what="technical", number=20, of=75),)


def test_fewer_mocks_than_asked_for_and_minimums_missed_are_named_with_their_numbers() -> None:
    short = week(18, counts={Metric.CODING_PROBLEMS: 5, Metric.STORIES: 2})
    assert made(short, week(18)).steps == (
        NextStep(step=Step.MOCKS, number=1, of=2),
        NextStep(step=Step.MINIMUM, what="coding_problems", number=7.5, of=10),
    )


def test_mocks_and_readiness_are_proposed_once() -> None:
    low = {**EASY, "readiness": 10, "technical": 70}
    with_mocks, without = week(18, sections=low), week(18, sections=low, counts={**ASKED, MOCK: 0})
    assert made(with_mocks).steps[0].what == "readiness"
    assert [(step.step, step.what) for step in made(without).steps] == [
        (Step.MOCKS, ""),
        (Step.FAVOUR, "technical"),
    ]


def test_a_minimum_that_the_weeks_did_not_hold_is_held_against_nobody() -> None:
    light = week(18, counts={Metric.MOCK_INTERVIEWS: 1}, targets={Metric.MOCK_INTERVIEWS: 1})
    assert steps(made(light, light)) == [Step.STEADY]


published = st.builds(
    week,
    done=st.integers(0, 20),
    minutes=st.integers(0, 3000),
    counts=st.dictionaries(st.sampled_from(list(ASKED)), st.integers(0, 20)),
    targets=st.dictionaries(st.sampled_from(list(ASKED)), st.integers(1, 20)),
    ratings=st.dictionaries(st.sampled_from(list(Dimension)), st.integers(1, 5).map(float)),
    sections=st.dictionaries(st.sampled_from(list(EASY)), st.none() | st.integers(0, 100)),
)


@given(st.lists(published, min_size=1, max_size=4), st.booleans())
def test_no_month_has_more_than_three_lines_of_anything_and_a_highlight_invents_nothing(
    weeks: list[PublishedWeek], is_last: bool
) -> None:
    month = made(*weeks, is_last=is_last, mocks_before=0)
    assert max(map(len, (month.highlights, month.focus, month.steps))) <= 3
    assert month.steps
    for highlight in month.highlights:
        if highlight.kind is Kind.TARGET:
            assert highlight.number >= highlight.of > 0
        if highlight.kind is Kind.RISE:
            assert highlight.of - highlight.number >= 0.5
        if highlight.kind is Kind.FIRST_MOCK:
            assert highlight.number == sum(each.counts.get(Metric.MOCK_INTERVIEWS, 0) for each in weeks)


# A group's


def member(name: str, sharing: Sharing, done: int = 3, minutes: int = 600) -> MemberWeek:
    card = score(Record(minutes=minutes)).model_copy(update={"goals": GoalsMet(done=done, planned=4)})
    return MemberWeek(
        member=name, name=name, sharing=sharing, card=card, counts={Metric.CODING_PROBLEMS: done}
    )


def record(*weeks: list[MemberWeek]) -> GroupRecord:
    cards = [group_card(each, mocks_held=1) for each in weeks]
    return GroupRecord(
        weeks=tuple(RecordWeek(monday=MONDAY + n * WEEK, card=card) for n, card in enumerate(cards))
    )


ANA, BO, CY = (member(name, Sharing.FULL) for name in ("Ana", "Bo", "Cy"))


def test_the_same_people_are_summed() -> None:
    of_three = record([ANA, BO, CY], [ANA, member("Bo", Sharing.FULL, done=4), CY])
    assert of_three.goals == GoalsMet(done=19, planned=24)
    assert of_three.minutes is not None
    assert (of_three.minutes.amount, of_three.minutes.people, of_three.mocks_held) == (3600, 3, 2)
    sums = {metric: total.amount for metric, total in (of_three.metrics or {}).items()}
    assert sums == {Metric.CODING_PROBLEMS: 19}


@pytest.mark.parametrize(
    "second",
    [
        [ANA, CY],
        [ANA],
        [ANA, BO, CY],
        [ANA, member("Bo", Sharing.PRIVATE)],
    ],
)
def test_weeks_of_different_people_are_not_summed(second: list[MemberWeek]) -> None:
    changing = record([ANA, BO], second)
    assert (changing.goals, changing.minutes, changing.metrics) == (None, None, None)
    assert changing.mocks_held == 2


def test_who_shows_less_than_before_ends_the_sum_of_hours_alone() -> None:
    changing = record([ANA, BO], [ANA, member("Bo", Sharing.SUMMARY)])
    assert changing.goals == GoalsMet(done=12, planned=16)
    assert changing.minutes is None


def test_who_was_forgotten_still_stands_behind_their_week() -> None:
    def without(card: GroupCard, name: str) -> GroupCard:
        return card.model_copy(update={"lines": tuple(line for line in card.lines if line.name != name)})

    whole = record([ANA, BO], [ANA])
    weeks = tuple(each.model_copy(update={"card": without(each.card, "Bo")}) for each in whole.weeks)
    assert GroupRecord(weeks=weeks).minutes is None
    assert [shown.name for shown in GroupRecord(weeks=weeks).roster] == ["Ana"]


def test_nobody_who_keeps_it_all_private_is_on_the_roster() -> None:
    shown = record([ANA, member("Bo", Sharing.PRIVATE)], [ANA, member("Bo", Sharing.SUMMARY)]).roster
    assert [(each.name, each.weeks) for each in shown] == [("Ana", 2), ("Bo", 1)]


def test_a_groups_month_ends_with_every_fourth_published_week() -> None:
    assert [months_of(count) for count in range(9)] == [None, None, None, None, 1, None, None, None, 2]


def test_a_week_without_goals_leaves_the_trend_open() -> None:
    quiet = [member("Ana", Sharing.PRIVATE)]
    assert record([ANA], quiet).trend is None
    assert record([ANA], [member("Ana", Sharing.FULL, done=4)]).trend == 25
    assert Band.STANDARD in {line.band for _, line in record([ANA]).lines}
