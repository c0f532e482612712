"""Identifiers inside a lesson: what they may be, that they are unique, and how they come from a heading's words."""

import re

from courses.markdown.page import Page
from schemas.diagnostics import Place

_FORBIDDEN = re.compile(r"[\s\"'<>&#%]")
# `window.API` and `window.API_1484_11` are how content finds its LMS; an element of that id would stand in for it.
# Footnotes number themselves.
_RESERVED = re.compile(r"API|API_1484_11|fn-\d+|fnref-\d+(-\d+)?")
_NOT_WORDS = re.compile(r"[^\w\- ]+")


def is_usable(identifier: str) -> bool:
    """Whether an author may give an element this id."""
    return bool(identifier) and not _FORBIDDEN.search(identifier) and not _RESERVED.fullmatch(identifier)


def claim(page: Page, identifier: str, place: Place) -> str:
    """The author's `identifier`, made unique; a second one of the same name is told."""
    if identifier not in page.anchors:
        page.anchors[identifier] = None
        return identifier
    free = unique(page, identifier)
    page.tell("duplicate-anchor", place, id=identifier, free=free)
    return free


def unique(page: Page, wanted: str) -> str:
    """An identifier that no element has yet: `wanted`, or `wanted-1`, `wanted-2`, … in linear time over all."""
    number, candidate = page.numbers.get(wanted, 0), wanted
    while (number and candidate == wanted) or candidate in page.anchors:
        number += 1
        candidate = f"{wanted}-{number}"
    page.numbers[wanted] = number
    page.anchors[candidate] = None
    return candidate


def slug(text: str) -> str:
    """A heading's words as an id, as GitHub makes it: lower case, punctuation gone, blanks to hyphens."""
    return _NOT_WORDS.sub("", text.lower()).strip().replace(" ", "-") or "section"
