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
    root = _root(course, (course,))
    _units(root, course, structure)
    return _written(root)


def write_collection_structure(
    whole: Course, courses: Iterable[tuple[Course, str]], structure: Structure
) -> bytes:
    """The same for several courses, each in its folder (which ends in `/`): in `lessons` a block for each, in `single` a
    unit. `whole` stands for all of them."""
    placed = tuple(courses)
    root = _root(whole, tuple(course for course, _ in placed))
    for course, folder in placed:
        parent = root
        if structure == "lessons":
            parent = child(root, "block", id=course_iri(course))
            _about(parent, course)
        _units(parent, course, structure, folder)
    return _written(root)


def _root(whole: Course, courses: tuple[Course, ...]) -> Element:
    root = Element("courseStructure", {"xmlns": NAMESPACE})
    _about(child(root, "course", id=course_iri(whole)), whole)
    _objectives(root, courses)
    return root


def _written(root: Element) -> bytes:
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _about(element: Element, course: Course) -> None:
    _words(
        element,
        by_tag(course, course.title, course.id),
        by_tag(course, course.summary, course.name),
    )


def _objectives(root: Element, courses: tuple[Course, ...]) -> None:
    """13.1.2"""
    if not any(course.objectives for course in courses):
        return
    group = child(root, "objectives")
    for course in courses:
        for objective in course.objectives:
            words = by_tag(course, objective.text, objective.id)
            _words(child(group, "objective", id=objective_iri(course, objective)), words, words)


def _units(parent: Element, course: Course, structure: Structure, folder: str = "") -> None:
    if structure == "lessons":
        for module in course.modules:
            _block(parent, course, module, folder)
        return
    unit = _unit(parent, whole_iri(course), mastery(course), "course")
    _about(unit, course)
    _references(unit, course, course.lessons)
    child(unit, "url", folder + INDEX)


def _block(parent: Element, course: Course, module: Module, folder: str) -> None:
    """13.1.3"""
    block = child(parent, "block", id=module_iri(course, module))
    title = own_words(course, module.title, module.id)
    _words(block, title, own_words(course, beginning(module.text), module.title))
    for lesson in module.lessons:
        score = mastery(course) if points(lesson.questions) else None
        unit = _unit(block, lesson_iri(course, lesson), score, "lesson")
        title = own_words(course, lesson.title, lesson.id)
        _words(unit, title, own_words(course, beginning(lesson.text), lesson.title))
        _references(unit, course, (lesson,))
        child(unit, "url", folder + lesson.page)


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
