"""The packages of many courses at once, as one archive."""

from typing import Annotated

from litestar import Response, route
from litestar.di import NamedDependency
from litestar.params import FromQuery, Parameter, QueryParameter
from litestar.response import Stream
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.database.base import utcnow
from catalog.database.models import SearchRow, Version
from catalog.domain.errors import NotFoundError
from catalog.domain.roles import Action, Resource, require
from catalog.packages.build import require_known
from catalog.packages.bulk import Bulk, Wanted, collect
from catalog.packages.claims import PackageKey
from catalog.services import lists
from catalog.services.events import Cause
from catalog.services.facts import read_facts
from catalog.services.search import Chosen
from catalog.web.api.packages import DOWNLOAD, PACKAGE, PATIENCE, Lms
from catalog.web.api.search import Values, Words, chosen_of
from catalog.web.conditional import etag
from catalog.web.language import AnyRequest
from catalog.web.parts import Parts
from catalog.web.sending import send_archive
from schemas.errors import UsageError
from schemas.package import Format
from schemas.text import Text

MOST = 500  # packages in one archive
_COURSES = Text("符合条件的已发布课程", "such published course")
_TOO_MANY = Text(
    "选中的课程超过 {most} 门：请增加筛选条件，分几次下载。",
    "These are more than {most} courses: choose fewer, and download them in several goes.",
)
_EITHER = Text(
    "course 与其他筛选条件不能同时使用：要么逐门列出，要么筛选。",
    "“course” doesn't go with other filters: name the courses or filter them.",
)
_ADDRESS = Text(
    "course 应写作“机构/课程”，而不是“{value}”。", "A course is given as “institution/course”, not “{value}”."
)

WantedFormat = Annotated[Format, QueryParameter(name="format")]
Courses = Annotated[
    list[str],
    Parameter(max_items=MOST, description="These courses, each as `institution/course`, and no other."),
]


@route("/packages", http_method=["GET", "HEAD"], sync_to_thread=True, opt=DOWNLOAD)
def download_packages(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    package_format: WantedFormat,
    lms: FromQuery[Lms] = "generic",
    words: Words = "",
    course: FromQuery[Courses | None] = None,
    theme: FromQuery[Values | None] = None,
    institution: FromQuery[Values | None] = None,
    edition: FromQuery[Values | None] = None,
    tier: FromQuery[Values | None] = None,
    language: FromQuery[Values | None] = None,
    mode: FromQuery[Values | None] = None,
) -> Response[None] | Response[bytes] | Stream:
    """The packages of the courses that a list with the same filters shows, in one archive with their signatures and
    `packages.json`, which also says which courses can't be such a package. At most 500; sent while it is read."""
    chosen = chosen_of(locals())
    require_known(PackageKey(0, package_format.value, lms))
    with parts.database.read() as session:
        if course:
            if words or any(chosen.values()):
                raise UsageError(_EITHER)
            wanted = [_named(session, cause, each) for each in sorted(set(course))]
        else:
            wanted = _found(session, parts, words, chosen)
        for each in wanted:
            require(
                cause.actor,
                Action.DOWNLOAD_PACKAGE,
                Resource(each.institution),
                see=Action.READ_PUBLISHED,
                what=PACKAGE,
            )
    bulk = collect(parts.packages, wanted, package_format.value, lms, patience=PATIENCE, now=utcnow())
    return _send(request, bulk, f"lingjun-{package_format.value}-{lms}.zip")


def _send(request: AnyRequest, bulk: Bulk, name: str) -> Response[None] | Response[bytes] | Stream:
    left_out = {"Lingjun-Left-Out": str(bulk.left_out)}
    return send_archive(request, name, etag(bulk.digest), bulk.archive.length, bulk.archive.stream, left_out)


def _named(session: Session, cause: Cause, address: str) -> Wanted:
    institution, slash, course = address.partition("/")
    if not slash:
        raise UsageError(_ADDRESS.format(value=address))
    version = lists.version_by_number(session, cause.actor, institution, course, None)
    return _wanted(version.id, version.number or 0, version.facts)


def _found(session: Session, parts: Parts, words: str, chosen: Chosen) -> list[Wanted]:
    rows = parts.facets.rows(session, words, chosen, limit=MOST + 1).rows
    if not rows:
        raise NotFoundError(_COURSES)
    if len(rows) > MOST:
        raise UsageError(_TOO_MANY.format(most=MOST))
    versions = session.execute(
        select(Version.id, Version.number, Version.facts)
        .join(SearchRow, SearchRow.version_id == Version.id)
        .where(SearchRow.id.in_(rows))
    )
    wanted = [_wanted(identifier, number or 0, facts) for identifier, number, facts in versions]
    return sorted(wanted, key=lambda one: (one.institution, one.course))


def _wanted(version_id: int, number: int, encoded: str) -> Wanted:
    facts = read_facts(encoded)
    return Wanted(version_id, facts.institution, facts.id, number, facts.title)


HANDLERS = (download_packages,)
