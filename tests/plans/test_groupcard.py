from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.groupcard import GroupCard, MemberWeek, Sharing, group_card, side_by_side
from plans.model import Metric
from plans.scorecard import Band, GoalsMet, score
from plans.scorecard import WeekRecord as Record

sharings = st.sampled_from(Sharing)


def member(
    name: str, sharing: Sharing, done: int = 3, planned: int = 4, minutes: int = 600, coding: int = 5
) -> MemberWeek:
    card = score(Record(minutes=minutes)).model_copy(update={"goals": GoalsMet(done=done, planned=planned)})
    return MemberWeek(
        member=name, name=name, sharing=sharing, card=card, counts={Metric.CODING_PROBLEMS: coding}
    )


groups = st.lists(
    st.tuples(sharings, st.integers(1, 20), st.integers(60, 900), st.integers(1, 40)), min_size=1, max_size=12
).map(
    lambda rows: [
        member(f"member {number:02}", sharing, done, 20, minutes, coding)
        for number, (sharing, done, minutes, coding) in enumerate(rows)
    ]
)


def with_more(week: MemberWeek, by: int) -> MemberWeek:
    """The same member with so much more of everything: goals done and planned, minutes, problems."""
    goals = GoalsMet(done=week.card.goals.done + by, planned=week.card.goals.planned + by)
    return week.model_copy(
        update={
            "card": week.card.model_copy(update={"goals": goals, "minutes": week.card.minutes + by}),
            "counts": {Metric.CODING_PROBLEMS: week.counts[Metric.CODING_PROBLEMS] + by},
        }
    )


def swapped(group: list[MemberWeek], changes: dict[int, int]) -> GroupCard:
    """The card of another world, in which these members have so much more or less."""
    return group_card([with_more(week, changes.get(n, 0)) for n, week in enumerate(group)])


def test_each_line_shows_what_its_member_shares() -> None:
    card = group_card(
        [member("Ana", Sharing.FULL), member("Bo", Sharing.SUMMARY), member("Chen", Sharing.PRIVATE)]
    )
    ana, bo = card.lines
    assert (ana.name, ana.band, ana.percent, ana.hours, ana.points) == ("Ana", Band.STANDARD, 75, 10, 0)
    assert (bo.name, bo.band, bo.percent, bo.hours, bo.points) == ("Bo", Band.STANDARD, 75, None, None)
    assert (card.members, card.unlisted) == (3, 1)


def test_lines_stand_in_the_order_of_names_not_of_results() -> None:
    card = group_card([member("bo", Sharing.FULL, done=4), member("Ana", Sharing.FULL, done=0)])
    assert [line.name for line in card.lines] == ["Ana", "bo"]


def test_a_total_leaves_out_hidden_members_however_many_and_says_of_how_many_it_is() -> None:
    open_ones = [member(name, Sharing.FULL) for name in ("Ana", "Bo", "Chen")]
    for hidden in (1, 2, 3, 10):
        card = group_card([*open_ones, *(member(f"X{n}", Sharing.PRIVATE) for n in range(hidden))])
        assert (card.goals.done, card.goals.planned, card.goals_people) == (9, 12, 3)
        assert (card.minutes.amount, card.minutes.people) == (1800, 3)
        assert (card.metrics[Metric.CODING_PROBLEMS].amount, card.unlisted) == (15, hidden)


@pytest.mark.parametrize("shown", [0, 1, 2])
def test_counts_are_summed_from_three_on_while_hours_stand_in_the_lines_anyway(shown: int) -> None:
    others = [member("X", Sharing.SUMMARY), member("Y", Sharing.PRIVATE)]
    card = group_card([*(member(f"open {n}", Sharing.FULL) for n in range(shown)), *others])
    assert card.metrics == {}
    assert (card.minutes.amount, card.minutes.people) == (600 * shown, shown)


def test_a_summary_hides_the_hours_but_not_the_goals() -> None:
    card = group_card([member("Ana", Sharing.FULL), member("Bo", Sharing.SUMMARY)])
    assert (card.goals_people, card.minutes.people) == (2, 1)


def test_a_group_in_which_nobody_shares_has_no_lines_and_no_totals_of_two() -> None:
    card = group_card([member("Ana", Sharing.PRIVATE), member("Bo", Sharing.PRIVATE)])
    assert (card.lines, card.percent, card.minutes.people, card.unlisted) == ((), None, 0, 2)


def test_the_trend_compares_with_the_card_that_was_published() -> None:
    last = group_card([member("Ana", Sharing.FULL, done=5, planned=7)])
    card = group_card([member("Ana", Sharing.FULL, done=7, planned=9)], previous=last, mocks_held=2)
    assert (last.percent, card.previous_percent, card.percent, card.trend) == (71, 71, 77, 6)
    assert (last.trend, card.mocks_held) == (None, 2)


def test_an_empty_group_has_an_empty_card() -> None:
    card = group_card([])
    assert (card.members, card.percent, card.lines) == (0, None, ())


MONDAY = date(2026, 11, 23)


def week(back: int) -> date:
    """The Monday so many weeks before."""
    return MONDAY - timedelta(weeks=back)


def test_weeks_stand_side_by_side_and_one_without_a_card_keeps_its_place() -> None:
    full = group_card([member("Ana", Sharing.FULL)], mocks_held=2)
    summary = group_card([member("Ana", Sharing.SUMMARY)])
    found = side_by_side({week(3): full, week(1): summary, week(0): full}, MONDAY)
    assert [each.monday for each in found] == [week(3), week(2), week(1), week(0)]
    assert [each.has_card for each in found] == [True, False, True, True]
    assert [(each.percent, each.minutes, each.mocks_held) for each in found] == [
        (75, 600, 2),
        (None, None, None),
        (75, None, 0),
        (75, 600, 2),
    ]


@given(st.sets(st.integers(0, 20)))
def test_at_most_five_weeks_stand_side_by_side_and_none_of_the_future(backs: set[int]) -> None:
    card = group_card([])
    found = side_by_side({week(back - 2): card for back in backs}, MONDAY)
    near = sorted(back - 2 for back in backs if 0 <= back - 2 < 5)
    assert [each.monday for each in found if each.has_card] == [week(back) for back in reversed(near)]
    assert len(found) == (near[-1] + 1 if near else 0)


@given(groups, st.lists(st.integers(-1, 50), min_size=12, max_size=12))
def test_whatever_hidden_members_do_the_card_is_the_same(group: list[MemberWeek], changes: list[int]) -> None:
    hidden = [n for n, week in enumerate(group) if week.sharing is Sharing.PRIVATE]
    assert swapped(group, {number: changes[number] for number in hidden}) == group_card(group)


@given(groups, st.lists(st.integers(0, 50), min_size=12, max_size=12))
def test_whatever_a_summary_leaves_out_the_card_is_the_same(
    group: list[MemberWeek], changes: list[int]
) -> None:
    others = [
        week
        if week.sharing is not Sharing.SUMMARY
        else week.model_copy(
            update={
                "card": week.card.model_copy(update={"minutes": week.card.minutes + change}),
                "counts": {Metric.CODING_PROBLEMS: change},
            }
        )
        for week, change in zip(group, changes, strict=False)
    ]
    assert group_card(others) == group_card(group)


@given(groups)
def test_a_private_members_name_and_numbers_are_nowhere_on_the_card(group: list[MemberWeek]) -> None:
    text = group_card(group).model_dump_json()
    assert not any(week.member in text for week in group if week.sharing is Sharing.PRIVATE)
