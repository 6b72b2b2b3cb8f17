"""Hints for whoever writes a plan: what is no fault and worth a look."""

from plans import checking, library, skeleton
from plans.model import Plan
from tests.plans.hostile import single_file

SKELETON = skeleton.file("mine.toml", "mine.toml")["mine.toml"]


def hints(text: str) -> tuple[str, ...]:
    return checking.verdict(library.parse(text, "mine.toml")).hints


def test_the_plan_to_begin_with_has_no_hint() -> None:
    assert hints(SKELETON) == ()


def test_a_verdict_counts_weeks_and_goals() -> None:
    found = checking.verdict(library.parse(single_file(), "mine.toml"))
    assert (found.weeks, found.goals, found.fits) == (2, 2, False)
    assert str(found) == "No faults: 2 weeks, 2 goals."


def test_weeks_that_cannot_reach_their_hours_are_named_once_for_both_levels() -> None:
    found = hints(SKELETON.replace("hours_per_week = [7, 8]", "hours_per_week = [8, 9]"))
    assert found == (
        "weeks 1 to 2: on the standard track L6 gets less than the 8 h that it promises; the least is 7.5 h",
    )


def test_a_week_that_lacks_some_minutes_is_not_named() -> None:
    assert hints(SKELETON.replace("hours_per_week = [7, 8]", "hours_per_week = [7.8, 8]")) == ()


def test_a_share_that_no_goal_fills_is_named_with_its_track() -> None:
    found = hints(SKELETON.replace("coding = 35, mock = 15", "coding = 35, mock = 5, learning = 10"))
    assert found == (
        "learning has 10 % of what the light track shares out; its goals fill 0.0 of these 0.4 h a week",
    )


def test_weekly_minimums_that_are_not_offered_are_named_with_their_weeks() -> None:
    found = hints(SKELETON.replace("metrics = { coding_problems = 5 }", "", 1))
    assert found == ('week 1: fewer than the 10 coding problems a week of "Timelines" on the standard track',)


def test_goals_that_no_track_has_are_named_also_if_they_are_for_one_level() -> None:
    skipped = 'level = "L7"\nlighter = { standard = { skip = true }, light = { skip = true } }'
    found = hints(SKELETON.replace('level = "L7"', skipped, 1))
    assert "1 goal that no track ever offers: w01-wed-design-l7" in found


def test_a_full_load_beyond_every_track_is_a_hint_and_no_fault(plan: Plan) -> None:
    (hint,) = (each for each in checking.verdict(plan).hints if "no track ever" in each)
    assert hint.endswith("more")
