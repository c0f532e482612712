"""What a picture is drawn on: four primitives that a back end gives, and the shapes made of them.

Coordinates are in picture units from the top left; `Canvas` (PNG) and `Svg` are the two back ends.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from tools.sample_assets.palette import GREY, INK, RULE, TEAL, WHITE

Point = tuple[float, float]
Align = Literal["left", "middle", "right"]
LEADING = 1.4  # line height of several lines, in font sizes


class Surface(ABC):
    """A picture of `width` × `height` units."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height

    @abstractmethod
    def polygon(self, points: Sequence[Point], fill: str) -> None:
        """Fill a polygon."""

    @abstractmethod
    def rect(
        self, x: float, y: float, w: float, h: float, fill: str, *, radius: float = 0, outline: str = ""
    ) -> None:
        """Fill a rectangle; `outline` draws its border two units wide."""

    @abstractmethod
    def circle(self, x: float, y: float, radius: float, fill: str, *, outline: str = "") -> None:
        """Fill a circle around (x, y)."""

    @abstractmethod
    def line(self, points: Sequence[Point], colour: str = INK, *, width: float = 2, dash: float = 0) -> None:
        """Draw an open line; `dash` is the length of dashes and gaps."""

    @abstractmethod
    def word(
        self, x: float, y: float, text: str, *, size: float, colour: str, bold: bool, align: Align
    ) -> None:
        """One line of text, its vertical middle at `y`."""

    @abstractmethod
    def save(self, path: Path) -> None:
        """Write the file."""

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 18,
        colour: str = INK,
        bold: bool = False,
        align: Align = "middle",
    ) -> None:
        """Text whose lines (split at line breaks) stand around `y`."""
        lines = text.split("\n")
        top = y - (len(lines) - 1) * size * LEADING / 2
        for number, line in enumerate(lines):
            self.word(
                x, top + number * size * LEADING, line, size=size, colour=colour, bold=bold, align=align
            )

    def title(self, text: str) -> None:
        """The picture's heading, top left."""
        self.rect(32, 28, 6, 26, TEAL)
        self.text(48, 41, text, size=22, bold=True, align="left")

    def source(self, text: str) -> None:
        """A quiet line at the bottom left, such as 教学示例."""
        self.text(32, self.height - 22, text, size=15, colour=GREY, align="left")

    def box(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        label: str,
        *,
        fill: str = TEAL,
        colour: str = WHITE,
        size: float = 18,
        bold: bool = True,
        radius: float = 8,
        outline: str = "",
    ) -> None:
        """A rounded box with centred words."""
        self.rect(x, y, w, h, fill, radius=radius, outline=outline)
        self.text(x + w / 2, y + h / 2, label, size=size, colour=colour, bold=bold)

    def arrow(
        self, start: Point, end: Point, colour: str = INK, *, width: float = 3, head: float = 12
    ) -> None:
        """A straight arrow from `start` to `end`."""
        (x1, y1), (x2, y2) = start, end
        angle = math.atan2(y2 - y1, x2 - x1)
        cos, sin = math.cos(angle), math.sin(angle)
        neck = (x2 - head * cos, y2 - head * sin)
        half = head * 0.55
        self.line([start, neck], colour, width=width)
        self.polygon(
            [
                end,
                (neck[0] - half * sin, neck[1] + half * cos),
                (neck[0] + half * sin, neck[1] - half * cos),
            ],
            colour,
        )

    def axes(self, origin: Point, right: float, top: float, *, x_label: str = "", y_label: str = "") -> None:
        """Two axes from `origin`: to `right` (an x) and up to `top` (a y), with arrow heads and names."""
        x0, y0 = origin
        self.arrow(origin, (right, y0), GREY, width=2, head=9)
        self.arrow(origin, (x0, top), GREY, width=2, head=9)
        if x_label:
            self.text(right, y0 + 22, x_label, size=17, colour=GREY, align="right")
        if y_label:
            self.text(x0, top - 16, y_label, size=17, colour=GREY, align="left")

    def bar(self, foot: Point, w: float, h: float, *, label: str, value: str, fill: str = TEAL) -> None:
        """A column of a chart, its bottom left corner at `foot`, its value above and its label below."""
        x, base = foot
        self.rect(x, base - h, w, h, fill)
        self.text(x + w / 2, base - h - 16, value, size=18, bold=True)
        self.text(x + w / 2, base + 20, label, size=17, colour=GREY)

    def hairline(self, y: float, x1: float, x2: float) -> None:
        """A thin horizontal rule."""
        self.line([(x1, y), (x2, y)], RULE, width=1)
