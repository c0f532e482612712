"""Pictures of 《融通创新：与链主企业共建》."""

from pathlib import Path

from tools.sample_assets.draw import Canvas, Svg
from tools.sample_assets.palette import GREY, INK, MIST, PALE, SAND, STEEL, TEAL, WARM, WHITE


def make(assets: Path) -> None:
    """Draw all of them into `assets`."""
    _trl_bridge().save(assets / "trl-bridge.png")
    _ip_map().save(assets / "ip-map.svg")


def _trl_bridge() -> Canvas:
    picture = Canvas(860, 430)
    picture.title("从实验室到产线：技术成熟度 1～9 级")
    ground, floor, step = 235, 345, 84
    left, right = 52 + 4 * step, 52 + 6 * step
    picture.polygon([(52, ground), (left, ground), (left + 40, floor), (52, floor)], MIST)
    picture.polygon([(right, ground), (808, ground), (808, floor), (right - 40, floor)], TEAL)
    picture.rect(left - 4, ground - 22, right - left + 8, 22, WARM)
    picture.text((left + right) / 2, ground - 76, "联合试验平台", size=18, colour=WARM, bold=True)
    picture.text((left + right) / 2, ground - 46, "场景 + 样机 + 人", size=17, colour=INK)
    picture.text((left + right) / 2, ground + 62, "死亡\n之谷", size=17, colour=GREY, bold=True)
    for level in range(1, 10):
        x = 52 + (level - 0.5) * step
        fill = SAND if level in {5, 6} else (TEAL if level > 6 else STEEL)
        y = ground - 22 if level in {5, 6} else ground
        picture.circle(x, y - 1 if level not in {5, 6} else y + 11, 17, fill, outline=WHITE)
        centre = y - 1 if level not in {5, 6} else y + 11
        colour = INK if level in {5, 6} else WHITE
        picture.text(x, centre, str(level), size=17, colour=colour, bold=True)
    picture.text(52 + 2 * step, ground + 55, "高校与小企业\n原理、样品、小试", size=17, bold=True)
    picture.text(52 + 7.6 * step, ground + 55, "链主企业\n示范、验证、量产", size=17, colour=WHITE, bold=True)
    picture.arrow((52, 385), (808, 385), GREY, width=2, head=10)
    picture.text(808, 408, "离实用越来越近", size=17, colour=GREY, align="right")
    return picture


def _ip_map() -> Svg:
    picture = Svg(800, 420, description="背景与前景知识产权")
    picture.circle(290, 200, 170, MIST)
    picture.circle(510, 200, 170, SAND)
    # The lens where the two circles meet, as a polygon of their arcs.
    half = (170**2 - 110**2) ** 0.5
    rows = [200 - half + number * half / 20 for number in range(41)]
    edge = [(170**2 - (y - 200) ** 2) ** 0.5 for y in rows]
    lens = [(510 - e, y) for e, y in zip(edge, rows, strict=True)]
    lens += [(290 + e, y) for e, y in reversed(list(zip(edge, rows, strict=True)))]
    picture.polygon(lens, TEAL)
    picture.text(222, 150, "甲方背景", size=21, bold=True)
    picture.text(222, 214, "整车工况\n试验数据\n接口规范", size=17)
    picture.text(578, 150, "乙方背景", size=21, bold=True)
    picture.text(578, 214, "核心结构\n工艺参数\n标定算法", size=17)
    picture.text(400, 166, "前景", size=21, colour=WHITE, bold=True)
    picture.text(400, 214, "项目中\n产生的", size=16, colour=WHITE)
    picture.box(40, 376, 215, 36, "各自保留，按需许可", fill=PALE, colour=INK, size=16)
    picture.box(292, 376, 216, 36, "约定归属与实施领域", fill=WARM, size=16)
    picture.box(545, 376, 215, 36, "各自保留，按需许可", fill=PALE, colour=INK, size=16)
    return picture
