"""What a format or an LMS can't hold of a course: told at export, never dropped in silence."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from exporters.contents import Plan
from exporters.manifest import TITLE_LIMIT, plain
from exporters.points import mastery, number
from exporters.presets import PACKAGE_LIMIT, SCORM_FORMATS, STATE_LIMITS
from schemas.course import Course, Sequence
from schemas.diagnostics import Diagnostic, Place, Rule, Severity
from schemas.errors import InputError
from schemas.package import Format
from schemas.questions import LongFillIn
from schemas.text import Text

ESSAY = Rule(
    code="essay-not-recorded",
    severity=Severity.NOTE,
    message=Text(
        "SCORM 1.2 没有问答题这种交互类型，学员写的答案只留在学习进度里，不会作为答题记录交给学习平台。",
        "SCORM 1.2 has no interaction for open questions: what learners write stays in their saved progress and "
        "isn't recorded as an answer in the LMS.",
    ),
    cure=Text("需要查看答案时，导出 SCORM 2004。", "Export SCORM 2004 where the answers have to be read."),
)
STATE = Rule(
    code="state-over-limit",
    severity=Severity.ERROR,
    message=Text(
        "学员的完成情况与答题结果最多需要 {worst} 个字符，而 {format} 只能保存 {limit} 个。",
        "What learners completed and answered can take {worst} characters; {format} saves {limit}.",
    ),
    cure=Text(
        "用 --structure lessons 让每课各自保存，或导出 SCORM 2004（64,000 个字符），或拆分课程。",
        "Use --structure lessons, where each lesson saves its own; or export SCORM 2004 (64,000 characters); or "
        "split the course.",
    ),
)
TITLE = Rule(
    code="title-shortened",
    severity=Severity.WARNING,
    message=Text(
        "标题有 {length} 个字符，SCORM 清单只能放 {limit} 个：学习平台的目录里会显示截短的标题。",
        "The title has {length} characters, SCORM manifests hold {limit}: the LMS's contents will show it cut.",
    ),
    cure=Text("把标题缩短到 {limit} 个字符以内。", "Shorten the title to {limit} characters."),
)
CONTROL = Rule(
    code="title-control-characters",
    severity=Severity.WARNING,
    message=Text(
        "标题里有控制字符，XML 不能包含，导出时已去掉。",
        "The title has control characters, which XML can't hold: they were removed.",
    ),
    cure=Text("从标题中删除不可见的字符。", "Delete the invisible characters from the title."),
)
PREREQUISITES = Rule(
    code="prerequisites-cut",
    severity=Severity.WARNING,
    message=Text(
        "SCORM 1.2 的先修条件最多 200 个字符，放不下全部 {all} 课，学习平台只检查最后 {kept} 课。",
        "SCORM 1.2 has 200 characters for prerequisites, not enough for all {all} lessons: the LMS checks the last {kept} only.",
    ),
    cure=Text("用 --structure single 或导出 SCORM 2004。", "Use --structure single, or export SCORM 2004."),
)
COURSE_SCORE = Rule(
    code="score-per-lesson",
    severity=Severity.NOTE,
    message=Text(
        "{standard} 没有整门课的成绩：每课一个单元时，每节有题目的课都要达到 {score}% 才算通过。",
        "{standard} knows no score of a whole course: with one unit a lesson, each lesson with questions has to reach {score}%.",
    ),
    cure=Text(
        "要按全课总分判断，用 --structure single 或导出 SCORM 2004。",
        "To judge by the course's total, use --structure single or export SCORM 2004.",
    ),
)
ORDER = Rule(
    code="order-not-kept",
    severity=Severity.NOTE,
    message=Text(
        "cmi5 没有学习顺序：每课一个单元时，学习平台可以按任何次序打开各课，课程的顺序与先修条件不起作用。",
        "cmi5 has no order of units: with one unit a lesson, the LMS may open lessons in any order, whatever the course says of "
        "sequence and prerequisites.",
    ),
    cure=Text(
        "要按顺序学习，用 --structure single 或导出 SCORM 2004。",
        "Where order matters, use --structure single or export SCORM 2004.",
    ),
)
EVERY_LESSON = Rule(
    code="every-lesson-required",
    severity=Severity.WARNING,
    message=Text(
        "cmi5 要求达成每个单元：每课一个单元时，学员须完成全部各课，而课程只要求 {share}%。",
        "cmi5 asks for every unit: with one unit a lesson, learners have to complete them all, where the course asks for {share}%.",
    ),
    cure=Text(
        "只要求部分课时，用 --structure single 或导出 SCORM 2004。",
        "Where a share is enough, use --structure single or export SCORM 2004.",
    ),
)
BIG = Rule(
    code="package-over-2-gib",
    severity=Severity.WARNING,
    message=Text(
        "课程包有 {size} MiB，超过 2048 MiB 就要用 Zip64 扩展，许多学习平台无法解压或不允许上传。",
        "The package has {size} MiB; past 2,048 MiB it needs Zip64, which many LMSs can't unpack or don't let in.",
    ),
    cure=Text("压缩视频，或把课程拆成几门。", "Compress the videos, or split the course into several."),
)


class Facts(NamedTuple):
    """A package that was made, as far as it matters here."""

    course: Course
    plan: Plan
    size: int  # of the archive, bytes


def _front(course: Course) -> Place:
    """The file with the course's front matter: a course in a single file may have any name."""
    module, lesson = course.modules[0], course.lessons[0]
    return Place(module.place.file if module.place.file == lesson.place.file else "course.md")


def refuse_overflow(course: Course, plan: Plan, worst: int) -> None:
    """Raise InputError where the LMS couldn't keep a learner's progress: better no package than lost records."""
    limit = STATE_LIMITS[plan.format]
    if worst > limit:
        told = STATE.at(_front(course), worst=worst, format=plan.format.value, limit=limit)
        raise InputError(told.message, (told,))


def losses(facts: Facts) -> tuple[Diagnostic, ...]:
    """Everything to tell, in the order of `_LOOKS`."""
    return tuple(chain.from_iterable(look(facts) for look in _LOOKS))


def _essays(facts: Facts) -> Iterator[Diagnostic]:
    if facts.plan.format is Format.SCORM12:
        for lesson in facts.course.lessons:
            yield from (ESSAY.at(q.place) for q in lesson.questions if isinstance(q, LongFillIn))


def _titles(facts: Facts) -> Iterator[Diagnostic]:
    if facts.plan.format is Format.HTML:
        return
    parts = [(facts.course.name, _front(facts.course))]
    if facts.plan.structure == "lessons":
        parts += [(module.title, module.place) for module in facts.course.modules]
        parts += [(lesson.title, lesson.place) for lesson in facts.course.lessons]
    for title, place in parts:
        if facts.plan.format in SCORM_FORMATS and len(plain(title)) > TITLE_LIMIT:
            yield TITLE.at(place, length=len(plain(title)), limit=TITLE_LIMIT)
        if plain(title) != " ".join(title.split()):
            yield CONTROL.at(place)


def _prerequisites(facts: Facts) -> Iterator[Diagnostic]:
    if facts.plan.format is not Format.SCORM12 or facts.plan.structure != "lessons":
        return
    from exporters.scorm12 import prerequisites  # noqa: PLC0415 (only this format needs it)

    for lesson, _, required, kept in prerequisites(facts.course):
        if kept < required:
            yield PREREQUISITES.at(lesson.place, all=required, kept=kept)


def _course_score(facts: Facts) -> Iterator[Diagnostic]:
    standard = {Format.SCORM12: "SCORM 1.2", Format.CMI5: "cmi5"}.get(facts.plan.format)
    share = mastery(facts.course)
    if standard and facts.plan.structure == "lessons" and share is not None:
        yield COURSE_SCORE.at(_front(facts.course), standard=standard, score=number(share * 100))


def _cmi5_units(facts: Facts) -> Iterator[Diagnostic]:
    course = facts.course
    if facts.plan.format is not Format.CMI5 or facts.plan.structure != "lessons":
        return
    if course.sequence is Sequence.LINEAR or any(module.prerequisites for module in course.modules):
        yield ORDER.at(_front(course))
    if course.passing.lessons < 1:
        yield EVERY_LESSON.at(_front(course), share=number(course.passing.lessons * 100))


def _size(facts: Facts) -> Iterator[Diagnostic]:
    if facts.size > PACKAGE_LIMIT:
        yield BIG.at(_front(facts.course), size=facts.size >> 20)


_LOOKS: tuple[Callable[[Facts], Iterator[Diagnostic]], ...] = (
    _titles,
    _course_score,
    _cmi5_units,
    _prerequisites,
    _essays,
    _size,
)
