from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans import changing, lengthening, library
from plans.changing import Preview
from plans.course import Begin, Course, Planned, Wish
from plans.fit import fit
from plans.fitted import Why
from plans.lengthening import NoWeekToRepeat, PlanIsOver
from plans.model import Level, Plan

START = date(2026, 11, 23)  # a Monday
WEDNESDAY = date(2026, 12, 9)  # in week 3
WEEK = timedelta(weeks=1)


@pytest.fixture(scope="module")
def course(plan: Plan) -> Course:
    """Twelve weeks at twelve hours."""
    return course_of(plan)


@pytest.fixture(scope="module")
def short() -> Plan:
    """The plan of six weeks."""
    return library.read().find("6-week-intensive")


def course_of(plan: Plan, **given_: Any) -> Course:
    usual = {"name": plan.slug, "track": plan.default_track, "level": Level.L6, "hours": 12}
    return Course(plan=plan, **(usual | {"starts_on": START, "first_day": START} | given_))


def wish(course: Course, **given_: Any) -> Wish:
    names = ("track", "level", "hours", "interview_on")
    return Wish(**({"plan": course.name} | {name: getattr(course, name) for name in names} | given_))


def planned(*names: str, optional: bool = False) -> list[Planned]:
    return [Planned(key=n, text=n, minutes=30, due_on=WEDNESDAY, optional=optional) for n in names]


def preview(before: Course, after: Course, **given_: Any) -> Preview:
    return changing.preview(
        before, after, WEDNESDAY, **({"week_before": planned("a"), "week_after": planned("a")} | given_)
    )


# What a wish makes of a course


def test_a_wish_for_what_is_already_so_changes_nothing(course: Course) -> None:
    after = changing.changed(course, wish(course), course.plan, WEDNESDAY)
    assert after == course
    assert preview(course, after).changes_nothing


def test_another_load_level_and_date_leave_the_plan_where_it_is(course: Course) -> None:
    interview = date(2027, 2, 1)
    wanted = wish(course, track="part-time", hours=9, level=Level.L7, interview_on=interview)
    after = changing.changed(course, wanted, course.plan, WEDNESDAY)
    assert (after.track, after.hours, after.level, after.interview_on) == ("part-time", 9, "L7", interview)
    assert (after.starts_on, after.first_day, after.ends_on) == (START, START, course.ends_on)


def test_a_new_plan_begins_today_in_the_middle_of_its_first_week(course: Course, short: Plan) -> None:
    after = changing.changed(course, wish(course, plan=short.slug), short, WEDNESDAY)
    assert (after.starts_on, after.first_day) == (date(2026, 12, 7), WEDNESDAY)
    assert after.week_of(after.starts_on) == 1
    assert after.ends_on == date(2027, 1, 17)


def test_a_new_plan_begins_next_monday_if_that_is_wanted(course: Course, short: Plan) -> None:
    wanted = wish(course, plan=short.slug, begins=Begin.MONDAY)
    after = changing.changed(course, wanted, short, WEDNESDAY)
    assert (after.starts_on, after.first_day) == (date(2026, 12, 14), date(2026, 12, 14))


def test_starting_over_forgets_the_weeks_that_were_added(plan: Plan) -> None:
    longer = course_of(plan, extensions=(START,))
    after = changing.changed(longer, wish(longer, start_over=True), plan, WEDNESDAY)
    assert (after.starts_on, after.extensions) == (date(2026, 12, 7), ())


@pytest.mark.parametrize(
    ("wanted", "hours", "track"),
    [
        ("part-time", 12, "part-time"),
        ("by-hours", 12, "standard"),
        ("by-hours", 10, "part-time"),
        ("by-hours", 3, "minimum-viable"),
        ("no-such-track", 60, "standard"),
    ],
)
def test_the_hours_decide_where_the_plan_has_no_such_track(
    plan: Plan, wanted: str, hours: float, track: str
) -> None:
    assert changing.track_for(plan, wanted, hours) == track


# More weeks


def left_out(plan: Plan, week: int, had: frozenset[str] = frozenset()) -> int:
    fitted = fit(plan.week(week), track=plan.track("standard"), level=Level.L6, hours=12, done_or_offered=had)
    return sum(each.minutes for each in fitted.left_out if each.why in (Why.HOURS, Why.NEEDS))


def test_the_week_that_leaves_out_most_comes_twice(course: Course) -> None:
    after = lengthening.lengthened(course, 1, WEDNESDAY)
    (repeat,) = lengthening.repeats(course, after)
    most = max(left_out(course.plan, week) for week in range(3, 13))
    assert (left_out(course.plan, repeat.week), repeat.minutes) == (most, most)
    assert after.week_of(repeat.monday) == after.week_of(repeat.monday + WEEK) == repeat.week
    assert after.ends_on == course.ends_on + WEEK


def test_weeks_that_are_over_do_not_come_again(course: Course) -> None:
    last = START + 11 * WEEK
    (monday,) = lengthening.lengthened(course, 1, last).extensions
    assert monday == last


def test_a_plan_that_is_over_has_no_week_to_add(course: Course) -> None:
    with pytest.raises(PlanIsOver):
        lengthening.lengthened(course, 1, course.ends_on + timedelta(days=1))


def test_no_more_weeks_are_added_than_hold_something(plan: Plan) -> None:
    roomy = course_of(plan, hours=60)
    with pytest.raises(NoWeekToRepeat, match="No week can be added"):
        lengthening.lengthened(roomy, 1, WEDNESDAY)
    with pytest.raises(NoWeekToRepeat, match=r"No more than (a week|\d weeks) can be added"):
        lengthening.lengthened(course_of(plan), 8, START + 11 * WEEK)


def test_what_was_to_come_twice_already_still_does(plan: Plan) -> None:
    first = lengthening.lengthened(course_of(plan), 2, WEDNESDAY)
    had = Counter(first.week_of(monday) for monday in first.extensions)
    more = lengthening.lengthened(first, 3, WEDNESDAY)
    gets = Counter(more.week_of(monday) for monday in more.extensions)
    assert had <= gets
    assert gets.total() == 5
    assert len(lengthening.repeats(first, more)) == 3


@settings(max_examples=30)
@given(by=st.integers(1, 8), days=st.integers(0, 60), hours=st.sampled_from([5, 9, 12]))
def test_every_week_of_the_plan_still_comes_in_order_and_the_plan_ends_as_many_weeks_later(
    plan: Plan, by: int, days: int, hours: float
) -> None:
    before, today = course_of(plan, hours=hours), START + timedelta(days=days)
    try:
        after = lengthening.lengthened(before, by, today)
    except NoWeekToRepeat:  # the weeks that are left have less to repeat than was asked for
        assert by > 12 - days // 7 - 1
        return
    weeks = [after.week_of(START + number * WEEK) for number in range(12 + by)]
    assert weeks == sorted(filter(None, weeks))
    assert set(weeks) == set(range(1, 13))
    assert after.ends_on == before.ends_on + by * WEEK
    assert all(monday + WEEK > today for monday in after.extensions)
    assert sum(repeat.minutes > 0 for repeat in lengthening.repeats(before, after)) == by


# The preview


def test_the_preview_tells_what_goes_what_comes_and_what_stays(course: Course) -> None:
    found = preview(course, course, week_before=planned("a", "b"), week_after=planned("b", "c", "d"), done=7)
    assert [[goal.key for goal in part] for part in (found.set_aside, found.kept, found.added)] == [
        ["a"],
        ["b"],
        ["c", "d"],
    ]
    assert (found.minutes_before, found.minutes_after, found.done) == (60, 90, 7)
    assert not found.changes_nothing


def test_a_goal_of_the_same_name_with_other_words_is_another_one(course: Course) -> None:
    reworded = [goal.model_copy(update={"text": "Another text"}) for goal in planned("a")]
    found = preview(course, course, week_after=reworded)
    assert (len(found.set_aside), len(found.added), found.kept) == (1, 1, ())


def test_goals_of_the_days_before_are_told_apart(course: Course) -> None:
    found = preview(course, course, week_after=planned("a") + planned("early", optional=True))
    assert [goal.key for goal in found.optional] == ["early"]
    assert found.added == ()
    assert found.minutes_after == 30


@pytest.mark.parametrize(("interview", "in_time"), [(None, None), (0, True), (-1, False)])
def test_it_says_whether_the_plan_ends_before_the_interview(
    course: Course, interview: int | None, in_time: bool | None
) -> None:
    date_ = None if interview is None else course.ends_on + timedelta(days=interview)
    after = course.model_copy(update={"interview_on": date_})
    assert preview(course, after).after.ends_in_time is in_time


def test_weeks_are_counted_with_those_that_come_twice(course: Course) -> None:
    after = lengthening.lengthened(course, 2, WEDNESDAY)
    found = preview(course, after)
    assert (found.before.weeks, found.after.weeks) == (12, 14)


def test_beginning_anew_is_a_change_even_if_everything_looks_the_same(course: Course) -> None:
    assert not preview(course, course, begins_anew=True).changes_nothing


def test_the_fingerprint_changes_with_a_tick_and_with_the_day(course: Course) -> None:
    one = preview(course, course)
    assert one.fingerprint == preview(course, course).fingerprint
    assert one.fingerprint != preview(course, course, done=1).fingerprint
    assert one.fingerprint != one.model_copy(update={"today": WEDNESDAY + WEEK}).fingerprint
