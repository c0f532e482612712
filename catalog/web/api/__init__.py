"""Every resource of `/api/v1`, one file each."""

from litestar import Router

from catalog.web.api import editions, institutions

API = Router("/api/v1", route_handlers=[*editions.HANDLERS, *institutions.HANDLERS])
