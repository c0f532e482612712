"""Fragments of an author's HTML beside others on one page: identifiers kept apart, headings in rank."""

import re

_TAG = re.compile(r"<(/?)(h[1-6])?([a-zA-Z][^<>]*|[^<>]*)>")
_OWN = re.compile(r' (id|for|aria-labelledby|aria-describedby)="([^"]*)"')
_JUMP = re.compile(r' href="#([^"]*)"')


def rehome(html: str, prefix: str, *, deeper: int = 0) -> str:
    """`html` with `prefix` before its identifiers and the links to them, headings `deeper` ranks lower.

    Only tags are touched, never text: the sanitiser has escaped every `<` that is not a tag.
    """

    def tag(found: re.Match[str]) -> str:
        slash, heading, rest = found.group(1), found.group(2) or "", found.group(3)
        if heading:
            heading = f"h{min(6, int(heading[1]) + deeper)}"
        rest = _OWN.sub(lambda own: f' {own[1]}="{_each(own[2], prefix)}"', rest)
        rest = _JUMP.sub(lambda jump: f' href="#{prefix}{jump[1]}"', rest)
        return f"<{slash}{heading}{rest}>"

    return _TAG.sub(tag, html)


def _each(identifiers: str, prefix: str) -> str:
    return " ".join(prefix + identifier for identifier in identifiers.split())
