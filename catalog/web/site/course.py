"""The page of a course: what is known of it, its versions, its packages for each LMS."""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.database.models import Package, Version
from catalog.domain.errors import NotFoundError
from catalog.domain.roles import ANYONE
from catalog.domain.states import STATE_WORDS, State
from catalog.services import lists
from catalog.services.facts import CourseFacts, read_facts
from catalog.web.site.names import institution_names, name_of
from catalog.web.site.page import Page
from catalog.web.site.words import ANY_LMS, FORMATS, NUMBER
from exporters.presets import LMS, Preset, import_steps, preset
from schemas.package import Format
from schemas.text import Text

_GENERIC = "generic"
_COURSE = Text("课程“{name}”", "course “{name}”")


class Line(msgspec.Struct, frozen=True):
    """A version in the table."""

    name: str
    state: str
    published: str
    address: str
    shown: bool


class Choice(msgspec.Struct, frozen=True):
    """An LMS that can be chosen."""

    title: str
    address: str
    chosen: bool


class Download(msgspec.Struct, frozen=True):
    """A package: its size where it is built already."""

    title: str
    address: str
    size: str


class Steps(msgspec.Struct, frozen=True):
    """How packages of these formats are imported."""

    formats: str
    steps: tuple[str, ...]


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
    choices: tuple[Choice, ...]
    lms: str
    why: str
    downloads: tuple[Download, ...]
    steps: tuple[Steps, ...]


def shown_course(session: Session, page: Page, institution: str, slug: str) -> Shown:
    """What anyone may see. Raises NotFoundError; UsageError for an unknown LMS."""
    versions = lists.versions_of(session, ANYONE, institution, slug)
    wanted = page.one("version")
    version = next((v for v in versions if not wanted or str(v.number) == wanted), None)
    if version is None:
        raise NotFoundError(_COURSE.format(name=f"{institution}/{slug} {wanted}"))
    facts = read_facts(version.facts)
    chosen = page.one("lms") or _GENERIC
    known = preset(chosen)
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
        versions=tuple(_line(page, one, shown=one.id == version.id) for one in versions),
        choices=tuple(_choice(page, name, chosen) for name in LMS),
        lms=page.say(ANY_LMS) if chosen == _GENERIC else known.title,
        why=page.say(known.why),
        downloads=_downloads(session, version, f"{institution}/{slug}", chosen),
        steps=_steps(page, known),
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


def _line(page: Page, version: Version, *, shown: bool) -> Line:
    address = page.address(page.path, [*page.without("version"), ("version", str(version.number))])
    published = version.published_at.date().isoformat() if version.published_at else ""
    state = page.say(STATE_WORDS[State(version.state)])
    return Line(page.say(NUMBER.format(n=version.number)), state, published, address, shown)


def _choice(page: Page, name: str, chosen: str) -> Choice:
    address = page.address(page.path, [*page.without("lms"), ("lms", name)])
    title = page.say(ANY_LMS) if name == _GENERIC else preset(name).title
    return Choice(title, f"{address}#download", name == chosen)


def _downloads(session: Session, version: Version, course: str, lms: str) -> tuple[Download, ...]:
    built = select(Package.format, Package.size).where(
        Package.version_id == version.id, Package.preset == lms
    )
    sizes = {name: size for name, size in session.execute(built)}  # noqa: C416 - rows are no pairs to mypy
    formats = [package_format for package_format in Format if package_format in preset(lms).formats]
    formats.sort(key=preset(lms).formats.index)
    return tuple(
        Download(
            FORMATS.get(name.value, name.value),
            package_address(course, version.number, name.value, lms),
            _size(sizes[name.value]) if name.value in sizes else "",
        )
        for name in formats
    )


def package_address(course: str, number: int | None, package_format: str, lms: str) -> str:
    """Where the API hands a package out."""
    return f"/api/v1/courses/{course}/versions/{number}/packages/{package_format}?lms={lms}"


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} KB"


def _steps(page: Page, known: Preset) -> tuple[Steps, ...]:
    """Formats that are imported alike together."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for package_format in known.formats:
        steps = import_steps(known, package_format)[page.language]
        alike.setdefault(steps, []).append(FORMATS.get(package_format.value, package_format.value))
    joint = ", " if page.language == "en" else "、"
    return tuple(Steps(joint.join(formats), steps) for steps, formats in alike.items())
