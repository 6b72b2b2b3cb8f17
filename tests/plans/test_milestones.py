"""What counts as a milestone, when, and what of it the channel may celebrate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.groupcard import Sharing
from plans.milestones import ALWAYS_PRIVATE, Name, Standing, may_stand_in_channel, reached, worth_telling
from plans.model import Metric
from plans.published import PublishedWeek
from plans.scorecard import Band

FULL, SUMMARY, PRIVATE = Sharing.FULL, Sharing.SUMMARY, Sharing.PRIVATE
BANDS = {"h": Band.HIGH, "s": Band.STANDARD, "r": Band.RECOVERY, "-": Band.REST}
PERCENT = {"h": 95, "s": 80, "r": 30, "-": None}


def week(band: str = "s", done: int = 8, mocks: int = 0, principles: int | None = None) -> PublishedWeek:
    return PublishedWeek(
        band=BANDS[band],
        percent=PERCENT[band] if done else None if band == "-" else 0,
        points=100,
        possible=400,
        minutes=300,
        done=done,
        planned=10,
        counts={Metric.MOCK_INTERVIEWS: mocks},
        lp_covered=principles,
    )


def found(*weeks: PublishedWeek, closed: bool = True, number: int | None = None, of: int = 0) -> set[Name]:
    return set(reached(Standing(weeks=weeks, closed=closed, number=number, weeks_of_plan=of)))


def bands(letters: str) -> list[PublishedWeek]:
    return [week(letter) for letter in letters]


def test_a_first_week_counts_once_it_is_over_and_only_with_something_done() -> None:
    assert Name.FIRST_WEEK in found(week(done=1))
    assert Name.FIRST_WEEK not in found(week(done=1), closed=False)
    assert Name.FIRST_WEEK not in found(week("r", done=0))
    assert Name.FIRST_WEEK in found(week("r", done=0), week(done=3))
    assert Name.FIRST_WEEK not in found(week(done=3), week(done=3))


@pytest.mark.parametrize(
    ("total", "names"),
    [
        (24, set()),
        (25, {Name.GOALS_25}),
        (99, {Name.GOALS_25}),
        (100, {Name.GOALS_25, Name.GOALS_100}),
        (249, {Name.GOALS_25, Name.GOALS_100}),
        (250, {Name.GOALS_25, Name.GOALS_100, Name.GOALS_250}),
    ],
)
def test_goals_are_counted_over_all_weeks(total: int, names: set[Name]) -> None:
    goals = {Name.GOALS_25, Name.GOALS_100, Name.GOALS_250}
    assert found(week(done=total - 10), week(done=10)) & goals == names


@pytest.mark.parametrize(
    ("letters", "row"),
    [
        ("ssss", 4),
        ("shsh", 4),
        ("rssss", 4),
        ("sss", 3),
        ("ssrss", 2),
        ("ss-ss", 4),
        ("ssss-", 4),
        ("ssssr", 0),
        ("hhhhhhhh", 8),
        ("-", 0),
    ],
)
def test_a_row_is_broken_by_a_recovery_week_and_not_by_a_week_of_rest(letters: str, row: int) -> None:
    assert Standing(weeks=tuple(bands(letters)), closed=True).row == row
    names = found(*bands(letters))
    assert (Name.ROW_4 in names, Name.ROW_8 in names) == (row >= 4, row >= 8)


@pytest.mark.parametrize(
    ("mocks", "names"),
    [
        (0, set()),
        (1, {Name.FIRST_MOCK}),
        (5, {Name.FIRST_MOCK, Name.MOCKS_5}),
        (10, {Name.FIRST_MOCK, Name.MOCKS_5, Name.MOCKS_10}),
    ],
)
def test_mocks_are_counted_over_all_weeks(mocks: int, names: set[Name]) -> None:
    kinds = {Name.FIRST_MOCK, Name.MOCKS_5, Name.MOCKS_10}
    assert found(week(mocks=mocks), week()) & kinds == names


def test_all_principles_means_sixteen() -> None:
    assert Name.ALL_PRINCIPLES in found(week(principles=16))
    assert Name.ALL_PRINCIPLES not in found(week(principles=15))


@pytest.mark.parametrize(
    ("number", "of", "names"),
    [
        (5, 12, set()),
        (6, 12, {Name.HALF_OF_PLAN}),
        (1, 2, {Name.HALF_OF_PLAN}),
        (2, 3, {Name.HALF_OF_PLAN}),
        (12, 12, {Name.HALF_OF_PLAN, Name.PLAN_FINISHED}),
        (None, 12, set()),
        (3, 0, set()),
    ],
)
def test_half_and_all_of_the_plan(number: int | None, of: int, names: set[Name]) -> None:
    way = {Name.HALF_OF_PLAN, Name.PLAN_FINISHED}
    assert found(week(), number=number, of=of) & way == names
    assert found(week(), number=number, of=of, closed=False) & way == set()
    assert found(week("r", done=0), number=number, of=of) & way == set()


@pytest.mark.parametrize(
    ("letters", "is_one"), [("rh", True), ("r-h", True), ("rs", False), ("sh", False), ("rh-", False)]
)
def test_a_comeback_is_a_strong_week_right_after_a_recovery_week(letters: str, is_one: bool) -> None:
    assert (Name.COMEBACK in found(*bands(letters))) is is_one


def test_no_week_at_all_is_no_milestone() -> None:
    assert found() == set()


def test_only_the_furthest_of_a_kind_is_told() -> None:
    names = [Name.GOALS_25, Name.GOALS_100, Name.FIRST_MOCK, Name.HALF_OF_PLAN, Name.PLAN_FINISHED]
    assert worth_telling(names) == (Name.GOALS_100, Name.FIRST_MOCK, Name.PLAN_FINISHED)


# The channel


@pytest.mark.parametrize(
    ("sharing", "may"),
    [
        ([FULL], True),
        ([FULL, FULL, FULL], True),
        ([SUMMARY, FULL], False),
        ([PRIVATE, FULL], False),
        ([FULL, PRIVATE], False),
        ([FULL, SUMMARY], False),
        ([], False),
    ],
)
def test_the_channel_celebrates_only_who_has_shown_every_week_fully(
    sharing: list[Sharing], may: bool
) -> None:
    assert may_stand_in_channel(Name.GOALS_25, sharing) is may


@pytest.mark.parametrize("name", sorted(ALWAYS_PRIVATE))
def test_what_tells_of_a_bad_week_or_of_a_check_in_is_never_in_the_channel(name: Name) -> None:
    assert {Name.COMEBACK, Name.ALL_PRINCIPLES} == ALWAYS_PRIVATE
    assert not may_stand_in_channel(name, [FULL])


published = st.builds(
    week,
    st.sampled_from("hsr-"),
    st.integers(0, 40),
    st.integers(0, 4),
    st.one_of(st.none(), st.integers(0, 16)),
)
histories = st.lists(st.tuples(published, st.sampled_from(Sharing)), min_size=1, max_size=14)


@given(histories, st.data())
def test_whatever_hidden_weeks_were_like_the_channel_celebrates_the_same(
    history: list[tuple[PublishedWeek, Sharing]], data: st.DataObject
) -> None:
    other = [(each if shown is FULL else data.draw(published), shown) for each, shown in history]
    assert celebrated(history) == celebrated(other)


def celebrated(history: list[tuple[PublishedWeek, Sharing]]) -> list[tuple[int, Name]]:
    """What the channel sees from the first week to the last; each milestone is kept once, shown or not."""
    kept: set[Name] = set()
    seen = []
    for number in range(1, len(history) + 1):
        so_far = history[:number]
        names = found(*(each for each, _ in so_far), number=number, of=12) - kept
        kept |= names
        shown = [sharing for _, sharing in so_far]
        seen += [(number, name) for name in Name if name in names and may_stand_in_channel(name, shown)]
    return seen
