from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from plans import ratings
from plans.model import Area
from plans.ratings import Dimension


@given(st.lists(st.sampled_from(Area)))
def test_a_day_is_rated_on_two_to_four_dimensions_each_once(areas: list[Area]) -> None:
    dimensions = ratings.dimensions_of(areas)
    assert 2 <= len(dimensions) == len(set(dimensions)) <= 4


@given(st.lists(st.sampled_from(Area), max_size=4, unique=True))
def test_up_to_four_areas_each_have_a_dimension_of_their_own(areas: list[Area]) -> None:
    asked = set(ratings.dimensions_of(areas))
    assert all(asked & set(ratings.dimensions_of([area])) for area in areas)


def test_a_day_of_stories_is_rated_on_stories_and_on_telling_them() -> None:
    asked = ratings.dimensions_of([Area.BEHAVIORAL])
    assert asked == (Dimension.STORY_QUALITY, Dimension.DELIVERY_CONFIDENCE)


def test_a_day_of_reading_is_also_rated_on_confidence() -> None:
    asked = ratings.dimensions_of([Area.LEARNING])
    assert asked == (Dimension.OVERALL_CONFIDENCE, Dimension.SELF_ASSESSMENT_PROGRESS)


def test_every_dimension_has_a_label_and_words_for_both_ends() -> None:
    assert set(ratings.SCALES) == set(Dimension)
    assert all(all(scale) for scale in ratings.SCALES.values())


def test_four_days_in_a_row_ask_four_different_questions() -> None:
    monday = date(2026, 11, 16)
    asked = [ratings.reflection_of(monday + timedelta(days=day)) for day in range(8)]
    assert len(set(asked[:4])) == 4
    assert asked[:4] == asked[4:]


def test_the_mean_is_exact_and_nothing_has_none() -> None:
    assert ratings.mean([3, 4, 4]) == Fraction(11, 3)
    assert ratings.mean([]) is None
