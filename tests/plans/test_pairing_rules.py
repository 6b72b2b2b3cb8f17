"""What holds for every round, whoever is in."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.mocks import Kind, Role
from plans.model import Level
from plans.pairing import Interval, Pairing, Participant, PastRound, pair
from tests.plans.pairing_rules import Rules

MONDAY = datetime(2027, 1, 11, tzinfo=UTC)
NAMES = [f"p{number:02}" for number in range(16)]
hours = st.tuples(st.integers(0, 30), st.integers(0, 6)).map(
    lambda each: (MONDAY + timedelta(hours=each[0]), MONDAY + timedelta(hours=sum(each)))
)
names = st.sampled_from([*NAMES, "somebody else"])


@st.composite
def people(draw: st.DrawFn) -> list[Participant]:
    found = []
    for who in draw(st.lists(st.sampled_from(NAMES), unique=True)):
        free: tuple[Interval, ...] | None = draw(st.none() | st.lists(hours, max_size=3).map(tuple))
        each = Participant(
            who,
            level=draw(st.sampled_from([None, *Level])),
            kinds=draw(st.frozensets(st.sampled_from(Kind))),
            free=free,
            mentor=draw(st.sampled_from([False, False, False, True])),
            blocks=draw(st.frozensets(names, max_size=2)),
            same_level_only=draw(st.booleans()),
            wish=draw(st.sampled_from([None, *Role])),
            weak=draw(st.frozensets(st.sampled_from("xyz"))),
            strong=draw(st.frozensets(st.sampled_from("xyz"))),
            capacity=draw(st.integers(0, 3)),
            reliability=draw(st.floats(0, 1)),
        )
        found.append(each)
    return found


@st.composite
def histories(draw: st.DrawFn) -> list[PastRound]:
    rounds = []
    for number in range(draw(st.integers(0, 3))):
        row = draw(st.permutations([*NAMES, "somebody else"]))
        cut = draw(st.lists(st.integers(1, 3), max_size=6))
        groups = tuple(tuple(row[sum(cut[:at]) : sum(cut[: at + 1])]) for at in range(len(cut)))
        rounds.append(PastRound(number + 1, groups, tuple(row[sum(cut) : sum(cut) + 2])))
    return rounds


@settings(max_examples=60, deadline=None)
@given(people(), histories(), st.integers(0, 99))
def test_nobody_meets_whom_they_must_not_and_everybody_is_somewhere(
    here: list[Participant], history: list[PastRound], seed: int
) -> None:
    made = pair(here, history, seed=seed)
    rules = Rules(here, history)
    assert all(rules.may_meet(group.people) for group in made.groups)
    times = Counter(who for group in made.groups for who in group.people)
    alone = Counter(left.id for left in made.left_out)
    assert set(alone.values()) <= {1}
    for person in here:
        most = person.capacity if person.mentor else 1
        assert times[person.id] <= most
        assert (times[person.id] > 0) != (alone[person.id] > 0)
    assert times.keys() | alone.keys() == {person.id for person in here}
    assert all(left.reason.text() for left in made.left_out)


@settings(max_examples=60, deadline=None)
@given(people(), histories(), st.integers(0, 99))
def test_a_group_has_its_roles_its_kind_and_slots_for_all_of_them(
    here: list[Participant], history: list[PastRound], seed: int
) -> None:
    by_id = {person.id: person for person in here}
    for group in pair(here, history, seed=seed).groups:
        inside = [by_id[who] for who in group.people]
        assert [group.roles[who] for who in group.people] == list(Role)[: len(inside)]
        assert all(person.mentor is False for person in inside[1:])
        assert len(inside) == 2 or not inside[0].mentor
        assert all(not person.kinds or group.kind in person.kinds for person in inside)
        assert bool(group.slots) == any(person.free is not None for person in inside)
        assert all(end - start == timedelta(hours=1) for start, end in group.slots)
        assert all(_is_free(person, start, end) for start, end in group.slots for person in inside)
        assert group.reason.text()


def _is_free(person: Participant, start: datetime, end: datetime) -> bool:
    """In every one of its quarters of an hour, for stretches may touch each other."""
    quarter = timedelta(minutes=15)
    quarters = [start + quarter * number for number in range((end - start) // quarter)]
    return person.free is None or all(
        any(a <= each and each + quarter <= b for a, b in person.free) for each in quarters
    )


@settings(max_examples=30, deadline=None)
@given(people(), histories(), st.integers(0, 99))
def test_the_same_people_and_seed_make_the_same_round_in_whatever_order_they_come(
    here: list[Participant], history: list[PastRound], seed: int
) -> None:
    rng = Random(seed)
    first = pair(here, history, seed=seed)
    again = pair(rng.sample(here, len(here)), rng.sample(history, len(history)), seed=seed)
    assert first == again


@settings(max_examples=30, deadline=None)
@given(people(), histories(), st.integers(0, 99))
def test_who_is_kept_stays_together_when_nothing_has_changed(
    here: list[Participant], history: list[PastRound], seed: int
) -> None:
    first = pair(here, history, seed=seed)
    again = pair(here, history, seed=seed + 1, keep=[group.people for group in first.groups])
    assert _groups(again) == _groups(first)


def _groups(made: Pairing) -> list[tuple[str, ...]]:
    return sorted(group.people for group in made.groups)


@settings(max_examples=40, deadline=None)
@given(people(), histories(), st.data())
def test_keeping_groups_leaves_no_more_people_without_a_session(
    here: list[Participant], history: list[PastRound], data: st.DataObject
) -> None:
    before = pair(here, history)
    gone = data.draw(st.sets(st.sampled_from([person.id for person in here] or ["nobody"]), max_size=2))
    still = [person for person in here if person.id not in gone]
    kept = pair(still, history, keep=[group.people for group in before.groups])
    peers = {person.id for person in still if not person.mentor}
    alone = [sum(left.id in peers for left in made.left_out) for made in (kept, pair(still, history))]
    assert alone[0] == alone[1]
