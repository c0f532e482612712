"""Two identifiers whose short keys in a learner's saved state are the same."""

from collections.abc import Iterable, Iterator

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Place, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="state-key-clash",
    severity=Severity.ERROR,
    message=Text(
        "标识“{id}”与“{other}”（{first}）的存档短码碰巧相同，学员的记录会混在一起。",
        "The identifiers “{id}” and “{other}” ({first}) happen to share the short key that saved progress"
        " uses; learners' records would mix.",
    ),
    cure=Text(
        "把其中一个标识改掉一个字即可（尚未发布的那一个）。",
        "Change one letter of one of them (the one that isn't published yet).",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Lessons among themselves, and questions among themselves: the player keeps them apart."""
    lessons = manuscript.course.lessons
    yield from _clashes((lesson.key, lesson.id, lesson.place) for lesson in lessons)
    yield from _clashes((q.key, q.id, q.place) for lesson in lessons for q in lesson.questions)


def _clashes(keyed: Iterable[tuple[str, str, Place]]) -> Iterator[Diagnostic]:
    first: dict[str, tuple[str, Place]] = {}
    for key, identifier, place in keyed:
        other, earlier = first.setdefault(key, (identifier, place))
        if other != identifier:
            yield RULE.at(place, id=identifier, other=other, first=f"{earlier.file}:{earlier.line}")
