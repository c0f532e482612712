"""The application: routes, what they depend on, and how they fail."""

from litestar import Litestar
from litestar.di import Provide

from catalog.web import operations
from catalog.web.api import API
from catalog.web.auth import provide_cause
from catalog.web.operations.observe import Observed
from catalog.web.parts import Parts
from catalog.web.problems import HANDLERS
from catalog.web.requests import CatalogueRequest
from catalog.web.site import SITE
from catalog.web.site.front import Front

MOST_BODY = 1 << 20  # bytes of a JSON body; uploads stream and have limits of their own


def create_app(parts: Parts) -> Litestar:
    """The catalogue on these parts. Whoever made them closes them."""
    front = Front(parts)

    def provide_parts() -> Parts:
        return parts

    def provide_front() -> Front:
        return front

    app = Litestar(
        route_handlers=[API, *operations.HANDLERS, SITE],
        dependencies={
            "parts": Provide(provide_parts, sync_to_thread=False),
            "front": Provide(provide_front, sync_to_thread=False),
            "cause": Provide(provide_cause, sync_to_thread=True),
        },
        exception_handlers=HANDLERS,
        openapi_config=None,
        logging_config=None,
        request_class=CatalogueRequest,
        request_max_body_size=MOST_BODY,
    )
    # Around the whole of it: middleware sees no request that leads nowhere.
    secure = parts.settings.server.public_url.startswith("https:")
    app.asgi_handler = Observed(app.asgi_handler, secure=secure)
    return app
