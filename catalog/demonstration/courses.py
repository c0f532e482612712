"""Sample courses, as many as are wanted: the same number gives the same course, and none needs another."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from catalog.services.facts import CourseFacts, LessonFacts, ModuleFacts
from schemas.course import Instructor, Mode, Objective
from schemas.edition import editions
from schemas.text import Text

EDITION = "2022-2023"
LICENCE = "CC-BY-NC-4.0"
_TITLE = Text("{sector}企业{topic}：{angle}（示例）", "{topic} for {sector} firms: {angle} (sample)")
_AGAIN = Text("{title}·第 {n} 讲", "{title}, part {n}")
_SUMMARY = Text(
    "示例课程：带{sector}企业的经营者用六课做完{topic}，{angle}。",
    "A sample course: in six lessons owners of {sector} firms work through it, {angle}.",
)
_OBJECTIVES = (
    Text("能用数字说清本企业{topic}的现状", "Can put into figures where the firm stands"),
    Text("能定出三十天内见效的第一步", "Can decide on a first step that shows within thirty days"),
)
_LECTURER = Instructor(Text("示例讲师", "Sample lecturer"))
_QUESTION = """
::: question choice {#q1 objectives="o1 o2"}
第一步最该做什么？

- [x] 选一个三个月能见分晓的经营数字
- [ ] 先买一套系统
- [ ] 等条件成熟

> 先定数字，工具和队伍才有方向。
:::
"""


class Sector(msgspec.Struct, frozen=True):
    """A branch of industry; `code` is GB/T 4754's."""

    zh: str
    en: str
    code: str

    @property
    def name(self) -> Text:
        """Its name."""
        return Text(self.zh, self.en)


class Words(msgspec.Struct, frozen=True):
    """What titles and lessons are made of."""

    sectors: tuple[Sector, ...]
    angles: tuple[Text, ...]
    lessons: tuple[Text, ...]
    modules: tuple[Text, ...]
    paragraphs: tuple[str, ...]
    themes: dict[str, tuple[Text, ...]]


class SampleCourse(msgspec.Struct, frozen=True):
    """A course: what the catalogue knows of it, and its `course.md`, which says the same."""

    facts: CourseFacts
    text: str


@cache
def words() -> Words:
    """The vocabulary."""
    return msgspec.json.decode((Path(__file__).parent / "words.json").read_bytes(), type=Words)


@cache
def members() -> dict[str, Text]:
    """The institutions of the edition's roster, with their names marked as a sample's."""
    roster = editions()[EDITION].roster
    assert roster is not None  # noqa: S101 - the edition's file has one
    mark = Text("{name}（示例）", "{name} (sample)")
    return {member.slug: mark.format(name=member.name) for member in roster.members}


def sample_courses(count: int) -> Iterator[SampleCourse]:
    """The first `count` of them; themes and institutions take turns."""
    return (sample_course(number) for number in range(count))


def sample_course(number: int) -> SampleCourse:
    """The course with this number, from 0."""
    known = words()
    themes = list(known.themes)
    theme = themes[number % len(themes)]
    rest = number // len(themes)
    topics = known.themes[theme]
    place, pair = rest % len(topics), rest // len(topics)
    turn = place + 2 * themes.index(theme)
    topic = topics[place]
    # Every pair of a sector and an angle comes once before the first comes again.
    pairs = len(known.sectors) * len(known.angles)
    sector = known.sectors[(7 * pair + 3 * turn) % len(known.sectors)]
    angle = known.angles[(pair + pair // len(known.sectors) + turn) % len(known.angles)]
    again = pair // pairs
    values = {"sector": sector.name, "topic": topic, "angle": angle}
    title = _TITLE.format(**values)
    facts = CourseFacts(
        id=f"sample-{number + 1:06}",
        institution=list(members())[(number * 5 + number // 21) % len(members())],
        title=_AGAIN.format(title=title, n=again + 1) if again else title,
        summary=_SUMMARY.format(**values),
        language="zh-CN",
        edition=EDITION,
        themes=_themes(number, theme, themes),
        audience=_audience(number),
        hours=float(4 + 4 * (number % 4)),
        mode=tuple(Mode)[number % 3],
        objectives=tuple(
            Objective(f"o{n}", text.format(topic=topic)) for n, text in enumerate(_OBJECTIVES, 1)
        ),
        prerequisites=(),
        instructors=(_LECTURER,),
        visits=(),
        licence=LICENCE,
        sample=True,
        modules=_modules(topic),
    )
    return SampleCourse(facts, _text(facts, sector, topic))


def _themes(number: int, theme: str, themes: list[str]) -> dict[str, float]:
    """All hours for one theme; every fifth course gives a second one a share."""
    hours = float(4 + 4 * (number % 4))
    if number % 5:
        return {theme: hours}
    other = themes[(themes.index(theme) + 1) % len(themes)]
    return {theme: hours - 2, other: 2.0}


def _audience(number: int) -> tuple[str, ...]:
    tiers = [tier.slug for tier in editions()[EDITION].tiers]
    first = number // 2 % len(tiers)
    return tuple(tiers[first : first + 1 + number % 2])


def _modules(topic: Text) -> tuple[ModuleFacts, ...]:
    known = words()
    half = len(known.lessons) // len(known.modules)
    last = len(known.lessons)
    return tuple(
        ModuleFacts(
            f"m{m}",
            module.zh,
            tuple(
                LessonFacts(f"l{n}", f"{topic.zh}：{known.lessons[n - 1].zh}", 0, int(n == last), ())
                for n in range(1 + half * (m - 1), 1 + half * m)
            ),
        )
        for m, module in enumerate(known.modules, 1)
    )


def _text(facts: CourseFacts, sector: Sector, topic: Text) -> str:
    head = {
        "id": facts.id,
        "institution": facts.institution,
        "title": facts.title,
        "summary": facts.summary,
        "language": facts.language,
        "edition": facts.edition,
        "themes": facts.themes,
        "audience": facts.audience,
        "hours": facts.hours,
        "mode": facts.mode,
        "objectives": facts.objectives,
        "instructors": facts.instructors,
        "licence": facts.licence,
        "sample": True,
    }
    # JSON is YAML, and strings come quoted as YAML wants them.
    lines = ["---", *(f"{key}: {msgspec.json.encode(value).decode()}" for key, value in head.items()), "---"]
    lines.append(f"\n{facts.summary.zh}内容与数字均为虚构，仅供演示。\n")
    number = 0
    for module in facts.modules:
        lines.append(f"# {module.title} {{#{module.id}}}\n")
        for lesson in module.lessons:
            lines.append(f"## {lesson.title} {{#{lesson.id}}}\n")
            lines.append(words().paragraphs[number].format(sector=sector.zh, topic=topic.zh) + "\n")
            if lesson.questions:
                lines.append(_QUESTION)
            number += 1
    return "\n".join(lines)
