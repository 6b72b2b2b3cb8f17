from hypothesis import given
from hypothesis import strategies as st

from plans.areashares import area_shares, with_shares
from plans.model import Area
from plans.published import AreaWeek

SHARES = {Area.SYSTEM_DESIGN: 35.0, Area.BEHAVIORAL: 35.0, Area.CODING: 20.0, Area.MOCK: 10.0}

some_minutes = st.dictionaries(st.sampled_from(Area), st.integers(0, 900))


def areas(minutes: dict[Area, int]) -> dict[Area, AreaWeek]:
    return with_shares({area: AreaWeek(minutes=spent) for area, spent in minutes.items()}, SHARES)


def test_what_was_given_is_counted_over_the_areas_that_have_a_share() -> None:
    found = area_shares(areas({Area.CODING: 90, Area.BEHAVIORAL: 30, Area.LEARNING: 600}))
    assert [(each.area, each.minutes, each.asked, each.given) for each in found] == [
        (Area.BEHAVIORAL, 30, 35, 25),
        (Area.SYSTEM_DESIGN, 0, 35, 0),
        (Area.CODING, 90, 20, 75),
        (Area.MOCK, 0, 10, 0),
        (Area.LEARNING, 600, None, None),
    ]


def test_before_anything_is_studied_no_share_is_given() -> None:
    assert {each.given for each in area_shares(areas({}))} == {None}
    assert {each.asked for each in area_shares(areas({}))} == {35, 20, 10}


def test_a_week_without_known_shares_keeps_its_areas() -> None:
    (coding,) = area_shares(with_shares({Area.CODING: AreaWeek(done=1, planned=2, minutes=30)}, {}))
    assert (coding.done, coding.planned, coding.minutes) == (1, 2, 30)
    assert (coding.asked, coding.given) == (None, None)


def test_a_share_of_nothing_is_none() -> None:
    assert with_shares({}, {Area.CODING: 100.0, Area.MOCK: 0.0}) == {Area.CODING: AreaWeek(share=100)}


@given(some_minutes)
def test_shares_given_make_a_whole(minutes: dict[Area, int]) -> None:
    given_shares = [each.given for each in area_shares(areas(minutes)) if each.given is not None]
    assert not given_shares or abs(sum(given_shares) - 100) <= 2  # each is rounded


@given(some_minutes, st.sampled_from(sorted(SHARES)), st.integers(1, 300))
def test_more_time_for_an_area_never_lowers_its_share(
    minutes: dict[Area, int], area: Area, more: int
) -> None:
    def given_to(spent: dict[Area, int]) -> int:
        return next(each.given or 0 for each in area_shares(areas(spent)) if each.area is area)

    assert given_to(minutes | {area: minutes.get(area, 0) + more}) >= given_to(minutes)
