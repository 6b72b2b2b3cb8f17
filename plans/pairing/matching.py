"""A round: who meets whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

from plans.mocks import Kind
from plans.pairing import past as books
from plans.pairing.ahead import best_plan
from plans.pairing.board import Board
from plans.pairing.candidates import candidates
from plans.pairing.people import NamedTwice, Pairing, Participant, PastRound
from plans.pairing.sessions import Sessions
from plans.pairing.weights import Costs


def pair(
    people: Sequence[Participant],
    history: Sequence[PastRound] = (),
    *,
    seed: int = 0,
    minutes: int = 60,
    keep: Sequence[Sequence[str]] = (),
    kinds_before: Mapping[str, Sequence[Kind]] | None = None,
) -> Pairing:
    """Everybody's session of the coming round, or why there is none.

    The order of people and of past rounds does not matter. `keep` are groups of an earlier answer that stay
    as they are unless that leaves somebody without a session, `kinds_before` what each one practised, the
    newest last.

    Raises:
        NamedTwice: an id is there more than once.
        ValueError: somebody's hours have no offset.
    """
    twice = sorted(name for name, times in Counter(person.id for person in people).items() if times > 1)
    if twice:
        raise NamedTwice(ids=", ".join(twice))
    board, past = Board(people, minutes), books.read(history)
    costs = Costs(board, past, seed, _kept(board, keep))
    plan = best_plan(costs, candidates(costs), Random(f"{seed}:{past.next}"))
    return Sessions(costs, keep, kinds_before or {}).pairing(plan)


def _kept(board: Board, keep: Sequence[Sequence[str]]) -> dict[int, frozenset[int]]:
    """The groups to keep, by their peers: of each who is still here, if these can still meet."""
    kept: dict[int, frozenset[int]] = {}
    for group in keep:
        people = sorted({board.number[who] for who in group if who in board.number})
        nodes = [board.whose.index(number) for number in people if number in board.whose]
        peers = [number for number in people if number < board.peers]
        whole = 2 <= len(people) <= 3 and len(nodes) == len(people) and (len(people) == 2 or len(peers) == 3)
        if whole and board.fit(*nodes) and not kept.keys() & set(peers):
            kept |= dict.fromkeys(peers, frozenset(people))
    return kept
