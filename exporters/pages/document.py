"""The frame that every page shares: head, skip link, title bar, main."""

from html import escape
from typing import Literal

from exporters.pages.data import Structure
from exporters.pages.words import words
from schemas.course import Course

Runtime = Literal["scorm12", "scorm2004", "cmi5", "xapi", "local"]

# No inline script or style, nothing from another host.
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'"
)
# Only these two talk to another host: the record store that the LMS names at launch, wherever it is.
_STORE_POLICY = f"{POLICY}; connect-src 'self' http: https:"
_POLICIES: dict[Runtime, str] = {"cmi5": _STORE_POLICY, "xapi": _STORE_POLICY}


def document(course: Course, *, title: str, main: str, runtime: Runtime, structure: Structure) -> bytes:
    """A complete HTML document around `main` (a `<main>` element) as UTF-8.

    `player/early.js` runs before the first paint, so that a learner's dark theme doesn't flash white.
    """
    say = words(course.interface)
    sample = f'<span class="sample">{say.sample}</span>' if course.sample else ""
    name = f'<span class="home">{escape(course.name)}</span>'
    if structure != "lessons":  # there, each lesson is launched alone and the package has no index page
        name = f'<a class="home" href="index.html">{escape(course.name)}</a>'
    launched = "" if runtime == "local" else " data-launched"  # a document that unloads ends the session
    return (
        f'<!doctype html>\n<html lang="{escape(course.language)}"{launched}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICIES.get(runtime, POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n'
        '<link rel="stylesheet" href="player/player.css">\n'
        '<script src="player/early.js"></script>\n'
        '<script src="course.js" defer></script>\n'
        f'<script src="player/{runtime}.js" defer></script>\n'
        "</head>\n<body>\n"
        f'<a class="skip" href="#main">{say.skip}</a>\n'
        f'<header class="bar"><div class="bar-title">{name}{sample}</div></header>\n'
        f'<noscript><p class="no-script">{say.no_script}</p></noscript>\n'
        f"{main}\n</body>\n</html>\n"
    ).encode()
