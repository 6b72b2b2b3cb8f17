"""A goal that most of the group misses is proposed for a change; the edges of that, one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.model import Area, Metric
from plans.modes import Mode, Period
from plans.steering import AREA_OF, FLOOR, Agreement, Ahead, Missed, Shown, ShownWeek, passes, proposal, term
from plans.weekload import Circumstances
from tests.plans.coming import MONDAY, coming

CODING, STORIES = Metric.CODING_PROBLEMS, Metric.STORIES
NAMES = ["Ana", "Bo", "Chen", "Dee", "Eli", "Fay"]


def did(done: int, target: int = 10, metric: Metric = CODING) -> Shown:
    return Shown(counts={metric: done}, targets={metric: target})


BEHIND, THERE = did(5), did(10)


def same_weeks(behind: int, people: int, weeks: int = 3) -> list[dict[str, Shown]]:
    """So many of so many people missed their coding in each of the weeks."""
    week = {name: BEHIND if number < behind else THERE for number, name in enumerate(NAMES[:people])}
    return [dict(week) for _ in range(weeks)]


def asked_of(
    weeks: Sequence[ShownWeek],
    *,
    ahead: Ahead | None = None,
    asked: Mapping[Area, date] | None = None,
) -> Missed | None:
    return proposal(weeks, AHEAD if ahead is None else ahead, asked or {}, MONDAY)


AHEAD: Ahead = dict.fromkeys(NAMES, coming())


@pytest.mark.parametrize(
    ("behind", "people", "is_asked"),
    [
        (0, 0, False),
        (1, 1, False),
        (2, 2, False),
        (2, 3, False),  # most of them, but not three people
        (3, 3, True),
        (3, 4, True),
        (3, 5, True),
        (3, 6, False),  # exactly half
        (4, 6, True),
        (6, 6, True),
    ],
)
def test_it_takes_more_than_half_and_at_least_three_people(behind: int, people: int, is_asked: bool) -> None:
    assert (asked_of(same_weeks(behind, people)) is not None) is is_asked


def test_it_says_how_many_of_how_many_and_how_far_they_came() -> None:
    assert asked_of(same_weeks(4, 6)) == Missed(
        metric=CODING, area=Area.CODING, missed=4, people=6, done=60, target=120
    )


@pytest.mark.parametrize("week", [0, 1, 2])
def test_who_reached_it_once_has_not_missed_it_for_three_weeks(week: int) -> None:
    weeks = same_weeks(3, 4)
    weeks[week]["Ana"] = THERE
    assert asked_of(weeks) is None


@pytest.mark.parametrize(
    ("done", "target", "is_missed"), [(9, 10, True), (10, 10, False), (11, 10, False), (0, 0, False)]
)
def test_reached_is_reached_and_a_week_that_asks_for_nothing_is_not_missed(
    done: int, target: int, is_missed: bool
) -> None:
    weeks = same_weeks(3, 3)
    weeks[1]["Ana"] = did(done, target)
    assert (asked_of(weeks) is not None) is is_missed


def test_a_metric_that_a_card_does_not_know_is_not_missed() -> None:
    weeks = same_weeks(3, 3)
    weeks[0]["Ana"] = Shown()
    assert asked_of(weeks) is None


@pytest.mark.parametrize("away", [[0], [1], [2], [0, 1], [0, 1, 2]])
def test_who_joined_or_shared_less_in_between_is_not_counted_at_all(away: list[int]) -> None:
    """Four of seven would be asked; without Ana it is three of six, exactly half."""
    weeks = [{**week, "Gil": THERE} for week in same_weeks(4, 6)]
    assert asked_of(weeks) is not None
    for number in away:
        del weeks[number]["Ana"]
    assert asked_of(weeks) is None


def test_three_other_people_each_week_are_not_three_people() -> None:
    weeks = [
        {name: BEHIND if name not in spared else THERE for name in NAMES[:4]}
        for spared in ({"Ana"}, {"Bo"}, {"Chen"})
    ]
    assert asked_of(weeks) is None


@pytest.mark.parametrize("weeks", [0, 1, 2, 4])
def test_it_takes_three_weeks(weeks: int) -> None:
    assert asked_of(same_weeks(3, 3, weeks)) is None


def both(coding: int, stories: int) -> list[dict[str, Shown]]:
    """Three people who did so many of 10 coding problems and of 4 stories in each week."""
    shown = Shown(counts={CODING: coding, STORIES: stories}, targets={CODING: 10, STORIES: 4})
    return [dict.fromkeys(NAMES[:3], shown) for _ in range(3)]


@pytest.mark.parametrize(
    ("coding", "stories", "area"),
    [
        (5, 3, Area.CODING),
        (9, 1, Area.BEHAVIORAL),
        (5, 2, Area.BEHAVIORAL),
        (0, 0, Area.BEHAVIORAL),
        (10, 4, None),
    ],
)
def test_of_several_it_is_the_one_missed_furthest_in_proportion(
    coding: int, stories: int, area: Area | None
) -> None:
    found = asked_of(both(coding, stories))
    assert (found.area if found else None) == area


@pytest.mark.parametrize(("ago", "is_asked"), [(1, False), (7, False), (8, True), (30, True)])
def test_the_same_area_is_not_asked_about_again_within_eight_weeks(ago: int, is_asked: bool) -> None:
    asked = {Area.CODING: MONDAY - timedelta(weeks=ago)}
    assert (asked_of(same_weeks(3, 3), asked=asked) is not None) is is_asked


def test_another_area_may_be_asked_about_meanwhile() -> None:
    found = asked_of(both(0, 3), asked={Area.CODING: MONDAY - timedelta(weeks=3)})
    assert found is not None
    assert found.area is Area.BEHAVIORAL


@pytest.mark.parametrize(("share", "is_asked"), [(FLOOR - 1, False), (FLOOR, True), (0, False)])
def test_an_area_that_has_little_time_keeps_it(share: float, is_asked: bool) -> None:
    ahead = dict.fromkeys(NAMES, coming(share, hours=5))
    assert (asked_of(same_weeks(3, 3), ahead=ahead) is not None) is is_asked


@pytest.mark.parametrize(
    ("other", "ana", "dee"),
    [(coming(10), False, True), ((), False, True), (coming(only_core=True), True, True)],
)
def test_the_floor_holds_for_everybody_who_missed_it_and_for_nobody_else(
    other: tuple[Circumstances, ...], ana: bool, dee: bool
) -> None:
    """Ana, Bo and Chen have missed it, Dee has not."""
    for who, is_asked in (("Ana", ana), ("Dee", dee)):
        assert (asked_of(same_weeks(3, 4), ahead={**AHEAD, who: other}) is not None) is is_asked


@pytest.mark.parametrize(("fixed", "is_asked"), [(0, True), (1, True), (2, False), (3, False)])
def test_nothing_is_asked_that_would_change_nothing_for_most(fixed: int, is_asked: bool) -> None:
    core = coming(only_core=True, hours=16)  # all of it fits, so nothing becomes less
    ahead = {**AHEAD, **dict.fromkeys(NAMES[:fixed], core)}
    assert (asked_of(same_weeks(3, 3), ahead=ahead) is not None) is is_asked


def test_what_nobody_shows_of_the_weeks_ahead_decides_nothing() -> None:
    holiday = Period(mode=Mode.HOLIDAY, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=6), keeps=0)
    (where,) = coming()
    away = where.model_copy(update={"periods": (holiday,), "days_off": frozenset(range(7))})
    assert asked_of(same_weeks(3, 3), ahead=dict.fromkeys(NAMES, (away,))) == asked_of(same_weeks(3, 3))


def test_every_metric_has_an_area() -> None:
    assert set(AREA_OF) == set(Metric)


shown = st.builds(
    Shown,
    counts=st.dictionaries(st.sampled_from([CODING, STORIES]), st.integers(0, 2)),
    targets=st.dictionaries(st.sampled_from([CODING, STORIES]), st.integers(1, 3)),
)
three_weeks = st.lists(st.dictionaries(st.sampled_from(NAMES), shown, min_size=4), min_size=3, max_size=3)


@settings(max_examples=40)  # each one fits weeks
@given(three_weeks, st.sampled_from(NAMES), shown, st.integers(0, 2))
def test_a_week_of_who_does_not_show_all_three_changes_nothing(
    weeks: list[dict[str, Shown]], who: str, other: Shown, week: int
) -> None:
    for each in weeks:
        each.pop(who, None)
    before = asked_of(weeks)
    weeks[week][who] = other
    assert asked_of(weeks) == before


@settings(max_examples=40)  # each one fits weeks
@given(three_weeks)
def test_who_is_counted_was_counted_right(weeks: list[dict[str, Shown]]) -> None:
    found = asked_of(weeks)
    if found is None:
        return
    there = [who for who in NAMES if all(who in week for week in weeks)]
    behind = [
        who
        for who in there
        if all(
            week[who].counts.get(found.metric, 0) < week[who].targets.get(found.metric, 0) for week in weeks
        )
    ]
    assert (found.missed, found.people) == (len(behind), len(there))
    assert 3 <= found.missed <= found.people < 2 * found.missed
    assert found.done < found.target


# The vote


@pytest.mark.parametrize(
    ("ease", "keep", "members", "is_eased"),
    [
        (0, 0, 3, False),
        (1, 0, 3, False),  # a third, but one person alone
        (2, 0, 3, True),
        (2, 0, 6, True),
        (2, 0, 7, False),  # less than a third
        (2, 1, 9, True),
        (2, 1, 10, False),
        (2, 2, 6, False),  # as many
        (1, 2, 6, False),
        (3, 2, 6, True),
    ],
)
def test_it_passes_with_more_votes_for_it_than_against_and_a_third_of_the_members(
    ease: int, keep: int, members: int, is_eased: bool
) -> None:
    assert passes(ease, keep, members) is is_eased


@pytest.mark.parametrize(
    ("closes_on", "first"),
    [
        (date(2026, 12, 16), date(2026, 12, 21)),
        (date(2026, 12, 20), date(2026, 12, 21)),
        (date(2026, 12, 21), date(2026, 12, 28)),
    ],
)
def test_it_holds_for_four_whole_weeks_from_the_monday_after_the_vote(closes_on: date, first: date) -> None:
    assert term(closes_on) == (first, first + timedelta(weeks=3))


@pytest.mark.parametrize(("day", "is_new"), [(-1, False), (0, True), (6, True), (7, False)])
def test_how_to_have_it_otherwise_is_said_in_its_first_week(day: int, is_new: bool) -> None:
    first, last = term(MONDAY)
    agreement = Agreement(
        proposal_id=1, area=Area.CODING, begins=first, until=last + timedelta(days=6), keeps=False
    )
    assert agreement.is_new(first + timedelta(days=day)) is is_new
