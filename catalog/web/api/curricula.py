"""Curricula 培训方案 by their addresses: what is published, and the versions of each."""

from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, Parameter

from catalog.services import curricula
from catalog.services.events import Cause
from catalog.services.shelves import CURRICULA
from catalog.web.curriculum_views import (
    CurriculumLine,
    ShownCurriculum,
    curriculum_line,
    shown_curriculum,
)
from catalog.web.language import AnyRequest
from catalog.web.paging import Cursor, Limit, Listed, listed
from catalog.web.parts import Parts
from catalog.web.views import answer_version
from courses.curricula import Kind

Slug = Annotated[str, Parameter(max_length=64)]


@get("/curricula", sync_to_thread=True)
def list_curricula(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    theme: FromQuery[Slug] = "",
    kind: FromQuery[Kind | None] = None,
    edition: FromQuery[Slug] = "",
    institution: FromQuery[Slug] = "",
    cursor: FromQuery[Cursor] = "",
    limit: FromQuery[Limit] = 20,
) -> Response[Listed[CurriculumLine]]:
    """What is published, the newest first."""
    wanted = curricula.Wanted(theme, kind.value if kind else "", edition, institution)
    with parts.database.read() as session:
        page = curricula.published(session, wanted, cursor=cursor, limit=limit)
        return listed(request, [curriculum_line(version) for version in page.rows], page.next)


@get("/curricula/{institution:str}/{curriculum:str}/versions", sync_to_thread=True)
def list_curriculum_versions(
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    curriculum: FromPath[str],
) -> list[CurriculumLine]:
    """The versions that the caller may see, the newest first."""
    with parts.database.read() as session:
        found = CURRICULA.versions_of(session, cause.actor, institution, curriculum)
        return [curriculum_line(version) for version in found]


@get(
    "/curricula/{institution:str}/{curriculum:str}/versions/{number:int}",
    sync_to_thread=True,
    opt={"conditional": True},
)
def get_numbered_curriculum(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    curriculum: FromPath[str],
    number: FromPath[int],
) -> Response[ShownCurriculum | None]:
    """One version by its number."""
    return _answer(request, parts, cause, (institution, curriculum, number))


@get("/curricula/{institution:str}/{curriculum:str}/latest", sync_to_thread=True, opt={"conditional": True})
def get_latest_curriculum(
    request: AnyRequest,
    parts: NamedDependency[Parts],
    cause: NamedDependency[Cause],
    institution: FromPath[str],
    curriculum: FromPath[str],
) -> Response[ShownCurriculum | None]:
    """The version that is published now."""
    return _answer(request, parts, cause, (institution, curriculum, None))


def _answer(
    request: AnyRequest, parts: Parts, cause: Cause, where: tuple[str, str, int | None]
) -> Response[ShownCurriculum | None]:
    with parts.database.read() as session:
        version = CURRICULA.version_by_number(session, cause.actor, *where)
        return answer_version(request, shown_curriculum(session, version))


HANDLERS = (list_curricula, list_curriculum_versions, get_numbered_curriculum, get_latest_curriculum)
