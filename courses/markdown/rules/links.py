"""Links: to the web, to lessons, into this lesson, to files of the course."""

from collections.abc import Iterator
from urllib.parse import quote, unquote

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.checks.empty_link import RULE as EMPTY_LINK
from courses.checks.html_removed import RULE as HTML_REMOVED
from courses.markdown.page import Page
from courses.markdown.targets import Kind, kind_of, scheme_of
from courses.markdown.words import inline_text
from schemas.course import Asset
from schemas.diagnostics import Place
from schemas.text import Text

_SCHEME = Text("以“{scheme}”开头的链接", "links that begin with “{scheme}”")
_SCHEME_ADVICE = Text("链接可用 https、http、mailto、tel，或课程内的相对路径。", "Use https, http, mailto, tel or a path inside the course.")


def links(page: Page) -> None:
    """Give each link what its target needs."""
    for inline in page.tokens:
        if inline.type == "inline" and inline.children and any(t.type == "link_open" for t in inline.children):
            for opening, content, closing in _each(inline.children):
                place = _place(page, inline, opening, closing)
                resolve(page, opening, closing, inline_text(content), place)


def _each(children: list[Token]) -> Iterator[tuple[Token, list[Token], Token]]:
    start = -1
    for index, token in enumerate(children):
        if token.type == "link_open":
            start = index
        elif token.type == "link_close" and start >= 0:
            yield children[start], children[start + 1 : index], token


def _place(page: Page, inline: Token, opening: Token, closing: Token) -> Place:
    """The target's place: after `](`, or the whole link where it is a reference or `<…>`."""
    start, end = opening.meta.get("at", 0), closing.meta.get("at", 0)
    text = inline.content
    if text.startswith("](", end):
        return page.place_in(inline, end + 2, target_length(text, end + 2))
    return page.place_in(inline, max(start - 1, 0), max(end - start + 2, 0))


def target_length(text: str, start: int) -> int:
    """How long the address at `start` of an inline text is."""
    length = 0
    if text.startswith("<", start):
        return max(text.find(">", start) - start + 1, 0)
    for character in text[start : start + 500]:
        if character in " \t\n)":
            break
        length += 1
    return length


def resolve(page: Page, opening: Token, closing: Token, text: str, place: Place) -> None:
    """Rewrite one link; where it leads nowhere its words stay."""
    href = str(opening.attrs.pop("href", ""))
    kind = kind_of(href)
    if kind is Kind.REMOTE:
        opening.attrs.update({"href": href, "target": "_blank", "rel": "noopener noreferrer", "class": _class(opening, "external")})
    elif kind is Kind.CONTACT:
        opening.attrs["href"] = href
    elif kind is Kind.FILE:
        path, _, fragment = href.partition("#")
        asset = page.links.asset(unquote(path), place)
        if asset is not None:
            _attach(page, opening, closing, asset, fragment)
    elif kind in (Kind.HERE, Kind.LESSON):
        _link_inside(page, opening, href, place)
    elif kind is Kind.NONE:
        page.tell(EMPTY_LINK, place, text=text[:40])
    else:
        scheme = scheme_of(href)
        page.tell(HTML_REMOVED, place, what=_SCHEME.format(scheme=scheme), advice=_SCHEME_ADVICE)
    if "href" not in opening.attrs:
        opening.tag = closing.tag = "span"


def _link_inside(page: Page, opening: Token, href: str, place: Place) -> None:
    if href.startswith("#") and unquote(href[1:]) in page.anchors:
        opening.attrs["href"] = "#" + quote(unquote(href[1:]))
        return
    found = page.links.lesson(unquote(href), place)
    if found is None:
        return
    lesson, address = found
    anchor = address.partition("#")[2]
    if anchor:
        page.lesson_links.append((lesson, unquote(anchor), place))
    opening.attrs.update({"href": quote(address, safe="/#%"), "data-lesson": lesson})


def _attach(page: Page, opening: Token, closing: Token, asset: Asset, fragment: str) -> None:
    page.assets[asset.source] = None
    name = asset.source.rpartition("/")[2]
    href = asset.path + (f"#{fragment}" if fragment else "")
    opening.attrs.update({"href": href, "download": name, "class": _class(opening, "attachment")})
    label = f"{name.rpartition('.')[2].upper()[:8]}, {readable_size(asset.size)}" if "." in name else readable_size(asset.size)
    closing.meta["after"] = f' <span class="size">({escapeHtml(label)})</span>'


def _class(token: Token, own: str) -> str:
    given = token.attrs.get("class")
    return f"{own} {given}" if given else own


def readable_size(size: int) -> str:
    """A size in bytes as people say it: `820 B`, `12 KB`, `3.4 MB`."""
    if size < 1000:
        return f"{size} B"
    value = float(size)
    for unit in ("KB", "MB", "GB"):
        value /= 1000
        if value < 999.5 or unit == "GB":
            break
    return f"{value:.1f} {unit}" if value < 9.95 else f"{value:.0f} {unit}"
