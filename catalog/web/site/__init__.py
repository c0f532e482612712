"""The pages that everybody may see: the lists of courses and curricula, and each of them. Rendered here, without scripts."""

from litestar import Router

from catalog.web.site.routes import HANDLERS, failed_page
from schemas.errors import LingjunError

SITE = Router(
    "/", route_handlers=HANDLERS, exception_handlers={LingjunError: failed_page}, include_in_schema=False
)
