"""A round of mock interviews: who meets whom, who does what, when, and why, one rule at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from plans.mocks import Kind, Role, Style
from plans.model import Level
from plans.pairing import (
    LeftOutReason,
    NamedTwice,
    Pairing,
    Participant,
    PastRound,
    pair,
    style_for,
)
from plans.pairing.reasons import Complement, Observes
from tests.plans.mock_rounds import SEEDS, hours, left, only, sets, together

# The edges


def test_of_nobody_nothing_is_made() -> None:
    assert pair([]) == Pairing()


def test_one_person_is_told_that_they_are_alone() -> None:
    made = pair([Participant("ana")])
    assert (made.groups, left(made)) == ((), {"ana": LeftOutReason.ALONE})


def test_two_people_meet_again_and_again_and_take_turns() -> None:
    history: list[PastRound] = []
    began = []
    for number in range(1, 7):
        group = only(pair([Participant("ana"), Participant("bo")], history))
        history.append(PastRound(number, (group.people,)))
        began.append(group.people[0])
    assert began in (["ana", "bo"] * 3, ["bo", "ana"] * 3)


def test_an_id_that_stands_twice_is_refused_and_named() -> None:
    with pytest.raises(NamedTwice, match="more than once there is: ana"):
        pair([Participant("ana"), Participant("bo"), Participant("ana")])


def test_hours_without_an_offset_are_refused() -> None:
    naive = datetime(2027, 1, 11, 8)  # noqa: DTZ001 (that is what is refused)
    with pytest.raises(ValueError, match="no offset"):
        pair([Participant("ana", free=((naive, naive + timedelta(hours=2)),))])


def test_blocks_and_history_may_name_people_who_are_not_there() -> None:
    history = [PastRound(1, (("ana", "zoe"), ("yan", "xi", "ana")), ("wu",))]
    assert together(
        pair([Participant("ana", blocks=frozenset({"zoe"})), Participant("bo")], history)
    ) == sets(("ana", "bo"))


def test_only_mentors_are_told_that_nobody_wants_to_practise() -> None:
    made = pair([Participant("max", mentor=True), Participant("moe", mentor=True)])
    assert left(made) == {"max": LeftOutReason.NO_PEERS, "moe": LeftOutReason.NO_PEERS}


# What must hold


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("asks", ["ana", "bo"])
def test_a_block_holds_both_ways(asks: str, seed: int) -> None:
    blocks = {"ana": frozenset({"bo"}), "bo": frozenset({"ana"})}
    people = [Participant(who, blocks=blocks[who] if who == asks else frozenset()) for who in ("ana", "bo")]
    assert pair(people, seed=seed).groups == ()
    four = [*people, Participant("cy"), Participant("dan")]
    assert frozenset({"ana", "bo"}) not in together(pair(four, seed=seed))


def test_fifty_nine_common_minutes_are_not_an_hour() -> None:
    ana = Participant("ana", free=hours((8, 12)))
    assert not pair([ana, Participant("bo", free=hours((11 + 1 / 60, 15)))]).groups
    assert pair([ana, Participant("bo", free=hours((11, 15)))]).groups


def test_stretches_that_touch_are_one() -> None:
    ana = Participant("ana", free=hours((8, 8.5), (8.5, 9)))
    assert pair([ana, Participant("bo", free=hours((8, 9)))]).groups


def test_a_longer_session_needs_longer_hours() -> None:
    people = [Participant("ana", free=hours((8, 9.5))), Participant("bo", free=hours((8, 9.5)))]
    assert only(pair(people, minutes=90)).slots == hours((8, 9.5))
    assert not pair(people, minutes=91).groups


def test_hours_are_instants_whatever_offset_they_are_written_with() -> None:
    berlin = datetime.fromisoformat("2027-01-11T18:00+01:00")
    kolkata = datetime.fromisoformat("2027-01-11T22:30+05:30")
    people = [
        Participant("ana", free=((berlin, berlin + timedelta(hours=1)),)),
        Participant("bo", free=((kolkata, kolkata + timedelta(hours=1)),)),
    ]
    assert only(pair(people)).slots == hours((17, 18))


def test_a_three_shares_one_hour_and_not_two_by_two() -> None:
    people = [
        Participant("ana", free=hours((8, 9), (10, 11))),
        Participant("bo", free=hours((10, 11), (12, 13))),
        Participant("cy", free=hours((12, 13), (8, 9))),
    ]
    made = pair(people)
    assert [len(group.people) for group in made.groups] == [2]
    assert list(left(made).values()) == [LeftOutReason.ALL_TAKEN]


def test_without_a_common_kind_there_is_no_session() -> None:
    technical, behavioral = frozenset({Kind.TECHNICAL}), frozenset({Kind.BEHAVIORAL})
    people = [Participant("ana", kinds=technical), Participant("bo", kinds=behavioral)]
    assert not pair(people).groups
    assert together(pair([*people, Participant("cy"), Participant("dan")])) <= sets(
        ("ana", "cy"), ("ana", "dan"), ("bo", "cy"), ("bo", "dan")
    )


@pytest.mark.parametrize("choosy", [True, False])
def test_levels_differ_unless_somebody_wants_their_own_only(choosy: bool) -> None:
    people = [Participant("ana", Level.L6, same_level_only=choosy), Participant("bo", Level.L7)]
    assert bool(pair(people).groups) is not choosy
    assert pair([people[0], Participant("cy")]).groups


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mentor_interviews_up_to_their_capacity_and_never_a_mentor(seed: int) -> None:
    apart = frozenset({"a", "b", "c", "d"})
    people = [Participant(who, blocks=apart - {who}) for who in sorted(apart)]
    mentors = [Participant("m", mentor=True, capacity=2), Participant("n", mentor=True)]
    made = pair([*people, *mentors], seed=seed)
    interviewers = sorted(group.people[0] for group in made.groups)
    assert interviewers == ["m", "m", "n"]
    assert all(group.roles[group.people[1]] is Role.CANDIDATE for group in made.groups)
    assert list(left(made).values()) == [LeftOutReason.ALL_TAKEN]


def test_an_odd_one_out_goes_to_a_mentor_rather_than_observing() -> None:
    made = pair([Participant(who) for who in "abcde"] + [Participant("m", mentor=True)])
    assert sorted(len(group.people) for group in made.groups) == [2, 2, 2]


def test_an_idle_mentor_is_told_that_everybody_had_a_partner() -> None:
    made = pair([Participant("ana"), Participant("bo"), Participant("m", mentor=True)])
    assert left(made) == {"m": LeftOutReason.NOT_NEEDED}


def test_two_mentors_are_used_where_nobody_has_to_observe_for_it() -> None:
    mentors = [Participant("m", mentor=True), Participant("n", mentor=True)]
    made = pair([Participant(who) for who in "abcd"] + mentors)
    assert {group.people[0] for group in made.groups} >= {"m", "n"}


def test_a_mentor_who_offers_none_is_given_none() -> None:
    assert not pair([Participant("ana"), Participant("m", mentor=True, capacity=0)]).groups


# Who does what


@pytest.mark.parametrize("seed", SEEDS)
def test_who_interviewed_last_begins_as_candidate(seed: int) -> None:
    history = [PastRound(1, (("ana", "cy"), ("dan", "bo")))]
    people = [Participant("ana"), Participant("bo")]
    assert only(pair(people, history, seed=seed)).people == ("bo", "ana")


@pytest.mark.parametrize("seed", SEEDS)
def test_wishes_decide_where_turns_are_even(seed: int) -> None:
    people = [Participant("ana", wish=Role.CANDIDATE), Participant("bo")]
    assert only(pair(people, seed=seed)).people == ("bo", "ana")


@pytest.mark.parametrize("seed", SEEDS)
def test_who_observes_has_observed_least(seed: int) -> None:
    history = [PastRound(1, (("ana", "bo", "cy"),)), PastRound(2, (("cy", "ana", "bo"),))]
    group = only(pair([Participant("ana"), Participant("bo"), Participant("cy")], history, seed=seed))
    assert group.people[2] == "ana"
    assert Observes("ana", 0) in group.reason.facts


@pytest.mark.parametrize("seed", SEEDS)
def test_a_weak_area_meets_a_strong_one(seed: int) -> None:
    people = [
        Participant("ana", weak=frozenset({"coding"})),
        Participant("bo", strong=frozenset({"coding"})),
        Participant("cy"),
        Participant("dan"),
    ]
    made = pair(people, seed=seed)
    assert together(made) == sets(("ana", "bo"), ("cy", "dan"))
    assert Complement("ana", "bo", "coding") in made.groups[0].reason.facts


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_level_comes_behind_weak_areas_and_before_chance(seed: int) -> None:
    levels = dict(zip("abcd", (Level.L6, Level.L7, Level.L6, Level.L7), strict=True))
    made = pair([Participant(who, level) for who, level in levels.items()], seed=seed)
    assert together(made) == sets("ac", "bd")
    areas = frozenset({"design"})
    crossing = [
        Participant(
            who, level, weak=areas if who == "a" else frozenset(), strong=areas if who == "b" else frozenset()
        )
        for who, level in levels.items()
    ]
    assert together(pair(crossing, seed=seed)) == sets("ab", "cd")


@pytest.mark.parametrize("seed", SEEDS)
def test_steady_people_are_put_together_when_all_else_is_equal(seed: int) -> None:
    steady = dict(zip("abcd", (1.0, 0.3, 1.0, 0.3), strict=True))
    made = pair([Participant(who, reliability=each) for who, each in steady.items()], seed=seed)
    assert together(made) == sets("ac", "bd")


def test_another_seed_makes_another_round() -> None:
    people = [Participant(f"p{number}") for number in range(10)]
    assert len({pair(people, seed=seed).groups[0].people for seed in range(20)}) > 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_candidate_meets_the_four_styles_in_four_sessions(seed: int) -> None:
    met: list[Style] = []
    for _ in range(8):
        met.append(style_for(met, seed, "ana"))
    assert set(met[:4]) == set(met[4:]) == set(Style)


@pytest.mark.parametrize("seed", SEEDS)
def test_of_those_left_out_as_often_who_observed_or_was_left_out_last_has_a_session(
    seed: int,
) -> None:
    """Ana and Bo can each meet Cy only, and not both at one hour."""
    people = [
        Participant("ana", free=hours((8, 9))),
        Participant("bo", free=hours((12, 13))),
        Participant("cy", free=hours((8, 9), (12, 13))),
    ]
    history = [PastRound(1, (("bo", "cy"),), ("ana",)), PastRound(2, (("ana", "cy"),), ("bo",))]
    assert set(left(pair(people, history, seed=seed))) == {"ana"}
    observed = [*history, PastRound(3, (("yan", "zoe", "ana"),))]
    assert set(left(pair(people, observed, seed=seed))) == {"bo"}


@pytest.mark.parametrize("seed", SEEDS)
def test_one_pair_that_met_often_is_fewer_repeats_than_two_that_met_once(seed: int) -> None:
    often = [PastRound(number, (("a", "b"),)) for number in (1, 2, 3)]
    once = [PastRound(4, (("a", "c"), ("b", "d"))), PastRound(5, (("d", "a"), ("c", "b")))]
    made = pair([Participant(who) for who in "abcd"], [*often, *once], seed=seed)
    assert together(made) == sets("ab", "cd")


@pytest.mark.parametrize("seed", range(20))
def test_who_interviewed_more_often_meets_somebody_who_did_so_less_often(seed: int) -> None:
    history = [PastRound(1, (("a", "w"), ("b", "x"), ("y", "c"), ("z", "d")))]
    made = pair([Participant(who) for who in "abcd"], history, seed=seed)
    assert not together(made) & sets("ab", "cd")
    assert {group.people[0] for group in made.groups} == {"c", "d"}


# Which kind, and when


def test_kinds_take_turns_where_nobody_names_one() -> None:
    people = [Participant("ana"), Participant("bo")]
    kinds = [only(pair(people, [PastRound(number, ())])).kind for number in range(4)]
    assert kinds == [Kind.TECHNICAL, Kind.BEHAVIORAL] * 2


def test_the_kind_is_the_one_that_they_had_least_lately() -> None:
    people = [Participant("ana"), Participant("bo")]
    before = {"ana": [Kind.BEHAVIORAL, Kind.TECHNICAL], "bo": [Kind.BEHAVIORAL, Kind.TECHNICAL]}
    assert only(pair(people, kinds_before=before)).kind is Kind.BEHAVIORAL
    assert only(pair(people, kinds_before={"ana": [Kind.BEHAVIORAL]})).kind is Kind.TECHNICAL


def test_a_full_loop_is_chosen_only_if_nothing_else_is_common() -> None:
    both = frozenset({Kind.FULL_LOOP, Kind.BEHAVIORAL})
    assert only(pair([Participant("ana", kinds=both), Participant("bo", kinds=both)])).kind is Kind.BEHAVIORAL
    loop = frozenset({Kind.FULL_LOOP, Kind.TECHNICAL})
    assert only(pair([Participant("ana", kinds=both), Participant("bo", kinds=loop)])).kind is Kind.FULL_LOOP


def test_slots_are_spread_over_days_on_full_hours_where_there_are_any() -> None:
    week = hours(*((24 * day + 17.25, 24 * day + 20) for day in range(7)))
    slots = only(pair([Participant("ana", free=week), Participant("bo")])).slots
    assert slots == hours(*((24 * day + 18, 24 * day + 19) for day in (0, 1, 3, 4, 6)))


def test_slots_of_one_evening_do_not_overlap() -> None:
    evening = hours((17, 20.5))
    slots = only(pair([Participant("ana", free=evening), Participant("bo", free=evening)])).slots
    assert slots == hours((17, 18), (18, 19), (19, 20))


def test_a_slot_begins_on_no_half_hour_only_if_it_must() -> None:
    odd = hours((17.25, 18.25))
    assert only(pair([Participant("ana", free=odd), Participant("bo", free=odd)])).slots == odd


def test_people_who_can_at_any_time_get_no_slots() -> None:
    assert only(pair([Participant("ana"), Participant("bo")])).slots == ()
