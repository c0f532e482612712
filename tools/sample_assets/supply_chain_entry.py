"""Pictures and the clip of 《进入大企业供应链》, in the words of either language."""

import math
from pathlib import Path

from tools.sample_assets.draw import Canvas, Svg
from tools.sample_assets.five_gates import ENGLISH as ENGLISH_GATES
from tools.sample_assets.five_gates import make_clip, write_captions
from tools.sample_assets.palette import GREY, INK, MIST, PALE, RULE, SAND, STEEL, TEAL, WARM, WHITE

Words = dict[str, str]

CHINESE: Words = {
    "price": "铝合金壳体报价的构成（元/件，教学示例）",
    "price_steps": "材料净额|加工|外协|废品|管理费|包装运输|利润|报价",
    "cpk": "先对中，再变窄",
    "cpk_steps": "偏移|对中|对中且变窄",
    "cpk_limits": "下限|上限",
    "stock": "库存（件）",
    "time": "时间（天）",
    "stock_labels": "再订货点 2,898|安全库存 198|补货周期 9 天|发出补货单|到货",
    "cash": "从付出到收回（天）",
    "cash_steps": "付材料款|生产完工|交货开票|收款",
    "cash_gap": "资金缺口 150 天",
    "cash_terms": "账期 120 天",
    "example": "教学示例",
}


def make(assets: Path) -> None:
    """Draw all of them into `assets`; the clip has captions in both languages."""
    make_pictures(assets, CHINESE)
    make_clip(assets / "five-gates.mp4")
    write_captions(assets / "five-gates.zh.vtt")
    write_captions(assets / "five-gates.en.vtt", ENGLISH_GATES)


def make_pictures(assets: Path, words: Words) -> None:
    """Draw the four pictures in the language of `words`."""
    _price_waterfall(words).save(assets / "price-waterfall.png")
    _cpk(words).save(assets / "cpk.png")
    _safety_stock(words).save(assets / "safety-stock.svg")
    _cash_cycle(words).save(assets / "cash-cycle.png")


def _price_waterfall(words: Words) -> Canvas:
    picture = Canvas(860, 440)
    picture.title(words["price"])
    names = words["price_steps"].split("|")
    parts = [32.80, 11.00, 4.50, 0.97, 3.94, 1.80, 4.40]
    base, unit, step = 380, 4.6, 97
    sum_so_far = 0.0
    for number, (name, part) in enumerate(zip(names, parts, strict=False)):
        x, foot = 45 + number * step, base - sum_so_far * unit
        fill = WARM if number == len(parts) - 1 else STEEL
        picture.bar((x, foot), 70, part * unit, label="", value=f"{part:.2f}", fill=fill)
        picture.text(x + 35, base + 20, name, size=17, colour=GREY)
        sum_so_far += part
        picture.line([(x + 70, base - sum_so_far * unit), (x + step, base - sum_so_far * unit)], RULE)
    x = 45 + len(parts) * step
    picture.bar((x, base), 70, sum_so_far * unit, label=names[-1], value=f"{sum_so_far:.2f}", fill=TEAL)
    picture.line([(30, base), (830, base)], GREY)
    return picture


def _cpk(words: Words) -> Canvas:
    picture = Canvas(860, 400)
    picture.title(words["cpk"])
    lower, upper = words["cpk_limits"].split("|")
    curves = [(0.30, 0.235, "Cpk = 1.00"), (0.0, 0.235, "Cpk = 1.42"), (0.0, 0.15, "Cpk = 2.22")]
    for number, (name, (mean, sigma, value)) in enumerate(
        zip(words["cpk_steps"].split("|"), curves, strict=True)
    ):
        centre, base = 155 + number * 275, 315

        def at(z: float, height: float, centre: int = centre, base: int = base) -> tuple[float, float]:
            """`z` in half tolerances from the middle of the specification."""
            return centre + z * 100, base - height

        curve = [
            at(mean + z / 40 * 3.4 * sigma, 26 / sigma * math.exp(-((z / 40 * 3.4) ** 2) / 2))
            for z in range(-40, 41)
        ]
        picture.polygon([*curve, at(mean + 3.4 * sigma, 0), at(mean - 3.4 * sigma, 0)], MIST)
        picture.line(curve, TEAL, width=3)
        picture.line([at(-1.25, 0), at(1.25, 0)], GREY)
        for z, label in ((-1, lower), (1, upper)):
            picture.line([at(z, 0), at(z, 205)], WARM, dash=6)
            picture.text(*at(z, -18), label, size=17, colour=GREY)
        picture.text(centre, base + 54, name, size=20, bold=True)
        picture.text(centre, 92, value, size=20, colour=TEAL, bold=True)
    return picture


def _safety_stock(words: Words) -> Svg:
    order, safety, lead, ordered, arrived = words["stock_labels"].split("|")
    picture = Svg(900, 430, description=words["stock"])
    left, base, right = 90, 370, 740
    safe, point, full = base - 55, base - 165, base - 265
    picture.rect(left, safe, right - left, base - safe, SAND)
    picture.axes((left, base), right + 30, 55, x_label=words["time"], y_label=words["stock"])
    picture.line([(left, point), (right, point)], WARM, dash=7)
    picture.line([(left, safe), (right, safe)], WARM, width=1.5)
    saw = []
    for number in range(3):
        start = left + number * 215
        saw += [(start, full), (start + 215, safe)]
    picture.line(saw, TEAL, width=4)
    order_x = left + 215 * (full - point) / (full - safe)
    picture.circle(order_x, point, 7, WARM, outline=WHITE)
    picture.line([(order_x, point), (order_x, base)], GREY, width=1.5, dash=4)
    picture.line([(left + 215, safe), (left + 215, base)], GREY, width=1.5, dash=4)
    picture.arrow((order_x, base - 20), (left + 215, base - 20), INK, width=2, head=9)
    picture.text((order_x + left + 215) / 2, base - 36, lead, size=17, bold=True)
    picture.text(order_x + 14, point - 16, ordered, size=17, align="left")
    picture.text(left + 223, full - 16, arrived, size=17, align="left")
    order_lines = "\n".join(order.rsplit(" ", 1))
    picture.text(right + 12, point, order_lines, size=18, colour=WARM, bold=True, align="left")
    picture.text(right - 8, base - 27, safety, size=18, bold=True, align="right")
    picture.text(left, 415, words["example"], size=16, colour=GREY, align="left")
    return picture


def _cash_cycle(words: Words) -> Canvas:
    picture = Canvas(860, 330)
    picture.title(words["cash"])
    y, days = 190, [0, 22, 30, 150]

    def x_of(day: float) -> float:
        return 80 + day / 150 * 690

    picture.rect(x_of(0), y - 14, x_of(30) - x_of(0), 28, STEEL)
    picture.rect(x_of(30), y - 14, x_of(150) - x_of(30), 28, SAND)
    picture.text(x_of(90), y, words["cash_terms"], size=19, bold=True)
    for number, (day, name) in enumerate(zip(days, words["cash_steps"].split("|"), strict=True)):
        x, below = x_of(day), number in {0, 2, 3}
        picture.circle(x, y, 9, WARM if number in {0, 3} else TEAL, outline=WHITE)
        label_y = y + 44 if below else y - 42
        picture.text(x, label_y, name, size=18, bold=True)
        picture.text(x, label_y + 25 if below else label_y - 25, str(day), size=17, colour=GREY)
    picture.arrow((x_of(75), 98), (x_of(0), 98), WARM)
    picture.arrow((x_of(75), 98), (x_of(150), 98), WARM)
    picture.rect(x_of(75) - 95, 82, 190, 32, PALE, radius=16)
    picture.text(x_of(75), 98, words["cash_gap"], size=19, colour=WARM, bold=True)
    picture.source(words["example"])
    return picture
