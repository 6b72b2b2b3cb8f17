"""Who meets whom in a mock round."""

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
