"""A curriculum 培训方案 as one package: each of its courses whole, in a folder of its own, as its own package has it, and one
table of contents over all.

So a course's pages, identifiers and saved states stay what they are; what an LMS reads names them with a prefix that
derives from institution and course, so that moving a course in the curriculum, or adding one, moves no records.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from exporters.contents import (
    COURSE_STRUCTURE,
    MANIFEST,
    RECEIPT,
    Entry,
    Plan,
    content,
    control,
    shared_files,
)
from exporters.export import Exported, make_plan, write_package
from exporters.losses import Facts, losses, refuse_overflow
from exporters.outline import INDEX, SHARED, Item, Outline, Resource, outline
from exporters.pages.curriculum import curriculum_page
from exporters.presets import SCORM_FORMATS, preset
from exporters.programmes import Programme, contents_of, listed_as
from exporters.receipt import make_receipt
from exporters.state_size import worst_state_characters
from schemas.course import Course
from schemas.diagnostics import Diagnostic
from schemas.errors import UsageError
from schemas.identifiers import ascii_name
from schemas.package import Format, Receipt, Structure
from schemas.text import Text

if TYPE_CHECKING:
    from exporters.manifest import Dialect

FORMATS = (*sorted(SCORM_FORMATS), Format.CMI5, Format.HTML)

_ONE_LAUNCH = Text(
    "一个 {format} 课程包只能启动一门课程，不能合成培训方案。请用 --set 导出成套课程包，或选用：{formats}。",
    "A package in {format} launches one course, so a curriculum can't be one. Export a set with --set, or use: {formats}.",
)


def export_curriculum(
    programme: Programme,
    *,
    package_format: Format | None = None,
    structure: Structure | None = None,
    lms: str = "generic",
    folder: Path,
    generator: str = "lingjun",
    progress: Callable[[int], object] | None = None,
) -> Exported:
    """Write `<institution>-curriculum-<id>-<format>.zip` into `folder`. As `exporters.export.export`, which see."""
    plan = make_plan(lms, package_format, structure)
    require_combinable(plan.format)
    programme.require_courses()
    worst = [worst_state_characters(course, plan.structure) for course in programme.courses]
    for course, characters in zip(programme.courses, worst, strict=True):
        refuse_overflow(course, plan, characters)

    def receipt(files: int, content_bytes: int) -> Receipt:
        return make_receipt(
            _whole(programme),
            plan,
            lms=lms,
            generator=generator,
            files=files,
            content_bytes=content_bytes,
            worst_state_characters=max(worst),
        )

    path = folder / f"{programme.name}-{plan.format.value}.zip"
    made = write_package(path, entries(programme, plan), receipt, progress)
    notes = (
        at(course.root, note)
        for course in programme.courses
        for note in losses(Facts(course, plan, made.size))
    )
    return msgspec.structs.replace(made, notes=tuple(notes))


def combinable(lms: str) -> tuple[Format, ...]:
    """The LMS's formats that can hold several courses, the best first."""
    return tuple(one for one in preset(lms).formats if one in FORMATS)


def require_combinable(package_format: Format) -> None:
    """Raise UsageError for a format that can't hold several courses."""
    if package_format not in FORMATS:
        raise UsageError(
            _ONE_LAUNCH.format(format=package_format.value, formats=", ".join(one.value for one in FORMATS))
        )


def place(course: Course) -> str:
    """Where a course lies in the package: `institution/course/`."""
    return f"{ascii_name(course.institution)}/{ascii_name(course.id)}/"


def prefix(course: Course) -> str:
    """What stands before the identifiers of a course's items and resources. Short: a SCORM 1.2 prerequisite holds 200
    characters."""
    digest = hashlib.sha256(f"{course.institution}/{course.id}".encode()).hexdigest()
    return f"c{digest[:8]}-"


def entries(programme: Programme, plan: Plan) -> Iterator[Entry]:
    """Every file of the package in its order, the receipt excepted."""
    yield from _descriptions(programme, plan)
    for course in programme.courses:
        yield from ((place(course) + path, found) for path, found in content(course, plan))


def _descriptions(programme: Programme, plan: Plan) -> Iterator[Entry]:
    if plan.format in SCORM_FORMATS:
        yield MANIFEST, _manifest(programme, plan)
        yield from control(plan.format)
    elif plan.format is Format.CMI5:
        from exporters.cmi5 import write_collection_structure  # noqa: PLC0415 (html does without the XML library)

        placed = ((course, place(course)) for course in programme.courses)
        yield COURSE_STRUCTURE, write_collection_structure(_whole(programme), placed, plan.structure)
    else:
        yield (
            INDEX,
            curriculum_page(contents_of(programme, [place(course) + INDEX for course in programme.courses])),
        )


def _manifest(programme: Programme, plan: Plan) -> bytes:
    from exporters.manifest import write_manifest  # noqa: PLC0415 (as above)

    outlines = [_outline(course, plan) for course in programme.courses]
    items = tuple(item for found in outlines for item in found.items)
    resources = tuple(resource for found in outlines for resource in found.resources)
    receipt = Resource(SHARED, "", "asset", (RECEIPT,), needs="")
    dialect = _dialect(_whole(programme), plan, "")
    dialect.parts = {
        item.identifier: _dialect(course, plan, prefix(course))
        for item, course in zip(items, programme.courses, strict=True)
    }
    return write_manifest(Outline(items, (*resources, receipt)), dialect)


def _outline(course: Course, plan: Plan) -> Outline:
    """The course as one item, all its identifiers and files where they are in the package."""
    own = outline(course, plan.structure, shared_files(course, plan))
    mark, folder = prefix(course), place(course)
    items = tuple(_marked(item, mark) for item in own.items)
    if plan.structure == "lessons":
        items = (Item(f"{mark}course", course.name, items=items),)
    resources = tuple(
        Resource(
            mark + resource.identifier,
            folder + resource.href if resource.href else "",
            resource.kind,
            tuple(folder + file for file in resource.files),
            mark + resource.needs if resource.needs else SHARED,
        )
        for resource in own.resources
    )
    return Outline(items, resources)


def _marked(item: Item, mark: str) -> Item:
    return item._replace(
        identifier=mark + item.identifier,
        resource=mark + item.resource if item.resource else "",
        items=tuple(_marked(inner, mark) for inner in item.items),
    )


def _dialect(course: Course, plan: Plan, mark: str) -> "Dialect":
    if plan.format is Format.SCORM12:
        from exporters.scorm12 import Scorm12  # noqa: PLC0415

        return Scorm12(course, mastery_score=plan.mastery_score, prefix=mark)
    from exporters.scorm2004 import Scorm2004Fourth, Scorm2004Third  # noqa: PLC0415

    return (Scorm2004Third if plan.format is Format.SCORM2004_3 else Scorm2004Fourth)(course)


def _whole(programme: Programme) -> Course:
    """The curriculum where a course is asked for: its title and language, the courses' modules one after the other."""
    curriculum = programme.curriculum
    hashes = (curriculum.source_hash, *(course.source_hash for course in programme.courses))
    return Course(
        id=listed_as(curriculum.id),
        institution=curriculum.institution,
        title=curriculum.title,
        summary=curriculum.summary,
        language=curriculum.language,
        edition=curriculum.edition,
        modules=tuple(module for course in programme.courses for module in course.modules),
        root=Path(),
        hours=curriculum.hours,
        source_hash=hashlib.sha256("\n".join(hashes).encode()).hexdigest(),
    )


def at(folder: Path, told: Diagnostic) -> Diagnostic:
    """What is told of one course among several: with its folder, so that the place can be found."""
    place = msgspec.structs.replace(told.place, file=(folder / told.place.file).as_posix())
    return msgspec.structs.replace(told, place=place)
