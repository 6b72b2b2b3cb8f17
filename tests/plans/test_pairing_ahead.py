"""Seasons: repeats and sitting out over many rounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from random import Random

import pytest

from plans.pairing import Participant, PastRound, pair

MONDAY = datetime(2027, 1, 11, tzinfo=UTC)


def play(season: Sequence[Sequence[Participant]], seed: int) -> list[PastRound]:
    """Match round after round, people and history in another order each time."""
    rng = Random(seed)
    rounds: list[PastRound] = []
    for number, people in enumerate(season, 1):
        made = pair(rng.sample(people, len(people)), rng.sample(rounds, len(rounds)), seed=seed)
        left = tuple(each.id for each in made.left_out)
        rounds.append(PastRound(number, tuple(group.people for group in made.groups), left))
    return rounds


def always(size: int, rounds: int) -> list[list[Participant]]:
    return [[Participant(f"p{number:02}") for number in range(size)]] * rounds


def meetings(rounds: Sequence[PastRound]) -> Counter[frozenset[str]]:
    return Counter(
        frozenset(two) for each in rounds for group in each.groups for two in combinations(group, 2)
    )


def interviews(rounds: Sequence[PastRound]) -> Counter[frozenset[str]]:
    return Counter(frozenset(group[:2]) for each in rounds for group in each.groups)


def sat_out(rounds: Sequence[PastRound]) -> Counter[str]:
    groups = [group for each in rounds for group in each.groups]
    return Counter(who for group in groups for who in group[2:]) + Counter(
        who for each in rounds for who in each.left_out
    )


@pytest.mark.parametrize("size", [2, 4, 6, 8, 10, 12])
@pytest.mark.parametrize("seed", range(20))
def test_an_even_number_meets_everybody_before_anybody_meets_again(size: int, seed: int) -> None:
    rounds = play(always(size, size - 1), seed)
    assert meetings(rounds) == Counter(dict.fromkeys(meetings(rounds), 1))
    assert len(meetings(rounds)) == size * (size - 1) // 2
    assert not sat_out(rounds)


@pytest.mark.parametrize("size", [3, 5, 7, 9, 11])
@pytest.mark.parametrize("seed", range(8))
def test_of_an_odd_number_each_observes_once_in_as_many_rounds(size: int, seed: int) -> None:
    rounds = play(always(size, size), seed)
    assert sat_out(rounds) == Counter({f"p{number:02}": 1 for number in range(size)})
    repeated = sum(times - 1 for times in interviews(rounds).values())
    assert repeated <= 4, "two interview each other again"
    if size > 5:  # the fewest there can be: a three is three meetings
        assert sum(times - 1 for times in meetings(rounds).values()) == 2 * size


@pytest.mark.parametrize("size", [4, 6, 8])
@pytest.mark.parametrize("seed", range(5))
def test_the_second_cycle_is_as_even_as_the_first(size: int, seed: int) -> None:
    rounds = play(always(size, 2 * (size - 1)), seed)
    assert set(meetings(rounds).values()) == {2}


@pytest.mark.parametrize("seed", range(5))
def test_in_every_cycle_of_an_odd_number_each_observes_once(seed: int) -> None:
    rounds = play(always(7, 21), seed)
    assert set(sat_out(rounds).values()) == {3}


@pytest.mark.parametrize("seed", range(10))
def test_two_triangles_of_those_who_have_not_met_are_seen_coming(seed: int) -> None:
    """After the first three rounds of six, who has not met must form a ring of six and not two of three."""
    rounds = play(always(6, 3), seed)
    met = meetings(rounds)
    names = [f"p{number:02}" for number in range(6)]
    triangles = [
        t for t in combinations(names, 3) if not any(met[frozenset(two)] for two in combinations(t, 2))
    ]
    assert triangles == []


@pytest.mark.parametrize("seed", range(10))
def test_two_who_join_do_not_meet_each_other_while_that_brings_repeats_early(seed: int) -> None:
    """Of four, two pairs have not met. If both meet in the first round of six, the next has a repeat."""
    four, six = always(4, 2), always(6, 2)
    assert set(meetings(play([*four, *six], seed)).values()) == {1}


@pytest.mark.parametrize("seed", range(5))
def test_with_different_hours_too_everybody_meets_everybody_whom_they_can(seed: int) -> None:
    """Four in the morning and four in the evening."""
    morning = ((MONDAY + timedelta(hours=7), MONDAY + timedelta(hours=9)),)
    evening = ((MONDAY + timedelta(hours=18), MONDAY + timedelta(hours=20)),)
    people = [Participant(f"m{number}", free=morning) for number in range(4)]
    people += [Participant(f"e{number}", free=evening) for number in range(4)]
    rounds = play([people] * 3, seed)
    assert set(meetings(rounds).values()) == {1}


@pytest.mark.parametrize("seed", range(5))
def test_mentors_are_asked_in_turn(seed: int) -> None:
    peers = [Participant(f"p{number}") for number in range(3)]
    mentors = [Participant(f"m{number}", mentor=True) for number in range(3)]
    rounds = play([[*peers, *mentors]] * 2, seed)
    asked = Counter(group[0] for each in rounds for group in each.groups if group[0].startswith("m"))
    assert asked == Counter(m0=2, m1=2, m2=2)


def test_whoever_was_left_out_has_a_session_next_time() -> None:
    """Three who do not want to share one hour for three: c and a, or c and b."""
    hours = [(MONDAY + timedelta(hours=at), MONDAY + timedelta(hours=at + 1)) for at in (8, 12)]
    people = [
        Participant("a", free=(hours[0],)),
        Participant("b", free=(hours[1],)),
        Participant("c", free=tuple(hours)),
    ]
    rounds = play([people] * 6, 1)
    assert [len(each.left_out) for each in rounds] == [1] * 6
    assert Counter(each.left_out[0] for each in rounds) == Counter(a=3, b=3)
    assert all(one.left_out != other.left_out for one, other in pairwise(rounds))


@pytest.mark.parametrize("seed", range(3))
def test_a_great_round_repeats_nobody_either(seed: int) -> None:
    rounds = play(always(301, 3), seed)
    assert max(meetings(rounds).values()) == 1
    assert max(sat_out(rounds).values()) == 1
