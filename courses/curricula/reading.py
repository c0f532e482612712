"""From the text of `curriculum.md` to a Curriculum and everything that is wrong with it."""

import msgspec

from courses.assembly import text_of, visit_needs
from courses.curricula.checks import DEPENDENT, Draft, Lookup, check, check_courses
from courses.curricula.keys import TAKES, CurriculumKeys
from courses.curricula.model import (
    CourseChoice,
    Curriculum,
    HoursLine,
    Kind,
    Phase,
    parse_versions,
)
from courses.curricula.text import rendered
from courses.front_matter.decode import Matter, decode
from courses.front_matter.fence import split
from courses.manuscript import Written
from courses.sources import Source
from schemas.diagnostics import Diagnostic, Severity

CURRICULUM_FILE = "curriculum.md"


class CurriculumReading(msgspec.Struct, frozen=True):
    """The curriculum as far as it is sound, every diagnostic in the order of lines, and where everything was written."""

    curriculum: Curriculum
    diagnostics: tuple[Diagnostic, ...]
    written: Written

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What stops a publication."""
        return tuple(found for found in self.diagnostics if found.severity is Severity.ERROR)


def read_curriculum(source: Source, lookup: Lookup | None = None) -> CurriculumReading:
    """Read and check a curriculum (`courses.sources.read_source` reads its file). Nothing is raised; without `lookup`
    nothing is said about the courses that it names."""
    found: list[Diagnostic] = []
    fallback = CurriculumKeys(id="curriculum", title="curriculum", edition="", theme="", kind=Kind.YEAR)
    parts = split(source, found.append, required=True)
    if parts.yaml is None:
        matter = Matter(fallback, Written(source.file, {}, {}))
    else:
        matter = decode(parts.yaml, fallback, TAKES, file=source.file, report=found.append)
    html = ""
    if parts.body.strip():
        language = matter.keys.language
        html = rendered(
            parts.body, file=source.file, first_line=parts.body_line, language=language, report=found.append
        )
    curriculum = _curriculum(matter.keys, source, body=parts.body, html=html)
    if parts.yaml is not None:
        found.extend(check(Draft(curriculum, matter.written)))
    return compare_with_catalogue(CurriculumReading(curriculum, tuple(found), matter.written), lookup)


def compare_with_catalogue(reading: CurriculumReading, lookup: Lookup | None) -> CurriculumReading:
    """The reading with what is to be said about its courses. It parses nothing: what was read elsewhere will do."""
    own = [told for told in reading.diagnostics if told.code not in DEPENDENT]
    found = check_courses(Draft(reading.curriculum, reading.written), lookup)
    ordered = sorted([*own, *found], key=lambda told: (told.place, told.code))
    return msgspec.structs.replace(reading, diagnostics=tuple(ordered))


def _curriculum(keys: CurriculumKeys, source: Source, *, body: str, html: str) -> Curriculum:
    language = keys.language
    return Curriculum(
        id=keys.id,
        institution=keys.institution,
        title=text_of(keys.title, language),
        language=language,
        edition=keys.edition,
        theme=keys.theme,
        kind=keys.kind,
        summary=text_of(keys.summary, language),
        cohort=keys.cohort,
        hours=float(keys.hours),
        courses=tuple(
            CourseChoice(
                *_course(choice.course, keys.institution), parse_versions(choice.version), float(choice.hours)
            )
            for choice in keys.courses
        ),
        visits=visit_needs(keys.visits),
        plan=tuple(HoursLine(line.theme, line.mode, float(line.hours)) for line in keys.plan),
        calendar=tuple(
            Phase(text_of(phase.name, language), phase.starts, phase.ends, float(phase.hours))
            for phase in keys.calendar
        ),
        body=body,
        html=html,
        source_hash=source.digest.hex(),
    )


def _course(written: str, own: str) -> tuple[str, str]:
    """Institution and course; one without an institution is the curriculum's own."""
    institution, _, course = written.rpartition("/")
    return institution or own, course
