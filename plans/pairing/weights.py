"""What a group costs: every criterion in its order, in one whole number.

Each criterion has its own bits in the number, and so many of them that the sum over a whole round never
reaches the bits of the criterion above it. A criterion that says nothing in this round (nobody has a wish,
there is no history) takes none. Only in rounds of several hundred people are the 128 bits of the matching
too few; then the lowest criteria get less room and may outvote their neighbour, never the upper ones.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from plans.mocks import Role
from plans.pairing.board import Board
from plans.pairing.past import Past
from plans.pairing.people import Participant

Nodes = tuple[int, ...]  # two or three who meet; a single peer is left out
MOST_PLACES = 63
MOST_TIMES = 15
LONG_AGO = 63
MOST_BALANCE = 4
RELIABLE = 15
AHEAD = 7
CHANCE_BITS = 28
BITS = 119  # of the 128 that rustworkx computes with; the rest is for sums inside it
WISHED = {Role.INTERVIEWER: 0, None: 1, Role.OBSERVER: 1, Role.CANDIDATE: 2}


def chance(seed: int, one: int, other: int = 0) -> int:
    """A number that looks like chance and is the same each time (the finalizer of splitmix64)."""
    x = (seed * 0x9E3779B97F4A7C15 + one * 0xD1B54A32D192ED03 + other * 0x8CB92BA72F3D8DD7 + 1) & (2**64 - 1)
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 & (2**64 - 1)
    x = (x ^ x >> 27) * 0x94D049BB133111EB & (2**64 - 1)
    return x ^ x >> 31


def places(keys: Sequence[tuple[int, ...]]) -> list[int]:
    """Each one's place in a queue, 0 for the least key; of many places only the last ones differ."""
    queue = {key: place for place, key in enumerate(sorted(set(keys)))}
    surplus = max(0, len(queue) - 1 - MOST_PLACES)
    return [max(0, queue[key] - surplus) for key in keys]


class Costs:
    """The costs of leaving somebody out, of a pair and of a three, as one number each; less is better."""

    def __init__(self, board: Board, past: Past, seed: int, kept: Mapping[int, frozenset[int]]) -> None:
        """Count what can be counted for each person once; `kept` are the groups to keep by their peers."""
        self.board, self.past, self.seed, self.kept = board, past, seed, kept
        ids = [board.person(node).id for node in range(board.peers)]
        left, observed, sat = past.left_out, past.observed, past.sat_last
        self._left = places([(left.get(i, 0), observed.get(i, 0), sat.get(i, 0)) for i in ids])
        self._observes = places([(observed.get(i, 0), left.get(i, 0), sat.get(i, 0)) for i in ids])
        self._seat = dict(zip(board.seats, places([self._asked(node) for node in board.seats]), strict=True))
        self._areas = any(p.weak for p in board.people) and any(p.strong for p in board.people)
        self._unreliable = any(p.reliability < 1 for p in board.people)
        self.shifts, self.top = self._room()
        self._known: dict[Nodes, int | None] = {}

    def _asked(self, seat: int) -> tuple[int, ...]:
        """A seat's key in the queue of mentors: first seats first, who interviewed least recently first."""
        who = self.board.person(seat).id
        past = self.past
        return (self.board.copy[seat], past.interviewed_last.get(who, 0), past.interviewed.get(who, 0))

    def _room(self) -> tuple[dict[str, int], int]:
        """Where each criterion's bits begin, and where those of people left out do."""
        people, past = self.board.people, self.past
        biggest = {
            "moved": 2 * bool(self.kept),
            "left": max(self._left, default=0),
            "observers": 1,
            "observer": max(self._observes, default=0),
            "idle": bool(self._seat),
            "mentor": max(self._seat.values(), default=-1) + 1,
            "repeats": bool(past.met),
            "practised": min(MOST_TIMES, max(past.practised.values(), default=0)),
            "times": min(MOST_TIMES, max(past.met.values(), default=0)),
            "recent": min(LONG_AGO, past.next) * bool(past.met),
            "ahead": AHEAD,
            "balance": MOST_BALANCE,
            "wishes": any(p.wish for p in people),
            "areas": 2 * self._areas,
            "level": len({p.level for p in people}) > 1,
            "reliable": RELIABLE * self._unreliable,
            "chance": (1 << CHANCE_BITS) - 1,
        }
        terms = len(self.board.whose)
        widths = {name: int(most * terms).bit_length() for name, most in biggest.items()}
        for name in reversed(widths):
            if sum(widths.values()) <= BITS:
                break
            widths[name] = min(widths[name], int(biggest[name]).bit_length() + 2)
        shifts, at = {}, 0
        for name in reversed(widths):
            shifts[name] = at
            at += widths[name]
        return shifts, at

    def of(self, group: Nodes) -> int | None:
        """What a group of ascending nodes costs; None if they cannot meet."""
        if group not in self._known:
            self._known[group] = self._reckon(group)
        return self._known[group]

    def _reckon(self, group: Nodes) -> int | None:
        if len(group) == 1:
            return self.leaving_out(group[0])
        if not self.board.fit(*group):
            return None
        return min(self._packed(group, order) for order in self._orders(group))

    def total(self, plan: Sequence[Nodes]) -> int:
        """What a whole plan costs."""
        return sum(self.of(group) or 0 for group in plan)

    def known(self, pair: Nodes) -> tuple[int, int]:
        """How often two practised together, and how often they met at all."""
        two = frozenset(self.board.person(node).id for node in pair)
        return self.past.practised.get(two, 0), self.past.met.get(two, 0)

    def sat(self, peer: int) -> int:
        """How often somebody had no turn: left out or observing."""
        who = self.board.person(peer).id
        return self.past.left_out.get(who, 0) + self.past.observed.get(who, 0)

    # People without a partner

    def leaving_out(self, peer: int) -> int:
        """What it costs that somebody has no session."""
        first_to_go = self._left[peer] << self.shifts["left"]
        return (1 << self.top) + first_to_go + self._reliability(peer) + self._chance(peer, peer)

    def observing(self, peer: int) -> int:
        """What it costs that somebody observes, wishes apart."""
        place = self._observes[peer] << self.shifts["observer"]
        return (1 << self.shifts["observers"]) + place + self._reliability(peer)

    def _reliability(self, peer: int) -> int:
        """Among equals, who came more reliably keeps their turn."""
        return self._steadiness(self.board.people[peer]) << self.shifts["reliable"] if self._unreliable else 0

    @staticmethod
    def _steadiness(person: Participant) -> int:
        return round(RELIABLE * min(1.0, max(0.0, person.reliability)))

    def _chance(self, one: int, other: int) -> int:
        return chance(self.seed, one, other) >> (64 - CHANCE_BITS)

    # Who does what

    def order(self, group: Nodes) -> Nodes:
        """The group's people as they are named: interviewer, candidate, observer."""
        return min(self._orders(group), key=lambda order: self._packed(group, order))

    def _orders(self, group: Nodes) -> list[Nodes]:
        if len(group) == 2:
            return [self._turns(*group)]
        turns = [(self._turns(one, other), o) for o in group for one, other in [[n for n in group if n != o]]]
        return [(*two, observer) for two, observer in turns]

    def _turns(self, one: int, other: int) -> Nodes:
        """Interviewer and candidate: mentors interview; of peers, who did so less often and longest ago."""
        if other >= self.board.peers:
            return other, one
        return (one, other) if self._turn(one, other) <= self._turn(other, one) else (other, one)

    def _turn(self, who: int, partner: int) -> tuple[int, ...]:
        person, past = self.board.people[who], self.past
        return (
            past.balance(person.id),
            past.interviewed_last.get(person.id, 0),
            WISHED[person.wish],
            past.interviewed_two.get((person.id, self.board.people[partner].id), 0),
            chance(self.seed, who),
        )

    # What a group costs

    def _packed(self, group: Nodes, order: Nodes) -> int:
        shifts = self.shifts
        interviewer, candidate, *observers = order
        cost = sum(self._between(one, other) for one, other in combinations(group, 2))
        cost += self._moved(group) << shifts["moved"]
        cost += sum(self.observing(peer) for peer in observers)
        cost += self._practised(interviewer, candidate) << shifts["practised"]
        cost += self._unbalanced(interviewer, candidate) << shifts["balance"]
        cost += self._unwished(order) << shifts["wishes"]
        cost += self._uncomplemented(interviewer, candidate)
        if interviewer in self._seat:
            cost += (self._seat[interviewer] + 1) << shifts["mentor"]
            cost -= (self.board.copy[interviewer] == 0) << shifts["idle"]
        return cost

    def _between(self, one: int, other: int) -> int:
        """What two people who meet cost, whatever they do."""
        a, b = self.board.person(one), self.board.person(other)
        shifts = self.shifts
        cost = self._chance(one, other) + self._uneven(a, b) + ((a.level is not b.level) << shifts["level"])
        two = frozenset((a.id, b.id))
        if times := self.past.met.get(two, 0):
            ago = self.past.rounds_since(two) or 0
            cost += 1 << shifts["repeats"]
            cost += min(times, MOST_TIMES) << shifts["times"]
            cost += max(0, min(LONG_AGO, self.past.next) - ago) << shifts["recent"]
        return cost

    def _uneven(self, one: Participant, other: Participant) -> int:
        """Among equals, steady people are put together."""
        return abs(self._steadiness(one) - self._steadiness(other)) << self.shifts["reliable"]

    def _practised(self, one: int, other: int) -> int:
        two = frozenset((self.board.person(one).id, self.board.person(other).id))
        return min(MOST_TIMES, self.past.practised.get(two, 0))

    def _unbalanced(self, interviewer: int, candidate: int) -> int:
        """0 to 4: how little this session does for the balance of its people's turns."""
        theirs = self.past.balance(self.board.person(candidate).id)
        if interviewer in self._seat:
            return MOST_BALANCE // 2 - max(-2, min(2, theirs))
        own = self.past.balance(self.board.person(interviewer).id)
        return MOST_BALANCE + max(-MOST_BALANCE, own - theirs)

    def _unwished(self, order: Nodes) -> int:
        given = zip(order, Role, strict=False)  # the roles are in this order
        people = [(self.board.person(node), role) for node, role in given]
        return sum(person.wish not in (None, role) for person, role in people if not person.mentor)

    def _uncomplemented(self, interviewer: int, candidate: int) -> int:
        a, b = self.board.person(interviewer), self.board.person(candidate)
        if not self._areas:
            return 0
        return (2 - bool(a.weak & b.strong) - bool(b.weak & a.strong)) << self.shifts["areas"]

    def _moved(self, group: Nodes) -> int:
        """What is lost of groups to keep: 2 for each who loses a partner, 1 if a group grows or shrinks."""
        if not self.kept:
            return 0
        people = frozenset(self.board.whose[node] for node in group)
        lost = 0
        for number in people & self.kept.keys():
            before = self.kept[number]
            if before != people:
                lost += 1 if before < people or people < before else 2
        return lost
