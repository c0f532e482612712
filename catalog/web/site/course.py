"""The page of a course: what is known of it, its versions, its packages for each LMS."""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.database.models import Package, Version
from catalog.domain.errors import NotFoundError
from catalog.domain.roles import ANYONE
from catalog.services import lists
from catalog.services.facts import CourseFacts, read_facts
from catalog.web.site.downloads import Downloads, Group, Line, chosen_lms, downloads, group, version_lines
from catalog.web.site.names import institution_names, name_of
from catalog.web.site.page import Page
from catalog.web.site.words import NUMBER
from exporters.presets import preset
from schemas.text import Text

_COURSE = Text("课程“{name}”", "course “{name}”")


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on the page."""

    facts: CourseFacts
    title: str
    summary: str
    institution: str
    about: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, str], ...]
    objectives: tuple[str, ...]
    number: str
    older: bool
    latest: str
    versions: tuple[Line, ...]
    downloads: Downloads


def shown_course(session: Session, page: Page, institution: str, slug: str) -> Shown:
    """What anyone may see. Raises NotFoundError; UsageError for an unknown LMS."""
    versions = lists.versions_of(session, ANYONE, institution, slug)
    wanted = page.one("version")
    version = next((v for v in versions if not wanted or str(v.number) == wanted), None)
    if version is None:
        raise NotFoundError(_COURSE.format(name=f"{institution}/{slug} {wanted}"))
    facts = read_facts(version.facts)
    names = institution_names(session)
    return Shown(
        facts=facts,
        title=page.say(facts.title),
        summary=page.say(facts.summary),
        institution=page.say(name_of("institution", institution, names)),
        about=tuple(_about(page, facts)),
        themes=tuple(
            (page.say(name_of("theme", theme, names, facts.edition)), f"{hours:g}")
            for theme, hours in facts.themes.items()
        ),
        objectives=tuple(page.say(objective.text) for objective in facts.objectives),
        number=page.say(NUMBER.format(n=version.number)),
        older=version.id != versions[0].id,
        latest=page.address(page.path, page.without("version")),
        versions=version_lines(page, versions, version.id),
        downloads=downloads(page, [_packages(session, page, version, f"{institution}/{slug}")]),
    )


def _about(page: Page, facts: CourseFacts) -> list[tuple[str, str]]:
    def say(kind: str, value: str) -> str:
        return page.say(name_of(kind, value, {}, facts.edition))

    comma = ", " if page.language == "en" else "、"
    rows = [
        ("hours", f"{facts.hours:g}"),
        ("mode", say("mode", facts.mode.value)),
        ("audience", comma.join(say("tier", tier) for tier in facts.audience)),
        ("edition", say("edition", facts.edition)),
        ("language", say("language", facts.language)),
        ("instructors", comma.join(page.say(person.name) for person in facts.instructors)),
        ("licence", facts.licence),
    ]
    return [(name, value) for name, value in rows if value]


def _packages(session: Session, page: Page, version: Version, course: str) -> Group:
    lms = chosen_lms(page)
    built = select(Package.format, Package.size).where(
        Package.version_id == version.id, Package.preset == lms
    )
    sizes = {name: size for name, size in session.execute(built)}  # noqa: C416 - rows are no pairs to mypy
    address = f"/api/v1/courses/{course}/versions/{version.number}"
    return group("", address, preset(lms).formats, sizes, f"lms={lms}")
