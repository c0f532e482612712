"""Pictures of “产业集群与区域协同发展”."""

from pathlib import Path

from tools.sample_assets.draw import Canvas, Svg
from tools.sample_assets.palette import GREY, INK, MIST, RULE, TEAL, WARM, WHITE
from tools.sample_assets.surface import Surface

STRONG, WEAK, ABSENT = (TEAL, WHITE), (MIST, INK), (WHITE, WARM)
Style = tuple[str, str]


def make(assets: Path) -> None:
    """Write the course's pictures."""
    band().save(assets / "band.svg")
    chain().save(assets / "chain.svg")
    breakeven().save(assets / "breakeven.png")
    relocation().save(assets / "relocation.png")


def band() -> Surface:
    """A row of links, some filled: an ornament that says nothing which the text doesn't."""
    picture = Svg(720, 48)
    picture.line([(12, 24), (708, 24)], RULE, width=2)
    for number in range(13):
        x = 24 + number * 56
        picture.circle(x, 24, 9, (TEAL, MIST, WARM)[number % 3], outline=TEAL)
    return picture


def _link(picture: Surface, x: float, y: float, label: str, style: Style) -> None:
    fill, colour = style
    picture.box(x, y, 132, 56, label, fill=fill, colour=colour, outline=WARM if style is ABSENT else "")


def chain() -> Surface:
    """The cluster's chain from steel to the customer, with what is strong, weak and absent."""
    picture = Svg(720, 420, description="某县五金工具集群的产业链图谱")
    picture.title("五金工具产业链图谱")
    upper = (("钢材", WEAK), ("锻造", STRONG), ("热处理", STRONG), ("机加工", WEAK))
    lower = (("表面处理", STRONG), ("装配", STRONG), ("销售", WEAK), ("售后与回收", WEAK))
    for row, (y, links) in enumerate(((96, upper), (226, lower))):
        for number, (label, style) in enumerate(links):
            x = 36 + number * 172
            _link(picture, x, y, label, style)
            if number:
                picture.arrow((x - 40, y + 28), (x - 4, y + 28), INK, width=2, head=10)
        if row == 0:
            picture.line([(618, 152), (618, 188), (102, 188)], INK, width=2)
            picture.arrow((102, 187), (102, 222), INK, width=2, head=10)
    for x, label in ((172, "轴承"), (338, "电机")):
        _link(picture, x, 318, label, ABSENT)
    picture.arrow((238, 318), (258, 286), WARM, width=2, head=10)
    picture.arrow((368, 318), (300, 286), WARM, width=2, head=10)
    for number, (label, (fill, _)) in enumerate(
        (("本地强", STRONG), ("本地有但弱", WEAK), ("本地缺", ABSENT))
    ):
        x = 528
        y = 326 + number * 28
        picture.rect(x, y, 24, 16, fill, outline=WARM if fill == WHITE else "")
        picture.text(x + 36, y + 8, label, size=15, align="left")
    picture.source("教学示例")
    return picture


def breakeven() -> Surface:
    """Yearly cost of an own furnace and of the shared one, by tonnes; equal at 400."""
    picture = Canvas(800, 470)
    picture.title("自建与共享：一年要花多少钱")
    left, base, wide, tall = 96, 390, 1.0, 270 / 126
    for cost in (0, 40, 80, 120):
        y = base - cost * tall
        picture.line([(left, y), (left + 620, y)], RULE, width=1)
        picture.text(left - 12, y, str(cost), size=14, colour=GREY, align="right")
    picture.text(left - 12, 88, "万元", size=14, colour=GREY, align="right")
    for tonnes in (0, 150, 400, 600):
        picture.text(left + tonnes * wide, base + 20, str(tonnes), size=14, colour=GREY)
    picture.text(left + 640, base + 20, "吨", size=14, colour=GREY)
    for tonnes in (150, 400):
        picture.line(
            [(left + tonnes * wide, base), (left + tonnes * wide, base - 0.21 * tonnes * tall)],
            GREY,
            width=1,
            dash=5,
        )
    own = [(left, base - 24 * tall), (left + 600 * wide, base - (24 + 0.15 * 600) * tall)]
    shared = [(left, float(base)), (left + 600 * wide, base - 0.21 * 600 * tall)]
    picture.line(own, TEAL, width=4)
    picture.line(shared, WARM, width=4)
    picture.text(
        left + 40,
        base - 72 * tall,
        "自建：24万元＋0.15万元/吨",
        size=17,
        bold=True,
        colour=TEAL,
        align="left",
    )
    picture.text(
        left + 250, base - 26 * tall, "共享：0.21万元/吨", size=17, bold=True, colour=WARM, align="left"
    )
    picture.circle(left + 400 * wide, base - 84 * tall, 8, INK, outline=WHITE)
    picture.text(left + 410 * wide, base - 70 * tall, "分界线：400吨", size=17, bold=True, align="left")
    picture.source("教学示例")
    return picture


def relocation() -> Surface:
    """What moving saves and adds on each piece; what is left today and after three years."""
    picture = Canvas(840, 470)
    picture.title("搬到转移地，每件省多少、添多少")
    zero, unit = 276, 36
    items = (
        ("人工", 5.0),
        ("厂房", 2.0),
        ("能源", 1.5),
        ("物流", -3.0),
        ("材料", -1.0),
        ("库存", -1.0),
        ("质量", -1.0),
        ("管理", -1.0),
        ("净省", 1.5),
        ("三年后", 0.37),
    )
    for number, (label, saved) in enumerate(items):
        x, width = 48 + number * 76, 50
        net = number >= 8
        colour = INK if net else TEAL if saved > 0 else WARM
        height = abs(saved) * unit
        picture.rect(x, zero - height if saved > 0 else zero, width, height, colour)
        value = f"{saved:g}".replace("-", "−")
        above = zero - height - 14 if saved > 0 else zero + height + 16
        picture.text(x + width / 2, above, value, size=16, bold=True, colour=colour)
        name = zero + 20 if saved > 0 else zero - 18
        picture.text(x + width / 2, name, label, size=16)
    picture.line([(32, zero), (808, zero)], GREY, width=2)
    picture.line([(646, 90), (646, 420)], RULE, width=1, dash=6)
    picture.text(726, 100, "单件净节省", size=16, colour=GREY)
    picture.source("教学示例，单位：元/件；上为节省，下为增加")
    return picture
