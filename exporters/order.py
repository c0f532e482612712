"""Which lessons have to be finished before which."""

from itertools import pairwise

from schemas.course import Course, Lesson, Module, Sequence


def lessons_before(course: Course) -> dict[str, Lesson]:
    """In a linear course, the lesson that opens each lesson, by identifier; the first has none."""
    if course.sequence is not Sequence.LINEAR:
        return {}
    return {later.id: earlier for earlier, later in pairwise(course.lessons)}


def lessons_required(course: Course, module: Module) -> tuple[Lesson, ...]:
    """Every lesson of the modules to finish before this one, in the course's order. In a linear course the chain of
    lessons sees to it already."""
    if course.sequence is Sequence.LINEAR:
        return ()
    return tuple(
        lesson for other in course.modules if other.id in module.prerequisites for lesson in other.lessons
    )
