"""Every resource of `/api/v1`, one file each."""

from litestar import Router

from catalog.web.api import (
    courses,
    editions,
    events,
    institutions,
    people,
    sources,
    tokens,
    uploads,
    versions,
)

RESOURCES = (courses, editions, events, institutions, people, sources, tokens, uploads, versions)
API = Router("/api/v1", route_handlers=[handler for resource in RESOURCES for handler in resource.HANDLERS])
