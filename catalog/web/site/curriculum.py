"""The page of a curriculum: its courses in the versions that it consists of, its plan, visits and calendar, its packages."""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.database.models import CurriculumVersion, Package
from catalog.domain.errors import NotFoundError
from catalog.domain.roles import ANYONE
from catalog.domain.states import HANDED_OUT
from catalog.packages.claims import Shape
from catalog.services import curricula
from catalog.services.curriculum_courses import PinnedCourse, courses_of
from catalog.services.shelves import CURRICULA
from catalog.web.site.curricula import ADDRESS
from catalog.web.site.downloads import (
    Downloads,
    Group,
    Line,
    chosen_lms,
    downloads,
    group,
    version_lines,
)
from catalog.web.site.names import institution_names, name_of
from catalog.web.site.page import Page
from catalog.web.site.words import AS_ONE, AS_SET, NEWER, NUMBER, TOTAL, WITHDRAWN
from courses.curricula import Curriculum
from exporters.combined import combinable
from exporters.pages.curriculum import DURATIONS, KINDS, MODES
from exporters.pages.words import quantity
from exporters.presets import preset
from schemas.text import Text

_CURRICULUM = Text("培训方案“{name}”", "curriculum “{name}”")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A course. `address` is empty where its version isn't shown any more; `note` says what became of the version."""

    title: str
    title_language: str
    institution: str
    address: str
    number: str
    hours: str
    note: str


class ShownPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on the page. `text` was cleaned when it was read. `downloads` None: a version of a course was withdrawn.
    Rows of tables are cells."""

    title: str
    summary: str
    language: str
    institution: str
    number: str
    older: bool
    latest: str
    text: str  # HTML
    text_language: str  # BCP 47
    courses: tuple[Row, ...]
    plan: tuple[tuple[str, ...], ...]
    visits: tuple[tuple[str, ...], ...]
    calendar: tuple[tuple[str, ...], ...]
    about: tuple[tuple[str, str], ...]
    versions: tuple[Line, ...]
    downloads: Downloads | None


def shown_plan(session: Session, page: Page, institution: str, slug: str) -> ShownPlan:
    """What anyone may see. Raises NotFoundError; UsageError for an unknown LMS."""
    versions = CURRICULA.versions_of(session, ANYONE, institution, slug)
    wanted = page.one("version")
    version = next((v for v in versions if not wanted or str(v.number) == wanted), None)
    if version is None:
        raise NotFoundError(_CURRICULUM.format(name=f"{institution}/{slug} {wanted}"))
    said = curricula.document(version)
    names = institution_names(session)
    pinned = courses_of(session, version, said)
    whole = bool(pinned) and all(one.version and one.version.state in HANDED_OUT for one in pinned)
    groups = _packages(session, page, version, f"{institution}/{slug}")
    return ShownPlan(
        title=page.say(said.title),
        summary=page.say(said.summary),
        language=page.tag_of(said.title),
        institution=page.say(name_of("institution", institution, names)),
        number=page.say(NUMBER.format(n=version.number)),
        older=version.id != versions[0].id,
        latest=page.address(page.path, page.without("version")),
        text=said.html,
        text_language=said.language,
        courses=tuple(_row(page, one, names) for one in pinned),
        plan=_plan(page, said),
        visits=_visits(page, said),
        calendar=tuple(
            (
                page.say(phase.name),
                phase.starts.isoformat(),
                phase.ends.isoformat(),
                quantity(phase.hours) if phase.hours else "—",
            )
            for phase in said.calendar
        ),
        about=_about(page, said),
        versions=version_lines(page, versions, version.id),
        downloads=downloads(page, groups) if whole else None,
    )


def _row(page: Page, one: PinnedCourse, names: dict[str, Text]) -> Row:
    version, choice = one.version, one.choice
    title = Text(version.title_zh, version.title_en) if version else Text(choice.name)
    there = version is not None and version.state in HANDED_OUT
    number = version.number if version else None
    query = [("version", str(number))] if number != one.latest else []
    note = ""
    if not there:
        note = page.say(WITHDRAWN)
    elif one.latest is not None and one.latest != number:
        note = page.say(NEWER.format(n=one.latest))
    return Row(
        title=page.say(title),
        title_language=page.tag_of(title),
        institution=page.say(name_of("institution", choice.institution, names)),
        address=page.address(f"/courses/{choice.institution}/{choice.course}", query) if there else "",
        number=page.say(NUMBER.format(n=number)) if number else "—",
        hours=quantity(one.hours) if one.hours else "—",
        note=note,
    )


def _plan(page: Page, said: Curriculum) -> tuple[tuple[str, ...], ...]:
    rows = [
        (_theme(page, said, line.theme), page.say(MODES[line.mode]), quantity(line.hours))
        for line in said.plan
    ]
    if rows:
        rows.append((page.say(TOTAL), "", quantity(sum(line.hours for line in said.plan))))
    return tuple(rows)


def _visits(page: Page, said: Curriculum) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            _theme(page, said, visit.theme or said.theme),
            visit.industry or "—",
            str(visit.count),
            page.say(DURATIONS.get(visit.duration, Text(visit.duration))),
        )
        for visit in said.visits
    )


def _about(page: Page, said: Curriculum) -> tuple[tuple[str, str], ...]:
    rows = (
        ("theme", _theme(page, said, said.theme)),
        ("kind", page.say(KINDS[said.kind])),
        ("hours", quantity(said.hours) if said.hours else ""),
        ("cohort", str(said.cohort or "")),
        ("edition", page.say(name_of("edition", said.edition, {}))),
        ("language", page.say(name_of("language", said.language, {}))),
    )
    return tuple((name, value) for name, value in rows if value)


def _theme(page: Page, said: Curriculum, theme: str) -> str:
    return page.say(name_of("theme", theme, {}, said.edition))


def _packages(session: Session, page: Page, version: CurriculumVersion, curriculum: str) -> list[Group]:
    lms = chosen_lms(page)
    built = select(Package.shape, Package.format, Package.size).where(
        Package.curriculum_version_id == version.id, Package.preset == lms
    )
    sizes: dict[str, dict[str, int]] = {Shape.CURRICULUM: {}, Shape.SET: {}}
    for shape, package_format, size in session.execute(built):
        sizes[shape][package_format] = size
    address, query = f"/api/v1{ADDRESS}/{curriculum}/versions/{version.number}", f"lms={lms}"
    return [
        group(page.say(AS_ONE), address, combinable(lms), sizes[Shape.CURRICULUM], query),
        group(page.say(AS_SET), address, preset(lms).formats, sizes[Shape.SET], f"{query}&collected=true"),
    ]
