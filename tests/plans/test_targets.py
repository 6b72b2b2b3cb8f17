import pytest

from plans import targets
from plans.fit import fit
from plans.model import Level, Metric, Plan


def test_the_targets_of_a_week_are_what_its_goals_count(plan: Plan) -> None:
    week = fit(plan.week(2), track=plan.track("standard"), level=Level.L6)
    counted = [goal.metrics.get(Metric.CODING_PROBLEMS, 0) for goal in week.goals]
    assert targets.of_week(week)[Metric.CODING_PROBLEMS] == sum(counted) == 13


def test_a_metric_that_no_goal_counts_has_no_target(plan: Plan) -> None:
    week = fit(plan.week(2), track=plan.track("standard"), level=Level.L6, days_off=frozenset(range(7)))
    assert targets.of_week(week) == {}


@pytest.mark.parametrize("number", range(1, 13))
def test_a_lighter_track_never_asks_for_more_mock_interviews(plan: Plan, number: int) -> None:
    asked = [
        targets.of_week(fit(plan.week(number), track=track, level=Level.L6)).get(Metric.MOCK_INTERVIEWS, 0)
        for track in sorted(plan.tracks, key=lambda track: track.hours)
    ]
    assert asked == sorted(asked)
