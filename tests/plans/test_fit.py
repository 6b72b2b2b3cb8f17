from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.fit import CORE_SHARE_OF_HOURS, FittedWeek, Why, difference, fit
from plans.model import Area, Block, Day, Goal, Level, Lighter, Metric, Plan, Tier, Track, Week, Weekday

TRACK = Track(name="small", title="Small", hours=4, shares={Area.BEHAVIORAL: 50, Area.CODING: 50})

numbers = st.integers(1, 12)
tracks = st.sampled_from(["standard", "part-time", "minimum-viable"])
levels = st.sampled_from(Level)
hours = st.none() | st.floats(3, 40)
some_days_off = st.frozensets(st.integers(0, 6))


def goal(name: str, minutes: int = 60, area: Area = Area.BEHAVIORAL, tier: Tier = Tier.STANDARD) -> Goal:
    return Goal(id=name, text=name, minutes=minutes, area=area, tier=tier)


def week(**days: list[Goal]) -> Week:
    """A week with these goals by weekday."""
    return Week(
        number=1,
        theme="A theme",
        title="A title",
        days=tuple(
            Day(
                weekday=Weekday(name),
                title=name,
                hours=sum(g.minutes for g in goals if g.is_for(Level.L6)) / 60,
                blocks=(Block(name="Morning", goals=tuple(goals)),),
            )
            for name, goals in days.items()
        ),
    )


def ids(fitted: FittedWeek) -> list[str]:
    return [goal.id for goal in fitted.goals]


def reasons(fitted: FittedWeek) -> dict[str, str]:
    return {left.goal_id: left.reason for left in fitted.left_out}


# Over the shipped plan


@given(
    numbers, tracks, levels, hours, st.booleans(), st.booleans(), some_days_off, st.sets(st.integers(0, 60))
)
def test_nothing_is_lost_silently(
    plan: Plan,
    number: int,
    track: str,
    level: Level,
    own: float | None,
    stretch: bool,
    core_only: bool,
    days_off: frozenset[int],
    had: set[int],
) -> None:
    full = plan.week(number)
    seen = frozenset(g.id for position, g in enumerate(full.goals) if position in had)
    fitted = fit(
        full,
        track=plan.track(track),
        level=level,
        hours=own,
        include_stretch=stretch,
        core_only=core_only,
        done_or_offered=seen,
        days_off=days_off,
    )
    listed = [*ids(fitted), *reasons(fitted)]
    assert sorted(listed) == sorted(goal.id for goal in full.goals)
    assert all(reason for reason in reasons(fitted).values())
    assert not seen & set(ids(fitted))


@given(numbers, tracks, levels, hours, st.booleans(), st.booleans(), some_days_off)
def test_no_week_exceeds_its_hours_by_more_than_one_core_goal(
    plan: Plan,
    number: int,
    track: str,
    level: Level,
    own: float | None,
    stretch: bool,
    core_only: bool,
    days_off: frozenset[int],
) -> None:
    fitted = fit(
        plan.week(number),
        track=plan.track(track),
        level=level,
        hours=own,
        include_stretch=stretch,
        core_only=core_only,
        days_off=days_off,
    )
    over = fitted.minutes - round(fitted.hours * 60)
    core = [goal.minutes for goal in fitted.goals if goal.tier is Tier.CORE]
    assert over <= 0 or over < max(core)
    assert over <= 0 or len(core) == len(fitted.goals)
    assert fitted.minutes == sum(day.minutes for day in fitted.days)


@given(numbers, tracks, levels, hours)
def test_core_is_left_out_only_when_core_alone_fills_the_hours(
    plan: Plan, number: int, track: str, level: Level, own: float | None
) -> None:
    fitted = fit(plan.week(number), track=plan.track(track), level=level, hours=own)
    core = {goal.id for goal in plan.week(number).goals if goal.tier is Tier.CORE}
    dropped = [left for left in fitted.left_out if left.goal_id in core and left.why is Why.HOURS]
    if dropped:
        assert all(goal.tier is Tier.CORE for goal in fitted.goals)
        assert fitted.minutes >= round(fitted.hours * 60)


@given(numbers, tracks, levels, hours, st.booleans(), some_days_off)
def test_the_two_levels_never_stand_together(
    plan: Plan,
    number: int,
    track: str,
    level: Level,
    own: float | None,
    stretch: bool,
    days_off: frozenset[int],
) -> None:
    fitted = fit(
        plan.week(number),
        track=plan.track(track),
        level=level,
        hours=own,
        include_stretch=stretch,
        days_off=days_off,
    )
    assert {goal.level for goal in fitted.goals} <= {None, level}


@given(numbers, tracks, levels, hours)
def test_the_goals_keep_the_order_of_the_plan(
    plan: Plan, number: int, track: str, level: Level, own: float | None
) -> None:
    order = [goal.id for goal in plan.week(number).goals]
    fitted = fit(plan.week(number), track=plan.track(track), level=level, hours=own)
    positions = [order.index(goal) for goal in ids(fitted)]
    assert positions == sorted(positions)
    left = [order.index(goal) for goal in reasons(fitted)]
    assert left == sorted(left)


@given(numbers, tracks, levels, some_days_off)
def test_days_off_are_empty_and_cost_no_goal(
    plan: Plan, number: int, track: str, level: Level, days_off: frozenset[int]
) -> None:
    usual = fit(plan.week(number), track=plan.track(track), level=level)
    fitted = fit(plan.week(number), track=plan.track(track), level=level, days_off=days_off)
    assert not days_off & {day.weekday for day in fitted.days}
    if len(days_off) < 7:
        assert sorted(ids(fitted)) == sorted(ids(usual))
    for goal in fitted.goals:
        assert goal.moved_from is None or goal.moved_from in days_off


@given(numbers, tracks, levels, hours)
def test_the_same_question_has_the_same_answer(
    plan: Plan, number: int, track: str, level: Level, own: float | None
) -> None:
    def ask() -> FittedWeek:
        return fit(plan.week(number), track=plan.track(track), level=level, hours=own)

    assert ask() == ask()


@pytest.mark.parametrize("track", ["standard", "part-time", "minimum-viable"])
@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("number", range(1, 13))
def test_each_track_of_the_shipped_plan_is_nearly_filled(
    plan: Plan, number: int, level: Level, track: str
) -> None:
    fitted = fit(plan.week(number), track=plan.track(track), level=level)
    assert fitted.hours - 0.5 <= fitted.minutes / 60 <= fitted.hours


@pytest.mark.parametrize("number", range(1, 13))
def test_enough_hours_hold_the_full_load_of_one_level(plan: Plan, number: int) -> None:
    track = plan.track("standard")
    fitted = fit(plan.week(number), track=track, level=Level.L7, hours=40, include_stretch=True)
    assert fitted.minutes == plan.week(number).hours * 60
    assert {left.why for left in fitted.left_out} <= {Why.LEVEL}


# By example


def test_core_comes_first_and_then_the_area_that_is_furthest_behind() -> None:
    full = week(
        monday=[goal("story-1"), goal("story-2"), goal("story-3")],
        tuesday=[goal("story-4", tier=Tier.CORE), goal("code-1", area=Area.CODING)],
        friday=[goal("code-2", area=Area.CODING)],
    )
    assert ids(fit(full.model_copy(), track=TRACK, level=Level.L6)) == [
        "story-1",
        "story-4",
        "code-1",
        "code-2",
    ]


def test_an_area_without_a_share_comes_after_the_others() -> None:
    full = week(monday=[goal("read", area=Area.LEARNING), *(goal(f"story-{n}") for n in range(4))])
    fitted = fit(full, track=TRACK, level=Level.L6)
    assert "read" not in ids(fitted)
    assert reasons(fitted) == {"read": "over the 4 h of the small track: learning has no share of its own"}


def test_a_goal_that_no_longer_fits_gives_way_to_a_shorter_one() -> None:
    full = week(monday=[goal("first", 180), goal("long", 90), goal("short", 60)])
    fitted = fit(full, track=TRACK, level=Level.L6)
    assert ids(fitted) == ["first", "short"]
    assert "behavioural has its 50 %" in reasons(fitted)["long"]


def test_an_area_below_its_share_is_told_that_the_time_is_too_short() -> None:
    full = week(monday=[goal("story", 150, tier=Tier.CORE), goal("code", 120, Area.CODING)])
    left = reasons(fit(full, track=TRACK, level=Level.L6, hours=3.5))
    assert left == {"code": "over this week's 3.5 h: 120 min no longer fit in"}


def test_the_last_core_goal_may_run_over() -> None:
    full = week(monday=[goal(f"core-{n}", 90, tier=Tier.CORE) for n in range(4)])
    fitted = fit(full, track=TRACK, level=Level.L6)
    assert (fitted.minutes, len(fitted.left_out)) == (270, 1)


def test_when_core_does_not_fit_every_area_keeps_some_of_it() -> None:
    stories = [goal(f"story-{n}", tier=Tier.CORE) for n in range(4)]
    codes = [goal(f"code-{n}", area=Area.CODING, tier=Tier.CORE) for n in range(2)]
    fitted = fit(week(monday=stories, friday=codes), track=TRACK, level=Level.L6)
    assert ids(fitted) == ["story-0", "story-1", "code-0", "code-1"]


def test_stretch_goals_wait_until_they_are_asked_for_and_then_stand_before_standard_ones() -> None:
    full = week(monday=[goal("story", 240), goal("harder-story", 60, tier=Tier.STRETCH)])
    assert ids(fit(full, track=TRACK, level=Level.L6)) == ["story"]
    assert ids(fit(full, track=TRACK, level=Level.L6, include_stretch=True)) == ["harder-story"]


def test_a_track_gets_its_own_variant_of_a_goal() -> None:
    lighter = Lighter(text="Solve 2", minutes=30, metrics={Metric.CODING_PROBLEMS: 2})
    plain = goal("code", area=Area.CODING).model_copy(
        update={"metrics": {Metric.CODING_PROBLEMS: 4}, "lighter": {"small": lighter}}
    )
    (fitted,) = fit(week(monday=[plain]), track=TRACK, level=Level.L6).goals
    assert (fitted.text, fitted.minutes, fitted.metrics) == ("Solve 2", 30, {Metric.CODING_PROBLEMS: 2})


def test_a_goal_that_the_track_skips_is_named() -> None:
    skipped = goal("skim").model_copy(update={"lighter": {"small": Lighter(skip=True)}})
    fitted = fit(week(monday=[skipped]), track=TRACK, level=Level.L6)
    assert reasons(fitted) == {"skim": "the small track leaves it out in week 1"}


def test_the_other_levels_alternative_is_named() -> None:
    both = [
        goal(level.lower()).model_copy(update={"level": level, "alternative": "topic"}) for level in Level
    ]
    fitted = fit(week(monday=both), track=TRACK, level=Level.L6)
    assert ids(fitted) == ["l6"]
    assert reasons(fitted) == {"l7": "the L7 alternative"}


def test_a_repeated_week_offers_only_what_is_new() -> None:
    full = week(monday=[goal("had"), goal("new")])
    fitted = fit(full, track=TRACK, level=Level.L6, done_or_offered=frozenset({"had"}))
    assert ids(fitted) == ["new"]
    assert reasons(fitted) == {"had": "you had it in the week before"}


def test_a_day_off_gives_its_goals_to_the_lightest_day_core_first() -> None:
    full = week(
        monday=[goal("small", 30), goal("core", 60, tier=Tier.CORE)],
        tuesday=[goal("tuesday", 40)],
        friday=[goal("friday", 20)],
    )
    fitted = fit(full, track=TRACK, level=Level.L6, days_off=frozenset({0}))
    assert {g.id: (g.weekday, g.moved_from) for g in fitted.goals} == {
        "tuesday": (1, None),
        "small": (1, 0),
        "friday": (4, None),
        "core": (4, 0),
    }


def test_saturdays_goals_move_to_sunday_if_only_saturday_is_off() -> None:
    full = week(monday=[goal("story")], saturday=[goal("review")])
    fitted = fit(full, track=TRACK, level=Level.L6, days_off=frozenset({5}))
    sunday = fitted.day(6)
    assert sunday is not None
    assert (sunday.title, [g.id for g in sunday.goals]) == ("saturday", ["review"])


def test_the_weekends_goals_move_into_the_week_if_both_days_are_off() -> None:
    full = week(monday=[goal("story")], saturday=[goal("review")])
    fitted = fit(full, track=TRACK, level=Level.L6, days_off=frozenset({5, 6}))
    assert [day.weekday for day in fitted.days] == [0]


def test_a_week_whose_own_days_are_all_off_moves_to_a_free_day() -> None:
    full = week(monday=[goal("story")], tuesday=[goal("code", area=Area.CODING)])
    fitted = fit(full, track=TRACK, level=Level.L6, days_off=frozenset({0, 1}))
    assert {day.weekday for day in fitted.days} <= {2, 3, 4, 5}
    assert sorted(ids(fitted)) == ["code", "story"]


def test_a_week_of_days_off_is_empty_and_says_so() -> None:
    fitted = fit(week(monday=[goal("story")]), track=TRACK, level=Level.L6, days_off=frozenset(range(7)))
    assert (fitted.days, fitted.minutes) == ((), 0)
    assert reasons(fitted) == {"story": "every day of this week is off"}


@pytest.mark.parametrize("number", range(1, 13))
def test_a_recovery_week_holds_core_goals_only_of_which_all_were_planned_before(
    plan: Plan, number: int
) -> None:
    track = plan.track("standard")
    before = fit(plan.week(number), track=track, level=Level.L6)
    after = fit(
        plan.week(number),
        track=track,
        level=Level.L6,
        hours=CORE_SHARE_OF_HOURS * track.hours,
        core_only=True,
    )
    changed = difference(before, after)
    assert not changed.added
    assert all(goal.tier is Tier.CORE for goal in changed.kept)
    assert len(changed.kept) + len(changed.set_aside) == len(before.goals)
    assert changed.hours_after < changed.hours_before


def test_more_hours_never_offer_less_time(plan: Plan) -> None:
    for number in range(1, 13):
        for less, more in pairwise(_minutes(plan, number)):
            assert less <= more + 60  # one goal may no longer fit beside another


def _minutes(plan: Plan, number: int) -> Iterator[int]:
    for own in range(3, 26):
        yield fit(plan.week(number), track=plan.track("standard"), level=Level.L6, hours=own).minutes
