from datetime import date, timedelta
from typing import Any

import pytest

from plans import adapting, suggesting, weak_areas, weekload
from plans.adapting import Kind, Standing, Suggestion
from plans.fit import fit
from plans.fitted import FittedGoal, FittedWeek
from plans.model import Area, Level, Metric, Plan, Tier
from plans.progress import GoalState
from plans.ratings import Dimension
from plans.recovery import advice_by_phase
from plans.scorecard import Band, Scorecard, WeekRecord, score
from plans.warning_signs import Sign, warning_signs

ENDS = date(2027, 1, 17)
MONDAY = date(2026, 11, 16)  # of week 4, which comes next


def week(done: int, planned: int, **record: Any) -> Scorecard:
    goals = tuple(GoalState(goal_id=str(number), done=number < done) for number in range(planned))
    return score(WeekRecord(goals=goals, **record))


BAD, FAIR, GOOD, NONE = week(9, 17), week(15, 20), week(19, 20), week(0, 0)


def suggest(plan: Plan, card: Scorecard, **standing: Any) -> Suggestion | None:
    where: dict[str, Any] = {"track": "standard", "level": Level.L6, "week": 4, "ends_on": ENDS}
    where |= standing
    where.setdefault("monday", MONDAY)
    where.setdefault("hours", plan.track(where["track"]).hours)
    return suggesting.suggest(card, Standing(plan=plan, **where))


def offered(suggestion: Suggestion | None) -> list[Kind]:
    assert suggestion is not None
    return [offer.change.kind for offer in suggestion.offers]


def test_after_a_bad_week_core_goals_are_offered_at_sixty_per_cent_of_the_hours(plan: Plan) -> None:
    suggestion = suggest(plan, BAD)
    assert suggestion is not None
    (offer,) = suggestion.offers
    assert (suggestion.kind, suggestion.reason) == (Kind.RECOVERY, "9 of 17 goals (52 %)")
    assert (offer.change.hours, offer.change.core_only) == (7.2, True)
    assert all(goal.tier is Tier.CORE for goal in offer.week.goals)


def test_the_offer_shows_exactly_what_changes(plan: Plan) -> None:
    suggestion = suggest(plan, BAD)
    assert suggestion is not None
    (offer,) = suggestion.offers
    usual = fit(plan.week(4), track=plan.track("standard"), level=Level.L6)
    kept, aside = offer.difference.kept, offer.difference.set_aside
    assert {g.id for g in kept} | {g.id for g in aside} == {g.id for g in usual.goals}
    assert offer.difference.hours_before == usual.minutes / 60
    assert offer.difference.hours_after == sum(goal.minutes for goal in kept) / 60


def test_in_the_course_of_the_week_an_offer_is_about_the_days_that_are_left(plan: Plan) -> None:
    suggestion = suggest(plan, BAD)
    assert suggestion is not None
    facts: dict[str, Any] = {"track": "standard", "level": Level.L6, "week": 4, "hours": 12}
    thursday = Standing(plan=plan, **facts, monday=MONDAY, ends_on=ENDS, from_weekday=3)
    (whole,), (rest,) = suggestion.offers, suggestion.anew(thursday).offers
    assert rest.change == whole.change
    assert [goal.id for goal in rest.week.goals] == [g.id for g in whole.week.goals if g.weekday >= 3]
    aside = [goal.id for goal in whole.difference.set_aside if goal.weekday >= 3]
    assert [goal.id for goal in rest.difference.set_aside] == aside
    assert rest.difference.hours_before < whole.difference.hours_before
    assert thursday.since == MONDAY + timedelta(days=3)


def test_a_track_for_good_may_be_taken_though_it_leaves_this_week_as_it_is(plan: Plan) -> None:
    sunday = Standing(
        plan=plan,
        track="standard",
        level=Level.L6,
        week=4,
        hours=12,
        monday=MONDAY,
        ends_on=ENDS,
        from_weekday=6,
    )
    lighter = adapting.Change(kind=Kind.LIGHTER_TRACK, track="part-time", hours=9)
    recovery = adapting.Change(kind=Kind.RECOVERY, track="standard", hours=7.2, core_only=True)
    offers = [adapting.offer_of(change, sunday) for change in (lighter, recovery)]
    assert [offer.changes_something for offer in offers] == [False, False]
    assert [offer.may_be_taken for offer in offers] == [True, False]


@pytest.mark.parametrize(
    ("interview", "extends"),
    [
        (None, True),
        (ENDS + timedelta(days=7), True),
        (ENDS + timedelta(days=6), False),
        (ENDS - timedelta(days=30), False),
    ],
)
def test_the_plan_is_extended_only_where_the_interview_allows(
    plan: Plan, interview: date | None, extends: bool
) -> None:
    suggestion = suggest(plan, BAD, interview=interview)
    assert suggestion is not None
    (offer,) = suggestion.offers
    assert offer.change.extend is extends
    assert offer.ends_on == (ENDS + timedelta(weeks=1) if extends else ENDS)


def test_own_hours_are_what_a_recovery_week_is_measured_by(plan: Plan) -> None:
    suggestion = suggest(plan, BAD, hours=8)
    assert suggestion is not None
    assert suggestion.offers[0].change.hours == 4.8


def test_a_second_bad_week_offers_the_next_lighter_track_or_more_time(plan: Plan) -> None:
    suggestion = suggest(plan, BAD, previous=(Band.HIGH, Band.RECOVERY))
    assert offered(suggestion) == [Kind.LIGHTER_TRACK, Kind.EXTEND]
    assert suggestion is not None
    assert suggestion.offers[0].change.track == "part-time"
    assert suggestion.offers[1].change.extend
    assert suggestion.reason == "a second week below 70 %: 9 of 17 goals (52 %)"


def test_a_week_of_rest_between_two_bad_ones_does_not_hide_the_first(plan: Plan) -> None:
    assert offered(suggest(plan, BAD, previous=(Band.RECOVERY, Band.REST)))[0] is Kind.LIGHTER_TRACK


def test_a_good_week_between_two_bad_ones_starts_afresh(plan: Plan) -> None:
    assert offered(suggest(plan, BAD, previous=(Band.RECOVERY, Band.STANDARD))) == [Kind.RECOVERY]


def test_on_the_lightest_track_only_time_is_left_to_offer(plan: Plan) -> None:
    again = (Band.RECOVERY,)
    assert offered(suggest(plan, BAD, track="minimum-viable", previous=again)) == [Kind.EXTEND]
    soon = suggest(plan, BAD, track="minimum-viable", previous=again, interview=ENDS)
    assert offered(soon) == [Kind.RECOVERY]


def test_after_a_strong_week_stretch_goals_and_a_mock_interview_are_offered(plan: Plan) -> None:
    suggestion = suggest(plan, GOOD)
    assert offered(suggestion) == [Kind.HIGH]
    assert suggestion is not None
    (offer,) = suggestion.offers
    assert offer.change.extra_mock
    assert offer.difference.added
    assert {goal.tier for goal in offer.difference.added} >= {Tier.STRETCH}
    assert offer.week.minutes <= 12 * 60


def test_after_two_strong_weeks_the_next_heavier_track_is_offered_too(plan: Plan) -> None:
    suggestion = suggest(plan, GOOD, track="minimum-viable", previous=(Band.HIGH,))
    assert offered(suggestion) == [Kind.HIGH, Kind.ACCELERATE]
    assert suggestion is not None
    assert suggestion.offers[1].change.track == "part-time"
    assert offered(suggest(plan, GOOD, track="standard", previous=(Band.HIGH,))) == [Kind.HIGH]


def test_a_standard_week_without_a_weak_section_goes_on_as_before(plan: Plan) -> None:
    assert suggest(plan, FAIR) is None


def test_after_a_standard_week_its_weak_section_is_offered_more_of_the_next_one(plan: Plan) -> None:
    aims = {Metric.CODING_PROBLEMS: 10, Metric.STORIES: 3}
    card = week(15, 20, targets=aims, counts={Metric.CODING_PROBLEMS: 2, Metric.STORIES: 2})
    suggestion = suggest(plan, card, week=2)
    assert suggestion is not None
    (offer,) = suggestion.offers
    assert (suggestion.kind, offer.change.favour) == (Kind.FOCUS, Area.CODING)
    assert suggestion.reason == "technical: 20 %, its target is 75 %"
    assert suggestion.advice == ("Up to 60 % of next week may go to coding.",)
    minutes = [sum(g.minutes for g in week if g.area is Area.CODING) for week in weeks_of(offer)]
    assert minutes[0] < minutes[1]


def weeks_of(offer: adapting.Offer) -> tuple[tuple[FittedGoal, ...], tuple[FittedGoal, ...]]:
    """The goals of the week as it comes and with the offer."""
    return (*offer.difference.kept, *offer.difference.set_aside), offer.week.goals


def test_ratings_below_three_make_a_section_weak() -> None:
    counts = dict.fromkeys(Metric, 5)
    low = dict.fromkeys(Dimension, 5) | {Dimension.SELF_ASSESSMENT_PROGRESS: 2}
    section = weak_areas.weakest(week(15, 20, targets=counts, counts=counts, ratings=low))
    assert section is not None
    assert section.name == "learning"


def test_a_week_in_which_nothing_was_planned_leads_to_nothing(plan: Plan) -> None:
    assert suggest(plan, NONE) is None


def test_after_the_last_week_there_is_nothing_to_change(plan: Plan) -> None:
    assert suggest(plan, BAD, week=13) is None


def test_the_advice_depends_on_the_phase(plan: Plan) -> None:
    said = [advice_by_phase(plan, number) for number in (1, 4, 5, 8, 9, 12)]
    assert said[0] == said[1] != said[2] == said[3] != said[4] == said[5]


@pytest.mark.parametrize("number", range(1, 13))
@pytest.mark.parametrize("track", ["standard", "part-time", "minimum-viable"])
def test_in_every_week_of_every_track_the_offered_week_is_the_one_that_accepting_gives(
    plan: Plan, track: str, number: int
) -> None:
    for card in (BAD, GOOD):
        suggestion = suggest(plan, card, track=track, week=number, previous=(card.band,))
        assert suggestion is not None
        for offer in suggestion.offers:
            assert offer.week == accepted(plan, number, offer.change)


def accepted(plan: Plan, number: int, change: adapting.Change) -> FittedWeek:
    track = plan.track(change.track)
    favour = change.favour
    if favour and track.shares.get(favour, 0) < change.favoured:
        shares = weekload.with_share(track.shares, favour, change.favoured)
    else:
        shares = None
    return fit(
        plan.week(number),
        track=track,
        shares=shares,
        level=Level.L6,
        hours=change.hours,
        core_only=change.core_only,
        include_stretch=change.include_stretch,
    )


def test_a_suggestion_can_be_kept_as_json(plan: Plan) -> None:
    suggestion = suggest(plan, BAD)
    assert suggestion is not None
    assert Suggestion.model_validate_json(suggestion.model_dump_json()) == suggestion


def signs(**facts: Any) -> list[Sign]:
    return [sign.sign for sign in warning_signs(**({"studied": 9, "floor": 9} | facts))]


def test_a_week_of_less_hours_than_it_asked_for_is_a_sign_and_one_of_as_many_is_none() -> None:
    assert signs(studied=9) == []
    assert signs(studied=8.9) == [Sign.HOURS]


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        ([4, 3], []),
        ([4, 2], [Sign.CONFIDENCE_DROP]),
        ([4, None, 2], [Sign.CONFIDENCE_DROP]),
        ([5, 4, 3], []),
        ([5, 4, 3, 2], [Sign.CONFIDENCE_SLIDE]),
        ([2, 5, 4, 4, 3], []),
        ([], []),
    ],
)
def test_confidence_warns_when_it_falls_by_two_or_three_times_in_a_row(
    confidence: list[float | None], expected: list[Sign]
) -> None:
    assert signs(confidence=confidence) == expected


@pytest.mark.parametrize(
    ("mocks", "expected"),
    [([4, 3.5], []), ([4, 3.5, 3], [Sign.MOCKS]), ([4, 3.5, 3.5], []), ([5, 4, 3, 4], [])],
)
def test_mock_ratings_warn_when_two_in_a_row_are_lower(mocks: list[float], expected: list[Sign]) -> None:
    assert signs(mocks=mocks) == expected


def test_a_warning_holds_its_numbers_and_what_helps() -> None:
    (sign,) = warning_signs(studied=5, floor=12)
    assert (sign.was, sign.now) == (12, 5)
    assert sign.advice
