"""Pictures and the andon sounds of “数据驱动的生产与经营”."""

import math
import wave
from collections.abc import Iterator
from pathlib import Path

from tools.sample_assets.draw import Canvas, Svg
from tools.sample_assets.palette import GREY, INK, MIST, RULE, SAND, TEAL, WARM, WHITE
from tools.sample_assets.surface import Point, Surface

RATE = 8000  # samples a second: enough for tones under 2 kHz, 8 kB a second at 8 bits
SECONDS = 16
FADE = 0.01  # seconds; without it every tone begins and ends with a click

Tone = tuple[float, float, float]  # start and length in seconds, pitch in hertz


def make(assets: Path) -> None:
    """Write the course's four pictures and its clip."""
    losses().save(assets / "oee.png")
    escalation().save(assets / "escalation.svg")
    pareto().save(assets / "pareto.png")
    inventory().save(assets / "inventory.png")
    write_tones(assets / "andon.wav", list(andon()))


def losses() -> Surface:
    """The 450 planned minutes, less three losses."""
    picture = Canvas(800, 450)
    picture.title("计划运行450分钟去了哪里")
    base, unit, width = 380, 0.62, 104
    picture.line([(48, base), (760, base)], RULE, width=2)
    steps = (
        ("计划运行", 450.0, 0.0, INK),
        ("停机损失", 65.0, 385.0, WARM),
        ("速度损失", 45.0, 340.0, WARM),
        ("质量损失", 13.5, 326.5, WARM),
        ("有效时间", 326.5, 0.0, TEAL),
    )
    for number, (label, minutes, foot, colour) in enumerate(steps):
        x, y = 64 + number * 140, base - foot * unit
        sign = "−" if foot else ""
        picture.bar((x, y), width, minutes * unit, label="", value=f"{sign}{minutes:g}", fill=colour)
        picture.text(x + width / 2, base + 20, label, size=16)
        level = y - minutes * unit if number == 0 else y
        if number < len(steps) - 1:
            picture.line([(x + width, level), (x + 140, level)], GREY, width=1, dash=4)
    picture.source("教学示例，单位：分钟")
    return picture


def escalation() -> Surface:
    """Pulling the cord, and who comes when it isn't solved."""
    picture = Svg(800, 340, description="异常的三级升级")
    picture.title("异常的三级升级")
    steps = (
        ("操作员", "拉灯", SAND, INK),
        ("班组长", "3分钟内到场", MIST, INK),
        ("车间主任", "10分钟未解决", TEAL, WHITE),
        ("生产副总", "30分钟未解决", INK, WHITE),
    )
    for number, (who, when, fill, colour) in enumerate(steps):
        x = 36 + number * 188
        picture.rect(x, 92, 164, 96, fill, radius=8)
        picture.text(x + 82, 124, who, size=21, bold=True, colour=colour)
        picture.text(x + 82, 158, when, size=16, colour=colour)
        if number:
            picture.arrow((x - 24, 140), (x, 140), WARM, width=3, head=11)
            picture.arrow((x + 82, 188), (x + 82, 236), GREY, width=2, head=10)
    picture.box(
        224, 236, 540, 48, "解决后：记录原因代码与时间，关闭事项", fill=WHITE, colour=INK, outline=TEAL
    )
    return picture


def pareto() -> Surface:
    """Defects by number, and their cumulative share."""
    picture = Canvas(800, 470)
    picture.title("一个月不良品的帕累托图")
    left, base, step, width, height = 90, 390, 124, 84, 290
    counts = (("缩水", 210), ("飞边", 130), ("熔接痕", 70), ("色差", 45), ("其他", 45))
    total = sum(count for _, count in counts)
    for percent in (0, 50, 100):
        y = base - percent / 100 * height
        picture.line([(left, y), (left + 5 * step, y)], RULE, width=1)
        picture.text(left + 5 * step + 8, y, f"{percent}%", size=14, colour=GREY, align="left")
        picture.text(left - 10, y, f"{percent * total // 100}", size=14, colour=GREY, align="right")
    picture.text(left - 10, 72, "件数", size=14, colour=GREY, align="right")
    picture.text(left + 5 * step + 8, 72, "累计", size=14, colour=GREY, align="left")
    points: list[Point] = []
    reached = 0
    for number, (label, count) in enumerate(counts):
        x, size = left + 20 + number * step, count / total * height
        fill = TEAL if number < 2 else MIST
        picture.rect(x, base - size, width, size, fill)
        picture.text(
            x + width / 2, base - 16, str(count), size=16, bold=True, colour=WHITE if number < 2 else INK
        )
        picture.text(x + width / 2, base + 20, label, size=16)
        reached += count
        points.append((x + width / 2, base - reached / total * height))
    picture.line(points, WARM, width=3)
    for number, at in enumerate(points):
        picture.circle(*at, 6, WARM, outline=WHITE)
        if number in {1, 2, 3}:
            share = sum(count for _, count in counts[: number + 1]) / total
            picture.text(at[0], at[1] - 22, f"{share:.0%}", size=16, bold=True, colour=WARM)
    picture.source("教学示例，共500件")
    return picture


def inventory() -> Surface:
    """Stock falls day by day; an order at the reorder point arrives as the safety stock is reached."""
    picture = Canvas(800, 450)
    picture.title("再订货点与安全库存")
    left, base = 110, 380
    high, order, safety = 110.0, 230.0, 316.0
    picture.rect(left, safety, 640, base - safety, SAND)
    picture.axes((left, base), 770, 84)
    picture.text(770, base + 22, "时间", size=15, colour=GREY, align="right")
    picture.text(left - 12, 88, "库存", size=15, colour=GREY, align="right")
    picture.line([(left, order), (740, order)], WARM, width=2, dash=8)
    picture.text(left - 12, order, "再订货点", size=16, bold=True, colour=WARM, align="right")
    picture.text(left - 12, (safety + base) / 2, "安全库存", size=16, bold=True, align="right")
    slope = (safety - high) / 200
    saw: list[Point] = []
    for cycle in range(3):
        start = left + cycle * 200
        saw += [(start, high), (start + 200, safety)]
    picture.line(saw, TEAL, width=4)
    lead = (order - high) / slope
    for cycle in range(3):
        x = left + cycle * 200 + lead
        picture.circle(x, order, 7, WARM, outline=WHITE)
    ordered, arrived = left + lead, left + 200
    y = 346
    picture.line([(ordered, order + 10), (ordered, y + 8)], GREY, width=1, dash=4)
    picture.line([(arrived, safety), (arrived, y + 8)], GREY, width=1, dash=4)
    picture.arrow(((ordered + arrived) / 2, y), (arrived, y), INK, width=2, head=9)
    picture.arrow(((ordered + arrived) / 2, y), (ordered, y), INK, width=2, head=9)
    picture.text((ordered + arrived) / 2, y + 18, "到货周期", size=15)
    picture.text(ordered + 12, order - 18, "下单", size=16, bold=True, align="left")
    picture.text(arrived + 14, high, "到货", size=16, bold=True, align="left")
    picture.source("示意图")
    return picture


def andon() -> Iterator[Tone]:
    """The three signals of the lesson, at the times of its captions."""
    for start in (0.3, 2.6):
        yield start, 0.6, 660
        yield start + 0.75, 0.9, 880
    for group in (5.7, 7.9):
        for number in range(3):
            yield group + number * 0.5, 0.25, 784
    for number in range(10):
        yield 10.7 + number * 0.5, 0.5, 988 if number % 2 == 0 else 740


def write_tones(path: Path, tones: list[Tone]) -> None:
    """Write tones as a mono WAV of unsigned 8-bit samples."""
    samples = bytearray([128]) * (RATE * SECONDS)
    for start, length, pitch in tones:
        first, count = round(start * RATE), round(length * RATE)
        for index in range(count):
            time = index / RATE
            loudness = min(1.0, time / FADE, (length - time) / FADE)
            # A little of the octave makes it a bell rather than a whistle.
            sound = 0.8 * math.sin(2 * math.pi * pitch * time) + 0.2 * math.sin(4 * math.pi * pitch * time)
            samples[first + index] = round(128 + 80 * loudness * sound)
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(bytes(samples))
