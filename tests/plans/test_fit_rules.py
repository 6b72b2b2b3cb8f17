"""What holds for the fit of every shipped plan, on each track, at each level, for any hours."""

from collections import Counter
from itertools import pairwise
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import library, targets
from plans.fit import CORE_SHARE_OF_HOURS, fit
from plans.fitted import FittedWeek, Why, difference
from plans.minimums import WEEKLY
from plans.model import Level, Metric, Plan, Tier, Track, Week

PLANS = {plan.slug: plan for plan in library.read().plans}
WEEKS = [(slug, week.number) for slug, plan in PLANS.items() for week in plan.weeks]
QUARTER = 0.25  # of an hour

asked = st.fixed_dictionaries(
    {
        "where": st.sampled_from(WEEKS),
        "track": st.integers(0, 9),
        "level": st.sampled_from(Level),
        "hours": st.none() | st.floats(3, 40),
        "include_stretch": st.booleans(),
        "core_only": st.booleans(),
        "days_off": st.frozensets(st.integers(0, 6)),
        "capacity": st.none() | st.dictionaries(st.integers(0, 6), st.integers(0, 240), min_size=1),
    }
)


class Asked:
    """One question to the fit, and its answer."""

    def __init__(self, question: dict[str, object], had: frozenset[str] = frozenset()) -> None:
        slug, number = cast(tuple[str, int], question["where"])
        self.plan: Plan = PLANS[slug]
        self.week: Week = self.plan.week(number)
        tracks = self.plan.tracks
        self.track: Track = tracks[int(str(question["track"])) % len(tracks)]
        rest = {name: value for name, value in question.items() if name not in ("where", "track")}
        self.level = Level(str(question["level"]))
        self.fitted: FittedWeek = fit(self.week, track=self.track, done_or_offered=had, **rest)  # type: ignore[arg-type]

    @property
    def ids(self) -> list[str]:
        return [goal.id for goal in self.fitted.goals]

    @property
    def left(self) -> dict[str, Why]:
        return {left.goal_id: left.why for left in self.fitted.left_out}


@given(asked, st.sets(st.integers(0, 60)))
def test_nothing_is_lost_silently(question: dict[str, object], had: set[int]) -> None:
    goals = Asked(question).week.goals
    seen = frozenset(goal.id for position, goal in enumerate(goals) if position in had)
    answer = Asked(question, seen)
    assert sorted([*answer.ids, *answer.left]) == sorted(goal.id for goal in goals)
    assert all(left.reason for left in answer.fitted.left_out)
    assert not seen & set(answer.ids)


@given(asked)
def test_no_week_exceeds_its_hours_unless_it_is_a_single_goal(question: dict[str, object]) -> None:
    fitted = Asked(question).fitted
    assert fitted.minutes <= round(fitted.hours * 60) or len(fitted.goals) == 1
    assert fitted.minutes == sum(day.minutes for day in fitted.days)


@given(asked)
def test_no_core_goal_is_left_out_while_another_tier_is_in(question: dict[str, object]) -> None:
    answer = Asked(question)
    tiers = {goal.id: goal.tier for goal in answer.week.goals}
    dropped = [name for name, why in answer.left.items() if why in (Why.HOURS, Why.NEEDS)]
    if any(tiers[name] is Tier.CORE for name in dropped):
        assert {goal.tier for goal in answer.fitted.goals} <= {Tier.CORE}


@given(asked)
def test_what_was_left_out_for_the_hours_would_not_have_fitted_in(question: dict[str, object]) -> None:
    answer = Asked(question)
    room = round(answer.fitted.hours * 60) - answer.fitted.minutes
    core_is_in = all(
        goal.id not in answer.left or answer.left[goal.id] not in (Why.HOURS, Why.NEEDS)
        for goal in answer.week.goals
        if goal.tier is Tier.CORE
    )
    tiers = {goal.id: goal.tier for goal in answer.week.goals}
    for left in answer.fitted.left_out:
        if left.why is Why.HOURS and answer.fitted.days and (core_is_in or tiers[left.goal_id] is Tier.CORE):
            assert left.minutes > room


@given(asked)
def test_the_two_levels_never_stand_together(question: dict[str, object]) -> None:
    answer = Asked(question)
    assert {goal.level for goal in answer.fitted.goals} <= {None, answer.level}


@given(asked)
def test_no_goal_stands_without_what_it_needs(question: dict[str, object]) -> None:
    answer = Asked(question)
    offered = set(answer.ids)
    for goal in answer.week.goals:
        if goal.id in offered:
            missing = {name for name in goal.needs if name not in offered}
            assert all(answer.left[name] is Why.TRACK for name in missing)


@given(asked)
def test_no_day_is_over_its_time_by_more_than_one_goal(question: dict[str, object]) -> None:
    fitted = Asked(question).fitted
    capacity = question["capacity"]
    if isinstance(capacity, dict):
        for day in fitted.days:
            over = day.minutes - capacity.get(day.weekday, 0)
            assert over < max(goal.minutes for goal in day.goals)


@given(asked)
def test_days_off_are_empty(question: dict[str, object]) -> None:
    answer = Asked(question)
    assert not question["days_off"] & {day.weekday for day in answer.fitted.days}  # type: ignore[operator]


@given(asked)
def test_the_goals_keep_the_order_of_the_plan(question: dict[str, object]) -> None:
    answer = Asked(question)
    order = [goal.id for goal in answer.week.goals]
    kept = [order.index(goal.id) for goal in answer.fitted.goals if goal.moved_from is None]
    assert kept == sorted(kept)
    left = [order.index(name) for name in answer.left]
    assert left == sorted(left)


@given(asked)
def test_the_same_question_has_the_same_answer(question: dict[str, object]) -> None:
    assert Asked(question).fitted == Asked(question).fitted


@pytest.mark.parametrize("slug", PLANS)
def test_on_the_default_track_every_week_lies_inside_the_plans_own_hours(slug: str) -> None:
    plan = PLANS[slug]
    low, high = plan.load
    for week in plan.weeks:
        for level in Level:
            hours = fit(week, track=plan.track(plan.default_track), level=level).minutes / 60
            assert low <= hours <= high, f"week {week.number} at {level}: {hours} h"


@pytest.mark.parametrize("slug", PLANS)
def test_on_the_default_track_every_weekly_minimum_is_reached_that_the_goals_can_reach(slug: str) -> None:
    plan = PLANS[slug]
    track = plan.track(plan.default_track)
    for week in plan.weeks:
        offered = targets.of_week(fit(week, track=track, level=Level.L6, hours=80))
        counted = targets.of_week(fit(week, track=track, level=Level.L6))
        for metric, least in WEEKLY.items():
            assert counted.get(metric, 0) >= min(least, offered.get(metric, 0)), f"week {week.number}"


@pytest.mark.parametrize("slug", PLANS)
def test_each_track_is_filled_to_within_a_quarter_of_an_hour(slug: str) -> None:
    plan = PLANS[slug]
    for track in plan.tracks:
        for week in plan.weeks:
            full = sum(
                goal.minutes
                for goal in week.goals
                if goal.is_for(Level.L6) and goal.tier is not Tier.STRETCH and not _skipped(goal, track)
            )
            fitted = fit(week, track=track, level=Level.L6)
            assert fitted.minutes / 60 >= min(track.hours, full / 60) - QUARTER - _lighter(week, track) / 60


def _skipped(goal: object, track: Track) -> bool:
    lighter = getattr(goal, "lighter", {}).get(track.name)
    return bool(lighter and lighter.skip)


def _lighter(week: Week, track: Track) -> int:
    """How many minutes the track's own variants take off the week."""
    return sum(
        goal.minutes - (lighter.minutes or goal.minutes)
        for goal in week.goals
        if (lighter := goal.lighter.get(track.name)) and not lighter.skip
    )


@pytest.mark.parametrize("slug", PLANS)
def test_every_goal_is_offered_to_somebody(slug: str) -> None:
    plan = PLANS[slug]
    track = plan.track(plan.default_track)
    for week in plan.weeks:
        offered = {
            goal.id
            for level in Level
            for goal in fit(week, track=track, level=level, hours=80, include_stretch=True).goals
        }
        assert offered == {goal.id for goal in week.goals}


@pytest.mark.parametrize("slug", PLANS)
def test_the_targets_of_a_week_are_what_its_goals_add_up_to(slug: str) -> None:
    plan = PLANS[slug]
    for week in plan.weeks:
        fitted = fit(week, track=plan.track(plan.default_track), level=Level.L6)
        counted = Counter[Metric]()
        for goal in fitted.goals:
            counted.update(goal.metrics)
        assert targets.of_week(fitted) == dict(counted)


@pytest.mark.parametrize("slug", PLANS)
def test_a_recovery_week_holds_only_core_goals_that_were_planned_before(slug: str) -> None:
    plan = PLANS[slug]
    track = plan.track(plan.default_track)
    for week in plan.weeks:
        before = fit(week, track=track, level=Level.L6)
        after = fit(
            week, track=track, level=Level.L6, hours=CORE_SHARE_OF_HOURS * track.hours, core_only=True
        )
        changed = difference(before, after)
        assert not changed.added
        assert all(goal.tier is Tier.CORE for goal in changed.kept)
        assert changed.hours_after < changed.hours_before


@pytest.mark.parametrize("slug", PLANS)
def test_half_an_hour_more_moves_few_goals(slug: str) -> None:
    plan = PLANS[slug]
    track = plan.track(plan.default_track)
    for week in plan.weeks[::3]:
        half_hours = [fit(week, track=track, level=Level.L6, hours=own / 2) for own in range(8, 25)]
        for less, more in pairwise(half_hours):
            changed = difference(less, more)
            assert len(changed.added) + len(changed.set_aside) <= 9
            assert changed.hours_after >= changed.hours_before
