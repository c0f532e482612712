"""What the catalogue knows of a course without opening its source: the facts that lists and pages show."""

import msgspec

from schemas.course import Course, Instructor, Mode, Objective, VisitNeed
from schemas.text import Text


class LessonFacts(msgspec.Struct, frozen=True):
    """A lesson: its title, minutes, and how many questions."""

    id: str
    title: str
    minutes: int
    questions: int
    headings: tuple[str, ...]


class ModuleFacts(msgspec.Struct, frozen=True):
    """A module and its lessons."""

    id: str
    title: str
    lessons: tuple[LessonFacts, ...]


class CourseFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A course without its text. `themes`: hours 学时 by theme."""

    id: str
    institution: str
    title: Text
    summary: Text
    language: str
    edition: str
    themes: dict[str, float]
    audience: tuple[str, ...]
    hours: float
    mode: Mode
    objectives: tuple[Objective, ...]
    prerequisites: tuple[str, ...]
    instructors: tuple[Instructor, ...]
    visits: tuple[VisitNeed, ...]
    licence: str
    sample: bool
    modules: tuple[ModuleFacts, ...]


def facts_of(course: Course) -> CourseFacts:
    """The facts of a course."""
    modules = tuple(
        ModuleFacts(
            module.id,
            module.title,
            tuple(
                LessonFacts(
                    lesson.id,
                    lesson.title,
                    lesson.minutes,
                    len(lesson.questions),
                    tuple(heading.text for heading in lesson.headings),
                )
                for lesson in module.lessons
            ),
        )
        for module in course.modules
    )
    return CourseFacts(
        id=course.id,
        institution=course.institution,
        title=course.title,
        summary=course.summary,
        language=course.language,
        edition=course.edition,
        themes=course.themes,
        audience=course.audience,
        hours=course.hours,
        mode=course.mode,
        objectives=course.objectives,
        prerequisites=course.prerequisites,
        instructors=course.instructors,
        visits=course.visits,
        licence=course.licence,
        sample=course.sample,
        modules=modules,
    )


def write_facts(facts: CourseFacts) -> str:
    """As the column `versions.facts` keeps them."""
    return msgspec.json.encode(facts).decode()


def read_facts(column: str) -> CourseFacts:
    """From the column `versions.facts`."""
    return msgspec.json.decode(column, type=CourseFacts)
