"""Editions 年度: what each year's notice says."""

from litestar import Response, get
from litestar.params import FromPath

from catalog.domain.errors import NotFoundError
from schemas.edition import Edition, editions
from schemas.text import Text

_EDITION = Text("年度“{code}”", "edition “{code}”")


@get("/editions", sync_to_thread=False)
def list_editions() -> list[Edition]:
    """Every edition, oldest first."""
    return list(editions().values())


@get("/editions/{code:str}", sync_to_thread=False)
def get_edition(code: FromPath[str]) -> Response[Edition]:
    """One edition."""
    found = editions().get(code)
    if found is None:
        raise NotFoundError(_EDITION.format(code=code))
    return Response(found)


HANDLERS = (list_editions, get_edition)
