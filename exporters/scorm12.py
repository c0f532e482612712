"""SCORM 1.2: its manifest (Content Aggregation Model 1.2, 2001)."""

from collections.abc import Iterator, Sequence
from typing import ClassVar
from xml.etree.ElementTree import Element

from exporters.manifest import Dialect, child, plain, shorten
from exporters.order import lessons_before, lessons_required
from exporters.outline import Item, lesson_identifier
from exporters.points import mastery, number, points
from schemas.course import Course, Lesson

PREREQUISITES_LIMIT = 200  # characters, CAM 1.2 section 2.3.2.5.1.5
_DESCRIPTION_LIMIT = 2000  # characters, IMS MD 1.2.1 general.description

_CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_MD = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"


class Scorm12(Dialect):
    """Order exists only through prerequisites, a score to reach only for one item at a time."""

    version = "1.2"
    namespaces: ClassVar = {"": _CP, "adlcp": _ADL, "imsmd": _MD}
    schemas: ClassVar = {_CP: "imscp_rootv1p1p2.xsd", _MD: "imsmd_rootv1p2p1.xsd", _ADL: "adlcp_rootv1p2.xsd"}
    kind = "adlcp:scormtype"

    def __init__(self, course: Course, *, mastery_score: bool = True, prefix: str = "") -> None:
        """`prefix` stands before the identifiers of the course's items."""
        super().__init__(course)
        self._scripts = {lesson.id: script for lesson, script, _, _ in prerequisites(course, prefix)}
        self._mastery = mastery(course) if mastery_score else None

    def metadata(self, parent: Element) -> None:
        """IMS metadata 1.2.1: title, language and summary."""
        general = child(child(parent, "imsmd:lom"), "imsmd:general")
        self._words(general, "imsmd:title", plain(self.course.name) or self.course.id)
        child(general, "imsmd:language", self.course.language)
        summary = plain(self.course.summary.say(self.course.interface))
        if summary:
            self._words(general, "imsmd:description", shorten(summary, _DESCRIPTION_LIMIT))

    def _words(self, parent: Element, tag: str, text: str) -> None:
        child(child(parent, tag), "imsmd:langstring", text).set("xml:lang", self.course.language)

    def organization(self, element: Element) -> None:
        """Nothing: order and score are the items' own."""

    def part(self, element: Element) -> None:
        """Nothing either."""

    def item(self, element: Element, item: Item) -> None:
        """Prerequisites, then the mastery score (in percent, as scores are reported)."""
        script = self._scripts.get(item.lesson.id) if item.lesson else ""
        if script:
            child(element, "adlcp:prerequisites", script, type="aicc_script")
        asked = points(item.lesson.questions) > 0 if item.lesson else item.is_course
        if asked and self._mastery is not None:
            child(element, "adlcp:masteryscore", number(self._mastery * 100))


def prerequisites(course: Course, prefix: str = "") -> Iterator[tuple[Lesson, str, int, int]]:
    """For each lesson that has any: the AICC script that opens it, how many lessons are required, and how many of
    them its 200 characters have room for (the last ones: the nearest matter most).
    """
    before = lessons_before(course)
    for module in course.modules:
        required = lessons_required(course, module)
        for lesson in module.lessons:
            earlier = (before[lesson.id],) if lesson.id in before else required
            if earlier:
                script, kept = _script(course, earlier, prefix)
                yield lesson, script, len(earlier), kept


def _script(course: Course, earlier: Sequence[Lesson], prefix: str) -> tuple[str, int]:
    """As many of the lessons as there is room for, and how many those are.

    A lesson counts as finished once it is passed or completed, and, where it has a mastery score, once it is failed:
    a learner who is out of attempts must not be locked out of all that follows.
    """
    scored = mastery(course) is not None
    terms: list[str] = []
    room = PREREQUISITES_LIMIT
    for lesson in reversed(earlier):
        name = prefix + lesson_identifier(lesson)
        term = f'({name}|{name}="failed")' if scored and points(lesson.questions) else name
        room -= len(term) + bool(terms)
        if room < 0:
            break
        terms.append(term)
    return "&".join(reversed(terms)), len(terms)
