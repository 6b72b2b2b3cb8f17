"""Which of some texts somebody means by a few words."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

ALIKE = 0.5  # ours: below that, a guess would only confuse
ALMOST = 0.75  # ours: how alike telling words have to be to count as there
TELLING = 4  # letters that a word has at least, to be looked for by itself


class Meant(NamedTuple):
    """The position of a text; `exact` if it holds all the words."""

    position: int
    exact: bool


def meant(words: str, texts: Sequence[str]) -> Meant | None:
    """The first text that holds all the words, else the one that is nearest; None if none is near."""
    wanted = words.casefold().split()
    if not wanted:
        return None
    for position, text in enumerate(texts):
        if all(word in text.casefold() for word in wanted):
            return Meant(position, exact=True)
    near = [_alike(words.casefold(), wanted, text.casefold()) for text in texts]
    best = max(range(len(texts)), key=near.__getitem__, default=None)
    return Meant(best, exact=False) if best is not None and near[best] >= ALIKE else None


def _alike(words: str, wanted: Sequence[str], text: str) -> float:
    """How near a text is, from 0 to 1: by its letters, or by the telling words that are almost in it."""
    telling = [word for word in wanted if len(word) >= TELLING]
    theirs = text.split()
    near = [max((_ratio(word, each) for each in theirs), default=0.0) for word in telling]
    by_word = sum(near) / len(near) if near else 0.0
    return max(_ratio(words, text), by_word if by_word > ALMOST else 0.0)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
