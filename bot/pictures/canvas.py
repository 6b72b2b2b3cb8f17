"""A card to draw on, in pixels from its upper left corner; the only place that knows matplotlib.

Its import takes a second and tens of megabytes, so it waits for the first picture. Only `Figure` objects are
used: pyplot keeps every figure for ever. What is written is never read as mathematics.
"""

import io
import threading
from collections.abc import Callable, Sequence
from typing import Literal

WIDTH = 1200
LEFT, RIGHT = 64, 1136  # what is drawn stands between these
RADIUS = 36
DOTS = 72  # to the inch: a point of a font is a pixel

# Okabe and Ito's colours can be told apart by who sees red and green alike. Their green is darker here, so
# that it can be read on the paper, as all inks can.
PAPER, EDGE = "#faf9f6", "#d5d1c8"
INK, SOFT_INK = "#1d1c1d", "#55534f"
BLUE, PALE_BLUE, GREEN = "#0072b2", "#7ba6c4", "#007a56"
TRACK, SHADE, DEEP_SHADE = "#e7e4dd", "#f1eee7", "#e7e4dd"

Point = tuple[float, float]
Side = Literal["left", "center", "right"]

_drawing = threading.Lock()  # matplotlib is not made for two threads at once


class Canvas:
    """A card of off-white paper with round corners, which stands on a light page as well as on a dark one."""

    def __init__(self, height: int) -> None:
        from matplotlib import figure, patches  # noqa: PLC0415 (30 MB and a second, only for who draws)

        self._patches = patches
        self._figure = figure.Figure(figsize=(WIDTH / DOTS, height / DOTS), dpi=DOTS)
        self._figure.patch.set_alpha(0)
        self._axes = self._figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self._axes.set_axis_off()
        self._layers = 1
        inset = RADIUS + 2
        card = patches.FancyBboxPatch(
            (inset, inset),
            WIDTH - 2 * inset,
            height - 2 * inset,
            boxstyle=f"round,pad={RADIUS}",
            facecolor=PAPER,
            edgecolor=EDGE,
            linewidth=2,
        )
        self._axes.add_patch(card)

    def write(
        self, words: str, at: Point, size: int, *, colour: str = INK, bold: bool = False, side: Side = "left"
    ) -> None:
        """Write words on the baseline at a point; `size` is the font's in pixels."""
        self._axes.text(
            *at,
            words,
            fontsize=size,
            fontfamily="DejaVu Sans",  # comes with matplotlib
            fontweight="bold" if bold else "normal",
            color=colour,
            ha=side,
            va="baseline",
            parse_math=False,
            zorder=self._above(),
        )

    def box(self, at: Point, width: float, height: float, colour: str) -> None:
        """Fill a rectangle whose upper left corner is `at`."""
        self._axes.add_patch(
            self._patches.Rectangle(
                at, width, height, facecolor=colour, edgecolor="none", zorder=self._above()
            )
        )

    def bar(self, at: Point, width: float, height: float, percent: float, colour: str) -> None:
        """Fill so many per cent of a bar whose upper left corner is `at`."""
        self.box(at, width, height, TRACK)
        self.box(at, width * _within(percent) / 100, height, colour)

    def mark(self, at: Point, width: float, height: float, percent: float) -> float:
        """Mark a place across a bar; where on the card it is."""
        x, top = at[0] + width * _within(percent) / 100, at[1]
        for colour, thickness in ((PAPER, 13), (INK, 5)):
            self.line([(x, top - 6), (x, top + height + 6)], colour, thickness)
        return x

    def line(self, points: Sequence[Point], colour: str, width: float = 4, *, dashed: bool = False) -> None:
        """Draw a line through points."""
        style = (0, (3, 3)) if dashed else "solid"
        self._axes.plot(
            *zip(*points, strict=True), color=colour, linewidth=width, linestyle=style, zorder=self._above()
        )

    def dot(self, at: Point, radius: float, colour: str) -> None:
        """Fill a circle, with a rim of paper around it."""
        self._axes.add_patch(
            self._patches.Circle(
                at, radius, facecolor=colour, edgecolor=PAPER, linewidth=4, zorder=self._above()
            )
        )

    def ring(self, at: Point, radius: float, colour: str) -> None:
        """Draw an empty circle as large as a dot."""
        self._axes.add_patch(
            self._patches.Circle(
                at, radius - 3, facecolor=PAPER, edgecolor=colour, linewidth=5, zorder=self._above()
            )
        )

    def _above(self) -> int:
        """A place above all that is drawn already."""
        self._layers += 1
        return self._layers

    def png(self) -> bytes:
        """The card as a PNG, without a word on when and by what it was made."""
        out = io.BytesIO()
        self._figure.savefig(out, format="png", dpi=DOTS, transparent=False, metadata={"Software": None})
        return out.getvalue()

    def throw_away(self) -> None:
        """Let go of the pixels now: a figure's parts hold each other, and would wait to be collected."""
        self._figure.clear()


def _within(percent: float) -> float:
    return min(max(percent, 0), 100)


def drawn(height: int, draw: Callable[[Canvas], None]) -> bytes:
    """The bytes of a card of this height on which `draw` has drawn."""
    with _drawing:
        canvas = Canvas(height)
        try:
            draw(canvas)
            return canvas.png()
        finally:
            canvas.throw_away()
