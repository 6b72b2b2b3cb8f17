"""The matcher against every possible round of few people: the gap in points 1 to 3 is zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from plans.mocks import Kind
from plans.model import Level
from plans.pairing import Participant, PastRound, pair
from tests.plans.pairing_rules import Rules, as_round

MONDAY = datetime(2027, 1, 11, tzinfo=UTC)
CASES = 25  # for each seed, with and without wishes about partners: 400 in all


def somebody(rng: Random, name: str, others: Sequence[str], *, mentor: bool) -> Participant:
    """A person with some hours, kinds and blocks, or with none."""
    hours = rng.sample(range(8, 22), rng.randint(1, 3))
    free = tuple(
        (MONDAY + timedelta(hours=h), MONDAY + timedelta(hours=h + rng.randint(1, 4))) for h in hours
    )
    return Participant(
        name,
        level=rng.choice([None, *Level]),
        kinds=frozenset(rng.sample(list(Kind), rng.randint(0, 2))),
        free=None if rng.random() < 0.3 else free,
        mentor=mentor,
        blocks=frozenset(who for who in others if rng.random() < 0.08),
        same_level_only=rng.random() < 0.15,
        capacity=rng.randint(1, 2) if mentor else 1,
    )


def season(seed: int, *, picky: bool) -> list[tuple[list[Participant], list[PastRound]]]:
    """Some rounds one after the other, with people who come and go; each with the history before it."""
    rng = Random(seed)
    names, mentors = "abcdefg", "xy"
    rounds: list[PastRound] = []
    cases = []
    for number in range(1, 6):
        here = sorted(rng.sample(names, rng.randint(1, len(names)))) + rng.sample(mentors, rng.randint(0, 2))
        people = [
            somebody(rng, who, here, mentor=who in mentors)
            if picky
            else Participant(who, mentor=who in mentors)
            for who in here
        ]
        cases.append((people, list(rounds)))
        made = pair(people, rounds, seed=seed)
        left = tuple(each.id for each in made.left_out)
        rounds.append(PastRound(number, tuple(group.people for group in made.groups), left))
    return cases


@pytest.mark.parametrize("picky", [False, True], ids=["anybody fits", "few fit"])
@pytest.mark.parametrize("seed", range(8))
def test_no_round_is_better_in_who_is_left_out_in_mentors_and_in_repeats(seed: int, picky: bool) -> None:
    for number in range(CASES // 5):
        for people, history in season(seed * 1000 + number, picky=picky):
            rules = Rules(people, history)
            made = as_round(pair(people, history, seed=seed), rules)
            assert rules.cost(made) == rules.best(), (people, history, made)
