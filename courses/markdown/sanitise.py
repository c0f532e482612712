"""The sanitiser that every rendered text passes, whatever the rules before it let through."""

from functools import cache

import nh3

from courses.markdown.allowed import ATTRIBUTES, SCHEMES, TAGS

# What our own rules write and an author's HTML may not: roles, links to lessons, task boxes, slots.
_OWN_ATTRIBUTES = {
    "*": {"role", "aria-label", "aria-labelledby", "aria-hidden"},
    "a": {"data-lesson", "download", "rel", "target"},
    "div": {"data-slot", "tabindex"},
    "img": {"decoding", "loading"},
    "input": {"checked", "disabled", "type"},
    "pre": {"tabindex"},
    "span": {"data-blank", "data-slot"},
}


@cache
def _cleaner() -> nh3.Cleaner:
    names = ATTRIBUTES.keys() | _OWN_ATTRIBUTES.keys()
    return nh3.Cleaner(
        tags=set(TAGS) | {"input"},
        clean_content_tags={"script", "style"},
        attributes={n: set(ATTRIBUTES.get(n, ())) | _OWN_ATTRIBUTES.get(n, set()) for n in names},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def sanitise(html: str) -> str:
    """`html` with nothing left in it that could run, style or load from elsewhere. Linear for bounded nesting."""
    if "<" not in html and "&" not in html:
        return html  # words alone; a `>` in them stays as it is
    return _cleaner().clean(html)
