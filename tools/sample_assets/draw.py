"""The two back ends of `Surface`: `Canvas` makes a PNG (words drawn in Noto Sans CJK), `Svg` an SVG."""

import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from PIL import Image, ImageDraw, ImageFont

from tools.sample_assets.palette import INK, WHITE
from tools.sample_assets.surface import Align, Point, Surface

_FONTS = Path("/usr/share/fonts/opentype/noto")  # Debian's fonts-noto-cjk
_SIMPLIFIED = 2  # index of the SC face in the collection
_PNG_COLOURS = 48


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    weight = "Bold" if bold else "Regular"
    return ImageFont.truetype(_FONTS / f"NotoSansCJK-{weight}.ttc", size, index=_SIMPLIFIED)


def _dashes(start: Point, end: Point, dash: float) -> Iterator[tuple[Point, Point]]:
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    for number in range(math.ceil(length / (2 * dash))):
        a, b = 2 * dash * number, min(2 * dash * number + dash, length)
        yield (x1 + a * dx, y1 + a * dy), (x1 + b * dx, y1 + b * dy)


class Canvas(Surface):
    """A bitmap, drawn at `scale` pixels a unit on twice that and reduced, for smooth edges."""

    def __init__(self, width: int = 800, height: int = 450, background: str = WHITE, scale: int = 2) -> None:
        super().__init__(width, height)
        self._scale = scale
        self._pen = scale * 2
        self._image = Image.new("RGB", (width * self._pen, height * self._pen), background)
        self._draw = ImageDraw.Draw(self._image)

    def _at(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self._pen, y * self._pen) for x, y in points]

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        """Fill a polygon."""
        self._draw.polygon(self._at(points), fill=fill)

    def rect(
        self, x: float, y: float, w: float, h: float, fill: str, *, radius: float = 0, outline: str = ""
    ) -> None:
        """Fill a rectangle."""
        if w <= 0 or h <= 0:
            return
        corners = self._at([(x, y), (x + w, y + h)])
        self._draw.rounded_rectangle(
            (*corners[0], *corners[1]),
            radius * self._pen,
            fill=fill,
            outline=outline or None,
            width=2 * self._pen if outline else 0,
        )

    def circle(self, x: float, y: float, radius: float, fill: str, *, outline: str = "") -> None:
        """Fill a circle."""
        centre = self._at([(x, y)])[0]
        width = 2 * self._pen if outline else 0
        self._draw.circle(centre, radius * self._pen, fill=fill, outline=outline or None, width=width)

    def line(self, points: Sequence[Point], colour: str = INK, *, width: float = 2, dash: float = 0) -> None:
        """Draw an open line."""
        strokes = (
            [pair for start, end in pairwise(points) for pair in _dashes(start, end, dash)]
            if dash
            else [tuple(points)]
        )
        for stroke in strokes:
            self._draw.line(self._at(stroke), fill=colour, width=round(width * self._pen), joint="curve")

    def word(
        self, x: float, y: float, text: str, *, size: float, colour: str, bold: bool, align: Align
    ) -> None:
        """One line of text."""
        font = _font(round(size * self._pen), bold=bold)
        # The middle of a Han character, not of the font's tall line box: mixed lines then share a baseline.
        ascent = font.getbbox("国", anchor="ls")
        anchor = {"left": "ls", "middle": "ms", "right": "rs"}[align]
        baseline = y * self._pen - (ascent[1] + ascent[3]) / 2
        self._draw.text((x * self._pen, baseline), text, font=font, fill=colour, anchor=anchor)

    def image(self) -> Image.Image:
        """The picture in its final size."""
        size = (self.width * self._scale, self.height * self._scale)
        return self._image.resize(size, Image.Resampling.BOX)

    def save(self, path: Path) -> None:
        """Write a PNG with a palette: flat pictures need no more, and the file is a third as large."""
        flat = self.image().quantize(_PNG_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        path.parent.mkdir(parents=True, exist_ok=True)
        flat.save(path, "PNG", optimize=True)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


class Svg(Surface):
    """A vector picture. `description` is read out by screen readers that open the file itself."""

    def __init__(
        self, width: int = 800, height: int = 450, background: str = WHITE, description: str = ""
    ) -> None:
        super().__init__(width, height)
        self._parts: list[str] = [f"<title>{escape(description)}</title>"] if description else []
        self.rect(0, 0, width, height, background)

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        """Fill a polygon."""
        self._parts.append(f'<polygon points="{_points(points)}" fill="{fill}"/>')

    def rect(
        self, x: float, y: float, w: float, h: float, fill: str, *, radius: float = 0, outline: str = ""
    ) -> None:
        """Fill a rectangle."""
        place = f'x="{_number(x)}" y="{_number(y)}" width="{_number(w)}" height="{_number(h)}"'
        round_ = f' rx="{_number(radius)}"' if radius else ""
        self._parts.append(f'<rect {place}{round_} fill="{fill}"{_stroke(outline)}/>')

    def circle(self, x: float, y: float, radius: float, fill: str, *, outline: str = "") -> None:
        """Fill a circle."""
        place = f'cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"'
        self._parts.append(f'<circle {place} fill="{fill}"{_stroke(outline)}/>')

    def line(self, points: Sequence[Point], colour: str = INK, *, width: float = 2, dash: float = 0) -> None:
        """Draw an open line."""
        dashes = f' stroke-dasharray="{_number(dash)}"' if dash else ""
        self._parts.append(
            f'<polyline points="{_points(points)}" fill="none" stroke="{colour}" '
            f'stroke-width="{_number(width)}" stroke-linejoin="round"{dashes}/>'
        )

    def word(
        self, x: float, y: float, text: str, *, size: float, colour: str, bold: bool, align: Align
    ) -> None:
        """One line of text; 0.36 of the size below the middle is the baseline of a Han character."""
        anchor = {"left": "start", "middle": "middle", "right": "end"}[align]
        weight = ' font-weight="700"' if bold else ""
        self._parts.append(
            f'<text x="{_number(x)}" y="{_number(y + size * 0.36)}" font-size="{_number(size)}" '
            f'text-anchor="{anchor}" fill="{colour}"{weight}>{escape(text)}</text>'
        )

    def save(self, path: Path) -> None:
        """Write the SVG, one element a line."""
        fonts = quoteattr("'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif")
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
        head += f'width="{self.width}" height="{self.height}" font-family={fonts}>'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([head, *self._parts, "</svg>", ""]), encoding="utf-8")


def _stroke(outline: str) -> str:
    return f' stroke="{outline}" stroke-width="2"' if outline else ""
