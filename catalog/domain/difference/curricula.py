"""What changed from one version of a curriculum to the next, and whether its package may be replaced in place.

In the package each course keeps its own records, whatever stands before or after it (exporters.combined): so only what a
course itself does to its records counts, and a course that was taken out takes its records along.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from catalog.domain.difference.model import Answer, Change, FieldChange
from courses.curricula import Curriculum
from schemas.text import Language, Text

_ANSWERS = {
    Answer.REPLACE_IN_PLACE: Text(
        "原位替换课程包，学员的学习记录保留。", "Replace the package in place; learners' records survive."
    ),
    Answer.NEW_ACTIVITY: Text(
        "新建一个学习活动放新课程包，旧的保留给已开始的学员。",
        "Make a new activity for the new package; leave the old one to those who have begun.",
    ),
}
_CONDITION = Text(
    "前提：新旧课程包的格式与结构相同。成套下载的，按每门课分别判断。",
    "This holds for a package of the same format and structure. Of a set, each course is judged by itself.",
)
_SHORT = 60  # characters of a value that are shown
_SAME = Text("两个版本的课程与安排相同。", "The two versions have the same courses and plan.")
_CHANGES = {
    Change.ADDED: Text("新增：{title}", "added: {title}"),
    Change.REMOVED: Text("删除：{title}，其学习记录随之消失", "removed: {title}; its records go with it"),
    Change.MOVED: Text("调整次序：{title}", "moved: {title}"),
    Change.CHANGED: Text(
        "换版本：{title}，第 {before} 版 → 第 {after} 版", "{title}: version {before} → {after}"
    ),
}
_BREAKS = Text("（会影响学习记录）", " (records would suffer)")
_FIELDS = {
    "title": Text("标题", "title"),
    "summary": Text("简介", "summary"),
    "theme": Text("主题", "theme"),
    "kind": Text("班次类型", "class"),
    "cohort": Text("每班人数", "trainees in a class"),
    "hours": Text("学时", "hours"),
    "plan": Text("学时安排", "hours by theme and mode"),
    "visits": Text("实地教学", "site visits"),
    "calendar": Text("日程", "calendar"),
    "body": Text("正文", "text"),
}


class Member(NamedTuple):
    """A course of a curriculum in the version that it consists of (None: in none)."""

    name: str
    title: Text
    number: int | None


class CourseChange(msgspec.Struct, frozen=True):
    """What became of a course (`institution/id`). `before` and `after` are its version's numbers."""

    course: str
    title: Text
    change: Change
    before: int | None
    after: int | None
    answer: Answer


class CurriculumDifference(msgspec.Struct, frozen=True):
    """Everything. `answer` is the strictest of the courses'."""

    answer: Answer
    courses: tuple[CourseChange, ...]
    fields: tuple[FieldChange, ...]


def compare_curricula(
    old: tuple[Curriculum, Sequence[Member]],
    new: tuple[Curriculum, Sequence[Member]],
    answer_of: Callable[[str], Answer],
) -> CurriculumDifference:
    """The difference of two versions; `old` is the one that learners use now. `answer_of` says of a course whose version
    changed what that means."""
    courses = tuple(_courses(old[1], new[1], answer_of))
    breaks = any(one.answer is Answer.NEW_ACTIVITY for one in courses)
    answer = Answer.NEW_ACTIVITY if breaks else Answer.REPLACE_IN_PLACE
    return CurriculumDifference(answer, courses, tuple(_fields(old[0], new[0])))


def render_curricula(difference: CurriculumDifference, language: Language) -> str:
    """As text that people read: first the answer, then why."""
    lines = [_ANSWERS[difference.answer].say(language), _CONDITION.say(language)]
    for one in difference.courses:
        told = _CHANGES[one.change].format(title=one.title, before=one.before, after=one.after).say(language)
        breaks = one.answer is Answer.NEW_ACTIVITY and one.change is Change.CHANGED
        lines.append(f"- {told}{_BREAKS.say(language) if breaks else ''}")
    lines += (
        f"- {_FIELDS[field.field].say(language)}: {_short(field.before)} → {_short(field.after)}"
        for field in difference.fields
    )
    if len(lines) == 2:
        lines.append(_SAME.say(language))
    return "\n".join(lines)


def _short(value: str) -> str:
    return (value if len(value) <= _SHORT else f"{value[:_SHORT]}…") or "—"


def _courses(
    old: Sequence[Member], new: Sequence[Member], answer_of: Callable[[str], Answer]
) -> Iterator[CourseChange]:
    before, after = ({one.name: one for one in members} for members in (old, new))
    kept = [one.name for one in new if one.name in before]
    order = [one.name for one in old if one.name in after]
    for one in new:
        earlier = before.get(one.name)
        if earlier is None:
            yield CourseChange(one.name, one.title, Change.ADDED, None, one.number, Answer.REPLACE_IN_PLACE)
        elif earlier.number != one.number:
            yield CourseChange(
                one.name, one.title, Change.CHANGED, earlier.number, one.number, answer_of(one.name)
            )
        elif kept.index(one.name) != order.index(one.name):
            yield CourseChange(
                one.name, one.title, Change.MOVED, one.number, one.number, Answer.REPLACE_IN_PLACE
            )
    for one in old:
        if one.name not in after:
            yield CourseChange(one.name, one.title, Change.REMOVED, one.number, None, Answer.NEW_ACTIVITY)


def _fields(old: Curriculum, new: Curriculum) -> Iterator[FieldChange]:
    before, after = _written(old), _written(new)
    for field in _FIELDS:
        if before[field] != after[field]:
            yield FieldChange(field, before[field], after[field])


def _written(said: Curriculum) -> dict[str, str]:
    """What is said, on one line each."""
    return {
        "title": _both(said.title),
        "summary": _both(said.summary),
        "theme": said.theme,
        "kind": said.kind.value,
        "cohort": str(said.cohort or ""),
        "hours": f"{said.hours:g}",
        "plan": "; ".join(f"{line.theme} {line.mode.value} {line.hours:g}" for line in said.plan),
        "visits": "; ".join(
            f"{visit.theme} {visit.industry} ×{visit.count} {visit.duration}" for visit in said.visits
        ),
        "calendar": "; ".join(
            f"{_both(phase.name)} {phase.starts}/{phase.ends} {phase.hours:g}" for phase in said.calendar
        ),
        "body": " ".join(said.body.split()),
    }


def _both(text: Text) -> str:
    return " · ".join(dict.fromkeys(filter(None, (text.zh, text.en))))
