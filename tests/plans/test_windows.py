from datetime import time
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import windows
from plans.hours import HoursUnclear
from plans.model import Plan
from plans.windows import TEMPLATES, Window

EIGHT = time(8)


class Piece(NamedTuple):
    """A goal as far as windows are concerned."""

    name: str
    minutes: int


names = st.sampled_from(sorted(TEMPLATES))
pieces = st.lists(st.integers(1, 24).map(lambda units: Piece("goal", 5 * units)), max_size=12)


def test_own_hours_become_windows_and_are_kept_in_one_form() -> None:
    kept, found = windows.read("mon to wed 6-7, sat 9am-11am")
    assert kept == "Mon-Wed 6-7, Sat 9-11"
    assert windows.read(kept) == (kept, found)
    assert [(window.weekday, window.start, window.minutes) for window in found] == [
        (0, time(6), 60),
        (1, time(6), 60),
        (2, time(6), 60),
        (5, time(9), 120),
    ]


def test_what_is_neither_a_template_nor_hours_is_refused() -> None:
    with pytest.raises(HoursUnclear):
        windows.read("whenever the cat lets me")


def test_hours_that_bound_nothing_are_no_windows() -> None:
    assert windows.read("any time") == ("", ())
    kept, (saturday,) = windows.read("sat all day")
    assert saturday.label == "All day: study time"
    assert windows.post_times(kept, EIGHT)[5] == EIGHT


def test_no_windows_mean_no_bounds() -> None:
    assert windows.read("") == ("", ())
    assert windows.capacity(()) is None


def test_the_early_birds_weekday_holds_two_hours() -> None:
    capacity = windows.capacity(windows.of_week("early-bird"))
    assert capacity == {0: 120, 1: 120, 2: 120, 3: 120, 4: 120, 5: 120, 6: 0}


def test_the_last_phase_has_windows_of_its_own(plan: Plan) -> None:
    purposes = {
        week: windows.of_day(windows.of_week("early-bird", plan, week), 0)[0].purpose for week in (1, 8, 9)
    }
    assert purposes == {1: "Main study", 8: "Main study", 9: "Mock practice"}


@given(names, st.times())
def test_the_post_never_comes_after_the_first_window(name: str, usual: time) -> None:
    times = windows.post_times(name, usual)
    for window in (*TEMPLATES[name].early, *TEMPLATES[name].late):
        assert times[window.weekday] <= min(window.start, usual)


def test_the_post_comes_a_quarter_of_an_hour_before_the_first_window() -> None:
    times = windows.post_times("early-bird", EIGHT)
    assert (times[0], times[5], times[6]) == (time(5, 45), time(7, 45), EIGHT)
    assert windows.post_times("Mon 00:05-01:00", EIGHT)[0] == time(0)


@given(names, st.integers(0, 6), pieces)
def test_every_goal_falls_into_one_window_in_its_order(name: str, weekday: int, goals: list[Piece]) -> None:
    of_day = windows.of_day(TEMPLATES[name].early, weekday)
    laid_out = windows.lay_out(goals, of_day)
    inside = [goal for _, held in laid_out for goal in held]
    assert sorted(inside) == (sorted(goals) if of_day else [])
    if sum(goal.minutes for goal in goals) <= sum(window.minutes for window in of_day):
        for window, held in laid_out:
            assert sum(goal.minutes for goal in held) - window.minutes < max(goal.minutes for goal in held)


def test_a_long_goal_gets_the_window_that_has_time_for_it() -> None:
    of_day = windows.of_day(TEMPLATES["early-bird"].early, 0)
    goals = [Piece("read", 30), Piece("design", 45), Piece("plan", 30)]
    laid_out = {window.label: [goal.name for goal in held] for window, held in windows.lay_out(goals, of_day)}
    assert laid_out == {
        "06:00–07:00 Main study": ["design"],  # the longest chooses first, so that no window runs over
        "12:00–12:30 Light practice": ["read"],
        "20:00–20:30 Review and planning": ["plan"],
    }


def test_a_window_says_from_when_to_when() -> None:
    assert Window(0, time(23, 30), 45, "Late study").label == "23:30–00:15 Late study"
