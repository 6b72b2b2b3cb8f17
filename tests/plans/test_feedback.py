from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import feedback
from plans.feedback import Feedback, Skill
from plans.mocks import Kind
from plans.model import GOAL_TEXT_LIMIT, Area

DEADLINE = datetime(2026, 11, 22, 18, tzinfo=UTC)
DAY = date(2026, 11, 20)

all_ratings = st.fixed_dictionaries({skill: st.integers(1, 5) for skill in Skill})
some_ratings = st.dictionaries(st.sampled_from(Skill), st.integers(1, 5))
given_feedback = st.builds(Feedback, all_ratings)


def rated(value: int, **others: int) -> Feedback:
    return Feedback({skill: others.get(skill.value, value) for skill in Skill})


def checked(**changes: object) -> dict[str, str]:
    whole: dict[str, object] = {
        "ratings": rated(3).ratings,
        "improvements": ["one", "two"],
        "strength": "calm",
    }
    return feedback.check(**{**whole, **changes})  # type: ignore[arg-type]


# What is asked for


@pytest.mark.parametrize("improvements", [["one", "two"], ["one", "two", "three"], ["one", "", "two", " "]])
def test_five_ratings_two_or_three_improvements_and_a_strength_are_enough(improvements: list[str]) -> None:
    assert checked(improvements=improvements) == {}


@given(ratings=st.dictionaries(st.sampled_from(Skill), st.integers(-1, 7)))
def test_each_missing_or_impossible_rating_is_named_at_its_field(ratings: dict[Skill, int]) -> None:
    wrong = {skill.value for skill in Skill if not 1 <= ratings.get(skill, 0) <= 5}
    assert set(checked(ratings=ratings)) == wrong


@pytest.mark.parametrize(
    ("improvements", "says"),
    [([], "Two"), (["one"], "Two"), (["one", "  \n"], "Two"), (["one", "two", "three", "four"], "Three")],
)
def test_too_few_or_too_many_improvements_are_said_kindly(improvements: list[str], says: str) -> None:
    problems = checked(improvements=improvements)
    assert set(problems) == {"improvements"}
    assert problems["improvements"].startswith(says)


@pytest.mark.parametrize("strength", ["", "  ", "\n"])
def test_a_strength_is_asked_for(strength: str) -> None:
    assert set(checked(strength=strength)) == {"strength"}


def test_evidence_is_called_by_what_its_kind_of_interview_looks_for() -> None:
    assert len({feedback.label(Skill.EVIDENCE, kind) for kind in Kind}) == len(Kind)
    for kind in Kind:
        assert len({feedback.label(skill, kind) for skill in Skill}) == len(Skill)


# Double blind


@pytest.mark.parametrize(
    ("mine", "theirs", "late", "opens"),
    [
        (True, True, False, True),
        (True, True, True, True),
        (False, True, False, False),
        (False, True, True, True),
        (True, False, False, False),
        (True, False, True, False),
        (False, False, False, False),
        (False, False, True, False),
    ],
)
def test_the_others_feedback_opens_when_both_are_in_or_time_is_up(
    mine: bool, theirs: bool, late: bool, opens: bool
) -> None:
    now = DEADLINE if late else DEADLINE - timedelta(seconds=1)
    assert feedback.is_open(mine_given=mine, theirs_given=theirs, now=now, deadline=DEADLINE) is opens


def test_time_is_up_two_days_after_the_end() -> None:
    assert timedelta(days=2) == feedback.DEADLINE


# What it adds up to


@given(ratings=some_ratings.filter(bool))
def test_an_average_lies_between_the_lowest_and_the_highest_rating(ratings: dict[Skill, int]) -> None:
    lowest, highest = min(ratings.values()), max(ratings.values())
    assert lowest <= feedback.average(Feedback(ratings)) <= highest
    assert ratings[feedback.weakest(Feedback(ratings))] == lowest


def test_of_several_weakest_skills_the_first_in_the_rubric_is_named() -> None:
    assert feedback.weakest(rated(4, time_management=2, communication=2)) is Skill.COMMUNICATION
    assert feedback.weakest(rated(4, question_handling=1, structure=2)) is Skill.QUESTION_HANDLING


def test_feedback_without_a_rating_has_neither_average_nor_weakest_skill() -> None:
    with pytest.raises(ValueError, match="no average"):
        feedback.average(Feedback({}))
    with pytest.raises(ValueError, match="no weakest"):
        feedback.weakest(Feedback({}))


def test_readiness_looks_at_the_five_latest_sessions_in_whatever_order_they_come() -> None:
    held = [(DAY - timedelta(weeks=age), rated(1 if age > 4 else 4)) for age in (7, 0, 3, 5, 1, 2, 6, 4)]
    found = feedback.readiness(held)
    assert found is not None
    assert (found.overall, found.sessions) == (4, 5)
    assert found.averages == dict.fromkeys(Skill, 4)


@given(held=st.lists(st.tuples(st.dates(), given_feedback), min_size=1, max_size=9))
def test_readiness_together_is_the_mean_of_its_skills(held: list[tuple[date, Feedback]]) -> None:
    found = feedback.readiness(held)
    assert found is not None
    assert found.sessions == min(5, len(held))
    assert found.overall == pytest.approx(sum(found.averages.values()) / len(Skill))


def test_sessions_without_ratings_do_not_push_others_out_of_the_readiness() -> None:
    silent = [(DAY, Feedback({}))] * 5
    assert feedback.readiness(silent) is None
    found = feedback.readiness([(DAY - timedelta(weeks=1), rated(4)), *silent])
    assert found is not None
    assert (found.overall, found.sessions) == (4, 1)


def test_a_skill_that_nobody_rated_has_no_average() -> None:
    found = feedback.readiness([(DAY, Feedback({Skill.STRUCTURE: 2})), (DAY, rated(4))])
    assert found is not None
    assert found.averages[Skill.STRUCTURE] == 3
    assert found.averages[Skill.EVIDENCE] == 4
    only = feedback.readiness([(DAY, Feedback({Skill.STRUCTURE: 2}))])
    assert only is not None
    assert set(only.averages) == {Skill.STRUCTURE}


@pytest.mark.parametrize(
    ("averages", "falls"),
    [
        ([], False),
        ([4.0, 3.0], False),
        ([4.0, 3.5, 3.0], True),
        ([4.0, 4.0, 3.0], False),
        ([4.0, 3.0, 3.0], False),
        ([1.0, 4.0, 3.5, 3.0], True),
        ([4.0, 3.5, 3.0, 3.1], False),
    ],
)
def test_ratings_fall_when_two_mocks_in_a_row_were_each_below_the_one_before(
    averages: list[float], falls: bool
) -> None:
    assert feedback.falling(averages) is falls


# Own ratings against others'


def test_one_session_says_nothing_about_how_somebody_sees_themselves() -> None:
    assert feedback.calibration([]) is None
    assert feedback.calibration([(rated(2), rated(4))]) is None
    assert feedback.calibration([(rated(2), rated(4)), (Feedback({}), rated(4))]) is None


@given(pairs=st.lists(st.tuples(given_feedback, given_feedback), min_size=2, max_size=6))
def test_who_changes_places_with_their_partners_has_the_opposite_difference(
    pairs: list[tuple[Feedback, Feedback]],
) -> None:
    own = feedback.calibration(pairs)
    other = feedback.calibration([(theirs, mine) for mine, theirs in pairs])
    assert own is not None
    assert other is not None
    assert own.sessions == len(pairs)
    assert own.overall == pytest.approx(-other.overall)
    assert own.overall == pytest.approx(sum(own.by_skill.values()) / len(Skill))
    assert own.by_skill == pytest.approx({skill: -value for skill, value in other.by_skill.items()})


def test_a_skill_is_compared_where_both_rated_it() -> None:
    partial = Feedback({Skill.STRUCTURE: 5})
    found = feedback.calibration([(partial, rated(3)), (rated(2, structure=3), rated(4))])
    assert found is not None
    assert found.by_skill[Skill.STRUCTURE] == pytest.approx((2 - 1) / 2)
    assert found.by_skill[Skill.EVIDENCE] == -2


@pytest.mark.parametrize(
    ("own", "theirs", "says"),
    [
        (3, 4, "You rate yourself 1.0 below your partners."),
        (5, 3, "You rate yourself 2.0 above your partners."),
        (4, 4, "You see yourself as your partners do"),
    ],
)
def test_the_difference_is_said_in_its_direction(own: int, theirs: int, says: str) -> None:
    found = feedback.calibration([(rated(own), rated(theirs))] * 2)
    assert found is not None
    assert found.sentence.startswith(says)


# Practising what is weak


def test_every_weak_skill_gives_a_goal_that_fits_on_a_checkbox() -> None:
    goals = {(skill, kind): feedback.practice_goal(skill, kind) for skill in Skill for kind in Kind}
    for (_, kind), (text, minutes, area) in goals.items():
        assert 0 < len(text) <= GOAL_TEXT_LIMIT
        assert 15 <= minutes <= 60
        assert area is (Area.SYSTEM_DESIGN if kind is Kind.TECHNICAL else Area.BEHAVIORAL)
    for kind in (Kind.TECHNICAL, Kind.BEHAVIORAL):
        assert len({goals[skill, kind][0] for skill in Skill}) == len(Skill)
