"""Addresses of the pages."""

from collections.abc import Callable

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.orm import Session

from catalog.web.language import AnyRequest
from catalog.web.parts import Parts
from catalog.web.problems import status_of
from catalog.web.site.course import shown_course
from catalog.web.site.curricula import curriculum_list
from catalog.web.site.curriculum import shown_plan
from catalog.web.site.front import Front
from catalog.web.site.listing import listing
from catalog.web.site.page import ICON, STYLE, STYLE_NAME, Page
from schemas.errors import LingjunError


async def _answer(
    front: Front, page: Page, template: str, make: Callable[[Session], object]
) -> Response[bytes]:
    key = f"{page.origin} {page.language} {page.path} {page.query}"
    made = await front.page(key, lambda session: page.render(template, shown=make(session)))
    return page.answer(made.content, tag=f'"{made.event}-{page.language}-{STYLE_NAME[5:17]}"')


@get("/")
async def get_list(
    request: AnyRequest, parts: NamedDependency[Parts], front: NamedDependency[Front]
) -> Response[bytes]:
    """The list of courses."""
    page = Page(request)
    return await _answer(front, page, "list.html", lambda session: listing(session, parts.facets, page))


@get("/courses/{institution:str}/{course:str}")
async def get_course(
    request: AnyRequest, front: NamedDependency[Front], institution: FromPath[str], course: FromPath[str]
) -> Response[bytes]:
    """The page of a course."""
    page = Page(request)
    return await _answer(
        front, page, "course.html", lambda session: shown_course(session, page, institution, course)
    )


@get("/curricula")
async def get_curricula(request: AnyRequest, front: NamedDependency[Front]) -> Response[bytes]:
    """The list of curricula."""
    page = Page(request)
    return await _answer(front, page, "curricula.html", lambda session: curriculum_list(session, page))


@get("/curricula/{institution:str}/{curriculum:str}")
async def get_curriculum(
    request: AnyRequest, front: NamedDependency[Front], institution: FromPath[str], curriculum: FromPath[str]
) -> Response[bytes]:
    """The page of a curriculum."""
    page = Page(request)
    return await _answer(
        front, page, "curriculum.html", lambda session: shown_plan(session, page, institution, curriculum)
    )


@get(f"/-/{STYLE_NAME}", sync_to_thread=False)
def get_style() -> Response[bytes]:
    """The style, whose name changes with it."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(STYLE, headers=headers, media_type="text/css")


@get("/-/icon.svg", sync_to_thread=False)
def get_icon() -> Response[bytes]:
    """The seal in a browser's tab."""
    return Response(ICON, headers={"Cache-Control": "public, max-age=86400"}, media_type="image/svg+xml")


def failed_page(request: AnyRequest, error: LingjunError) -> Response[bytes]:
    """A refusal, as a page."""
    page = Page(request)
    content = page.render("error.html", message=page.say(error.message))
    return page.answer(content, status=status_of(error))


HANDLERS = (get_list, get_course, get_curricula, get_curriculum, get_style, get_icon)
