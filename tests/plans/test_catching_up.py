from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plans.catching_up import MOST_A_DAY, MOST_OF_THE_HOURS, OLDEST, Behind, CatchUp, by_priority, catch_up
from plans.model import Area, Tier

WEDNESDAY = date(2026, 12, 9)
REST_OF_WEEK = [WEDNESDAY + timedelta(days=number) for number in range(5)]
DAYS = st.sets(st.sampled_from(REST_OF_WEEK))
GOALS = st.lists(
    st.builds(
        Behind,
        id=st.integers(1, 10_000),
        text=st.just("Something"),
        area=st.sampled_from(Area),
        tier=st.sampled_from(Tier),
        minutes=st.integers(5, 120),
        due_on=st.integers(1, 40).map(lambda days: WEDNESDAY - timedelta(days=days)),
    ),
    unique_by=lambda goal: goal.id,
    max_size=30,
)


def goal(number: int, area: Area, tier: Tier = Tier.CORE, minutes: int = 30, ago: int = 3) -> Behind:
    due_on = WEDNESDAY - timedelta(days=ago)
    return Behind(id=number, text=f"Goal {number}", area=area, tier=tier, minutes=minutes, due_on=due_on)


def offered(*goals: Behind, hours: float = 12, **given_: object) -> CatchUp:
    terms = {"days": REST_OF_WEEK, "today": WEDNESDAY} | given_
    return catch_up(goals, hours=hours, **terms)  # type: ignore[arg-type]  # as each test says


def ids(found: CatchUp) -> list[int]:
    return [each.id for each in found.goals]


def test_stories_come_first_then_the_core_of_system_design_then_the_rest() -> None:
    waiting = [
        goal(1, Area.CODING),
        goal(2, Area.SYSTEM_DESIGN, Tier.STANDARD),
        goal(3, Area.SYSTEM_DESIGN),
        goal(4, Area.BEHAVIORAL, Tier.STRETCH),
        goal(5, Area.BEHAVIORAL),
    ]
    assert [each.id for each in by_priority(waiting)] == [5, 4, 3, 1, 2]


def test_of_two_goals_of_the_same_rank_the_one_that_waits_longer_comes_first() -> None:
    waiting = [goal(1, Area.CODING, ago=2), goal(2, Area.CODING, ago=9)]
    assert [each.id for each in by_priority(waiting)] == [2, 1]


def test_two_goals_a_day_and_then_the_next_day() -> None:
    found = offered(*(goal(number, Area.BEHAVIORAL, minutes=10) for number in range(1, 6)))
    assert [(day.day, len(day.goals)) for day in found.days] == [
        (WEDNESDAY, 2),
        (WEDNESDAY + timedelta(days=1), 2),
        (WEDNESDAY + timedelta(days=2), 1),
    ]


def test_a_quarter_of_the_hours_is_the_most_and_the_rest_is_named() -> None:
    found = offered(*(goal(number, Area.CODING, minutes=60) for number in range(1, 6)))
    assert (ids(found), found.minutes) == ([1, 2, 3], 180)
    assert [each.id for each in found.set_aside] == [4, 5]


def test_what_is_too_long_for_what_is_left_lets_a_shorter_one_in() -> None:
    found = offered(
        goal(1, Area.BEHAVIORAL, minutes=50),
        goal(2, Area.BEHAVIORAL, minutes=20),
        goal(3, Area.CODING),
        hours=4,
    )
    assert (ids(found), [each.id for each in found.set_aside]) == ([1], [2, 3])
    found = offered(goal(1, Area.BEHAVIORAL, minutes=90), goal(2, Area.CODING, minutes=60), hours=4)
    assert (ids(found), [each.id for each in found.set_aside]) == ([2], [1])


def test_what_is_older_than_four_weeks_is_not_offered() -> None:
    found = offered(goal(1, Area.BEHAVIORAL, ago=29), goal(2, Area.BEHAVIORAL, ago=28))
    assert (ids(found), found.set_aside, found.too_old) == ([2], (), 1)


def test_without_a_day_left_everything_is_set_aside() -> None:
    found = offered(goal(1, Area.BEHAVIORAL), days=[WEDNESDAY - timedelta(days=1)])
    assert (found.days, len(found.set_aside)) == ((), 1)


def test_what_was_taken_before_counts_in_its_day_and_in_the_week() -> None:
    taken = {WEDNESDAY: [30, 30], REST_OF_WEEK[1]: [90]}
    found = offered(goal(1, Area.BEHAVIORAL), goal(2, Area.BEHAVIORAL), taken=taken)
    assert [(day.day, [each.id for each in day.goals]) for day in found.days] == [(REST_OF_WEEK[1], [1])]
    assert [each.id for each in found.set_aside] == [2]


def test_a_day_takes_no_more_than_it_has_minutes() -> None:
    found = offered(
        goal(1, Area.BEHAVIORAL), goal(2, Area.CODING, minutes=10), capacity={REST_OF_WEEK[2]: 35}
    )
    assert [(day.day, [each.id for each in day.goals]) for day in found.days] == [(REST_OF_WEEK[2], [1])]


@given(GOALS, st.floats(3, 60), DAYS)
def test_it_is_never_an_avalanche_and_nothing_is_offered_twice(
    waiting: list[Behind], hours: float, days: set[date]
) -> None:
    found = offered(*waiting, hours=hours, days=days)
    assert found.minutes <= round(hours * 60 * MOST_OF_THE_HOURS)
    assert all(len(day.goals) <= MOST_A_DAY and day.day in days for day in found.days)
    assert len(set(ids(found))) == len(ids(found))
    assert all(each.due_on >= WEDNESDAY - OLDEST for each in found.goals)
    known = sorted([*ids(found), *(each.id for each in found.set_aside)])
    assert known == sorted(each.id for each in waiting if each.due_on >= WEDNESDAY - OLDEST)
    assert found.too_old == len(waiting) - len(known)


@given(GOALS, st.floats(3, 60), DAYS)
def test_nothing_is_set_aside_for_something_that_matters_less(
    waiting: list[Behind], hours: float, days: set[date]
) -> None:
    found = offered(*waiting, hours=hours, days=days)
    for left in found.set_aside:
        ahead = by_priority([left, *found.goals])
        before = ahead[: ahead.index(left)]
        full = len(before) == MOST_A_DAY * len(days)
        assert full or sum(each.minutes for each in before) + left.minutes > found.most_minutes


@given(GOALS, st.floats(3, 60), DAYS)
def test_the_order_in_which_goals_are_known_does_not_matter(
    waiting: list[Behind], hours: float, days: set[date]
) -> None:
    assert offered(*waiting, hours=hours, days=days) == offered(*waiting[::-1], hours=hours, days=days)
