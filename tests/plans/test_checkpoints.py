from datetime import date
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import checkpoints, library
from plans.checkpoints import PRIMARY, Evidence, Page, Sheet, State
from plans.feedback import Feedback, Skill
from plans.fit import fit
from plans.model import Checkpoint, Level, Metric, Plan
from plans.ratings import Dimension

COUNTED = {"text": "12 stories drafted", "counts": {"stories": 12}}
FINE = dict.fromkeys(Dimension, 4)


def sheet_of(*items: object, evidence: Evidence | None = None, ticks: frozenset[str] = frozenset()) -> Sheet:
    """The only checkpoint of week 4 with these items."""
    point = Checkpoint.model_validate({"week": 4, "title": "Month 1", "items": items})
    return checkpoints.sheet([point], 4, evidence or Evidence(), ticks)


def state_of(item: object, evidence: Evidence) -> State:
    """How one item stands."""
    return sheet_of(item, evidence=evidence).lines[0].state


# The day


@pytest.mark.parametrize(
    ("days_off", "day"),
    [
        ([], 4),
        ([5, 6], 4),
        ([4], 3),
        ([3, 4], 2),
        ([0, 1, 2, 3, 4], 5),
        ([0, 1, 2, 3, 4, 5], 6),
        (range(7), None),
    ],
)
def test_it_comes_on_friday_or_the_last_working_day_before(days_off: list[int], day: int | None) -> None:
    assert checkpoints.posting_day(days_off) == day


def test_it_comes_on_a_working_day_whenever_there_is_one() -> None:
    every_choice = chain.from_iterable(combinations(range(7), size) for size in range(7))
    assert all(checkpoints.posting_day(days_off) not in days_off for days_off in every_choice)


# What the data answers


def test_a_count_ticks_itself_when_it_is_reached() -> None:
    assert state_of(COUNTED, Evidence(counts={Metric.STORIES: 11})) is State.OPEN
    assert state_of(COUNTED, Evidence(counts={Metric.STORIES: 12})) is State.DONE
    assert state_of(COUNTED, Evidence(counts={Metric.CODING_PROBLEMS: 99})) is State.OPEN


def test_a_line_without_a_measure_is_the_members_to_tick() -> None:
    line = sheet_of("A routine that holds").lines[0]
    assert (line.state, line.stands, line.item) == (State.ASKED, False, "1-1")
    assert sheet_of("A routine that holds", ticks=frozenset({"1-1"})).lines[0].stands


def test_the_members_tick_does_not_overrule_a_count() -> None:
    assert not sheet_of(COUNTED, ticks=frozenset({"1-1"})).lines[0].stands


def test_goals_are_done_when_all_of_them_are() -> None:
    item = {"text": "Assessed", "goals": ["one", "two"]}
    assert state_of(item, Evidence(goals={"one": True, "two": False})) is State.OPEN
    assert state_of(item, Evidence(goals={"one": True, "two": True})) is State.DONE


def test_goals_that_a_track_leaves_out_are_asked_of_the_member() -> None:
    assert (
        state_of({"text": "Assessed", "goals": ["one", "two"]}, Evidence(goals={"one": True})) is State.ASKED
    )


def test_how_many_principles_are_covered_is_not_known_before_it_was_said() -> None:
    item = {"text": "All principles", "lp_coverage": 16}
    assert state_of(item, Evidence()) is State.ASKED
    assert state_of(item, Evidence(lp_covered=0)) is State.OPEN
    assert state_of(item, Evidence(lp_covered=16)) is State.DONE


def test_all_ratings_must_be_known_before_they_are_enough() -> None:
    item = {"text": "All at 3", "ratings": {"of": "all", "at_least": 3}}
    missing: dict[Dimension, int] = {
        dimension: 4 for dimension in Dimension if dimension is not Dimension.STRESS_MANAGEMENT
    }
    assert state_of(item, Evidence()) is State.ASKED
    assert state_of(item, Evidence(ratings=missing)) is State.ASKED
    assert state_of(item, Evidence(ratings=FINE)) is State.DONE
    assert state_of(item, Evidence(ratings=FINE | {Dimension.TIME_MANAGEMENT: 2})) is State.OPEN


def test_one_rating_that_is_too_low_is_an_answer_even_if_others_are_missing() -> None:
    item = {"text": "All at 3", "ratings": {"of": "all", "at_least": 3}}
    assert state_of(item, Evidence(ratings={Dimension.STORY_QUALITY: 2})) is State.OPEN


def test_the_primary_ratings_are_stories_telling_and_explaining_technically() -> None:
    item = {"text": "Primary at 4", "ratings": {"of": "primary", "at_least": 4}}
    lowest = dict.fromkeys(Dimension, 1)
    assert state_of(item, Evidence(ratings=lowest | dict.fromkeys(PRIMARY, 4))) is State.DONE
    assert {each.value for each in PRIMARY} == {
        "story_quality",
        "delivery_confidence",
        "technical_communication",
    }
    for dimension in PRIMARY:
        assert state_of(item, Evidence(ratings=FINE | {dimension: 3})) is State.OPEN


def test_the_average_of_mocks_is_exact() -> None:
    item = {"text": "Mocks at 4.1", "mock_average": 4.1}
    assert state_of(item, Evidence(mock_average=Fraction(41, 10))) is State.DONE
    assert state_of(item, Evidence(mock_average=Fraction(4099, 1000))) is State.OPEN
    assert state_of(item, Evidence()) is State.ASKED
    received = [Feedback({Skill.STRUCTURE: 5, Skill.COMMUNICATION: 4}), Feedback({Skill.STRUCTURE: 4})]
    assert checkpoints.mean_of(received) == Fraction(17, 4)
    assert checkpoints.mean_of([Feedback({})]) is None


def test_several_measures_stand_only_together() -> None:
    item = {"text": "3 mocks at 4", "counts": {"mock_interviews": 3}, "mock_average": 4}
    three = {Metric.MOCK_INTERVIEWS: 3}
    assert state_of(item, Evidence()) is State.OPEN
    assert state_of(item, Evidence(counts=three)) is State.ASKED
    assert state_of(item, Evidence(counts=three, mock_average=Fraction(3))) is State.OPEN
    assert state_of(item, Evidence(counts=three, mock_average=Fraction(4))) is State.DONE


def test_without_any_evidence_no_question_of_judgement_is_open() -> None:
    items = [
        {"text": "Ratings", "ratings": {"of": "all", "at_least": 3}},
        {"text": "Principles", "lp_coverage": 3},
        {"text": "Mocks", "mock_average": 3},
        {"text": "Goals", "goals": ["one"]},
        "By hand",
    ]
    assert {line.state for line in sheet_of(*items).lines} == {State.ASKED}


@given(
    counts=st.dictionaries(st.sampled_from(Metric), st.integers(0, 20)),
    wanted=st.dictionaries(st.sampled_from(Metric), st.integers(1, 20), min_size=1),
    more=st.sampled_from(Metric),
)
def test_doing_more_never_reopens_a_line(
    counts: dict[Metric, int], wanted: dict[Metric, int], more: Metric
) -> None:
    item = {"text": "Counted", "counts": wanted}
    before = state_of(item, Evidence(counts=counts))
    after = state_of(item, Evidence(counts=counts | {more: counts.get(more, 0) + 1}))
    assert (before, after) != (State.DONE, State.OPEN)


# The whole week


def test_a_week_with_several_checkpoints_names_each_line_by_both_numbers(plan: Plan) -> None:
    sheet = checkpoints.sheet(plan.checkpoints, 12, Evidence(), frozenset({"2-3"}))
    assert [len(board.lines) for board in sheet.boards] == [4, 5, 5, 5, 5]
    ticked = [line for line in sheet.lines if line.ticked]
    assert [(line.item, line.text) for line in ticked] == [
        ("2-3", "Trade-offs explained to engineers and to business people")
    ]
    assert (sheet.standing, sheet.is_finished) == (1, False)


def test_it_is_finished_when_every_line_stands_by_data_or_by_word() -> None:
    evidence = Evidence(counts={Metric.STORIES: 12})
    assert not sheet_of(COUNTED, "By hand", evidence=evidence).is_finished
    assert sheet_of(COUNTED, "By hand", evidence=evidence, ticks=frozenset({"1-2"})).is_finished
    assert not Sheet(4, ()).is_finished


@pytest.mark.parametrize(
    ("week", "found"), [(None, 4), (-3, 4), (1, 4), (4, 4), (5, 8), (8, 8), (9, 12), (12, 12), (14, 12)]
)
def test_the_nearest_is_this_weeks_or_the_next_and_behind_the_end_the_last(
    plan: Plan, week: int | None, found: int
) -> None:
    assert checkpoints.nearest(checkpoints.weeks_of(plan.checkpoints), week) == found


def test_a_plan_without_checkpoints_has_no_nearest() -> None:
    assert checkpoints.nearest([], 3) is None


def test_what_follows_is_the_next_week_with_a_checkpoint(plan: Plan) -> None:
    titles = checkpoints.titles_of(plan.checkpoints)
    assert titles[0] == (4, "Month 1: the foundation stands")

    def page(week: int, now: int | None) -> Page:
        return Page(1, 1, Sheet(week, ()), 12, now, date(2026, 11, 23), titles)

    assert page(4, 4).following == (8, "Month 2: the harder material")
    assert page(12, 12).following is None
    assert (page(8, 4).is_ahead, page(4, 4).is_ahead, page(4, None).is_ahead) == (True, False, False)


# The shipped plans

PLANS = library.read().plans


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.slug)
def test_what_a_shipped_checkpoint_counts_can_be_reached_on_the_default_track(plan: Plan) -> None:
    track = plan.track(plan.default_track)
    for level in Level:
        for point in plan.checkpoints:
            fitted = [fit(week, track=track, level=level) for week in plan.weeks[: point.week]]
            goals = [goal for week in fitted for goal in week.goals]
            for item in point.items:
                for metric, wanted in item.counts.items():
                    held = sum(goal.metrics.get(metric, 0) for goal in goals)
                    assert held >= wanted, f"{point.title}: {item.text}, the track holds {held}"
                assert set(item.goals) <= {goal.id for goal in goals}, f"{point.title}: {item.text}"
