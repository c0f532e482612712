"""Pictures of “区域金融与绿色转型”."""

from pathlib import Path

from tools.sample_assets.draw import Canvas, Svg
from tools.sample_assets.palette import GREY, INK, MIST, RULE, SAND, TEAL, WARM, WHITE
from tools.sample_assets.surface import Surface


def make(assets: Path) -> None:
    """Write the course's three pictures."""
    ladder().save(assets / "ladder.svg")
    scopes().save(assets / "scopes.png")
    abatement().save(assets / "macc.png")


def ladder() -> Surface:
    """Which money suits which age of an enterprise."""
    picture = Svg(800, 420, description="企业成长与资金来源")
    picture.title("企业成长与资金来源")
    steps = (
        ("初创", "自有资金\n股权融资", SAND, INK),
        ("成长", "信用贷款\n知识产权质押", MIST, INK),
        ("扩张", "应收账款融资\n设备租赁", TEAL, WHITE),
        ("成熟", "固定资产贷款\n债券", INK, WHITE),
    )
    for number, (stage, sources, fill, colour) in enumerate(steps):
        x, height = 40 + number * 184, 120 + number * 46
        picture.rect(x, 360 - height, 172, height, fill, radius=8)
        picture.text(x + 86, 360 - height + 30, stage, size=21, bold=True, colour=colour)
        picture.text(x + 86, 360 - height + 78, sources, size=17, colour=colour)
    picture.text(
        40, 386, "现金流越稳定、可核对的数字越多，可选的工具越多", size=15, colour=GREY, align="left"
    )
    return picture


def scopes() -> Surface:
    """Yearly emissions by source."""
    picture = Canvas(800, 340)
    picture.title("一年排放2188.9吨，来自哪里")
    sources = (
        ("外购电力", "范围二", 1710.0, TEAL),
        ("天然气", "范围一", 432.4, WARM),
        ("柴油", "范围一", 46.5, WARM),
    )
    total = sum(amount for _, _, amount, _ in sources)
    for number, (label, scope, amount, colour) in enumerate(sources):
        y, length = 90 + number * 72, amount / 1710 * 440
        picture.text(136, y + 10, label, size=18, bold=True, align="right")
        picture.text(136, y + 34, scope, size=14, colour=GREY, align="right")
        picture.rect(152, y, length, 44, colour)
        picture.text(164 + length, y + 22, f"{amount:g}吨  {amount / total:.0%}", size=17, align="left")
    picture.line([(152, 78), (152, 290)], GREY, width=2)
    picture.source("教学示例，排放因子为教学取值")
    return picture


def abatement() -> Surface:
    """Measures by cost of a tonne, each as wide as the tonnes it avoids."""
    picture = Canvas(840, 490)
    picture.title("减一吨碳要花多少钱")
    left, zero, wide, tall = 92, 208, 0.62, 0.32
    for cost in (-600, -300, 0, 300):
        y = zero - cost * tall
        picture.line([(left, y), (left + 720, y)], INK if cost == 0 else RULE, width=1)
        picture.text(left - 10, y, f"{cost}".replace("-", "−"), size=14, colour=GREY, align="right")
    picture.text(left - 10, 84, "元/吨", size=14, colour=GREY, align="right")
    measures = (
        ("照明", 60.0, -620, "−620"),
        ("空压机", 256.5, -495, "−495"),
        ("余热回收", 180.0, -150, "−150"),
        ("屋顶光伏", 300.0, 40, "40"),
        ("电锅炉替代", 320.0, 320, "320"),
    )
    x = float(left)
    for label, tonnes, cost, words in measures:
        width, height = tonnes * wide, abs(cost) * tall
        colour = TEAL if cost < 0 else WARM
        picture.rect(x + 1, zero if cost < 0 else zero - height, width - 2, height, colour)
        middle = x + width / 2
        end = zero + height + 14 if cost < 0 else zero - height - 14
        picture.text(middle, end, words, size=16, bold=True, colour=colour)
        picture.text(middle, zero - 16 if cost < 0 else zero + 18, label, size=15)
        x += width
    picture.text(left + 720, 468, "宽度为年减排量", size=14, colour=GREY, align="right")
    picture.source("教学示例")
    return picture
