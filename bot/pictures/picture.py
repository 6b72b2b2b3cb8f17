"""A picture that can be drawn when somebody wants it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """A picture's file name, its numbers in words, and how to draw it.

    `alt` is for who does not see the picture, at most 2,000 characters. `draw` answers the bytes of a PNG,
    always the same ones; it takes a moment and loads a plotting library, so it belongs into a thread.
    """

    name: str
    alt: str
    draw: Callable[[], bytes]
