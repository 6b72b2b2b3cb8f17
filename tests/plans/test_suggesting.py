"""Which suggestion a week leads to, case by case, and what must hold for every one of them."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans import adjusting, library
from plans.adapting import Change, Kind, Standing, Suggestion, preview
from plans.adjusting import Goals, Wish
from plans.catching_up import Behind
from plans.fitted import Why
from plans.model import Area, Level, Metric, Plan, Tier
from plans.progress import GoalState
from plans.ratings import Dimension
from plans.scorecard import Band, Scorecard, WeekRecord, score
from plans.suggesting import suggest
from plans.warning_signs import warning_signs

MONDAY = date(2026, 11, 16)
ENDS = MONDAY + timedelta(weeks=9, days=-1)  # of a twelve-week plan in its fourth week
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
RECOVERY, STANDARD, HIGH, REST = Band.RECOVERY, Band.STANDARD, Band.HIGH, Band.REST
LOW_STORIES: dict[str, Any] = {"ratings": {Dimension.STORY_QUALITY: 3, Dimension.DELIVERY_CONFIDENCE: 2}}
LOW_TALK: dict[str, Any] = {"ratings": {Dimension.TECHNICAL_COMMUNICATION: 2, Dimension.TIME_MANAGEMENT: 3}}
LOW_CALM: dict[str, Any] = {"ratings": {Dimension.STRESS_MANAGEMENT: 2}}
FEW_CODED: dict[str, Any] = {"targets": {Metric.CODING_PROBLEMS: 10}, "counts": {Metric.CODING_PROBLEMS: 2}}
FALLING = warning_signs(studied=12, floor=12, mocks=[4, 3.5, 3])
SHY = warning_signs(studied=12, floor=12, confidence=[4, 2])
SHORT = warning_signs(studied=5, floor=12)


@cache
def the_plan() -> Plan:
    return library.read().find("12-week-comprehensive")


def card(done: int, planned: int, excused: int = 0, **record: Any) -> Scorecard:
    goals = [GoalState(goal_id=f"{n}", done=n < done) for n in range(planned)]
    goals += [GoalState(goal_id=f"x{n}", excused=True) for n in range(excused)]
    return score(WeekRecord(goals=tuple(goals), **record))


def standing(**facts: Any) -> Standing:
    where: dict[str, Any] = {"track": "standard", "week": 4, "monday": MONDAY, "ends_on": ENDS} | facts
    where.setdefault("hours", the_plan().track(where["track"]).hours)
    return Standing(plan=the_plan(), level=Level.L6, **where)


def open_core(minutes: int, area: Area = Area.BEHAVIORAL) -> tuple[Behind, ...]:
    """So many minutes of core goals that are still open, in pieces of at most an hour."""
    pieces = [min(60, minutes - start) for start in range(0, minutes, 60)]
    return tuple(
        Behind(id=n, text="Old", area=area, tier=Tier.CORE, minutes=each, due_on=MONDAY - WEEK)
        for n, each in enumerate(pieces)
    )


def kinds(found: Suggestion | None) -> list[Kind]:
    return [offer.change.kind for offer in found.offers] if found else []


# goals done, planned, what else is known of the week; where the member stands -> the offers

LEADS_TO = [
    # the bands
    ("89.9 %, nothing weak", card(899, 1000), {}, []),
    ("90 %", card(900, 1000), {}, [Kind.HIGH]),
    ("70 %, nothing weak", card(700, 1000), {}, []),
    ("69.9 %", card(699, 1000), {}, [Kind.RECOVERY]),
    ("nothing planned", card(0, 0), {}, []),
    ("everything excused", card(0, 0, 9), {}, []),
    ("one goal, done", card(1, 1), {}, [Kind.HIGH]),
    ("one goal, not done", card(0, 1), {}, [Kind.RECOVERY]),
    ("the plan is over", card(0, 9), {"week": 13}, []),
    # the weakest area
    ("few problems", card(8, 10, **FEW_CODED), {"week": 2}, [Kind.FOCUS]),
    ("low ratings", card(8, 10, **LOW_STORIES), {}, [Kind.FOCUS]),
    ("no ratings, all on target", card(8, 10), {}, []),
    ("partners' ratings at 3", card(8, 10), {"mock_rating": 3.0}, []),
    ("partners' ratings below 3", card(8, 10), {"mock_rating": 2.9}, [Kind.FOCUS]),
    ("the plan has no more of it", card(8, 10, **FEW_CODED), {"week": 6}, []),
    # signs
    ("90 %, but mocks fall", card(9, 10), {"signs": FALLING}, []),
    ("90 %, but confidence falls", card(9, 10, **LOW_CALM), {"signs": SHY}, [Kind.FOCUS]),
    ("90 % in few hours", card(9, 10), {"signs": SHORT}, [Kind.HIGH]),
    # twice
    ("low twice", card(0, 1), {"previous": (RECOVERY,)}, [Kind.LIGHTER_TRACK, Kind.EXTEND]),
    ("low, rest, low", card(0, 1), {"previous": (RECOVERY, REST)}, [Kind.LIGHTER_TRACK, Kind.EXTEND]),
    (
        "low twice on the lightest track",
        card(0, 1),
        {"previous": (RECOVERY,), "track": "minimum-viable"},
        [Kind.EXTEND],
    ),
    ("high twice on the heaviest track", card(1, 1), {"previous": (HIGH,)}, [Kind.HIGH]),
    (
        "high twice on a lighter track",
        card(1, 1),
        {"previous": (HIGH,), "track": "part-time"},
        [Kind.HIGH, Kind.ACCELERATE],
    ),
    (
        "high twice, a core goal open",
        card(1, 1),
        {"previous": (HIGH,), "track": "part-time", "behind": open_core(30)},
        [Kind.HIGH],
    ),
    # behind: 12 hours bring back 3 in a week
    ("3 h open", card(8, 10), {"behind": open_core(180)}, []),
    ("a minute more", card(8, 10), {"behind": open_core(181)}, [Kind.CATCH_UP, Kind.EXTEND]),
    ("behind after a strong week, with time", card(1, 1), {"behind": open_core(240)}, [Kind.HIGH]),
    (
        "behind after a strong week, too much for the weeks left",
        card(1, 1),
        {"behind": open_core(900), "interview": MONDAY + 14 * DAY},
        [Kind.CATCH_UP],
    ),
    ("behind after a bad week", card(0, 1), {"behind": open_core(240)}, [Kind.RECOVERY]),
    (
        "behind before weak",
        card(8, 10, **LOW_STORIES),
        {"behind": open_core(240)},
        [Kind.CATCH_UP, Kind.EXTEND],
    ),
    (
        "behind, no room before the interview",
        card(8, 10),
        {"behind": open_core(240), "interview": ENDS + DAY},
        [Kind.CATCH_UP],
    ),
    # the interview
    ("90 %, interview tomorrow", card(9, 10), {"interview": MONDAY}, []),
    ("90 %, interview that week", card(9, 10), {"interview": MONDAY + 6 * DAY}, []),
    ("90 %, its light days", card(9, 10), {"interview": MONDAY + 12 * DAY}, []),
    ("90 %, interview the day after those", card(9, 10), {"interview": MONDAY + 13 * DAY}, [Kind.HIGH]),
    ("weak, interview tomorrow", card(8, 10, **LOW_STORIES), {"interview": MONDAY}, []),
    ("low, interview tomorrow", card(0, 1), {"interview": MONDAY}, []),
    ("90 %, the interview was yesterday", card(9, 10), {"interview": MONDAY - DAY}, [Kind.HIGH]),
]


@pytest.mark.parametrize(
    ("week", "facts", "expected"), [c[1:] for c in LEADS_TO], ids=[c[0] for c in LEADS_TO]
)
def test_what_a_week_leads_to(week: Scorecard, facts: dict[str, Any], expected: list[Kind]) -> None:
    assert kinds(suggest(week, standing(**facts))) == expected


# the week's record, partners' rating -> the area that is favoured, and the numbers that say why

FAVOURED = [
    ("stories", LOW_STORIES, None, Area.BEHAVIORAL, "story quality and delivery confidence average 2.5 of 5"),
    ("explaining", LOW_TALK, None, Area.SYSTEM_DESIGN, "average 2.5 of 5"),
    ("calm", LOW_CALM, None, Area.MOCK, "ratings in stress management average 2 of 5"),
    ("partners", {}, 2.96, Area.MOCK, "partners' ratings of your mock interviews average 2.9 of 5"),
    ("low ratings before a missed target", FEW_CODED | LOW_STORIES, None, Area.BEHAVIORAL, "average 2.5"),
    ("the lowest ratings first", LOW_STORIES | {}, 2.0, Area.MOCK, "average 2 of 5"),
]


@pytest.mark.parametrize(
    ("record", "mock_rating", "area", "reason"), [c[1:] for c in FAVOURED], ids=[c[0] for c in FAVOURED]
)
def test_the_weakest_area_is_favoured_and_its_numbers_are_said(
    record: dict[str, Any], mock_rating: float | None, area: Area, reason: str
) -> None:
    found = suggest(card(8, 10, **record), standing(mock_rating=mock_rating))
    assert found is not None
    assert (found.kind, found.offers[0].change.favour) == (Kind.FOCUS, area)
    assert reason in found.reason


# the coming week's number -> what a recovery week asks for beside core goals

PHASES = [
    (1, {"extra_mock": False, "favour": None}),
    (4, {"extra_mock": False, "favour": None}),
    (5, {"extra_mock": True, "favour": None}),
    (8, {"extra_mock": True, "favour": None}),
    (9, {"extra_mock": False, "favour": Area.BEHAVIORAL}),
    (12, {"extra_mock": False, "favour": Area.BEHAVIORAL}),
]


@pytest.mark.parametrize(("number", "asked"), PHASES)
def test_a_recovery_week_asks_for_what_its_phase_needs(number: int, asked: dict[str, Any]) -> None:
    found = suggest(card(0, 1), standing(week=number))
    assert found is not None
    change = found.offers[0].change
    assert change.core_only
    assert {name: getattr(change, name) for name in asked} == asked


# what is open, the interview -> the sentence for the member alone

ALONE = [
    ("room", card(9, 10), {"interview": ENDS + 22 * DAY}, "3 weeks before your interview"),
    ("tight", card(8, 10), {"behind": open_core(900), "interview": MONDAY + 14 * DAY}, "The date is tight"),
    ("no extension", card(0, 1), {"interview": ENDS}, "would end after your interview"),
    ("signs", card(0, 1), {"signs": SHORT}, "5 h studied of 12 h planned"),
    ("rest", card(0, 1), {"signs": FALLING}, "twice in a row, from 4 to 3. Rest for 24 to 48 hours"),
]


@pytest.mark.parametrize(("week", "facts", "sentence"), [c[1:] for c in ALONE], ids=[c[0] for c in ALONE])
def test_dates_and_signs_are_said_to_the_member_alone(
    week: Scorecard, facts: dict[str, Any], sentence: str
) -> None:
    found = suggest(week, standing(**facts))
    assert found is not None
    assert sentence in " ".join(found.private)
    assert sentence not in " ".join([found.reason, *found.advice])


def test_a_recovery_week_of_what_is_left_is_never_an_empty_one() -> None:
    core = frozenset(goal.id for goal in the_plan().week(4).goals if goal.tier is Tier.CORE)
    for facts in ({}, {"previous": (RECOVERY,)}):
        found = suggest(card(1, 10), standing(done_or_offered=core, **facts))
        assert found is not None
        assert found.offers
        for offer in found.offers:
            assert offer.week.goals
            assert offer.week.minutes < preview(standing(done_or_offered=core)).minutes


def test_few_hours_are_no_word_to_who_met_nine_of_ten_goals_in_them() -> None:
    found = suggest(card(9, 10), standing(signs=SHORT))
    assert found is not None
    assert (found.kind, found.private) == (Kind.HIGH, ())


def test_two_days_of_rest_are_offered_when_mock_ratings_fall_and_only_then() -> None:
    for signs, rest in ((FALLING, True), (SHY, False), (SHORT, False)):
        found = suggest(card(0, 1), standing(signs=signs))
        assert found is not None
        assert found.rest is rest


def test_a_week_to_catch_up_leaves_a_quarter_of_the_hours_free_and_says_what_is_open() -> None:
    found = suggest(card(8, 10), standing(behind=open_core(330, Area.SYSTEM_DESIGN)))
    assert found is not None
    change = found.offers[0].change
    assert (change.hours, change.core_only, change.favour) == (9, True, Area.SYSTEM_DESIGN)
    assert found.reason == "8 of 10 goals (80 %), and 5.5 h of core goals of earlier weeks are open"


def test_a_heavier_track_is_previewed_with_its_own_hours() -> None:
    found = suggest(card(1, 1), standing(previous=(HIGH,), track="part-time"))
    assert found is not None
    offer = found.offers[1]
    then = standing(track=offer.change.track, hours=offer.change.hours)
    assert offer.week == preview(then)
    assert offer.week.minutes > 9 * 60


weeks = st.builds(
    card,
    st.integers(0, 10),
    st.just(10),
    ratings=st.dictionaries(st.sampled_from(Dimension), st.integers(1, 5), max_size=4),
)
places = st.fixed_dictionaries(
    {
        "week": st.integers(1, 12),
        "track": st.sampled_from(["standard", "part-time", "minimum-viable"]),
        "previous": st.lists(st.sampled_from(Band), max_size=2).map(tuple),
        "interview": st.none() | st.integers(-5, 90).map(lambda days: MONDAY + days * DAY),
        "behind": st.sampled_from([(), open_core(100), open_core(700)]),
        "signs": st.sampled_from([(), FALLING, SHY, SHORT]),
        "mock_rating": st.none() | st.sampled_from([2.0, 4.0]),
    }
)


@settings(max_examples=25)
@given(weeks, places)
def test_every_offer_is_what_accepting_it_gives_and_never_ends_after_the_interview(
    week: Scorecard, facts: dict[str, Any]
) -> None:
    where = standing(**facts)
    found = suggest(week, where)
    for offer in found.offers if found else ():
        assert offer.changes_something
        assert offer.week == preview(where, offer.change)
        if offer.change.extend and where.interview_ahead:
            assert offer.ends_on <= where.interview_ahead
        if where.is_before_interview:
            assert offer.week.minutes <= preview(where).minutes


# Adjusting

RECOVERING = suggest(card(0, 1), standing())
STRONG = suggest(card(1, 1), standing(previous=(HIGH,), track="part-time"))


def wish(**of: Any) -> Wish:
    return Wish(**({"hours": 6.0, "track": "standard"} | of))


WISHES = [
    ("fine", wish(), {}, []),
    ("an hour", wish(hours=1.0), {}, []),
    ("less than an hour", wish(hours=0.9), {}, ["hours"]),
    ("all of one's hours", wish(hours=12.0), {}, []),
    ("more than one's hours", wish(hours=12.1), {}, ["hours"]),
    ("no number", wish(hours=None), {}, ["hours"]),
    ("a week more", wish(longer=True), {}, []),
    ("a week more, no room", wish(longer=True), {"interview": ENDS}, ["longer"]),
    ("a track that was not offered", wish(track="part-time"), {}, ["track"]),
    ("stretch after a bad week", wish(goals=Goals.STRETCH), {}, ["goals"]),
    ("everything wrong", wish(hours=0.0, goals=Goals.STRETCH, track="none"), {}, ["hours", "track", "goals"]),
]


@pytest.mark.parametrize(("wanted", "facts", "wrong"), [c[1:] for c in WISHES], ids=[c[0] for c in WISHES])
def test_what_cannot_be_wished_for_is_said_in_its_field(
    wanted: Wish, facts: dict[str, Any], wrong: list[str]
) -> None:
    assert RECOVERING is not None
    within = adjusting.bounds(RECOVERING, standing(**facts))
    assert list(adjusting.faults(wanted, within)) == wrong


def test_an_adjusted_offer_is_the_wish_and_nothing_else() -> None:
    assert RECOVERING is not None
    offer = adjusting.adjusted(wish(hours=5.0, goals=Goals.CORE, first=Area.CODING), RECOVERING, standing())
    expected = Change(kind=Kind.ADJUSTED, track="standard", hours=5, core_only=True, favour=Area.CODING)
    assert offer.change == expected
    assert offer.adjusted
    assert offer.week.minutes <= 300
    assert {left.why for left in offer.week.left_out} >= {Why.CORE_ONLY}


def test_a_heavier_track_can_be_taken_with_fewer_hours_and_stays_one() -> None:
    assert STRONG is not None
    where = standing(previous=(HIGH,), track="part-time")
    within = adjusting.bounds(STRONG, where)
    assert (within.most_hours, within.tracks) == (12, ("part-time", "standard"))
    offer = adjusting.adjusted(wish(hours=10.0), STRONG, where)
    assert (offer.change.kind, offer.change.lasts, offer.change.hours) == (Kind.ACCELERATE, True, 10)
    assert 9 * 60 < offer.week.minutes <= 10 * 60


def test_what_the_form_begins_with_is_the_offer() -> None:
    assert RECOVERING is not None
    change = RECOVERING.offers[0].change
    begun = adjusting.wish_of(change, standing())
    offer = adjusting.adjusted(begun, RECOVERING, standing())
    assert offer.week == RECOVERING.offers[0].week
    assert offer.change == change.model_copy(update={"kind": Kind.ADJUSTED})


def test_without_what_was_adjusted_a_suggestion_is_as_it_was_made() -> None:
    assert RECOVERING is not None
    mine = adjusting.adjusted(wish(), RECOVERING, standing())
    changed = RECOVERING.model_copy(update={"offers": (*RECOVERING.offers, mine)})
    assert changed.as_made == RECOVERING
    assert Suggestion.model_validate_json(changed.model_dump_json()) == changed
