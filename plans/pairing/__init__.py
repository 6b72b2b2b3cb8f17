"""Who meets whom in a mock round: one optimum over everybody, with a look at the coming rounds.

What must hold (`board`): people of a group are free at the same hour for as long as a session lasts, want a
common kind, have levels that fit, and nobody has blocked anybody. Mentors only interview, one peer at a
time, up to their capacity; a peer has one session. A group is a pair, or three peers of whom one observes.

What is best, each point only among those that are equal in all points before it (`weights`):

1. as few peers as possible without a session; then, if an earlier answer is to be kept, as few people moved
   as possible;
2. nobody left out twice before others: who was left out more often, or observed more often, or did so more
   recently, has a session first. Then as few observers as possible, and the same rule for them. Then as few
   idle mentors as possible, and those first who have interviewed least recently;
3. as few pairs as possible who have met before (in a three all have met); then as few as possible who have
   interviewed each other, by their number of times, then by that of all their meetings, then long ago first;
4. the coming rounds: those who have not met can still meet without repeats (`ahead`);
5. turns: whoever began as interviewer more often, or last, begins as candidate; then what people wish;
6. one's weak area is the other's strong one;
7. the same level;
8. steady people together, and the steadier ones have a turn; this stays private;
9. the seed. Nothing depends on the order in which people or rounds are given.

How good it is: points 1 to 3 are exact wherever everybody can have a partner, and in each circle of people
connected by possible pairs that has at most twelve of them (`solving`). In larger circles with people left
over it is a search from an exact matching. From 200 people on only the best few dozen partners of each are
considered (`candidates`).
"""

from plans.availability import Interval
from plans.pairing.matching import pair
from plans.pairing.people import Group, LeftOut, NamedTwice, Pairing, Participant, PastRound
from plans.pairing.reasons import LeftOutReason, Reason
from plans.pairing.styles import style_for

__all__ = [
    "Group",
    "Interval",
    "LeftOut",
    "LeftOutReason",
    "NamedTwice",
    "Pairing",
    "Participant",
    "PastRound",
    "Reason",
    "pair",
    "style_for",
]
