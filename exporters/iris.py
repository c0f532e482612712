"""Who a course and its parts are in xAPI: absolute IRIs that never change.

They are URNs, because a course has no web address of its own: `urn:lingjun:<institution>:<course>`, a lesson with its
own identifier after that, everything else with its kind before it. All derive from the author's identifiers alone.
"""

from urllib.parse import quote

from schemas.course import Course, Lesson, Module, Objective


def course_iri(course: Course) -> str:
    """The course."""
    return f"urn:lingjun:{_escape(course.institution)}:{_escape(course.id)}"


def whole_iri(course: Course) -> str:
    """The one assignable unit of a course that isn't divided; a course structure needs another id for it."""
    return f"{course_iri(course)}:unit:course"


def lesson_iri(course: Course, lesson: Lesson) -> str:
    """A lesson."""
    return f"{course_iri(course)}:{_escape(lesson.id)}"


def module_iri(course: Course, module: Module) -> str:
    """A module."""
    return f"{course_iri(course)}:module:{_escape(module.id)}"


def objective_iri(course: Course, objective: Objective) -> str:
    """A learning objective of the course."""
    return f"{course_iri(course)}:objective:{_escape(objective.id)}"


def _escape(identifier: str) -> str:
    """ASCII, and no `:` (RFC 8141, 2: the rest of a URN is made of pchar)."""
    return quote(identifier, safe="")
