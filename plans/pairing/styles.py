"""How a candidate is interviewed this time."""

import hashlib
from collections.abc import Sequence

from plans.mocks import Style


def style_for(met: Sequence[Style], seed: int, who: str) -> Style:
    """The style that this candidate has met least, of several the one that is longest ago, then by the seed.

    `met` is the newest last. Week 9 of "The 12-week plan" wants each of the four.
    """
    return min(Style, key=lambda style: (met.count(style), _newest(met, style), _lot(style, seed, who)))


def _newest(met: Sequence[Style], style: Style) -> int:
    """Where in `met` the style stands last; -1 if it was never met."""
    return max((place for place, each in enumerate(met) if each is style), default=-1)


def _lot(style: Style, seed: int, who: str) -> bytes:
    return hashlib.sha256(f"{seed}:{who}:{style}".encode()).digest()
