"""Atom feeds (RFC 4287): what was published, of everything, a theme, an institution or a course. An entry says what the
new version means for learners' records, so that an LMS administrator knows before an update.

What is older than a feed's last entries is in its archives (RFC 5005, 4): twenty versions each, in the order of their
publication, and the same ones for ever."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, Parameter
from lxml import etree
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from catalog.database.models import Course, SearchFacet, SearchRow, Version
from catalog.domain.difference import Answer, compare
from catalog.domain.errors import NotFoundError
from catalog.domain.roles import ANYONE
from catalog.domain.states import HANDED_OUT
from catalog.intake.reading import decode
from catalog.services import accounts, lists
from catalog.services.facts import read_facts
from catalog.storage import Kind, Storage
from catalog.web.conditional import etag, is_known
from catalog.web.language import AnyRequest, language_asked
from catalog.web.parts import Parts
from schemas.text import Language, Text

ATOM = "application/atom+xml"
_NS = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"
_MOST = 20  # entries
_MADE = "2022"  # the year in tag: identifiers (RFC 4151): they outlive the name of the host
_NOTHING_YET = datetime(2022, 1, 1, tzinfo=UTC)
_OPT = {"sends": ATOM, "conditional": True}
_ALL = Text("领军课程目录：新发布", "Lingjun catalogue: newly published")
_OF = Text("领军课程目录：{what}", "Lingjun catalogue: {what}")
_ARCHIVE = Text("这个归档", "such archive")
_NUMBER = Text("{title}（第 {number} 版）", "{title} (version {number})")
_SAYS = {
    None: Text("第一版。", "The first version."),
    Answer.REPLACE_IN_PLACE: Text(
        "可在原活动中直接替换课程包，学员的学习记录保留。",
        "Replace the package in place: learners' records survive.",
    ),
    Answer.NEW_ACTIVITY: Text(
        "请新建学习活动，不要替换：会影响已有学习记录。原因见差异说明：{address}",
        "Make a new activity instead of replacing the package: records would suffer. Why: {address}",
    ),
}


Archive = Annotated[
    int,
    Parameter(
        ge=0,
        description="An archive's number (RFC 5005), from 1 for the oldest; 0 is what was published last.",
    ),
]


class _Place(NamedTuple):
    """Which document of a feed it is: the number of an archive, 0 for the feed itself, and of the last archive."""

    archive: int
    last: int

    def links(self) -> Iterator[tuple[str, int]]:
        """Relations (RFC 5005, 4) and what they lead to."""
        yield "self", self.archive
        if not self.archive:
            if self.last:
                yield "prev-archive", self.last
            return
        yield "current", 0
        if self.archive > 1:
            yield "prev-archive", self.archive - 1
        if self.archive < self.last:
            yield "next-archive", self.archive + 1


@get("/feeds", sync_to_thread=True, opt=_OPT)
def feed_of_all(
    request: AnyRequest, parts: NamedDependency[Parts], archive: FromQuery[Archive] = 0
) -> Response[bytes]:
    """What was published."""
    return _feed(request, parts, _ALL, _published(), archive)


@get("/feeds/themes/{theme:str}", sync_to_thread=True, opt=_OPT)
def feed_of_theme(
    request: AnyRequest, parts: NamedDependency[Parts], theme: FromPath[str], archive: FromQuery[Archive] = 0
) -> Response[bytes]:
    """What was published of a theme, each course in its present version."""
    rows = (
        _published()
        .join(SearchRow, SearchRow.version_id == Version.id)
        .join(SearchFacet, SearchFacet.row_id == SearchRow.id)
        .where(SearchFacet.kind == "theme", SearchFacet.value == theme)
    )
    return _feed(request, parts, _OF.format(what=theme), rows, archive)


@get("/feeds/institutions/{slug:str}", sync_to_thread=True, opt=_OPT)
def feed_of_institution(
    request: AnyRequest, parts: NamedDependency[Parts], slug: FromPath[str], archive: FromQuery[Archive] = 0
) -> Response[bytes]:
    """What an institution published."""
    with parts.database.read() as session:
        found = accounts.institution(session, slug)
    rows = _published().join(Course, Course.id == Version.course_id).where(Course.institution_id == found.id)
    return _feed(request, parts, _OF.format(what=Text(found.name_zh, found.name_en)), rows, archive)


@get("/feeds/courses/{institution:str}/{course:str}", sync_to_thread=True, opt=_OPT)
def feed_of_course(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    institution: FromPath[str],
    course: FromPath[str],
    archive: FromQuery[Archive] = 0,
) -> Response[bytes]:
    """The versions of a course."""
    with parts.database.read() as session:
        version = lists.version_by_number(session, ANYONE, institution, course, None)
        rows = _published().where(Version.course_id == version.course_id)
        title = Text(version.title_zh, version.title_en)
    return _feed(request, parts, _OF.format(what=title), rows, archive)


def _published() -> Select[Version]:
    """Every version that was ever published: withdrawing one moves no other from one archive to the next."""
    return select(Version).where(Version.number.is_not(None))


def _feed(
    request: AnyRequest, parts: Parts, title: Text, rows: Select[Version], archive: int
) -> Response[bytes]:
    with parts.database.read() as session:
        place = _place(session, rows, archive)
        versions = _shown(session, rows, archive)
        courses = {version.course_id for version in versions}
        numbered = select(Version).where(Version.course_id.in_(courses), Version.number.is_not(None))
        before = {(found.course_id, found.number): found for found in session.scalars(numbered)}
    base = parts.settings.server.public_url.rstrip("/") or str(request.base_url).rstrip("/")
    writer = _Writer(base, request.url.path, language_asked(request), parts.storage)
    pairs = [(v, before.get((v.course_id, (v.number or 0) - 1))) for v in versions]
    content = writer.feed(title, pairs, place)
    tag = etag(hashlib.sha256(content).hexdigest())
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Language"}
    if is_known(request, tag):
        return Response(b"", status_code=304, headers=headers)
    return Response(content, media_type=ATOM, headers=headers)


def _place(session: Session, rows: Select[Version], archive: int) -> _Place:
    """Raises NotFoundError for an archive that isn't full yet."""
    total = (
        session.scalar(select(func.count()).select_from(rows.with_only_columns(Version.id).subquery())) or 0
    )
    last = total // _MOST if total > _MOST else 0
    if archive > last:
        raise NotFoundError(_ARCHIVE)
    return _Place(archive, last)


def _shown(session: Session, rows: Select[Version], archive: int) -> list[Version]:
    """The entries' versions, the newest first."""
    rows = rows.options(joinedload(Version.course, innerjoin=True)).limit(_MOST)
    if not archive:
        handed_out = rows.where(Version.state.in_(HANDED_OUT))
        return list(session.scalars(handed_out.order_by(Version.published_at.desc(), Version.id.desc())))
    rows = rows.order_by(Version.published_at, Version.id).offset((archive - 1) * _MOST)
    return [version for version in session.scalars(rows) if version.state in HANDED_OUT][::-1]


class _Writer:
    """Writes one feed, its links below `base`."""

    def __init__(self, base: str, path: str, language: Language, storage: Storage) -> None:
        self._base, self._path, self._language, self._storage = base, path, language, storage
        self._host = urlsplit(base).hostname or "localhost"

    def feed(self, title: Text, versions: Sequence[tuple[Version, Version | None]], place: _Place) -> bytes:
        """The document. Each version comes with the one before it."""
        spaces = {None: _NS, "fh": _HISTORY}
        root = etree.Element(f"{{{_NS}}}feed", nsmap=spaces)  # type: ignore[arg-type]  # the default namespace
        root.set("{http://www.w3.org/XML/1998/namespace}lang", "en" if self._language == "en" else "zh-CN")
        _add(root, "id", f"tag:{self._host},{_MADE}:{self._path}")
        _add(root, "title", title.say(self._language))
        times = [v.published_at for v, _ in versions if v.published_at is not None]
        _add(root, "updated", max(times, default=_NOTHING_YET).isoformat())
        if place.archive:
            etree.SubElement(root, f"{{{_HISTORY}}}archive")
        for relation, archive in place.links():
            _add(root, "link", rel=relation, type=ATOM, href=self._address(archive))
        _add(root, "link", rel="alternate", type="text/html", href=f"{self._base}/")
        for version, before in versions:
            self._entry(root, version, before)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    def _address(self, archive: int) -> str:
        return f"{self._base}{self._path}" + (f"?archive={archive}" if archive else "")

    def _entry(self, root: etree._Element, version: Version, before: Version | None) -> None:
        facts = read_facts(version.facts)
        course = f"{version.course.institution.slug}/{version.course.slug}"
        institution = version.course.institution
        entry = _add(root, "entry")
        _add(entry, "id", f"tag:{self._host},{_MADE}:{course}/{version.number}")
        named = _NUMBER.format(title=facts.title, number=version.number)
        _add(entry, "title", named.say(self._language))
        published = (version.published_at or _NOTHING_YET).isoformat()
        _add(entry, "published", published)
        _add(entry, "updated", published)
        author = _add(entry, "author")
        _add(author, "name", Text(institution.name_zh, institution.name_en).say(self._language))
        for theme in facts.themes:
            _add(entry, "category", term=theme)
        _add(entry, "link", rel="alternate", type="text/html", href=f"{self._base}/courses/{course}")
        address = f"{self._base}/api/v1/courses/{course}/versions/{version.number}"
        _add(entry, "link", rel="related", type="application/json", href=f"{address}/packages")
        _add(entry, "summary", self._summary(version, before))

    def _summary(self, version: Version, before: Version | None) -> str:
        answer = None
        if before is not None:
            answer = _answer(self._storage, before.reading_sha256, version.reading_sha256)
        changes = f"{self._base}/api/v1/versions/{version.id}/changes-since/{before.id if before else ''}"
        return _SAYS[answer].format(address=changes).say(self._language)


@lru_cache(maxsize=1024)  # two readings never change, and comparing them takes a while
def _answer(storage: Storage, old: str, new: str) -> Answer:
    before, after = (decode(storage.read(Kind.READING, sha256)).course for sha256 in (old, new))
    return compare(before, after).answer if before is not None and after is not None else Answer.NEW_ACTIVITY


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_NS}}}{name}", attributes)
    child.text = text
    return child


HANDLERS = (feed_of_all, feed_of_theme, feed_of_institution, feed_of_course)
