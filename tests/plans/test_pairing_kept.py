"""Groups that stay when somebody drops out, and the reasons that people read."""

from __future__ import annotations

import pytest

from plans.mocks import Kind
from plans.model import Level
from plans.pairing import (
    LeftOutReason,
    Participant,
    PastRound,
    pair,
)
from plans.pairing.reasons import Met
from tests.plans.mock_rounds import SEEDS, hours, left, only, sets, together

# Keeping groups


@pytest.mark.parametrize("seed", SEEDS)
def test_when_two_drop_out_only_their_partners_move(seed: int) -> None:
    people = [Participant(who) for who in "abcdefgh"]
    first = pair(people, seed=seed)
    gone = {first.groups[0].people[0], first.groups[1].people[0]}
    second = pair(
        [each for each in people if each.id not in gone], seed=seed + 1, keep=[g.people for g in first.groups]
    )
    assert [group.people for group in first.groups[2:]] == [
        group.people for group in second.groups if group.people in {each.people for each in first.groups}
    ]
    assert frozenset({first.groups[0].people[1], first.groups[1].people[1]}) in together(second)


def test_whoever_loses_their_partner_joins_a_pair_that_stays() -> None:
    people = [Participant(who) for who in "abc"]
    assert together(pair(people, keep=[("a", "b"), ("c", "d")])) == sets("abc")


def test_a_group_is_broken_if_somebody_would_have_no_session_otherwise() -> None:
    """c can meet a only, and not in a three."""
    people = [
        Participant("a", free=hours((8, 9), (10, 11))),
        Participant("b", free=hours((8, 9), (12, 13))),
        Participant("c", free=hours((10, 11))),
        Participant("d", free=hours((12, 13))),
    ]
    assert together(pair(people, keep=[("a", "b")])) == sets("ac", "bd")


def test_of_a_three_that_loses_one_the_other_two_stay_as_they_were() -> None:
    people = [Participant(who) for who in "abde"]
    made = pair(people, keep=[("b", "c", "a"), ("e", "d")])
    assert {group.people for group in made.groups} == {("b", "a"), ("e", "d")}


def test_a_group_that_may_not_meet_any_more_is_not_kept() -> None:
    people = [Participant("a", blocks=frozenset("b")), Participant("b"), Participant("c"), Participant("d")]
    assert frozenset("ab") not in together(pair(people, keep=[("a", "b"), ("c", "d")]))


def test_in_a_great_round_groups_are_kept_too() -> None:
    people = [Participant(f"p{number:03}") for number in range(230)]
    first = pair(people, seed=1)
    second = pair(people[2:], seed=2, keep=[group.people for group in first.groups])
    assert len({group.people for group in first.groups} - {group.people for group in second.groups}) <= 2
    assert not second.left_out


# Reasons


def test_a_reason_says_since_when_they_met_and_when_both_are_free() -> None:
    people = [
        Participant("ana", Level.L6, free=hours((17, 20)), weak=frozenset({"coding"})),
        Participant("bo", Level.L6, strong=frozenset({"coding"})),
    ]
    names = {"ana": "Ana", "bo": "Bo"}
    assert only(pair(people)).reason.text(names.__getitem__) == (
        "You have not met yet; both free Monday 11 January 17:00-20:00 UTC;"
        " Ana's weak area coding is Bo's strong one; same level, L6."
    )
    again = only(pair(people, [PastRound(1, (("ana", "bo"),)), PastRound(3, ())])).reason
    assert again.facts[0] == Met(("bo", "ana"), 1, 3)
    assert again.text().startswith("You have met once, last 3 rounds ago,")


def test_who_has_no_time_is_told_so() -> None:
    made = pair([Participant("ana", free=()), Participant("bo"), Participant("cy", free=hours((8, 8.75)))])
    assert {left(made)[who] for who in ("ana", "cy")} == {LeftOutReason.NO_TIME}


def test_nobody_is_free_is_said_only_if_it_is_true() -> None:
    evening = Participant("ana", free=hours((20, 22)))
    others = [Participant("bo", free=hours((8, 9))), Participant("cy", free=hours((8, 9)))]
    assert left(pair([evening, *others])) == {"ana": LeftOutReason.NOBODY_FREE}


@pytest.mark.parametrize("blocker", ["ana", "bo"])
def test_a_block_reads_like_hours_kinds_and_levels_that_do_not_fit(blocker: str) -> None:
    """Who is left because of a block only reads what they would read without one and with other wishes."""
    blocked = [
        Participant("ana", blocks=frozenset({"bo"} if blocker == "ana" else ())),
        Participant("bo", blocks=frozenset({"ana"} if blocker == "bo" else ())),
    ]
    unlike = [
        Participant("ana", kinds=frozenset({Kind.TECHNICAL})),
        Participant("bo", kinds=frozenset({Kind.BEHAVIORAL})),
    ]
    assert (
        left(pair(blocked)) == left(pair(unlike)) == dict.fromkeys(("ana", "bo"), LeftOutReason.NOBODY_FITS)
    )


def test_when_all_have_blocked_each_other_all_read_the_same() -> None:
    everybody = frozenset("abcde")
    made = pair([Participant(who, blocks=everybody) for who in sorted(everybody)])
    assert left(made) == dict.fromkeys("abcde", LeftOutReason.NOBODY_FITS)


def test_no_sentence_speaks_of_blocks() -> None:
    assert not any("block" in reason.text().casefold() for reason in LeftOutReason)
