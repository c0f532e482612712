"""Media types of what a package holds, for the servers on this machine."""

from courses.assets import MEDIA_TYPES, OTHER_TYPE

_PAGES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "xml": "application/xml",
    "vtt": "text/vtt; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def media_type(name: str) -> str:
    """The media type for a file name."""
    extension = name.rsplit(".", 1)[-1].lower()
    return _PAGES.get(extension) or MEDIA_TYPES.get(extension, OTHER_TYPE)
