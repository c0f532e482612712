"""What a package holds, before any format writes it down: the tree of items and the resources behind them.

Identifiers come from the author's identifiers alone, so that an LMS finds its learners' records again after lessons
were moved, renamed or added (xs:ID: they start with a letter and hold no character outside ASCII).
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from schemas.course import Course, Lesson, Module
from schemas.identifiers import ascii_name
from schemas.package import Structure

INDEX = "index.html"
SHARED = "res-shared"


class Resource(NamedTuple):
    """Files that belong together. `href` is the launch file, empty for what others depend on; `needs` is the resource
    that it depends on itself."""

    identifier: str
    href: str
    kind: Literal["sco", "asset"]
    files: tuple[str, ...]
    needs: str = SHARED


class Item(NamedTuple):
    """A line of the LMS's table of contents. A parent has `items`, a leaf a `resource`."""

    identifier: str
    title: str
    resource: str = ""
    items: tuple["Item", ...] = ()
    module: Module | None = None
    lesson: Lesson | None = None

    @property
    def is_course(self) -> bool:
        """Whether this is a whole course as one unit, as in the structure `single`."""
        return self.module is None and self.lesson is None and not self.items


class Outline(NamedTuple):
    """Items as learners see them; resources with the starting SCO first, because some LMSs launch whatever
    stands first there (Open edX, wagtail-lms); the shared resource last."""

    items: tuple[Item, ...]
    resources: tuple[Resource, ...]


def course_identifier(course: Course) -> str:
    """Who this course is among all that an LMS holds: the manifest's identifier and the root of global objectives."""
    return f"lingjun.{course.institution}.{course.id}"


def lesson_identifier(lesson: Lesson) -> str:
    """The identifier of a lesson's item."""
    return f"lesson-{ascii_name(lesson.id)}"


def outline(course: Course, structure: Structure, shared: tuple[str, ...]) -> Outline:
    """The course as items and resources. `shared` are the files that every page needs (player, data, receipt)."""
    if structure == "single":
        return _single(course, shared)
    return _lessons(course, shared)


def _single(course: Course, shared: tuple[str, ...]) -> Outline:
    """One SCO: `index.html`, which brings its own menu, and every page and asset with it."""
    files = (INDEX, *(lesson.page for lesson in course.lessons), *_assets(course, used_assets(course)))
    return Outline(
        (Item("course", course.name, "res-course"),),
        (Resource("res-course", INDEX, "sco", files), Resource(SHARED, "", "asset", shared, needs="")),
    )


def _lessons(course: Course, shared: tuple[str, ...]) -> Outline:
    """One SCO a lesson under its module. There is no index page: the LMS shows the contents, the first lesson's
    page carries the course's overview, and each module's first lesson its introduction.
    """
    items = tuple(map(_module, course.modules))
    lessons = []
    opening = course.overview_assets
    for module in course.modules:
        opening += module.assets
        for lesson in module.lessons:
            files = (lesson.page, *_assets(course, (*opening, *lesson.assets)))
            lessons.append(Resource(f"res-{lesson_identifier(lesson)}", lesson.page, "sco", files))
            opening = ()
    return Outline(items, (*lessons, Resource(SHARED, "", "asset", shared, needs="")))


def _module(module: Module) -> Item:
    lessons = tuple(
        Item(lesson_identifier(lesson), lesson.title, f"res-{lesson_identifier(lesson)}", lesson=lesson)
        for lesson in module.lessons
    )
    return Item(f"module-{ascii_name(module.id)}", module.title, items=lessons, module=module)


def used_assets(course: Course) -> Iterator[str]:
    """`source` of every asset that a page uses, in reading order, with repetitions."""
    yield from course.overview_assets
    for module in course.modules:
        yield from module.assets
        for lesson in module.lessons:
            yield from lesson.assets


def _assets(course: Course, sources: Iterator[str] | tuple[str, ...]) -> list[str]:
    """Package paths of the assets, each once."""
    paths = {asset.source: asset.path for asset in course.assets}
    return [paths[source] for source in dict.fromkeys(sources)]
