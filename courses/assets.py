"""An author's file as an `Asset`: its name inside a package, its media type, and whether it is safe to carry."""

import hashlib
import re
from pathlib import Path, PurePosixPath

from courses.naming import nfc
from schemas.course import Asset

# The standard library's table differs from machine to machine; packages must not.
MEDIA_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "mp4": "video/mp4",
    "ogv": "video/ogg",
    "webm": "video/webm",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "vtt": "text/vtt",
    "csv": "text/csv",
    "txt": "text/plain",
    "json": "application/json",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OTHER_TYPE = "application/octet-stream"

# What a browser runs in the LMS's own name when a learner opens it.
_PROGRAMS = frozenset(
    [
        "asp",
        "aspx",
        "css",
        "hta",
        "htm",
        "html",
        "jar",
        "js",
        "jsp",
        "mht",
        "mhtml",
        "mjs",
        "php",
        "shtml",
        "svgz",
        "swf",
        "wasm",
        "xht",
        "xhtml",
        "xml",
        "xsl",
        "xslt",
    ]
)
_MAX_SVG = 4 * 1024 * 1024
_ACTIVE_SVG = re.compile(
    r"""<[\w:.-]*(?:script|foreignObject|iframe|embed|object|handler|listener)\b|<!ENTITY|<\?xml-stylesheet
    |[\s/"'](?:on\w+)\s*=
    |\bhref\s*=\s*(?!["']\#|["']data:image/(?:png|jpeg|gif|webp)[;,])
    |attributeName\s*=\s*["']?\s*(?:[\w.-]+:)?(?:href|on\w+)
    |javascript:|@import""",
    re.IGNORECASE | re.VERBOSE,
)


def asset_of(root: Path, source: str) -> Asset:
    """The asset at `root/source`. Raises OSError when it can't be examined."""
    return Asset(
        source=source,
        path=package_path(source),
        size=(root / source).stat().st_size,
        media_type=MEDIA_TYPES.get(_extension(source), OTHER_TYPE),
    )


def package_path(source: str) -> str:
    """`assets/` and an ASCII name that depends on `source` alone: its readable part, eight digits of its hash."""
    name = nfc(source)
    readable = re.sub(r"[^a-z0-9]+", "-", PurePosixPath(name).stem.lower()).strip("-")[:40].strip("-")
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    extension = _extension(name)
    plain = re.fullmatch(r"[a-z0-9]{1,8}", extension)
    return f"assets/{readable + '-' if readable else ''}{digest}{'.' + extension if plain else ''}"


def is_active(root: Path, asset: Asset) -> bool:
    """Whether a browser could run something out of the file. Raises OSError."""
    extension = _extension(asset.source)
    if extension != "svg":
        return extension in _PROGRAMS
    with (root / asset.source).open("rb") as stream:
        raw = stream.read(_MAX_SVG + 1)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return True  # nobody has looked inside
    return len(raw) > _MAX_SVG or "\0" in text or _ACTIVE_SVG.search(text) is not None


def _extension(source: str) -> str:
    return PurePosixPath(source).suffix[1:].lower()
