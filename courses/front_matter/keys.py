"""Every key that front matter may have, its type, and what it takes in the author's words."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from schemas.course import Mode, Sequence
from schemas.text import Text

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
Name = Annotated[str, Meta(pattern=r"^[^\s#{}\"']+$", max_length=100)]
Words = Annotated[str, Meta(pattern=r"\S", max_length=20_000)]
Hours = Annotated[float, Meta(ge=0, le=10_000)]
Share = Annotated[float, Meta(ge=0, le=1)]


class BothLanguages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same words in Chinese and English."""

    zh: Words = ""
    en: Words = ""


Said = Words | BothLanguages


class ObjectiveKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of `objectives`."""

    id: Name
    text: Said


class InstructorKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of `instructors`."""

    name: Said
    title: Said = ""
    affiliation: Said = ""


class PassKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`pass`."""

    score: Share | None = None
    lessons: Share | Literal["all"] = "all"
    attempts: Annotated[int, Meta(ge=0, le=1000)] = 0


class VisitKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of `visits`."""

    theme: Slug = ""
    industry: Annotated[str, Meta(pattern=r"^[A-T]\d{0,4}$")] = ""  # GB/T 4754
    count: Annotated[int, Meta(ge=1, le=100)] = 1
    duration: Literal["half-day", "day"] = "half-day"
    objectives: list[Name] = []
    earliest: Name = ""
    latest: Name = ""


class CourseKeys(msgspec.Struct, frozen=True, kw_only=True):
    """Front matter of `course.md`."""

    id: Slug
    title: Said
    edition: Words
    institution: Slug = "local"
    summary: Said = ""
    language: Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=35)] = "zh-CN"
    themes: dict[str, Hours] | list[Name] = {}
    audience: list[Name] = []
    hours: Hours = 0.0
    mode: Mode = Mode.ONLINE
    objectives: list[ObjectiveKeys] = []
    prerequisites: list[Annotated[str, Meta(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)?$", max_length=129)]] = []
    instructors: list[InstructorKeys] = []
    passing: PassKeys = msgspec.field(default=PassKeys(), name="pass")
    sequence: Sequence = Sequence.FREE
    visits: list[VisitKeys] = []
    licence: Words = ""
    sample: bool = False
    contents: list[Words] = []


class ModuleKeys(msgspec.Struct, frozen=True, kw_only=True):
    """Front matter of a module's `index.md`."""

    id: Name = ""
    title: Words = ""
    prerequisites: list[Name] = []
    contents: list[Words] = []


class LessonKeys(msgspec.Struct, frozen=True, kw_only=True):
    """Front matter of a lesson."""

    id: Name = ""
    title: Words = ""
    minutes: Annotated[int, Meta(ge=0, le=10_000)] = 0


_SLUG = Text(
    "小写英文字母、数字与连字符，例如 digital-roadmap",
    "lower-case letters, digits and hyphens, such as digital-roadmap",
)
_NAME = Text("一个不含空格的名称，例如 o1", "a name without spaces, such as o1")
_SAID = Text(
    "一段文字，例如 数字化转型；或中英两种文字，例如 {zh: 数字化转型, en: Going digital}",
    "words, such as Going digital; or both languages, such as {zh: 数字化转型, en: Going digital}",
)
_WORDS = Text(
    '一段文字；若像数字、日期或 yes/no，请加引号，例如 "2024"',
    'words; in quotes where they look like a number, a date or yes/no, such as "2024"',
)
_HOURS = Text("学时数，例如 16", "a number of hours, such as 16")
_SHARE = Text("0 到 1 之间的数，例如 0.8（即 80%）", "a number from 0 to 1, such as 0.8 (80%)")
_NAMES = Text("一个列表，例如 [o1, o2]", "a list, such as [o1, o2]")
_LESSON = Text("本课程一课的标识，例如 diagnosis", "the identifier of one of its lessons, such as diagnosis")
_FILES = Text(
    "文件或文件夹名的列表，例如 [01-why.md, 02-how.md]",
    "a list of file or folder names, such as [01-why.md, 02-how.md]",
)

# What each key takes, by its path without list positions. The authoring guide and the messages share it.
TAKES: dict[str, Text] = {
    "id": _SLUG,
    "institution": _SLUG,
    "title": _SAID,
    "title.zh": _WORDS,
    "title.en": _WORDS,
    "summary": _SAID,
    "summary.zh": _WORDS,
    "summary.en": _WORDS,
    "language": Text("语言标签，例如 zh-CN 或 en", "a language tag, such as zh-CN or en"),
    "edition": Text("年度，例如 2022-2023", "a programme edition, such as 2022-2023"),
    "themes": Text(
        "各主题的学时，例如 {digital-empowerment: 12}；或平分学时的主题列表，例如 [digital-empowerment]",
        "hours by theme, such as {digital-empowerment: 12}; or a list of themes that share the hours evenly, such as [digital-empowerment]",
    ),
    "audience": Text(
        "企业梯度的列表，例如 [srdi-sme, little-giant]",
        "a list of audience tiers, such as [srdi-sme, little-giant]",
    ),
    "hours": _HOURS,
    "mode": Text("classroom（面授）、online（线上）或 blended（混合）", "classroom, online or blended"),
    "objectives": Text(
        "学习目标的列表，例如 [{id: o1, text: 能够完成诊断}]",
        "a list of objectives, such as [{id: o1, text: Diagnose your firm}]",
    ),
    "objectives.id": _NAME,
    "objectives.text": _SAID,
    "objectives.text.zh": _WORDS,
    "objectives.text.en": _WORDS,
    "prerequisites": Text(
        "先修课程标识的列表，例如 [intro-course]", "a list of course identifiers, such as [intro-course]"
    ),
    "instructors": Text(
        "授课人的列表，例如 [{name: 张三, title: 教授}]",
        "a list of teachers, such as [{name: Zhang San, title: Professor}]",
    ),
    "instructors.name": _SAID,
    "instructors.name.zh": _WORDS,
    "instructors.name.en": _WORDS,
    "instructors.title": _SAID,
    "instructors.title.zh": _WORDS,
    "instructors.title.en": _WORDS,
    "instructors.affiliation": _SAID,
    "instructors.affiliation.zh": _WORDS,
    "instructors.affiliation.en": _WORDS,
    "pass": Text(
        "通过条件，例如 {score: 0.8, lessons: all}",
        "the conditions for passing, such as {score: 0.8, lessons: all}",
    ),
    "pass.score": _SHARE,
    "pass.lessons": Text(
        "all（全部），或 0 到 1 之间的数，例如 0.8", "all, or a number from 0 to 1, such as 0.8"
    ),
    "pass.attempts": Text("整数次数，例如 3（0 表示不限）", "a whole number, such as 3 (0: no limit)"),
    "sequence": Text("free（自由）或 linear（按顺序）", "free or linear"),
    "visits": Text(
        "实地教学的列表，例如 [{industry: C34, count: 2}]",
        "a list of site visits, such as [{industry: C34, count: 2}]",
    ),
    "visits.theme": _SLUG,
    "visits.industry": Text(
        "国民经济行业代码（GB/T 4754），例如 C34", "a GB/T 4754 industry code, such as C34"
    ),
    "visits.count": Text("1 到 100 的整数", "a whole number from 1 to 100"),
    "visits.duration": Text("half-day（半天）或 day（一天）", "half-day or day"),
    "visits.objectives": _NAMES,
    "visits.earliest": _LESSON,
    "visits.latest": _LESSON,
    "licence": Text("许可名称，例如 CC-BY-NC-4.0", "the name of a licence, such as CC-BY-NC-4.0"),
    "sample": Text("true（是）或 false（否）", "true or false"),
    "contents": _FILES,
}

# The keys whose value is one of a few words.
CHOICES: dict[str, tuple[str, ...]] = {
    "mode": tuple(Mode),
    "sequence": tuple(Sequence),
    "pass.lessons": ("all",),
    "visits.duration": ("half-day", "day"),
}

# Where a module's or a lesson's key of the same name takes something else.
MODULE_TAKES: dict[str, Text] = {
    "id": _NAME,
    "title": _WORDS,
    "prerequisites": Text("先修模块标识的列表，例如 [m1]", "a list of module identifiers, such as [m1]"),
    "contents": _FILES,
}
LESSON_TAKES: dict[str, Text] = {
    "id": _NAME,
    "title": _WORDS,
    "minutes": Text("学习分钟数，例如 20", "minutes of study, such as 20"),
}
