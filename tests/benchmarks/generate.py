"""Courses of any size, the same for the same numbers: what the benchmarks and the growth tests work on."""

import random
import struct
import zlib
from pathlib import Path

WORDS = """企业 数字化 转型 诊断 数据 流程 产线 订单 质量 成本 交付 协同 供应链 客户 市场 研发 专利 标准 人才 组织 战略 现金 融资
设备 改造 投入 产出 指标 看板 例会 责任 风险 收益 试点 推广 复盘 改进""".split()  # noqa: SIM905 (a paragraph of words reads better than a list)


def write_course(
    folder: Path, *, lessons: int, questions: int = 10, pictures: int = 0, picture_bytes: int = 195_000
) -> Path:
    """A folder with `lessons` lessons of about 3 KB in modules of ten, `questions` in all, and incompressible
    PNG `pictures` of about `picture_bytes` each."""
    rng = random.Random(lessons)  # noqa: S311 (sample text, not secrets)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "course.md").write_text(
        f"---\nid: bench-{lessons}\ninstitution: sample\ntitle: 基准课程\nlanguage: zh-CN\nedition: 2022-2023\n"
        "themes: {digital-empowerment: 8}\nhours: 8\n"
        "mode: online\npass: {score: 0.8, lessons: all}\nsample: true\n---\n\n概览。\n",
        encoding="utf-8",
    )
    (folder / "assets").mkdir(exist_ok=True)
    for number in range(pictures):
        (folder / "assets" / f"图{number}.png").write_bytes(noise_png(rng, picture_bytes))
    for number in range(lessons):
        module = folder / f"{number // 10 + 1:03}-m{number // 10}"
        module.mkdir(exist_ok=True)
        if number % 10 == 0:
            (module / "index.md").write_text(f"# 模块{number // 10}\n\n介绍。\n", encoding="utf-8")
        text = [f"# 第 {number} 课\n"]
        text += [_section(rng, index) for index in range(4)]
        if number < pictures:
            text.append(f'![示意图](../assets/图{number}.png "图 {number}")\n')
        text += [
            _question(rng, number, index)
            for index in range(questions * number // lessons, questions * (number + 1) // lessons)
        ]
        (module / f"{number + 1:04}-l{number}.md").write_text("\n".join(text), encoding="utf-8")
    return folder


def noise_png(rng: random.Random, size: int) -> bytes:
    """A grey noise picture: a valid PNG that no compressor makes smaller."""
    side = int(size**0.5)
    rows = b"".join(b"\0" + rng.randbytes(side) for _ in range(side))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 1))
        + chunk(b"IEND", b"")
    )


def _sentence(rng: random.Random) -> str:
    return "".join(rng.choices(WORDS, k=rng.randint(8, 16))) + "。"


def _section(rng: random.Random, index: int) -> str:
    paragraph = "".join(_sentence(rng) for _ in range(4))
    rows = "\n".join(f"| {rng.choice(WORDS)} | {rng.randint(1, 99)} |" for _ in range(3))
    return (
        f"## 第 {index} 节\n\n{paragraph}**{rng.choice(WORDS)}：**{_sentence(rng)}\n\n- {_sentence(rng)}\n- {_sentence(rng)}\n\n"
        f"| 指标 | 数值 |\n|---|---|\n{rows}\n\n::: tip {rng.choice(WORDS)}\n{_sentence(rng)}\n:::\n"
    )


def _question(rng: random.Random, lesson: int, index: int) -> str:
    return (
        f"::: question choice {{#q-{lesson}-{index}}}\n{_sentence(rng)}\n\n- [x] 甲：{_sentence(rng)}\n  > {_sentence(rng)}\n"
        f"- [ ] 乙：{_sentence(rng)}\n- [ ] 丙：{_sentence(rng)}\n\n> 解析：{_sentence(rng)}\n:::\n"
    )
