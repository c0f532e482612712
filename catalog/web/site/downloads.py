"""What the pages of courses and curricula share: packages for each LMS, and the list of versions."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from catalog.database.models import CurriculumVersion, Version
from catalog.domain.states import STATE_WORDS, State
from catalog.web.site.page import Page
from catalog.web.site.words import ANY_LMS, FORMATS, NUMBER
from exporters.presets import LMS, Preset, import_steps, preset
from schemas.package import Format

GENERIC = "generic"


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


class Group(msgspec.Struct, frozen=True):
    """Packages of one shape; `title` is empty where there is only one."""

    title: str
    packages: tuple[Download, ...]


class Steps(msgspec.Struct, frozen=True):
    """How packages of these formats are imported."""

    formats: str
    steps: tuple[str, ...]


class Downloads(msgspec.Struct, frozen=True, kw_only=True):
    """The section on packages."""

    choices: tuple[Choice, ...]
    lms: str
    why: str
    groups: tuple[Group, ...]
    steps: tuple[Steps, ...]

    @property
    def first(self) -> str:
        """The address of an example."""
        return self.groups[0].packages[0].address


def chosen_lms(page: Page) -> str:
    """The preset that the reader asked for."""
    return page.one("lms") or GENERIC


def downloads(page: Page, groups: Iterable[Group]) -> Downloads:
    """The section, for the LMS that was asked for. Raises UsageError for an unknown one."""
    chosen = chosen_lms(page)
    known = preset(chosen)
    return Downloads(
        choices=tuple(_choice(page, name, chosen) for name in LMS),
        lms=page.say(ANY_LMS) if chosen == GENERIC else known.title,
        why=page.say(known.why),
        groups=tuple(group for group in groups if group.packages),
        steps=_steps(page, known),
    )


def group(title: str, address: str, formats: Iterable[Format], sizes: Mapping[str, int], query: str) -> Group:
    """Packages below `address`, of which some are built and have a size already."""
    return Group(
        title,
        tuple(
            Download(
                FORMATS.get(name.value, name.value),
                f"{address}/packages/{name.value}?{query}",
                _size(sizes[name.value]) if name.value in sizes else "",
            )
            for name in formats
        ),
    )


def version_lines(
    page: Page, versions: Sequence[Version] | Sequence[CurriculumVersion], shown: int
) -> tuple[Line, ...]:
    """All versions, of which `shown` is the one on the page."""
    return tuple(_line(page, one, shown=one.id == shown) for one in versions)


def _line(page: Page, version: Version | CurriculumVersion, *, shown: bool) -> Line:
    address = page.address(page.path, [*page.without("version"), ("version", str(version.number))])
    published = version.published_at.date().isoformat() if version.published_at else ""
    state = page.say(STATE_WORDS[State(version.state)])
    return Line(page.say(NUMBER.format(n=version.number)), state, published, address, shown)


def _choice(page: Page, name: str, chosen: str) -> Choice:
    address = page.address(page.path, [*page.without("lms"), ("lms", name)])
    title = page.say(ANY_LMS) if name == GENERIC else preset(name).title
    return Choice(title, f"{address}#download", name == chosen)


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
