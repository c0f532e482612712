"""Pictures of 《研发管理与知识产权布局》."""

import math
from pathlib import Path

from tools.sample_assets.draw import Canvas, Svg
from tools.sample_assets.palette import GREY, INK, MIST, PALE, STEEL, TEAL, WARM, WHITE


def make(assets: Path) -> None:
    """Draw all of them into `assets`."""
    _funnel().save(assets / "funnel.png")
    _patent_layout().save(assets / "patent-layout.svg")


def _funnel() -> Canvas:
    picture = Canvas(820, 430)
    picture.title("十进二的漏斗（教学示例）")
    stages = [
        ("概念", 10, "5 万元", MIST, INK),
        ("方案", 5, "20 万元", "#8fb3b9", INK),
        ("样机", 3, "60 万元", STEEL, WHITE),
        ("试产", 2, "150 万元", TEAL, WHITE),
    ]
    heights = [240, 175, 120, 80, 52]
    middle, width = 225, 180
    for number, (name, count, cost, fill, colour) in enumerate(stages):
        x, left, right = 50 + number * 185, heights[number] / 2, heights[number + 1] / 2
        picture.polygon(
            [
                (x, middle - left),
                (x + width, middle - right),
                (x + width, middle + right),
                (x, middle + left),
            ],
            fill,
        )
        picture.text(x + width / 2, middle - 12, name, size=20, colour=colour, bold=True)
        picture.text(x + width / 2, middle + 18, f"{count} 个", size=17, colour=colour)
        picture.text(x + width / 2, 372, f"每个 {cost}", size=18, colour=GREY)
    for number in range(1, len(stages)):
        gate = (50 + number * 185 - 2.5, middle)
        picture.circle(*gate, 16, WARM, outline=WHITE)
        picture.text(*gate, "门", size=15, colour=WHITE, bold=True)
    picture.arrow((50, 402), (790, 402), WARM)
    picture.text(
        790, 84, "越往后，每个项目越贵，\n所以要停得早", size=17, colour=WARM, bold=True, align="right"
    )
    return picture


def _patent_layout() -> Svg:
    picture = Svg(800, 470, description="围绕主导产品的专利组合")
    x, y = 400, 235
    picture.circle(x, y, 205, PALE)
    picture.circle(x, y, 128, MIST)
    around = ["关键部件", "制造工艺", "检测方法", "应用场景", "替代方案"]
    for number, name in enumerate(around):
        angle = math.radians(-90 + number * 72)
        to = (x + 168 * math.cos(angle), y + 168 * math.sin(angle))
        picture.line([(x, y), to], STEEL, width=2)
        fill = WARM if name == "替代方案" else STEEL
        picture.box(to[0] - 62, to[1] - 26, 124, 52, name, fill=fill, size=18, radius=26)
    picture.circle(x, y, 72, TEAL)
    picture.text(x, y, "核心结构\n（权利要求\n尽量宽）", size=17, colour=WHITE, bold=True)
    picture.text(48, 100, "由内向外\n逐圈布局", size=18, bold=True, align="left")
    picture.text(48, 380, "替代方案：\n对手想绕开时\n会走的路", size=17, colour=GREY, align="left")
    picture.line([(150, 358), (186, 208)], WARM, width=1.5, dash=5)
    return picture
