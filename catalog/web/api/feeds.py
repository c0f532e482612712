"""Atom feeds (RFC 4287): what was published, of all courses, a theme, an institution or a course, of all curricula or of one. An entry
says what the new version means for learners' records, so that an LMS administrator knows before an update.

What is older than a feed's last entries is in its archives (RFC 5005, 4): twenty versions each, in the order of their
publication, and the same ones for ever; only those that were withdrawn aren't shown any more."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, Parameter
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.database.models import CurriculumVersion, Institution, Version
from catalog.domain.difference import Answer
from catalog.domain.errors import NotFoundError
from catalog.domain.roles import ANYONE
from catalog.domain.states import HANDED_OUT
from catalog.services import accounts, curricula, lists, publications
from catalog.services.answers import answer
from catalog.services.facts import read_facts
from catalog.services.publications import Publications
from catalog.services.shelves import COURSES, CURRICULA
from catalog.web.atom import ATOM, NOTHING_YET, Entry, Place, Writer
from catalog.web.conditional import etag, is_known
from catalog.web.language import AnyRequest, language_asked
from catalog.web.parts import Parts
from schemas.text import Text

_MOST = 20  # entries
_OPT = {"sends": ATOM, "conditional": True}
_ALL = Text("领军课程目录：新发布", "Lingjun catalogue: newly published")
_ALL_CURRICULA = Text("领军课程目录：新发布的培训方案", "Lingjun catalogue: newly published curricula")
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
Entries = Callable[[Session, Parts, Sequence[int], str], list[Entry]]


@get("/feeds", sync_to_thread=True, opt=_OPT)
def feed_of_all(
    request: AnyRequest, parts: NamedDependency[Parts], archive: FromQuery[Archive] = 0
) -> Response[bytes]:
    """What was published."""
    return _feed(request, parts, _ALL, publications.of_courses(), archive)


@get("/feeds/themes/{theme:str}", sync_to_thread=True, opt=_OPT)
def feed_of_theme(
    request: AnyRequest, parts: NamedDependency[Parts], theme: FromPath[str], archive: FromQuery[Archive] = 0
) -> Response[bytes]:
    """What was published of a theme."""
    return _feed(request, parts, _OF.format(what=theme), publications.of_theme(theme), archive)


@get("/feeds/institutions/{slug:str}", sync_to_thread=True, opt=_OPT)
def feed_of_institution(
    request: AnyRequest, parts: NamedDependency[Parts], slug: FromPath[str], archive: FromQuery[Archive] = 0
) -> Response[bytes]:
    """What an institution published."""
    with parts.database.read() as session:
        found = accounts.institution(session, slug)
    theirs = publications.of_courses(institution=found.id)
    return _feed(request, parts, _OF.format(what=_name(found)), theirs, archive)


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
        title = Text(version.title_zh, version.title_en)
    theirs = publications.of_courses(course=version.course_id)
    return _feed(request, parts, _OF.format(what=title), theirs, archive)


@get("/feeds/curricula", sync_to_thread=True, opt=_OPT)
def feed_of_curricula(
    request: AnyRequest, parts: NamedDependency[Parts], archive: FromQuery[Archive] = 0
) -> Response[bytes]:
    """Curricula that were published."""
    return _feed(request, parts, _ALL_CURRICULA, publications.of_curricula(), archive, _curricula)


@get("/feeds/curricula/{institution:str}/{curriculum:str}", sync_to_thread=True, opt=_OPT)
def feed_of_curriculum(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    institution: FromPath[str],
    curriculum: FromPath[str],
    archive: FromQuery[Archive] = 0,
) -> Response[bytes]:
    """The versions of a curriculum."""
    with parts.database.read() as session:
        version = CURRICULA.version_by_number(session, ANYONE, institution, curriculum, None)
        title = Text(version.title_zh, version.title_en)
    theirs = publications.of_curricula(version.curriculum_id)
    return _feed(request, parts, _OF.format(what=title), theirs, archive, _curricula)


def _feed(
    request: AnyRequest,
    parts: Parts,
    title: Text,
    published: Publications,
    archive: int,
    entries: Entries | None = None,
) -> Response[bytes]:
    base = parts.settings.server.public_url.rstrip("/") or str(request.base_url).rstrip("/")
    with parts.database.read() as session:
        total = published.count(session)
        place = Place(archive, total // _MOST if total > _MOST else 0)
        if archive > place.last:
            raise NotFoundError(_ARCHIVE)
        found = (entries or _courses)(session, parts, _shown(session, published, archive), base)
    content = Writer(base, request.url.path, language_asked(request)).written(title, found, place)
    tag = etag(hashlib.sha256(content).hexdigest())
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Language"}
    if is_known(request, tag):
        return Response(b"", status_code=304, headers=headers)
    return Response(content, media_type=ATOM, headers=headers)


def _shown(session: Session, published: Publications, archive: int) -> list[int]:
    """The versions of one document, the newest first."""
    if not archive:
        return published.newest(session, _MOST)
    return published.from_oldest(session, (archive - 1) * _MOST, _MOST)[::-1]


def _courses(session: Session, parts: Parts, ids: Sequence[int], base: str) -> list[Entry]:
    """What is said of versions of courses."""
    versions = {one.id: one for one in session.scalars(COURSES.rows().where(Version.id.in_(ids)))}
    shown = [versions[one] for one in ids if versions[one].state in HANDED_OUT]
    numbered = select(Version).where(
        Version.course_id.in_({one.course_id for one in shown}), Version.number.is_not(None)
    )
    before = {(one.course_id, one.number): one for one in session.scalars(numbered)}

    def entry(version: Version) -> Entry:
        facts, institution = read_facts(version.facts), version.course.institution
        course = f"{institution.slug}/{version.course.slug}"
        old = before.get((version.course_id, (version.number or 0) - 1))
        says = _SAYS[answer(parts.storage, old.reading_sha256, version.reading_sha256) if old else None]
        changes = f"{base}/api/v1/versions/{version.id}/changes-since/{old.id if old else ''}"
        return Entry(
            name=f"{course}/{version.number}",
            title=_NUMBER.format(title=facts.title, number=version.number),
            published=version.published_at or NOTHING_YET,
            author=_name(institution),
            themes=tuple(facts.themes),
            page=f"/courses/{course}",
            packages=f"/api/v1/courses/{course}/versions/{version.number}/packages",
            summary=says.format(address=changes),
        )

    return [entry(version) for version in shown]


def _curricula(session: Session, parts: Parts, ids: Sequence[int], base: str) -> list[Entry]:
    """What is said of versions of curricula."""
    rows = CURRICULA.rows()
    versions = {one.id: one for one in session.scalars(rows.where(CurriculumVersion.id.in_(ids)))}
    shown = [versions[one] for one in ids if versions[one].state in HANDED_OUT]
    numbered = rows.where(
        CurriculumVersion.curriculum_id.in_({one.curriculum_id for one in shown}),
        CurriculumVersion.number.is_not(None),
    )
    before = {(one.curriculum_id, one.number): one for one in session.scalars(numbered)}

    def entry(version: CurriculumVersion) -> Entry:
        institution = version.curriculum.institution
        name = f"curricula/{institution.slug}/{version.curriculum.slug}"
        old = before.get((version.curriculum_id, (version.number or 0) - 1))
        said = curricula.difference(session, parts.storage, old, version).answer if old else None
        changes = f"{base}/api/v1/curriculum-versions/{version.id}/changes-since/{old.id if old else ''}"
        return Entry(
            name=f"{name}/{version.number}",
            title=_NUMBER.format(title=Text(version.title_zh, version.title_en), number=version.number),
            published=version.published_at or NOTHING_YET,
            author=_name(institution),
            themes=(version.theme,),
            page=f"/{name}",
            packages=f"/api/v1/{name}/versions/{version.number}/packages",
            summary=_SAYS[said].format(address=changes),
        )

    return [entry(version) for version in shown]


def _name(institution: Institution) -> Text:
    return Text(institution.name_zh, institution.name_en)


HANDLERS = (
    feed_of_all,
    feed_of_theme,
    feed_of_institution,
    feed_of_course,
    feed_of_curricula,
    feed_of_curriculum,
)
