"""Every resource of `/api/v1`, one file each."""

from litestar import Router

from catalog.web.api import (
    bulk,
    courses,
    curricula,
    curriculum_packages,
    curriculum_versions,
    editions,
    events,
    feeds,
    institutions,
    packages,
    people,
    search,
    sources,
    tokens,
    uploads,
    versions,
    webhooks,
)
from catalog.web.openapi import get_openapi

RESOURCES = (
    bulk,
    courses,
    curricula,
    curriculum_packages,
    curriculum_versions,
    editions,
    events,
    feeds,
    institutions,
    packages,
    people,
    search,
    sources,
    tokens,
    uploads,
    versions,
    webhooks,
)
API = Router(
    "/api/v1",
    route_handlers=[get_openapi, *(handler for resource in RESOURCES for handler in resource.HANDLERS)],
)
