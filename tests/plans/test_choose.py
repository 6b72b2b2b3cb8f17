from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.choose import POSTPONE, Choice, choose
from plans.model import Level
from plans.pace import advice
from plans.situation import CurrentLevel, Risk, weeks_left
from plans.timelines import COMPREHENSIVE, EMERGENCY, INTENSIVE, MASTERY, MATRIX, STRATEGIC, matrix
from tests.plans.timelines import OTHER, TIMELINES, WITH_OTHERS

ENGINEER, SENIOR, MANAGER, SENIOR_MANAGER = CurrentLevel
LOW, MEDIUM, HIGH = Risk
PLANS = {plan.slug: plan for plan in WITH_OTHERS}

levels, risks, targets = (st.sampled_from(list(kind)) for kind in (CurrentLevel, Risk, Level))
weeks_or_none = st.none() | st.integers(-3, 60)
loads = st.floats(0.5, 60)


def chosen(
    weeks: int | None,
    current: CurrentLevel = MANAGER,
    risk: Risk = MEDIUM,
    hours: float = 20,
    target: Level = Level.L6,
) -> Choice:
    """What is chosen among the five timelines and one other plan."""
    return choose(weeks, current, target, hours, risk, WITH_OTHERS)


def test_levels_have_an_order_of_their_own() -> None:
    assert [level for level in CurrentLevel if level.is_at_least(SENIOR)] == [SENIOR, MANAGER, SENIOR_MANAGER]
    assert [level for level in CurrentLevel if level.is_at_least(MANAGER)] == [MANAGER, SENIOR_MANAGER]


@pytest.mark.parametrize(
    ("weeks", "current", "risk", "source", "recommended"),
    [
        # Up to two weeks: an emergency, or a later date.
        (0, MANAGER, HIGH, EMERGENCY, EMERGENCY),
        (0, MANAGER, MEDIUM, POSTPONE, POSTPONE),
        (-1, MANAGER, HIGH, EMERGENCY, EMERGENCY),
        (-1, MANAGER, LOW, POSTPONE, POSTPONE),
        (1, ENGINEER, HIGH, EMERGENCY, EMERGENCY),
        (1, SENIOR_MANAGER, LOW, POSTPONE, POSTPONE),
        (2, MANAGER, HIGH, EMERGENCY, EMERGENCY),
        (2, MANAGER, MEDIUM, POSTPONE, POSTPONE),
        # Three to five: too short for what the framework says.
        (3, MANAGER, LOW, INTENSIVE, POSTPONE),
        (3, MANAGER, MEDIUM, INTENSIVE, EMERGENCY),
        (3, MANAGER, HIGH, INTENSIVE, EMERGENCY),
        (5, ENGINEER, LOW, COMPREHENSIVE, POSTPONE),
        (5, ENGINEER, MEDIUM, COMPREHENSIVE, EMERGENCY),
        (5, SENIOR, HIGH, INTENSIVE, EMERGENCY),
        # Six: the framework sends engineers into twelve weeks.
        (6, ENGINEER, LOW, COMPREHENSIVE, INTENSIVE),
        (6, SENIOR, LOW, INTENSIVE, INTENSIVE),
        (6, SENIOR_MANAGER, HIGH, INTENSIVE, INTENSIVE),
        # Seven to twelve: eight weeks, once they are there.
        (7, ENGINEER, MEDIUM, STRATEGIC, INTENSIVE),
        (7, MANAGER, LOW, STRATEGIC, INTENSIVE),
        (8, ENGINEER, LOW, STRATEGIC, STRATEGIC),
        (12, SENIOR_MANAGER, HIGH, STRATEGIC, STRATEGIC),
        # Thirteen and more: managers twelve weeks, the others half a year, once it is there.
        (13, MANAGER, MEDIUM, COMPREHENSIVE, COMPREHENSIVE),
        (13, SENIOR, MEDIUM, MASTERY, COMPREHENSIVE),
        (25, ENGINEER, LOW, MASTERY, COMPREHENSIVE),
        (26, ENGINEER, LOW, MASTERY, MASTERY),
        (26, SENIOR_MANAGER, LOW, COMPREHENSIVE, COMPREHENSIVE),
        # No date yet is plenty of time.
        (None, SENIOR, HIGH, MASTERY, MASTERY),
        (None, MANAGER, LOW, COMPREHENSIVE, COMPREHENSIVE),
    ],
)
def test_weeks_level_and_risk_decide_with_twenty_hours_a_week(
    weeks: int | None, current: CurrentLevel, risk: Risk, source: str, recommended: str
) -> None:
    found = chosen(weeks, current, risk)
    assert (found.source_recommendation, found.recommendation) == (source, recommended)


@pytest.mark.parametrize(
    ("weeks", "current", "risk", "hours", "recommended"),
    [
        (4, MANAGER, MEDIUM, 20, EMERGENCY),
        (4, MANAGER, MEDIUM, 19.9, POSTPONE),  # the lightest track of the emergency plan wants 20
        (4, MANAGER, HIGH, 10, EMERGENCY),
        (2, MANAGER, HIGH, 3, EMERGENCY),
        (6, MANAGER, LOW, 3, INTENSIVE),  # nothing else ends in time
        (7, MANAGER, LOW, 60, INTENSIVE),
        (8, MANAGER, LOW, 9.9, STRATEGIC),  # nothing else that ends in time wants less
        (12, MANAGER, LOW, 9.9, COMPREHENSIVE),
        (12, MANAGER, LOW, 10, STRATEGIC),
        (None, MANAGER, LOW, 7, COMPREHENSIVE),
        (None, MANAGER, LOW, 6.9, MASTERY),
        (25, MANAGER, LOW, 6.9, COMPREHENSIVE),
        (None, ENGINEER, LOW, 3, MASTERY),
    ],
)
def test_hours_below_the_lightest_track_lead_to_another_plan_that_fits_if_there_is_one(
    weeks: int | None, current: CurrentLevel, risk: Risk, hours: float, recommended: str
) -> None:
    found = chosen(weeks, current, risk, hours)
    assert found.recommendation == recommended
    short = recommended != POSTPONE and hours < min(track.hours for track in PLANS[recommended].tracks)
    assert any("Even the lightest track" in warning for warning in found.warnings) == short


REASONS = """
The decision framework points to the 12-week comprehensive plan, which needs 12 weeks while 6 weeks are left;
the 6-week intensive plan fits: 6 weeks at 20 to 25 h a week.

The decision framework points to the 6-month mastery plan, which needs 26 weeks while 13 weeks are left;
the 12-week comprehensive plan fits: 12 weeks at 12 to 15 h a week, and a lighter track fits your 9 h.

There is no interview date yet and you lead people already:
the 12-week comprehensive plan takes 12 weeks at 12 to 15 h a week.

The decision framework points to the 12-week comprehensive plan, whose lightest track wants 7 h a week where
you have 6; the 6-month mastery plan fits: 26 weeks at 8 to 10 h a week, and a lighter track fits your 6 h.

The decision framework points to the 8-week strategic plan, which needs 8 weeks while 7 weeks are left;
the 6-week intensive plan ends in time: 6 weeks at 20 to 25 h a week.

1 week is left and you would rather not take a high risk:
a later interview, 6 weeks or more away, is worth asking for.

The decision framework points to the 6-week intensive plan, which needs 6 weeks while 5 weeks are left;
of the five timelines only the 2-week emergency plan ends in time.

The decision framework points to the 6-week intensive plan, which needs 6 weeks while 4 weeks are left;
the 2-week emergency plan would end in time but is for who can take a high risk, so ask for a later date.

The decision framework points to the 6-week intensive plan, which needs 6 weeks while 4 weeks are left;
the 2-week emergency plan would end in time but wants 20 h a week or more, so ask for a later date.
"""


def test_every_outcome_is_explained_in_one_sentence() -> None:
    found = [
        chosen(6, ENGINEER),
        chosen(13, ENGINEER, hours=9),
        chosen(None, hours=12),
        chosen(None, hours=6),
        chosen(7, hours=6),
        chosen(1),
        chosen(5, risk=HIGH),
        chosen(4, risk=LOW),
        chosen(4, hours=8),
    ]
    reasons = [" ".join(reason.split()) for reason in REASONS.split("\n\n")]
    assert [each.reason for each in found] == reasons


def test_less_than_a_week_is_said_with_every_answer() -> None:
    for risk in Risk:
        for weeks in (0, -2):
            assert (
                "Less than a week is left: nothing can be finished before the interview."
                in chosen(weeks, risk=risk).warnings
            )


def test_an_emergency_is_never_recommended_without_its_estimate_and_what_it_leaves_out() -> None:
    found = chosen(1, ENGINEER, HIGH, hours=12)
    short = "Even the lightest track of the 2-week emergency plan wants 20 h a week, and you have 12"
    assert list(found.warnings) == [
        "The last week of the 2-week emergency plan would come after the interview.",
        f"{short}: the most important goals come first.",
        "The source's own estimate for it is 35 %; nobody has measured it.",
        "The 2-week emergency plan counts on previous management experience.",
    ]


def test_l7_from_engineering_is_said_to_be_a_long_way() -> None:
    said = "L7 leads an organisation: from senior engineer that is a long way; L6 may come first."
    assert said in chosen(None, SENIOR, target=Level.L7).warnings
    assert said not in chosen(None, SENIOR, target=Level.L6).warnings
    assert not chosen(None, MANAGER, target=Level.L7).warnings


def test_alternatives_say_what_speaks_against_them_or_what_they_are_good_for_the_best_first() -> None:
    found = chosen(12, hours=12, risk=LOW)
    assert [(each.plan, each.why) for each in found.alternatives] == [
        (
            COMPREHENSIVE,
            "It would fit as well: 12 weeks at 12 to 15 h a week. Best for thorough preparation.",
        ),
        (INTENSIVE, "Even its lightest track wants 15 h a week; you have 12."),
        (
            EMERGENCY,
            "Even its lightest track wants 20 h a week; you have 12. It is for who can take a high risk.",
        ),
        (
            MASTERY,
            "It needs 26 weeks and 12 weeks are left: its last 14 weeks would come after the interview.",
        ),
        (OTHER, "It would fit as well: 2 weeks at 7 h a week."),
    ]


def test_who_is_told_to_postpone_sees_what_comes_nearest_first() -> None:
    found = chosen(5, risk=LOW, hours=15)
    assert found.recommendation == POSTPONE
    assert [each.plan for each in found.alternatives][:2] == [INTENSIVE, EMERGENCY]
    assert (
        found.alternatives[0].why
        == "It needs 6 weeks and 5 weeks are left: its last week would come after the interview."
    )


@given(weeks_or_none, levels, targets, loads, risks)
def test_there_is_always_an_answer_with_a_reason_and_every_plan_has_its_place_once(
    weeks: int | None, current: CurrentLevel, target: Level, hours: float, risk: Risk
) -> None:
    found = choose(weeks, current, target, hours, risk, WITH_OTHERS)
    assert not found.reason[0].islower()
    assert found.reason.endswith(".")
    assert found.reason.count(". ") == 0
    assert found.recommendation in (*MATRIX, POSTPONE)
    assert found.source_recommendation in (*MATRIX, POSTPONE)
    others = [each.plan for each in found.alternatives]
    assert sorted([*others, found.recommendation]) == sorted({*PLANS, found.recommendation})
    assert all(each.why for each in found.alternatives)


@given(st.integers(2, 60), levels, targets, loads, risks)
def test_what_is_recommended_ends_before_the_interview(
    weeks: int, current: CurrentLevel, target: Level, hours: float, risk: Risk
) -> None:
    found = choose(weeks, current, target, hours, risk, WITH_OTHERS)
    assert found.recommendation == POSTPONE or len(PLANS[found.recommendation].weeks) <= weeks


@given(st.integers(0, 1), levels, targets, loads, risks)
def test_below_two_weeks_nothing_ends_in_time_and_only_an_emergency_is_begun_with_a_warning(
    weeks: int, current: CurrentLevel, target: Level, hours: float, risk: Risk
) -> None:
    found = choose(weeks, current, target, hours, risk, WITH_OTHERS)
    assert found.recommendation == (EMERGENCY if risk is HIGH else POSTPONE)
    if found.recommendation == EMERGENCY:
        assert any("before the interview" in each or "after the interview" in each for each in found.warnings)


@given(st.integers(0, 60), st.integers(0, 60), levels, targets, loads, risks)
def test_more_weeks_never_turn_a_plan_into_postponing(
    fewer: int, extra: int, current: CurrentLevel, target: Level, hours: float, risk: Risk
) -> None:
    before = choose(fewer, current, target, hours, risk, WITH_OTHERS)
    after = choose(fewer + extra, current, target, hours, risk, WITH_OTHERS)
    without = choose(None, current, target, hours, risk, WITH_OTHERS)
    assert before.recommendation == POSTPONE or POSTPONE not in (after.recommendation, without.recommendation)


@given(weeks_or_none, levels, loads, risks, st.sets(st.sampled_from(TIMELINES).map(lambda plan: plan.slug)))
def test_a_library_without_some_of_the_timelines_still_gets_an_answer(
    weeks: int | None, current: CurrentLevel, hours: float, risk: Risk, slugs: set[str]
) -> None:
    there = [plan for plan in TIMELINES if plan.slug in slugs]
    found = choose(weeks, current, Level.L6, hours, risk, there)
    assert found.recommendation in {*slugs, POSTPONE}
    assert found.reason
    assert {each.plan for each in found.alternatives} == slugs - {found.recommendation}


def test_the_matrix_shows_the_timelines_from_the_shortest_on_and_then_the_others() -> None:
    rows = matrix(reversed(WITH_OTHERS))
    assert [row.plan for row in rows] == [*MATRIX, OTHER]
    assert [row.success_rate for row in rows] == [35, 65, 75, 85, 90, None]
    assert (rows[1].title, rows[1].weeks, rows[1].hours) == ("6-week intensive", 6, (20, 25))
    assert rows[1].best_for == "Strong technical background"


@pytest.mark.parametrize(
    ("interview", "weeks"),
    [
        (None, None),
        (date(2026, 11, 18), 0),
        (date(2026, 11, 24), 0),
        (date(2026, 11, 25), 1),
        (date(2027, 2, 10), 12),
        (date(2026, 11, 1), 0),
    ],
)
def test_weeks_are_whole_ones_from_today(interview: date | None, weeks: int | None) -> None:
    assert weeks_left(date(2026, 11, 18), interview) == weeks


LEADS, EXPERIENCE = "you lead people already", "L7 looks for experience across an organisation"
TRANSITION, PART_TIME = "you come from engineering into management", "8 h a week are part-time"


@pytest.mark.parametrize(
    ("said", "faster", "slower"),
    [
        (advice(MANAGER, Level.L6, 12), [LEADS], []),
        (advice(MANAGER, Level.L7, 12), [LEADS], [EXPERIENCE]),
        (advice(SENIOR_MANAGER, Level.L7, 20), [LEADS, "you have 20 h a week"], []),
        (advice(SENIOR, Level.L7, 8), [], [TRANSITION, PART_TIME, EXPERIENCE]),
        (advice(ENGINEER, Level.L6, 12), [], [TRANSITION]),
        (
            advice(ENGINEER, Level.L6, 12, had_amazon_interview=True),
            ["you know Amazon's interviews"],
            [TRANSITION],
        ),
    ],
)
def test_advice_to_go_faster_or_slower_rests_on_what_is_known(
    said: tuple[str, ...], faster: list[str], slower: list[str]
) -> None:
    told = [f"In favour of going faster: {'; '.join(faster)}."] if faster else []
    told += [f"In favour of taking longer: {'; '.join(slower)}."] if slower else []
    assert list(said) == told
