from hypothesis import strategies as st

from plans.fit import fit
from plans.fitted import FittedWeek
from plans.model import Area, Block, Day, Goal, Level, Lighter, Metric, Tier, Track, Week, Weekday

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


def test_core_comes_first_and_then_the_hours_follow_the_shares() -> None:
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


def test_an_area_without_a_share_keeps_its_part_of_the_week() -> None:
    reading = [goal(f"read-{n}", area=Area.LEARNING) for n in range(2)]
    stories = [goal(f"story-{n}") for n in range(3)]
    codes = [goal(f"code-{n}", area=Area.CODING) for n in range(3)]
    fitted = fit(week(monday=[*reading, *stories, *codes]), track=TRACK, level=Level.L6)
    assert [name for name in ids(fitted) if name.startswith("read")] == ["read-0"]
    assert reasons(fitted)["read-1"] == "over the 4 h of the small track: learning has its part of the week"


def test_a_goal_that_no_longer_fits_gives_way_to_a_shorter_one() -> None:
    full = week(monday=[goal("first", 180), goal("long", 90), goal("short", 60)])
    fitted = fit(full, track=TRACK, level=Level.L6)
    assert ids(fitted) == ["first", "short"]
    assert "behavioural has its 50 %" in reasons(fitted)["long"]


def test_an_area_below_its_share_is_told_that_the_time_is_too_short() -> None:
    full = week(monday=[goal("story", 150, tier=Tier.CORE), goal("code", 120, Area.CODING)])
    left = reasons(fit(full, track=TRACK, level=Level.L6, hours=3.5))
    assert left == {"code": "over this week's 3.5 h: 120 min no longer fit in"}


def test_hours_are_never_exceeded_even_by_core_goals() -> None:
    full = week(monday=[goal(f"core-{n}", 90, tier=Tier.CORE) for n in range(4)])
    fitted = fit(full, track=TRACK, level=Level.L6)
    assert (fitted.minutes, len(fitted.left_out)) == (180, 2)


def test_where_not_even_one_goal_fits_the_shortest_core_goal_is_offered() -> None:
    full = week(
        monday=[goal("long", 90, tier=Tier.CORE), goal("short", 60, tier=Tier.CORE), goal("easy", 55)]
    )
    assert ids(fit(full, track=TRACK, level=Level.L6, hours=0.5)) == ["short"]


def test_a_goal_is_never_offered_without_what_it_needs() -> None:
    full = week(
        monday=[
            goal("draft", 180),
            goal("tell", 60).model_copy(update={"needs": ("draft",)}),
            goal("other", 60),
        ]
    )
    fitted = fit(full, track=TRACK, level=Level.L6, hours=2)
    assert ids(fitted) == ["other"]
    assert reasons(fitted)["tell"] == 'it builds on "draft", which is left out'
    assert ids(fit(full, track=TRACK, level=Level.L6, hours=4)) == ["draft", "tell"]


def test_what_was_had_in_the_week_before_is_not_needed_again() -> None:
    full = week(monday=[goal("draft"), goal("tell").model_copy(update={"needs": ("draft",)})])
    fitted = fit(full, track=TRACK, level=Level.L6, done_or_offered=frozenset({"draft"}))
    assert ids(fitted) == ["tell"]


def test_a_weekly_minimum_outweighs_the_order_of_the_plan() -> None:
    solved = goal("solve", area=Area.CODING).model_copy(update={"metrics": {Metric.CODING_PROBLEMS: 10}})
    full = week(monday=[goal("read-code", area=Area.CODING), solved])
    assert ids(fit(full, track=TRACK, level=Level.L6, hours=1)) == ["solve"]


def test_goals_stand_on_days_that_have_time_for_them() -> None:
    full = week(
        monday=[goal("a", 60), goal("b", 30), goal("c", 45, tier=Tier.CORE)], saturday=[goal("d", 60)]
    )
    fitted = fit(full, track=TRACK, level=Level.L6, capacity={0: 60, 1: 60, 2: 30, 3: 60})
    assert {g.id: (g.weekday, g.moved_from) for g in fitted.goals} == {
        "c": (0, None),
        "a": (1, 0),
        "b": (2, 0),
        "d": (3, 5),
    }


def test_the_hours_of_the_windows_bound_the_week() -> None:
    full = week(monday=[goal(f"story-{n}") for n in range(4)])
    fitted = fit(full, track=TRACK, level=Level.L6, capacity={0: 60, 2: 60})
    assert (fitted.hours, fitted.minutes) == (2, 120)
    assert "this week's 2 h" in reasons(fitted)["story-3"]


def test_when_core_does_not_fit_every_area_keeps_some_of_it() -> None:
    stories = [goal(f"story-{n}", tier=Tier.CORE) for n in range(4)]
    codes = [goal(f"code-{n}", area=Area.CODING, tier=Tier.CORE) for n in range(2)]
    fitted = fit(week(monday=stories, friday=codes), track=TRACK, level=Level.L6)
    assert ids(fitted) == ["story-0", "story-1", "code-0", "code-1"]


def test_stretch_goals_wait_until_they_are_asked_for_and_then_stand_before_standard_ones() -> None:
    stories = [goal(f"story-{n}") for n in range(4)]
    full = week(monday=[*stories, goal("harder-story", tier=Tier.STRETCH)])
    assert ids(fit(full, track=TRACK, level=Level.L6)) == ["story-0", "story-1", "story-2", "story-3"]
    stretched = fit(full, track=TRACK, level=Level.L6, include_stretch=True)
    assert ids(stretched) == ["story-0", "story-1", "story-2", "harder-story"]


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
