"""The rules of the scorecard and of adapting, case by case: what a member did, and what follows."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import suggesting, weak_areas
from plans.adapting import Kind, Standing
from plans.groupcard import MemberWeek, Sharing, group_card
from plans.model import Level, Metric, Plan
from plans.progress import GoalState, by_area, progress
from plans.ratings import Dimension
from plans.scorecard import Band, GoalsMet, Scorecard, WeekRecord, band_of, goals_met, score
from plans.warning_signs import Sign, warning_signs
from tests.plans.full_load import FULL_LOAD

HIGH, STANDARD, RECOVERY, REST = Band.HIGH, Band.STANDARD, Band.RECOVERY, Band.REST
LAST_DAY = date(2027, 1, 17)
COMING = date(2026, 11, 16)  # the Monday of week 4
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
ALL = tuple(Dimension)


def goals(done: int, planned: int, excused: int = 0) -> tuple[GoalState, ...]:
    """So many goals done of those planned, and so many excused beside them."""
    offered = [GoalState(goal_id=f"{n}", done=n < done) for n in range(planned)]
    return (*offered, *(GoalState(goal_id=f"x{n}", excused=True) for n in range(excused)))


def card(done: int, planned: int, **record: Any) -> Scorecard:
    return score(WeekRecord(goals=goals(done, planned), **record))


# Goals met: done, planned, excused beside them -> shown percentage, band, done of planned

GOALS_MET = [
    # nothing to count
    (0, 0, 0, None, REST, (0, 0)),
    (0, 0, 31, None, REST, (0, 0)),
    # one goal is all or nothing
    (0, 1, 0, 0, RECOVERY, (0, 1)),
    (1, 1, 0, 100, HIGH, (1, 1)),
    (1, 1, 30, 100, HIGH, (1, 1)),
    # of two and of three
    (1, 2, 0, 50, RECOVERY, (1, 2)),
    (2, 3, 0, 66, RECOVERY, (2, 3)),
    # 90 %: as a member can meet it
    (9, 10, 0, 90, HIGH, (9, 10)),
    (8, 9, 0, 88, STANDARD, (8, 9)),
    (17, 19, 0, 89, STANDARD, (17, 19)),
    (26, 29, 0, 89, STANDARD, (26, 29)),
    (27, 30, 0, 90, HIGH, (27, 30)),
    (28, 31, 0, 90, HIGH, (28, 31)),
    (27, 31, 0, 87, STANDARD, (27, 31)),
    # 70 %
    (7, 10, 0, 70, STANDARD, (7, 10)),
    (9, 13, 0, 69, RECOVERY, (9, 13)),
    (16, 23, 0, 69, RECOVERY, (16, 23)),
    (14, 20, 0, 70, STANDARD, (14, 20)),
    (22, 31, 0, 70, STANDARD, (22, 31)),
    (21, 31, 0, 67, RECOVERY, (21, 31)),
    # being excused moves the edge: 7 of 11 is recovery, 7 of 10 is not
    (7, 11, 0, 63, RECOVERY, (7, 11)),
    (7, 10, 1, 70, STANDARD, (7, 10)),
    (9, 10, 10, 90, HIGH, (9, 10)),
]


@pytest.mark.parametrize(("done", "planned", "excused", "percent", "band", "counted"), GOALS_MET)
def test_goals_met_make_the_band(
    done: int, planned: int, excused: int, percent: int | None, band: Band, counted: tuple[int, int]
) -> None:
    met = goals_met(goals(done, planned, excused))
    assert (met.percent, met.band, (met.done, met.planned), met.excused) == (percent, band, counted, excused)


@pytest.mark.parametrize(
    ("ratio", "band"),
    [
        (Fraction(0), RECOVERY),
        (Fraction(7, 10) - Fraction(1, 10**9), RECOVERY),
        (Fraction(7, 10), STANDARD),
        (Fraction(9, 10) - Fraction(1, 10**9), STANDARD),
        (Fraction(9, 10), HIGH),
        (Fraction(1), HIGH),
        (None, REST),
    ],
)
def test_a_billionth_below_an_edge_is_below_it(ratio: Fraction | None, band: Band) -> None:
    assert band_of(ratio) is band


# The total: what was answered -> points, possible, percentage, what is missing

STORIES, CODING, DESIGNS, MOCKS = (
    Metric.STORIES,
    Metric.CODING_PROBLEMS,
    Metric.SYSTEM_DESIGN_PROBLEMS,
    Metric.MOCK_INTERVIEWS,
)
NO_TARGETS = (
    "no target for stories, LP coverage, coding problems, system design problems, mock interviews, concepts, "
    "industry updates, network activities"
)
TOTALS = [
    ("nothing known", {}, 0, 0, None, f"8 ratings missing, {NO_TARGETS}"),
    ("all ratings at 5", {"ratings": dict.fromkeys(ALL, 5)}, 200, 200, 100, NO_TARGETS),
    ("all ratings at 1", {"ratings": dict.fromkeys(ALL, 1)}, 40, 200, 20, NO_TARGETS),
    (
        "no ratings, nothing done",
        {"targets": FULL_LOAD},
        0,
        175,
        0,
        "8 ratings missing, no target for LP coverage",
    ),
    (
        "no ratings, all done",
        {"targets": FULL_LOAD, "counts": FULL_LOAD},
        175,
        175,
        100,
        "8 ratings missing, no target for LP coverage",
    ),
    (
        "all principles",
        {"targets": FULL_LOAD, "counts": FULL_LOAD, "lp_covered": 16},
        200,
        200,
        100,
        "8 ratings missing",
    ),
    (
        "no principle yet",
        {"targets": FULL_LOAD, "counts": FULL_LOAD, "lp_covered": 0},
        175,
        200,
        87,
        "8 ratings missing",
    ),
    (
        "everything",
        {"targets": FULL_LOAD, "counts": FULL_LOAD, "lp_covered": 16, "ratings": dict.fromkeys(ALL, 5)},
        400,
        400,
        100,
        "",
    ),
    (
        "one short of everything",
        {"targets": FULL_LOAD, "counts": FULL_LOAD, "lp_covered": 15, "ratings": dict.fromkeys(ALL, 5)},
        398,
        400,
        99,
        "",
    ),
    (
        "twice everything",
        {
            "targets": FULL_LOAD,
            "counts": {metric: 2 * count for metric, count in FULL_LOAD.items()},
            "lp_covered": 16,
            "ratings": dict.fromkeys(ALL, 5),
        },
        400,
        400,
        100,
        "",
    ),
]


@pytest.mark.parametrize(
    ("record", "points", "possible", "percent", "missing"),
    [case[1:] for case in TOTALS],
    ids=[case[0] for case in TOTALS],
)
def test_the_total_counts_what_is_answered_and_names_what_is_not(
    record: dict[str, Any], points: int, possible: int, percent: int | None, missing: str
) -> None:
    made = score(WeekRecord(**record))
    assert (made.shown_points, made.possible, made.percent, made.missing) == (
        points,
        possible,
        percent,
        missing,
    )


# A counted item: done, target, counted by excused goals -> points; None leaves the total

COUNTED = [
    (0, 3, 0, Fraction(0)),
    (1, 3, 0, Fraction(25, 3)),
    (3, 3, 0, Fraction(25)),
    (4, 3, 0, Fraction(25)),
    (1000, 3, 0, Fraction(25)),
    (39, 40, 0, Fraction(195, 8)),
    (5, 0, 0, None),
    (0, 0, 0, None),
    # an excused goal takes its count out of the target
    (3, 10, 4, Fraction(25, 2)),
    (6, 10, 4, Fraction(25)),
    (8, 10, 4, Fraction(25)),
    # with all of it excused there is no target, unless something was done all the same
    (0, 4, 4, None),
    (1, 4, 4, Fraction(25)),
    (4, 4, 4, Fraction(25)),
    # more excused than was asked for: a goal that was moved here from another week
    (0, 3, 4, None),
    (2, 3, 4, Fraction(25)),
]


@pytest.mark.parametrize(("done", "target", "excused", "points"), COUNTED)
def test_a_counted_item_earns_what_was_done_of_what_was_left_to_do(
    done: int, target: int, excused: int, points: Fraction | None
) -> None:
    away = GoalState(goal_id="away", metrics={CODING: excused} if excused else {}, excused=True)
    made = score(WeekRecord(goals=(away,), counts={CODING: done}, targets={CODING: target}))
    assert next(item.points for item in made.items if item.name == CODING) == points


# A section: what it earned -> shown percentage, whether the target is reached

SECTIONS = [
    ("behavioral", {"ratings": {Dimension.STORY_QUALITY: 4}}, 80, True),
    ("behavioral", {"lp_covered": 16, "ratings": {Dimension.STORY_QUALITY: 3}}, 80, True),
    ("behavioral", {"lp_covered": 15, "ratings": {Dimension.STORY_QUALITY: 3}}, 76, False),
    ("technical", {"targets": {CODING: 4}, "counts": {CODING: 3}}, 75, True),
    ("technical", {"targets": {CODING: 40}, "counts": {CODING: 29}}, 72, False),
    ("technical", {"targets": {DESIGNS: 1000}, "counts": {DESIGNS: 749}}, 74, False),
    ("readiness", {"targets": {MOCKS: 2}, "counts": {MOCKS: 1}}, 50, False),
    ("readiness", {"targets": {MOCKS: 10}, "counts": {MOCKS: 7}}, 70, True),
    ("learning", {"ratings": {Dimension.SELF_ASSESSMENT_PROGRESS: 3}}, 60, False),
    ("learning", {"ratings": {Dimension.SELF_ASSESSMENT_PROGRESS: 4}}, 80, True),
    ("learning", {}, None, None),
]


@pytest.mark.parametrize(("name", "record", "percent", "reached"), SECTIONS)
def test_a_section_reaches_its_target_at_exactly_its_percentage(
    name: str, record: dict[str, Any], percent: int | None, reached: bool | None
) -> None:
    section = next(each for each in score(WeekRecord(**record)).sections if each.name == name)
    assert (section.percent, section.reached) == (percent, reached)


# What is suggested: goals met, the bands before, the standing -> the offers, and whether each extends

SOON = LAST_DAY + 6 * DAY
SUGGESTED = [
    # the first bad week
    ("a bad week", (9, 17), (), {}, [Kind.RECOVERY], [True]),
    ("a bad week after none", (9, 17), (REST, REST), {}, [Kind.RECOVERY], [True]),
    ("one goal, not done", (0, 1), (), {}, [Kind.RECOVERY], [True]),
    ("just below 70 %", (69, 100), (), {}, [Kind.RECOVERY], [True]),
    ("just at 70 %", (70, 100), (), {}, [], []),
    # the interview
    ("an interview tomorrow", (9, 17), (), {"interview": COMING}, [], []),
    ("an interview on the last day", (9, 17), (), {"interview": LAST_DAY}, [Kind.RECOVERY], [False]),
    ("an interview six days later", (9, 17), (), {"interview": SOON}, [Kind.RECOVERY], [False]),
    ("an interview a week later", (9, 17), (), {"interview": LAST_DAY + WEEK}, [Kind.RECOVERY], [True]),
    # twice
    ("recovery twice", (9, 17), (RECOVERY,), {}, [Kind.LIGHTER_TRACK, Kind.EXTEND], [False, True]),
    ("three times", (9, 17), (RECOVERY,) * 2, {}, [Kind.LIGHTER_TRACK, Kind.EXTEND], [False, True]),
    ("with a rest", (9, 17), (RECOVERY, REST), {}, [Kind.LIGHTER_TRACK, Kind.EXTEND], [False, True]),
    ("two rests", (9, 17), (RECOVERY, REST, REST), {}, [Kind.LIGHTER_TRACK, Kind.EXTEND], [False, True]),
    ("with a fair one", (9, 17), (RECOVERY, STANDARD), {}, [Kind.RECOVERY], [True]),
    ("a fair one and a rest", (9, 17), (RECOVERY, STANDARD, REST), {}, [Kind.RECOVERY], [True]),
    ("twice, interview soon", (9, 17), (RECOVERY,), {"interview": SOON}, [Kind.LIGHTER_TRACK], [False]),
    ("twice, lightest", (9, 17), (RECOVERY,), {"track": "minimum-viable"}, [Kind.EXTEND], [True]),
    (
        "twice, lightest, interview tomorrow",
        (9, 17),
        (RECOVERY,),
        {"track": "minimum-viable", "interview": COMING},
        [],
        [],
    ),
    # strong weeks
    ("just below 90 %", (899, 1000), (), {}, [], []),
    ("just at 90 %", (90, 100), (), {}, [Kind.HIGH], [False]),
    ("one goal, done", (1, 1), (), {}, [Kind.HIGH], [False]),
    ("strong twice, heaviest", (1, 1), (HIGH,), {}, [Kind.HIGH], [False]),
    (
        "strong twice",
        (1, 1),
        (HIGH,),
        {"track": "part-time"},
        [Kind.HIGH, Kind.ACCELERATE],
        [False, False],
    ),
    (
        "strong, rest, strong",
        (1, 1),
        (HIGH, REST),
        {"track": "part-time"},
        [Kind.HIGH, Kind.ACCELERATE],
        [False, False],
    ),
    ("strong after a bad one", (1, 1), (HIGH, RECOVERY), {"track": "part-time"}, [Kind.HIGH], [False]),
    # nothing planned, nothing left
    ("a rest", (0, 0), (RECOVERY, RECOVERY), {}, [], []),
    ("a bad last week", (0, 9), (RECOVERY,), {"week": 13}, [], []),
    ("a bad week before the last", (0, 9), (), {"week": 12}, [Kind.RECOVERY], [True]),
]


@pytest.mark.parametrize(
    ("met", "previous", "standing", "kinds", "extends"),
    [case[1:] for case in SUGGESTED],
    ids=[case[0] for case in SUGGESTED],
)
def test_what_a_week_leads_to(
    plan: Plan,
    met: tuple[int, int],
    previous: tuple[Band, ...],
    standing: dict[str, Any],
    kinds: list[Kind],
    extends: list[bool],
) -> None:
    where: dict[str, Any] = {"track": "standard", "level": Level.L6, "week": 4, "ends_on": LAST_DAY}
    where |= {"monday": COMING} | standing
    where.setdefault("hours", plan.track(where["track"]).hours)
    suggestion = suggesting.suggest(card(*met), Standing(plan=plan, previous=previous, **where))
    offers = suggestion.offers if suggestion else ()
    assert [offer.change.kind for offer in offers] == kinds
    assert [offer.change.extend for offer in offers] == extends
    assert [offer.ends_on - LAST_DAY for offer in offers] == [WEEK * extended for extended in extends]


# Warning signs: what is known, oldest first -> the signs

SIGNS = [
    ("hours at the floor", {"studied": 12}, []),
    ("a minute below it", {"studied": 12 - 1 / 60}, [Sign.HOURS]),
    ("a week without a floor", {"studied": 0, "floor": 0}, []),
    ("one rating", {"confidence": [1]}, []),
    ("no rating at all", {"confidence": [None, None]}, []),
    ("down by one", {"confidence": [4, 3]}, []),
    ("down by 1.9 between means", {"confidence": [4, 2.1]}, []),
    ("down by two", {"confidence": [3, 1]}, [Sign.CONFIDENCE_DROP]),
    ("down by two over a week without", {"confidence": [5, None, 3]}, [Sign.CONFIDENCE_DROP]),
    ("down by two, but weeks ago", {"confidence": [5, 3, 3]}, []),
    ("two falls", {"confidence": [5, 4, 3]}, []),
    ("three falls", {"confidence": [4, 3, 2, 1]}, [Sign.CONFIDENCE_SLIDE]),
    (
        "three falls, the last by two",
        {"confidence": [5, 4.5, 4, 2]},
        [Sign.CONFIDENCE_DROP, Sign.CONFIDENCE_SLIDE],
    ),
    ("a plateau between falls", {"confidence": [5, 4, 4, 3]}, []),
    ("two mocks, one fall", {"mocks": [4, 3]}, []),
    ("two falls in a row", {"mocks": [4, 3.9, 3.8]}, [Sign.MOCKS]),
    ("two falls, then the same", {"mocks": [4, 3.9, 3.8, 3.8]}, []),
    ("a rise, then two falls", {"mocks": [2, 5, 4, 3]}, [Sign.MOCKS]),
    (
        "all at once",
        {"studied": 1, "confidence": [5, 4, 3, 1], "mocks": [3, 2, 1]},
        [Sign.HOURS, Sign.CONFIDENCE_DROP, Sign.CONFIDENCE_SLIDE, Sign.MOCKS],
    ),
]


@pytest.mark.parametrize(("facts", "signs"), [case[1:] for case in SIGNS], ids=[case[0] for case in SIGNS])
def test_what_warns(facts: dict[str, Any], signs: list[Sign]) -> None:
    found = warning_signs(**({"studied": 12, "floor": 12} | facts))
    assert [each.sign for each in found] == signs


# The weakest section: what was earned -> which is furthest below its own target

WEAKEST = [
    ("nothing known", {}, None),
    ("all at their targets", {"ratings": dict.fromkeys(ALL, 4)}, None),
    ("each rated 3, so the highest target", {"ratings": dict.fromkeys(ALL, 3)}, "behavioral"),
    (
        "52 % of 80 before 45 % of 70",
        {"targets": {CODING: 20, MOCKS: 20}, "counts": {CODING: 10, MOCKS: 9}},
        "technical",
    ),
    (
        "on its target, but rated under 3",
        {"targets": {CODING: 1, DESIGNS: 1}, "counts": {CODING: 1, DESIGNS: 1}}
        | {"ratings": {Dimension.TIME_MANAGEMENT: 2}},
        "technical",
    ),
    (
        "on its target and rated 3",
        {"targets": {CODING: 1, DESIGNS: 1}, "counts": {CODING: 1, DESIGNS: 1}}
        | {"ratings": {Dimension.TIME_MANAGEMENT: 3}},
        None,
    ),
]


@pytest.mark.parametrize(
    ("record", "name"), [case[1:] for case in WEAKEST], ids=[case[0] for case in WEAKEST]
)
def test_the_section_furthest_below_its_target_is_the_weakest(
    record: dict[str, Any], name: str | None
) -> None:
    section = weak_areas.weakest(score(WeekRecord(**record)))
    assert (section.name if section else None) == name


# The group: each member's goals and sharing -> its percentage, and the change since last week

FULL, SUMMARY, PRIVATE = Sharing.FULL, Sharing.SUMMARY, Sharing.PRIVATE
GROUPS = [
    ("nobody", [], None),
    ("one alone", [(9, 10, FULL)], 90),
    ("one who rests", [(0, 0, FULL)], None),
    ("goals are counted, not people", [(1, 1, FULL), (0, 9, FULL)], 10),
    ("just below 90 %", [(899, 1000, FULL), (0, 0, FULL)], 89),
    ("a summary counts", [(1, 2, FULL), (2, 2, SUMMARY)], 75),
    ("a private week does not", [(1, 2, FULL), (2, 2, PRIVATE)], 50),
    ("nor do three", [(1, 2, FULL), *[(2, 2, PRIVATE)] * 3], 50),
    ("only private weeks", [(1, 2, PRIVATE)] * 12, None),
]


@pytest.mark.parametrize(
    ("weeks", "percent"), [case[1:] for case in GROUPS], ids=[case[0] for case in GROUPS]
)
def test_what_a_group_has_met(weeks: list[tuple[int, int, Sharing]], percent: int | None) -> None:
    made = group_card(_group(weeks))
    assert made.percent == percent
    assert group_card(_group(weeks), previous=made).trend == (None if percent is None else 0)


def _group(weeks: list[tuple[int, int, Sharing]]) -> list[MemberWeek]:
    return [
        MemberWeek(
            member=f"{number}",
            name=f"Member {number:02}",
            sharing=sharing,
            card=score(WeekRecord()).model_copy(update={"goals": GoalsMet(done=done, planned=planned)}),
        )
        for number, (done, planned, sharing) in enumerate(weeks)
    ]


# What holds for every week

ORDER = [REST, RECOVERY, STANDARD, HIGH]
metrics = st.dictionaries(st.sampled_from(Metric), st.integers(0, 12))
some_ratings = st.dictionaries(st.sampled_from(Dimension), st.integers(1, 5))
some_goals = st.lists(
    st.builds(
        GoalState,
        goal_id=st.uuids().map(str),
        minutes=st.integers(0, 90),
        metrics=st.dictionaries(st.sampled_from(Metric), st.integers(1, 5), max_size=2),
        done=st.booleans(),
        excused=st.booleans(),
    ),
    min_size=1,
    max_size=12,
).map(tuple)
weeks = st.builds(
    WeekRecord,
    goals=some_goals,
    counts=metrics,
    targets=metrics,
    lp_covered=st.none() | st.integers(0, 16),
    ratings=some_ratings,
    day_ratings=st.lists(some_ratings, max_size=3).map(tuple),
)


def changed(week: WeekRecord, position: int, **changes: bool) -> WeekRecord:
    goal = week.goals[position % len(week.goals)]
    other = goal.model_copy(update=changes)
    return week.model_copy(update={"goals": tuple(other if each is goal else each for each in week.goals)})


@given(weeks, st.integers(0, 11))
def test_another_goal_done_never_lowers_the_band(week: WeekRecord, position: int) -> None:
    before, after = score(week), score(changed(week, position, done=True))
    assert ORDER.index(after.band) >= ORDER.index(before.band)


@given(weeks, st.integers(0, 11))
def test_a_goal_done_with_its_counts_lowers_neither_the_score_nor_the_band(
    week: WeekRecord, position: int
) -> None:
    goal = week.goals[position % len(week.goals)]
    more = dict(week.counts)
    for metric, count in goal.metrics.items():
        more[metric] = more.get(metric, 0) + count * (not goal.done)
    after = score(changed(week.model_copy(update={"counts": more}), position, done=True))
    before = score(week)
    assert after.points >= before.points
    assert ORDER.index(after.band) >= ORDER.index(before.band)


@given(weeks, st.integers(0, 16))
def test_another_principle_covered_never_lowers_the_score(week: WeekRecord, covered: int) -> None:
    fewer, more = sorted((covered, week.lp_covered or 0))
    before, after = (score(week.model_copy(update={"lp_covered": each})) for each in (fewer, more))
    assert after.points >= before.points
    assert (after.percent or 0) >= (before.percent or 0)


@given(weeks, st.integers(0, 11))
def test_excusing_a_goal_never_lowers_the_goals_met_or_the_band(week: WeekRecord, position: int) -> None:
    before, after = score(week), score(changed(week, position, excused=True))
    if after.band is REST:  # nothing is left that could be met
        assert before.goals.done == 0
    else:
        assert (after.goals.ratio or 0) >= (before.goals.ratio or 0)
        assert ORDER.index(after.band) >= ORDER.index(before.band)


@given(weeks, st.sampled_from(Dimension), st.integers(1, 5))
def test_a_rating_changes_its_own_item_alone(week: WeekRecord, dimension: Dimension, rating: int) -> None:
    after = score(week.model_copy(update={"ratings": week.ratings | {dimension: rating}}))
    before = score(week)
    assert (after.goals, after.minutes) == (before.goals, before.minutes)
    assert [item for item in after.items if item.name != dimension] == [
        item for item in before.items if item.name != dimension
    ]
    assert next(item.points for item in after.items if item.name == dimension) == 5 * rating


@given(weeks, st.randoms(use_true_random=False))
def test_the_order_of_goals_and_days_never_matters(week: WeekRecord, chance: Any) -> None:
    shuffled = week.model_copy(
        update={
            name: tuple(chance.sample(getattr(week, name), len(getattr(week, name))))
            for name in ("goals", "day_ratings")
        }
    )
    assert score(shuffled) == score(week)
    assert progress(shuffled.goals) == progress(week.goals)
    assert by_area(shuffled.goals) == by_area(week.goals)


@given(st.integers(0, 100), st.integers(0, 100))
def test_bands_follow_each_other_in_the_order_of_the_ratio(some: int, others: int) -> None:
    ratios = sorted((Fraction(some, 100), Fraction(others, 100)))
    for less, more in pairwise(ratios):
        assert ORDER.index(band_of(less)) <= ORDER.index(band_of(more))
