"""Two lessons, modules, questions or objectives with one identifier."""

from collections.abc import Iterable, Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Place, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="duplicate-identifier",
    severity=Severity.ERROR,
    message=Text(
        "标识“{id}”已经用于另一{kind}（{first}）。",
        "The identifier “{id}” belongs to another {kind} already ({first}).",
    ),
    cure=Text(
        "给其中一个另取标识：{how}。标识决定学员的学习记录，不能重复。",
        "Give one of them another identifier: {how}. Learners' records hang on it, so it must be unique.",
    ),
)


_MODULE = Text("模块", "module")
_LESSON = Text("课", "lesson")
_QUESTION = Text("题", "question")
_OBJECTIVE = Text("学习目标", "objective")
_ON_HEADING = Text(
    "在标题后写 {#标识}，或在文件开头写 id:",
    "write {#identifier} after the title, or id: at the top of the file",
)
_ON_QUESTION = Text("在 ::: question 一行写 {#标识}", "write {#identifier} on its ::: question line")
_IN_LIST = Text("改 objectives 里的 id", "change its id in objectives")


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Each identifier's second use and later ones."""
    course = manuscript.course
    written = manuscript.written
    questions = [(q.id, q.place) for lesson in course.lessons for q in lesson.questions]
    objectives = [(o.id, written.at("objectives", n, "id")) for n, o in enumerate(course.objectives)]
    yield from _twice(((module.id, module.place) for module in course.modules), _MODULE, _ON_HEADING)
    yield from _twice(((lesson.id, lesson.place) for lesson in course.lessons), _LESSON, _ON_HEADING)
    yield from _twice(questions, _QUESTION, _ON_QUESTION)
    yield from _twice(objectives, _OBJECTIVE, _IN_LIST)


def _twice(named: Iterable[tuple[str, Place]], kind: Text, how: Text) -> Iterator[Diagnostic]:
    first: dict[str, Place] = {}
    for identifier, place in named:
        earlier = first.setdefault(identifier, place)
        if earlier is not place:
            where = f"{earlier.file}:{earlier.line}"
            yield RULE.at(place, id=identifier, kind=kind, first=where, how=how)
