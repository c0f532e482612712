"""What lies in a package: the player, the pages, the author's files, and what an LMS reads first: SCORM's manifest with
its control documents, cmi5's course structure, or `tincan.xml`. A stream: pages are written when it is their turn, and files stay on disk until then.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from exporters.outline import INDEX, outline, used_assets
from exporters.pages import Runtime, course_data, index_page, lesson_page, player_files
from exporters.presets import SCORM_FORMATS, STATE_LIMITS
from schemas.course import Course
from schemas.errors import MachineError
from schemas.package import Format, Structure
from schemas.text import Text

RECEIPT = "receipt.json"
MANIFEST = "imsmanifest.xml"
COURSE_STRUCTURE = "cmi5.xml"
TINCAN = "tincan.xml"
_DATA = "course.js"
CONTROL = Path(__file__).parent / "built" / "control"
_UNBUILT = Text(
    "SCORM 控制文档缺失：{folder}。请重新安装领军，或在 exporters/player 运行 npm run build。",
    "SCORM's control documents are missing: {folder}. Install Lingjun again, or `npm run build`.",
)

Entry = tuple[str, bytes | Path]

_RUNTIMES: dict[Format, Runtime] = {
    Format.SCORM12: "scorm12",
    Format.SCORM2004_3: "scorm2004",
    Format.SCORM2004_4: "scorm2004",
    Format.CMI5: "cmi5",
    Format.XAPI: "xapi",
    Format.HTML: "local",
}


class Plan(NamedTuple):
    """One package to be made. `mastery_score`: whether SCORM 1.2's goes into the manifest."""

    format: Format
    structure: Structure
    mastery_score: bool = True

    @property
    def runtime(self) -> Runtime:
        """The interface that the player speaks."""
        return _RUNTIMES[self.format]


def entries(course: Course, plan: Plan) -> Iterator[Entry]:
    """Every file of the package in its order, the receipt excepted: it tells of all the others and comes last."""
    yield from _descriptions(course, plan, (*shared_files(course, plan), RECEIPT))
    yield from content(course, plan)


def shared_files(course: Course, plan: Plan) -> tuple[str, ...]:
    """What every page of the course needs."""
    return (_DATA, *(path for path, _ in player_files(course, plan.runtime)))


def content(course: Course, plan: Plan) -> Iterator[Entry]:
    """What learners come to see, without what an LMS reads."""
    yield from _pages(course, plan)
    limit = STATE_LIMITS[plan.format]
    yield (
        _DATA,
        course_data(
            course, structure=plan.structure, state_limit=limit, iris=plan.runtime in ("cmi5", "xapi")
        ),
    )
    yield from player_files(course, plan.runtime)
    sources = set(used_assets(course))
    yield from ((a.path, course.root / a.source) for a in course.assets if a.source in sources)


def _pages(course: Course, plan: Plan) -> Iterator[Entry]:
    if plan.structure != "lessons":  # there, the LMS shows the contents
        yield INDEX, index_page(course, runtime=plan.runtime)
    for lesson in course.lessons:
        yield lesson.page, lesson_page(course, lesson, runtime=plan.runtime, structure=plan.structure)


def _descriptions(course: Course, plan: Plan, shared: tuple[str, ...]) -> Iterator[Entry]:
    """What an LMS reads of the package, first in the archive; nothing for plain web pages."""
    if plan.format in SCORM_FORMATS:
        yield MANIFEST, _manifest(course, plan, shared)
        yield from control(plan.format)
    elif plan.format is Format.CMI5:
        from exporters.cmi5 import write_course_structure  # noqa: PLC0415 (html packages do without the XML library)

        yield COURSE_STRUCTURE, write_course_structure(course, plan.structure)
    elif plan.format is Format.XAPI:
        from exporters.xapi import write_tincan  # noqa: PLC0415

        yield TINCAN, write_tincan(course)


def _manifest(course: Course, plan: Plan, shared: tuple[str, ...]) -> bytes:
    from exporters.manifest import write_manifest  # noqa: PLC0415 (html packages do without the XML library)

    content = outline(course, plan.structure, shared)
    if plan.format is Format.SCORM12:
        from exporters.scorm12 import Scorm12  # noqa: PLC0415

        return write_manifest(content, Scorm12(course, mastery_score=plan.mastery_score))
    from exporters.scorm2004 import Scorm2004Fourth, Scorm2004Third  # noqa: PLC0415

    edition = Scorm2004Third if plan.format is Format.SCORM2004_3 else Scorm2004Fourth
    return write_manifest(content, edition(course))


def control(package_format: Format) -> Iterator[Entry]:
    """The control documents that the manifest's schemaLocation names, and what they include, at the root."""
    folder = CONTROL / package_format.value
    files = sorted(folder.glob("*.*"))
    if not files:
        raise MachineError(_UNBUILT.format(folder=folder))
    yield from ((file.name, file) for file in files)
