"""Lines by goals met, where the lead has turned that on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plans.groupcard import MemberWeek, Sharing, group_card
from plans.scorecard import GoalsMet, SectionScore, WeekRecord, score

FULL, SUMMARY, PRIVATE = Sharing.FULL, Sharing.SUMMARY, Sharing.PRIVATE


def member(
    name: str, done: int, planned: int = 10, sharing: Sharing = FULL, story_quality: int = 3
) -> MemberWeek:
    record = WeekRecord(minutes=60, ratings={"story_quality": story_quality})
    card = score(record).model_copy(update={"goals": GoalsMet(done=done, planned=planned)})
    return MemberWeek(member=name, name=name, sharing=sharing, card=card)


def places(*weeks: MemberWeek) -> list[tuple[int | None, str]]:
    return [(line.place, line.name) for line in group_card(weeks, ranked=True).lines]


def test_equal_shares_have_the_same_place_and_the_next_is_as_far_behind_as_people_are_before_it() -> None:
    weeks = [member("Ana", 7), member("Bo", 9), member("Chen", 9), member("Dee", 2)]
    assert places(*weeks) == [(1, "Bo"), (1, "Chen"), (3, "Ana"), (4, "Dee")]


def test_among_equal_shares_shown_points_come_first_then_the_name_and_the_place_is_shared() -> None:
    weeks = [
        member("Ana", 5, sharing=SUMMARY),
        member("Bo", 5, story_quality=2),
        member("Chen", 5, story_quality=5),
        member("Dee", 5, sharing=SUMMARY, story_quality=5),
    ]
    assert places(*weeks) == [(1, "Chen"), (1, "Bo"), (1, "Ana"), (1, "Dee")]


def test_the_shown_percentage_decides_not_what_it_was_rounded_from() -> None:
    assert places(member("Ana", 899, 1000), member("Bo", 8999, 10000)) == [(1, "Ana"), (1, "Bo")]


def test_a_private_member_is_never_placed_and_a_week_of_rest_has_no_place() -> None:
    weeks = [member("Ana", 9, sharing=PRIVATE), member("Bo", 1), member("Chen", 0, 0)]
    assert places(*weeks) == [(1, "Bo"), (None, "Chen")]


def test_without_the_leads_wish_there_are_no_places() -> None:
    card = group_card([member("Bo", 9), member("Ana", 1)])
    assert [(line.place, line.name) for line in card.lines] == [(None, "Ana"), (None, "Bo")]
    assert not card.ranked


groups = st.lists(
    st.tuples(st.integers(0, 10), st.integers(0, 4), st.sampled_from(Sharing), st.integers(1, 5)), max_size=8
).map(
    lambda rows: [
        member(f"member {number}", done, done + left, sharing, quality)
        for number, (done, left, sharing, quality) in enumerate(rows)
    ]
)


@given(groups, st.data())
def test_the_order_tells_nothing_but_what_the_lines_show(
    group: list[MemberWeek], data: st.DataObject
) -> None:
    """In another world, in which only hidden things differ, the ranked card is the same."""
    other = [_hiding(week, data.draw(st.integers(0, 100))) for week in group]
    assert group_card(other, ranked=True) == group_card(group, ranked=True)


def _hiding(week: MemberWeek, points: int) -> MemberWeek:
    """The member with other points where these are hidden, and other goals where everything is."""
    if week.sharing is FULL:
        return week
    sections: tuple[SectionScore, ...] = score(
        WeekRecord(minutes=points, ratings={"story_quality": points % 5 + 1})
    ).sections
    changes: dict[str, object] = {"sections": sections, "minutes": points}
    if week.sharing is PRIVATE:
        changes["goals"] = GoalsMet(done=points, planned=points)
    return week.model_copy(update={"card": week.card.model_copy(update=changes)})
