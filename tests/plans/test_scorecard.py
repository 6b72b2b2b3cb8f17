from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.model import Metric
from plans.progress import GoalState
from plans.ratings import Dimension
from plans.scorecard import Band, GoalsMet, Scorecard, WeekRecord, band_of, goals_met, in_words, score
from tests.plans.full_load import FULL_LOAD

FULL_COUNTS = dict(FULL_LOAD)
FIVES = dict.fromkeys(Dimension, 5)

some_counts = st.dictionaries(st.sampled_from(Metric), st.integers(0, 60))
some_ratings = st.dictionaries(st.sampled_from(Dimension), st.integers(1, 5))
some_goals = st.lists(
    st.builds(
        GoalState,
        goal_id=st.just("goal"),
        metrics=st.dictionaries(st.sampled_from(Metric), st.integers(1, 5), max_size=1),
        done=st.booleans(),
        excused=st.booleans(),
    ),
    min_size=1,
    max_size=12,
).map(tuple)
weeks = st.builds(
    WeekRecord,
    goals=some_goals,
    counts=some_counts,
    targets=some_counts,
    lp_covered=st.none() | st.integers(0, 16),
    ratings=some_ratings,
    day_ratings=st.lists(some_ratings, max_size=3).map(tuple),
)


def goals(done: int, planned: int) -> tuple[GoalState, ...]:
    return tuple(GoalState(goal_id=str(number), done=number < done) for number in range(planned))


def item(card: Scorecard, name: str) -> Fraction | None:
    return next(item.points for item in card.items if item.name == name)


def test_a_perfect_week_has_four_hundred_points() -> None:
    card = score(WeekRecord(counts=FULL_COUNTS, targets=FULL_COUNTS, lp_covered=16, ratings=FIVES))
    assert (card.shown_points, card.possible, card.percent, card.missing) == (400, 400, 100, "")
    assert [section.percent for section in card.sections] == [100] * 4


def test_the_four_sections_have_four_items_each_and_the_targets_of_the_source() -> None:
    card = score(WeekRecord())
    assert [(section.name, section.target) for section in card.sections] == [
        ("behavioral", 80),
        ("technical", 75),
        ("readiness", 70),
        ("learning", 70),
    ]
    assert [len(section.items) for section in card.sections] == [4] * 4


def test_a_counted_item_earns_its_share_of_twenty_five() -> None:
    card = score(WeekRecord(counts={Metric.STORIES: 2}, targets={Metric.STORIES: 3}))
    assert item(card, Metric.STORIES) == Fraction(50, 3)


def test_more_than_the_target_earns_no_more() -> None:
    card = score(WeekRecord(counts={Metric.STORIES: 9}, targets={Metric.STORIES: 3}))
    assert item(card, Metric.STORIES) == 25


def test_a_rating_earns_five_points_a_step() -> None:
    card = score(WeekRecord(ratings={Dimension.STORY_QUALITY: 4}))
    assert item(card, Dimension.STORY_QUALITY) == 20


def test_what_is_not_answered_leaves_the_total_and_is_named() -> None:
    six = dict.fromkeys(list(Dimension)[:6], 4)
    aims = {metric: 1 for metric in Metric if metric is not Metric.CONCEPTS}
    card = score(WeekRecord(targets=aims, lp_covered=4, ratings=six))
    assert card.possible == 325
    assert card.missing_ratings == tuple(list(Dimension)[6:])
    assert card.missing == "2 ratings missing, no target for concepts"


def test_the_covered_principles_count_towards_sixteen() -> None:
    assert item(score(WeekRecord(lp_covered=4)), "lp_coverage") == Fraction(25, 4)
    assert item(score(WeekRecord()), "lp_coverage") is None
    assert in_words("lp_coverage") == "LP coverage"


def test_the_check_in_is_heard_before_the_days() -> None:
    days = ({Dimension.OVERALL_CONFIDENCE: 1}, {Dimension.OVERALL_CONFIDENCE: 2})
    from_days = score(WeekRecord(day_ratings=days))
    from_both = score(WeekRecord(day_ratings=days, ratings={Dimension.OVERALL_CONFIDENCE: 5}))
    assert item(from_days, Dimension.OVERALL_CONFIDENCE) == Fraction(15, 2)
    assert item(from_both, Dimension.OVERALL_CONFIDENCE) == 25


def test_a_section_reaches_its_target_exactly_or_not_at_all() -> None:
    four = score(WeekRecord(ratings={Dimension.STORY_QUALITY: 4, Dimension.DELIVERY_CONFIDENCE: 4}))
    less = score(WeekRecord(ratings={Dimension.STORY_QUALITY: 4, Dimension.DELIVERY_CONFIDENCE: 3}))
    assert [card.sections[0].reached for card in (four, less)] == [True, False]
    assert score(WeekRecord()).sections[0].reached is None


@pytest.mark.parametrize(
    ("done", "planned", "band", "shown"),
    [
        (899, 1000, Band.STANDARD, 89),
        (900, 1000, Band.HIGH, 90),
        (9, 10, Band.HIGH, 90),
        (699, 1000, Band.RECOVERY, 69),
        (700, 1000, Band.STANDARD, 70),
        (7, 10, Band.STANDARD, 70),
        (9, 17, Band.RECOVERY, 52),
        (0, 3, Band.RECOVERY, 0),
        (3, 3, Band.HIGH, 100),
        (0, 0, Band.REST, None),
    ],
)
def test_the_band_is_taken_from_the_exact_ratio(
    done: int, planned: int, band: Band, shown: int | None
) -> None:
    met = goals_met(goals(done, planned))
    assert (met.band, met.percent) == (band, shown)


@given(st.integers(0, 200), st.integers(1, 200))
def test_the_shown_percentage_lies_in_the_same_band_as_the_exact_one(done: int, planned: int) -> None:
    met = GoalsMet(done=min(done, planned), planned=planned)
    assert met.percent is not None
    assert band_of(Fraction(met.percent, 100)) is met.band


def test_a_week_whose_goals_are_all_excused_is_a_rest() -> None:
    excused = tuple(goal.model_copy(update={"excused": True}) for goal in goals(0, 5))
    met = goals_met(excused)
    assert (met.band, met.percent, met.excused) == (Band.REST, None, 5)


def test_an_excused_goal_that_was_done_counts_as_done() -> None:
    met = goals_met([GoalState(goal_id="a", done=True, excused=True), GoalState(goal_id="b", excused=True)])
    assert (met.done, met.planned, met.excused) == (1, 1, 1)


def test_an_excused_goal_takes_its_count_out_of_the_target() -> None:
    away = GoalState(goal_id="set", metrics={Metric.CODING_PROBLEMS: 4}, excused=True)
    aims = {Metric.CODING_PROBLEMS: 10}
    card = score(WeekRecord(goals=(away,), targets=aims, counts={Metric.CODING_PROBLEMS: 3}))
    assert item(card, Metric.CODING_PROBLEMS) == Fraction(25, 2)


def test_an_excused_goal_costs_nothing_that_was_earned_without_it() -> None:
    away = GoalState(goal_id="set", metrics={Metric.CODING_PROBLEMS: 4}, excused=True)
    aims = {Metric.CODING_PROBLEMS: 4}
    card = score(WeekRecord(goals=(away,), targets=aims, counts={Metric.CODING_PROBLEMS: 4}))
    assert item(card, Metric.CODING_PROBLEMS) == 25


def test_late_and_carried_goals_are_counted_and_cost_nothing() -> None:
    offered = [
        GoalState(goal_id="late", done=True, late=True),
        GoalState(goal_id="both", done=True, late=True, carried=True),
        GoalState(goal_id="waits", carried=True),
        GoalState(goal_id="paused", carried=True, excused=True),
    ]
    met = goals_met(offered)
    assert (met.done, met.planned, met.excused) == (2, 3, 1)
    assert (met.late, met.carried, met.carried_done) == (2, 2, 1)


@given(weeks, st.integers(0, 11))
def test_when_a_goal_is_done_changes_no_score(week: WeekRecord, position: int) -> None:
    before, after = score(week), score(_with(week, position, late=True, carried=True))
    assert (after.points, after.band, after.goals.ratio) == (before.points, before.band, before.goals.ratio)


@given(weeks, st.sampled_from(Metric))
def test_more_done_never_lowers_a_score(week: WeekRecord, metric: Metric) -> None:
    more = week.counts | {metric: week.counts.get(metric, 0) + 1}
    before, after = score(week), score(week.model_copy(update={"counts": more}))
    assert after.points >= before.points
    assert (after.percent or 0) >= (before.percent or 0)


@given(weeks, st.integers(0, 11))
def test_another_tick_never_lowers_the_goals_met(week: WeekRecord, position: int) -> None:
    ticked = _with(week, position, done=True)
    assert (goals_met(ticked.goals).ratio or 0) >= (goals_met(week.goals).ratio or 0)


@given(weeks, st.integers(0, 11))
def test_being_excused_never_lowers_anything(week: WeekRecord, position: int) -> None:
    before, after = score(week), score(_with(week, position, excused=True))
    assert after.points >= before.points
    assert after.percent is None or before.percent is None or after.percent >= before.percent
    assert after.goals.ratio is None or after.goals.ratio >= (before.goals.ratio or 0)


@given(weeks)
def test_a_scorecard_stays_within_its_bounds_and_can_be_kept_as_json(week: WeekRecord) -> None:
    card = score(week)
    assert 0 <= card.shown_points <= card.points <= card.possible <= 400
    assert card.possible == 400 - 25 * (len(card.missing_ratings) + len(card.without_target))
    assert Scorecard.model_validate_json(card.model_dump_json()) == card


def _with(week: WeekRecord, position: int, **changes: bool) -> WeekRecord:
    """The week with one of its goals changed."""
    chosen = position % len(week.goals)
    return week.model_copy(
        update={
            "goals": tuple(
                goal.model_copy(update=changes) if number == chosen else goal
                for number, goal in enumerate(week.goals)
            )
        }
    )
