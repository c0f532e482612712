"""cmi5: its course structure (cmi5 specification, Quartz 1st edition, section 13)."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, indent, tostring

from exporters.iris import course_iri, lesson_iri, module_iri, objective_iri, whole_iri
from exporters.languages import Words, beginning, by_tag, own_words
from exporters.manifest import child
from exporters.outline import INDEX
from exporters.points import mastery, number, points
from schemas.course import Course, Lesson, Module
from schemas.package import Structure
from schemas.questions import is_scored
from schemas.xapi import vocabulary

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"


def write_course_structure(course: Course, structure: Structure) -> bytes:
    """`cmi5.xml` as UTF-8, indented for whoever opens it. `lessons`: a block for each module, an assignable unit for
    each lesson; `single`: one unit for the course."""
    root = Element("courseStructure", {"xmlns": NAMESPACE})
    name = by_tag(course, course.title, course.id)
    summary = by_tag(course, course.summary, course.name)
    _words(child(root, "course", id=course_iri(course)), name, summary)
    _objectives(root, course)
    if structure == "lessons":
        for module in course.modules:
            _block(root, course, module)
    else:
        score = mastery(course)
        unit = _unit(root, whole_iri(course), score, "course")
        _words(unit, name, summary)
        _references(unit, course, course.lessons)
        child(unit, "url", INDEX)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _objectives(root: Element, course: Course) -> None:
    """13.1.2"""
    if not course.objectives:
        return
    group = child(root, "objectives")
    for objective in course.objectives:
        words = by_tag(course, objective.text, objective.id)
        _words(child(group, "objective", id=objective_iri(course, objective)), words, words)


def _block(root: Element, course: Course, module: Module) -> None:
    """13.1.3"""
    block = child(root, "block", id=module_iri(course, module))
    title = own_words(course, module.title, module.id)
    _words(block, title, own_words(course, beginning(module.text), module.title))
    for lesson in module.lessons:
        score = mastery(course) if points(lesson.questions) else None
        unit = _unit(block, lesson_iri(course, lesson), score, "lesson")
        title = own_words(course, lesson.title, lesson.id)
        _words(unit, title, own_words(course, beginning(lesson.text), lesson.title))
        _references(unit, course, (lesson,))
        child(unit, "url", lesson.page)


def _unit(parent: Element, iri: str, score: float | None, kind: str) -> Element:
    """13.1.4: an assignable unit. A score to reach makes passing it part of moving on; completing it always is."""
    unit = child(parent, "au", id=iri, moveOn="Completed" if score is None else "CompletedAndPassed")
    if score is not None:
        unit.set("masteryScore", number(score))
    unit.set("launchMethod", "AnyWindow")
    unit.set("activityType", vocabulary().activities[kind])
    return unit


def _words(parent: Element, title: Words, description: Words) -> None:
    for tag, words in (("title", title), ("description", description)):
        element = child(parent, tag)
        for language, text in words.items():
            child(element, "langstring", text, lang=language)


def _references(unit: Element, course: Course, lessons: Iterable[Lesson]) -> None:
    """The objectives that scored questions of these lessons assess."""
    assessed = {o for lesson in lessons for q in lesson.questions if is_scored(q) for o in q.objectives}
    named = [objective for objective in course.objectives if objective.id in assessed]
    if named:
        group = child(unit, "objectives")
        for objective in named:
            child(group, "objective", idref=objective_iri(course, objective))
