"""Pictures of “数字化转型诊断与路线图”; its English twin draws the same ones with other words."""

import math
from pathlib import Path

import msgspec

from tools.sample_assets.draw import Canvas, Svg
from tools.sample_assets.palette import GREY, INK, MIST, PALE, RULE, SAND, TEAL, WARM, WHITE
from tools.sample_assets.surface import Align, Point, Surface

SCORES = (2.0, 2.5, 1.5, 1.0, 2.0)
YEARS = 5
EXPECTED, REDUCED, INVESTMENT = 42.0, 25.8, 120.0


class Words(msgspec.Struct, frozen=True):
    """What stands in the pictures, in one language."""

    radar: str
    dimensions: tuple[str, str, str, str, str]
    matrix: str
    feasibility: str
    value: str
    zones: tuple[str, str, str]  # first, prepare, drop
    scenes: tuple[str, str, str, str, str, str]
    phases: str
    stages: tuple[tuple[str, str, str], ...]  # name, months, what is reached
    gate: str
    cashflow: str
    amount: str
    year: str
    expected: str
    reduced: str
    example: str


ZH = Words(
    radar="五维诊断结果",
    dimensions=("组织 2.0", "流程 2.5", "设备 1.5", "数据 1.0", "系统 2.0"),
    matrix="场景矩阵",
    feasibility="可行性",
    value="价值",
    zones=("先做", "攒条件", "不做"),
    scenes=("扫码报工", "设备联网", "来料检验", "高级排程", "供应商协同", "数字孪生"),
    phases="三个阶段，两道关口",
    stages=(
        ("打底", "第1—6月", "编码清楚\n检验上线"),
        ("打通", "第7—18月", "报工及时\n设备联网"),
        ("打深", "第19—36月", "按数据排程\n与供应商协同"),
    ),
    gate="关口",
    cashflow="累计现金流",
    amount="万元",
    year="第{}年",
    expected="预计收益",
    reduced="收益打七折",
    example="教学示例",
)


def make(assets: Path) -> None:
    """Write the course's four pictures."""
    draw(assets, ZH)


def draw(assets: Path, words: Words) -> None:
    """Write the four pictures in one language."""
    radar(words).save(assets / "radar.png")
    matrix(words).save(assets / "matrix.svg")
    phases(words).save(assets / "phases.svg")
    cashflow(words).save(assets / "cashflow.png")


def radar(words: Words) -> Surface:
    """Five axes from 0 to 4; the profile of the five scores."""
    picture = Canvas(800, 560)
    picture.title(words.radar)
    centre = (400.0, 305.0)
    step = 48

    def at(axis: int, value: float) -> Point:
        angle = -math.pi / 2 + axis * 2 * math.pi / 5
        return centre[0] + value * step * math.cos(angle), centre[1] + value * step * math.sin(angle)

    for level in (4, 3, 2, 1):
        picture.polygon([at(axis, level) for axis in range(5)], PALE if level % 2 == 0 else WHITE)
    for level in (1, 2, 3, 4):
        ring = [at(axis, level) for axis in range(5)]
        picture.line([*ring, ring[0]], RULE, width=1)
        picture.text(centre[0] - 12, centre[1] - level * step, str(level), size=13, colour=GREY)
    for axis in range(5):
        picture.line([centre, at(axis, 4)], RULE, width=1)
    picture.polygon([at(axis, score) for axis, score in enumerate(SCORES)], MIST)
    profile = [at(axis, score) for axis, score in enumerate(SCORES)]
    picture.line([*profile, profile[0]], TEAL, width=4)
    for axis, score in enumerate(SCORES):
        weak = score == min(SCORES)
        picture.circle(*at(axis, score), 7, WARM if weak else TEAL)
        x, y = at(axis, 4.55)
        align: Align = "middle" if axis == 0 else "left" if axis < 3 else "right"
        picture.text(
            x, y, words.dimensions[axis], size=19, bold=True, align=align, colour=WARM if weak else INK
        )
    picture.source(words.example)
    return picture


def matrix(words: Words) -> Surface:
    """Feasibility across, value up; three zones."""
    picture = Svg(800, 520, description=words.matrix)
    picture.title(words.matrix)
    left, base, step, top = 96, 440, 124, 92
    split, low = left + 3.5 * step, base - 2.5 * 66
    picture.rect(split, top, 1.9 * step, base - top, MIST)
    picture.rect(left, top, split - left, low - top, SAND)
    picture.rect(left, low, split - left, base - low, PALE)
    first, prepare, drop = words.zones
    picture.text(split + 16, base - 26, first, size=20, bold=True, colour=TEAL, align="left")
    picture.text(left + 16, top + 26, prepare, size=20, bold=True, align="left")
    picture.text(left + 16, base - 26, drop, size=20, bold=True, colour=GREY, align="left")
    picture.axes((left, base), 785, 70)
    picture.text(785, base + 48, words.feasibility, size=16, colour=GREY, align="right")
    picture.text(left - 18, 76, words.value, size=16, colour=GREY, align="right")
    for tick in range(1, 6):
        picture.text(left + tick * step, base + 22, str(tick), size=14, colour=GREY)
        picture.text(left - 18, base - tick * 66, str(tick), size=14, colour=GREY)
    places = ((4, 5), (4, 4), (5, 3), (2, 5), (3, 3), (1, 2))
    for (feasibility, value), label in zip(places, words.scenes, strict=True):
        x, y = left + feasibility * step, base - value * 66
        colour = TEAL if x > split else WARM if y < low else GREY
        picture.circle(x, y, 10, colour, outline=WHITE)
        picture.text(x, y + 25, label, size=16)
    picture.source(words.example)
    return picture


def phases(words: Words) -> Surface:
    """Three steps that rise, a gate between each two."""
    picture = Svg(800, 400, description=words.phases)
    picture.title(words.phases)
    fills = ((MIST, INK), (TEAL, WHITE), (INK, WHITE))
    for number, ((name, months, reached), (fill, colour)) in enumerate(zip(words.stages, fills, strict=True)):
        x, height = 40 + number * 248, 150 + number * 50
        picture.rect(x, 350 - height, 224, height, fill, radius=8)
        picture.text(x + 112, 350 - height + 34, name, size=24, bold=True, colour=colour)
        picture.text(x + 112, 350 - height + 66, months, size=16, colour=colour)
        picture.text(x + 112, 350 - height + 112, reached, size=17, colour=colour)
    for number in (1, 2):
        x, y = 28 + number * 248, 326
        picture.polygon([(x, y - 30), (x + 30, y), (x, y + 30), (x - 30, y)], WARM)
        picture.text(x, y, words.gate, size=14, bold=True, colour=WHITE)
    picture.source(words.example)
    return picture


def cashflow(words: Words) -> Surface:
    """Cumulative cash, undiscounted, of the expected and the reduced benefit."""
    picture = Canvas(800, 450)
    picture.title(words.cashflow)
    left, zero, step, unit = 96, 220, 116, 1.2
    picture.text(left - 6, 84, words.amount, size=14, colour=GREY, align="right")
    for amount in (-120, -60, 0, 60):
        y = zero - amount * unit
        picture.line([(left, y), (left + YEARS * step + 20, y)], INK if amount == 0 else RULE, width=1)
        picture.text(left - 12, y, str(amount).replace("-", "−"), size=14, colour=GREY, align="right")
    for year in range(YEARS + 1):
        picture.text(left + year * step, 388, words.year.format(year), size=14, colour=GREY)
    for yearly, colour, label, below in (
        (REDUCED, WARM, words.reduced, 38),
        (EXPECTED, TEAL, words.expected, -26),
    ):
        points = [
            (left + year * step, zero - (yearly * year - INVESTMENT) * unit) for year in range(YEARS + 1)
        ]
        picture.line(points, colour, width=4)
        for x, y in points:
            picture.circle(x, y, 5, colour)
        x, y = points[-1]
        picture.text(
            x + 14, y, f"{yearly * YEARS - INVESTMENT:.0f}", size=18, bold=True, colour=colour, align="left"
        )
        picture.text(
            points[3][0] + 20,
            points[3][1] + below,
            label,
            size=17,
            bold=True,
            colour=colour,
            align="right" if below < 0 else "left",
        )
    picture.source(words.example)
    return picture
