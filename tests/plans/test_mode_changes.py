"""What a mode changes, goal by goal."""

from __future__ import annotations

from datetime import date, timedelta

from plans.course import Planned
from plans.mode_changes import ModePreview, ModeWish, WeekChange
from plans.modes import Mode

MONDAY = date(2026, 11, 23)


def goal(key: str, day: int = 0, minutes: int = 30) -> Planned:
    return Planned(key=key, text=key, minutes=minutes, due_on=MONDAY + timedelta(days=day))


def week(before: tuple[Planned, ...], after: tuple[Planned, ...]) -> WeekChange:
    return WeekChange(monday=MONDAY, since=MONDAY, before=before, after=after)


def test_goals_go_out_come_in_and_move() -> None:
    change = week((goal("a"), goal("b"), goal("c", 1)), (goal("b"), goal("c", 2), goal("d", 3, 45)))
    assert [each.key for each in change.out] == ["a"]
    assert [each.key for each in change.into] == ["d"]
    assert [(each.key, each.due_on.day) for each in change.moved] == [("c", 25)]
    assert (change.minutes_before, change.minutes_after) == (90, 105)
    assert not change.changes_nothing


def test_the_same_goals_on_the_same_days_change_nothing() -> None:
    assert week((goal("a"), goal("b")), (goal("b"), goal("a"))).changes_nothing


def test_a_preview_of_other_weeks_has_another_fingerprint() -> None:
    wish = ModeWish(mode=Mode.TRAVEL, starts_on=MONDAY, ends_on=MONDAY)
    one = ModePreview(wish=wish, weeks=(week((goal("a"),), ()),))
    same = ModePreview(wish=wish, weeks=(week((goal("a"),), ()),))
    other = ModePreview(wish=wish, weeks=(week((goal("b"),), ()),))
    assert one.fingerprint == same.fingerprint != other.fingerprint
