"""The application: routes, what they depend on, and how they fail."""

from litestar import Litestar
from litestar.di import Provide

from catalog.web.api import API
from catalog.web.auth import provide_cause
from catalog.web.openapi import CONFIG
from catalog.web.parts import Parts
from catalog.web.problems import HANDLERS
from catalog.web.requests import CatalogueRequest

MOST_BODY = 1 << 20  # bytes of a JSON body; uploads stream and have limits of their own


def create_app(parts: Parts) -> Litestar:
    """The catalogue on these parts. Whoever made them closes them."""

    def provide_parts() -> Parts:
        return parts

    return Litestar(
        route_handlers=[API],
        dependencies={
            "parts": Provide(provide_parts, sync_to_thread=False),
            "cause": Provide(provide_cause, sync_to_thread=True),
        },
        exception_handlers=HANDLERS,
        openapi_config=CONFIG,
        logging_config=None,
        request_class=CatalogueRequest,
        request_max_body_size=MOST_BODY,
    )
