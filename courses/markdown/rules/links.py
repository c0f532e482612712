"""Links: to the web, to lessons, into this lesson, to files of the course."""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.markdown.page import Page
from courses.markdown.targets import Kind, kind_of, scheme_of
from courses.markdown.words import inline_text
from schemas.course import Asset
from schemas.diagnostics import Place
from schemas.text import Text

_ADDRESS = re.compile(r"[^\s)]+")
_SCHEME = Text("以“{scheme}”开头的链接", "links that begin with “{scheme}”")
_SCHEME_ADVICE = Text(
    "链接可用 https、http、mailto、tel，或课程内的相对路径。",
    "Use https, http, mailto, tel or a path inside the course.",
)


def links(page: Page) -> None:
    """Give each link what its target needs; where it leads nowhere its words stay."""
    for inline in page.tokens:
        if (
            inline.type == "inline"
            and inline.children
            and any(t.type == "link_open" for t in inline.children)
        ):
            inline.children = _resolved(page, inline, inline.children)


def _resolved(page: Page, inline: Token, children: list[Token]) -> list[Token]:
    done: list[Token] = []
    ends = _ends(children)
    after: list[Token] = []
    for index, token in enumerate(children):
        done.append(token)
        if token.type == "link_open":
            content, closing = children[index + 1 : ends[index]], children[ends[index]]
            after = _resolve(page, token, closing, inline_text(content), _place(page, inline, token, closing))
        elif token.type == "link_close":
            done += after
    return done


def _ends(children: list[Token]) -> dict[int, int]:
    """Where each link ends. Links don't nest (CommonMark 6.3)."""
    starts = [index for index, token in enumerate(children) if token.type == "link_open"]
    ends = [index for index, token in enumerate(children) if token.type == "link_close"]
    return dict(zip(starts, ends, strict=True))


def _place(page: Page, inline: Token, opening: Token, closing: Token) -> Place:
    """The target's place: after `](`, or the whole link where it is a reference or `<…>`."""
    start, end = opening.meta.get("at", 0), closing.meta.get("at", 0)
    text = inline.content
    if opening.markup != "autolink" and text.startswith("](", end):
        return page.place_in(inline, end + 2, target_length(text, end + 2))
    if opening.markup == "autolink":
        return page.place_in(inline, start, target_length(text, start))
    return page.place_in(inline, max(start - 1, 0), max(end - start + 2, 0))


def target_length(text: str, start: int) -> int:
    """How long the address at `start` of an inline text is."""
    if text.startswith("<", start):
        return max(text.find(">", start) - start + 1, 0)
    match = _ADDRESS.match(text, start)
    return match.end() - start if match else 0


def _resolve(page: Page, opening: Token, closing: Token, text: str, place: Place) -> list[Token]:
    href = str(opening.attrs.pop("href", ""))
    if kind_of(href) is Kind.NONE:
        page.tell("empty-link", place, text=text[:40])
        target = Target({})
    else:
        target = resolve(page, href, place)
    if given := opening.attrs.get("class"):
        target.attributes["class"] = f"{target.attributes.get('class', '')} {given}".strip()
    opening.attrs |= target.attributes
    if "href" not in target.attributes:
        opening.tag = closing.tag = "span"
    return [Token("own_html", "", 0, content=target.note)] if target.note else []


class Target(NamedTuple):
    """What a link needs: attributes (none where it leads nowhere) and a note in HTML to stand after it."""

    attributes: dict[str, str]
    note: str = ""


def resolve(page: Page, href: str, place: Place) -> Target:
    """Where `href`, percent-encoded, leads; what is wrong with it is told."""
    kind = kind_of(href)
    if kind is Kind.REMOTE:
        address = f"https:{href}" if href.startswith("//") else href
        return Target(
            {"class": "external", "href": address, "target": "_blank", "rel": "noopener noreferrer"}
        )
    if kind is Kind.CONTACT:
        return Target({"href": href})
    if kind is Kind.FILE:
        path, _, fragment = href.partition("#")
        asset = page.links.asset(unquote(path), place)
        return Target({}) if asset is None else _attachment(page, asset, fragment)
    if kind is Kind.FORBIDDEN:
        page.tell("html-removed", place, what=_SCHEME.format(scheme=scheme_of(href)), advice=_SCHEME_ADVICE)
    if kind in (Kind.HERE, Kind.LESSON):
        return Target(_inside(page, href, place))
    return Target({})


def _inside(page: Page, href: str, place: Place) -> dict[str, str]:
    if href.startswith("#") and unquote(href[1:]) in page.anchors:
        return {"href": "#" + quote(unquote(href[1:]))}
    found = page.links.lesson(unquote(href), place)
    if found is None:
        return {}
    lesson, address = found
    anchor = unquote(address.partition("#")[2])
    if anchor:
        page.lesson_links.append((lesson, anchor, place))
    return {"href": quote(address, safe="/#%"), "data-lesson": lesson}


def _attachment(page: Page, asset: Asset, fragment: str) -> Target:
    page.assets[asset.source] = None
    name = asset.source.rpartition("/")[2]
    kind = name.rpartition(".")[2].upper()[:8] if "." in name else ""
    label = escapeHtml(", ".join(word for word in (kind, readable_size(asset.size)) if word))
    href = f"{asset.path}#{fragment}" if fragment else asset.path
    return Target(
        {"class": "attachment", "href": href, "download": name}, f' <span class="size">({label})</span>'
    )


def remote_link(address: str, words: str) -> str:
    """A link to what can't be shown because it lies on another host."""
    href = f"https:{address}" if address.startswith("//") else address
    attributes = f'class="external" href="{escapeHtml(href)}" target="_blank" rel="noopener noreferrer"'
    return f"<a {attributes}>{escapeHtml(words or address)}</a>"


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
