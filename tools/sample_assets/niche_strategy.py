"""Pictures of 《专精特新企业的细分市场战略》."""

from pathlib import Path

from tools.sample_assets.draw import Canvas, Svg
from tools.sample_assets.palette import GREY, INK, MIST, PALE, RULE, SAND, STEEL, TEAL, WARM, WHITE


def make(assets: Path) -> None:
    """Draw all of them into `assets`."""
    _ladder().save(assets / "ladder.png")
    _segment_matrix().save(assets / "segment-matrix.svg")
    _break_even().save(assets / "break-even.png")
    _adjacency().save(assets / "adjacency.svg")


def _ladder() -> Canvas:
    picture = Canvas(800, 430)
    picture.title("优质中小企业的三级梯度")
    steps = [
        (MIST, INK, "创新型中小企业", "省级组织评价", "有创新能力，面广量大"),
        (STEEL, WHITE, "专精特新中小企业", "省级认定", "深耕细分市场 2 年以上"),
        (TEAL, WHITE, "专精特新“小巨人”企业", "工业和信息化部认定", "全国占有率 10% 以上"),
    ]
    base = 372
    for number, (fill, colour, name, who, what) in enumerate(steps):
        x, top = 40 + number * 243, 250 - number * 75
        picture.rect(x, top, 234, base - top, fill)
        picture.text(x + 117, top + 38, name, size=20, colour=colour, bold=True)
        picture.text(x + 117, top + 70, who, size=17, colour=colour)
        picture.text(x + 117, top + 96, what, size=17, colour=colour)
    picture.arrow((60, 205), (380, 106), WARM, width=4, head=14)
    picture.text(196, 130, "专业化要求逐级提高", size=16, colour=WARM, bold=True)
    picture.source("据《优质中小企业梯度培育管理暂行办法》整理，申报以当年通知为准")
    return picture


def _segment_matrix() -> Svg:
    picture = Svg(800, 520, description="吸引力—能力矩阵")
    left, top, middle, right, bottom = 110, 60, 415, 720, 440
    centre = (top + bottom) / 2
    picture.rect(left, top, middle - left, centre - top, SAND)
    picture.rect(middle, top, right - middle, centre - top, TEAL)
    picture.rect(left, centre, middle - left, bottom - centre, PALE)
    picture.rect(middle, centre, right - middle, bottom - centre, MIST)
    cells = [
        (262, 110, "补能力", "先拿下一家头部客户", INK),
        (567, 110, "深耕", "集中人、钱、时间", WHITE),
        (262, 300, "退出", "不开新模、不加设备", INK),
        (567, 300, "维持", "保利润，不再追加投入", INK),
    ]
    for x, y, name, what, colour in cells:
        picture.text(x, y, name, size=24, colour=colour, bold=True)
        picture.text(x, y + 38, what, size=17, colour=colour)
    picture.circle(640, 205, 17, WARM)
    picture.text(640, 205, "甲", size=17, colour=WHITE, bold=True)
    picture.circle(330, 200, 17, WARM)
    picture.text(330, 200, "乙", size=17, colour=WHITE, bold=True)
    picture.circle(480, 395, 17, WARM)
    picture.text(480, 395, "丙", size=17, colour=WHITE, bold=True)
    picture.arrow((352, 200), (470, 200), WARM)
    picture.axes((left, bottom), right + 40, top - 15)
    picture.text((left + right) / 2, bottom + 30, "企业能力（3 分为界）", size=17, bold=True)
    picture.text(left, 26, "市场吸引力（3.5 分为界）", size=17, bold=True, align="left")
    picture.text(400, 502, "甲、乙、丙为三个候选细分市场（教学示例）", size=15, colour=GREY)
    return picture


def _break_even() -> Canvas:
    picture = Canvas(800, 460)
    picture.title("柔性轴承产线的盈亏平衡（教学示例）")
    left, base, right, top = 100, 380, 740, 105

    def at(thousands: float, money: float) -> tuple[float, float]:
        """Volume in thousands of pieces (0–60) and money in 10,000 yuan (0–1,800)."""
        return left + thousands / 60 * 600, base - money / 1800 * 260

    point = at(30, 840)
    picture.polygon([at(0, 0), at(0, 360), point], SAND)
    picture.polygon([point, at(60, 1680), at(60, 1320)], MIST)
    picture.axes((left, base), right, top, y_label="金额（万元）")
    picture.text(right, base - 18, "销量（万件）", size=17, colour=GREY, align="right")
    for money in (360, 840, 1320):
        picture.text(left - 10, at(0, money)[1], f"{money:,}", size=17, colour=GREY, align="right")
    for thousands in (10, 20, 30, 40, 50, 60):
        picture.text(at(thousands, 0)[0], base + 18, f"{thousands // 10}", size=17, colour=GREY)
    picture.line([at(0, 360), at(60, 360)], RULE, dash=6)
    picture.line([at(0, 360), at(60, 1320)], INK, width=3)
    picture.line([at(0, 0), at(60, 1680)], TEAL, width=4)
    picture.line([point, at(30, 0)], WARM, dash=6)
    picture.circle(*point, 8, WARM, outline=WHITE)
    picture.text(point[0] - 16, point[1] - 26, "盈亏平衡 3 万件", colour=WARM, bold=True, align="right")
    picture.text(*at(46, 1560), "总收入", size=18, colour=TEAL, bold=True)
    picture.text(*at(55, 1030), "总成本", size=18, bold=True)
    picture.text(*at(54, 440), "固定成本 360", size=17, colour=GREY)
    picture.text(*at(4.5, 235), "亏损区", size=16, bold=True)
    picture.text(*at(56, 1400), "盈利区", size=16, bold=True)
    return picture


def _adjacency() -> Svg:
    picture = Svg(800, 470, description="扩张的距离")
    x, y = 300, 235
    for radius, fill in ((215, PALE), (155, MIST), (95, STEEL), (46, TEAL)):
        picture.circle(x, y, radius, fill)
    picture.text(x, y, "现有\n业务", size=18, colour=WHITE, bold=True)
    picture.text(x, y - 68, "一步：相邻", size=17, colour=WHITE, bold=True)
    picture.text(x, y - 124, "两步：跳跃", size=17, bold=True)
    picture.text(x, y - 184, "三步以上：创业", size=17, bold=True)
    places = [
        (62, -44, (552, 120), "老客户，新产品\n交叉滚子轴承"),
        (70, 22, (552, 205), "新客户，老产品\n医疗机器人"),
        (105, 70, (552, 290), "与客户竞争\n减速器整机"),
        (130, 132, (552, 375), "产品、客户、渠道全变\n轮毂轴承"),
    ]
    for dx, dy, label, words in places:
        picture.line([(x + dx, y + dy), (label[0] - 8, label[1])], GREY, width=1.5)
        picture.circle(x + dx, y + dy, 9, WARM, outline=WHITE)
        picture.text(*label, words, size=17, align="left")
    return picture
