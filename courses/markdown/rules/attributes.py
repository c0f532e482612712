"""Attributes after an inline element: `**重点**{.key}`, `![…](a.png){width=60%}`, `[文字]{.mark}`."""

from collections.abc import Iterator

from markdown_it.token import Token

from courses.markdown.apply import COMMON, apply
from courses.markdown.attributes import Attribute, Braces, are_attributes, leading_braces, parse
from courses.markdown.page import Page
from schemas.diagnostics import Place

_PICTURE = (*COMMON, "width", "poster")


def attributes(page: Page) -> None:
    """Move the braces from the text onto the element before them."""
    if "{" not in page.source and "｛" not in page.source:
        return
    for token in page.tokens:
        if token.type == "inline" and token.children:
            for element, text in _pairs(token.children):
                _take(page, token, element, text)


def _pairs(children: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Each element (its opening token) with the text that follows it directly."""
    open_tokens: list[Token] = []
    previous: Token | None = None
    for token in children:
        if token.nesting > 0:
            open_tokens.append(token)
            previous = None
        elif token.nesting < 0:
            previous = open_tokens.pop() if open_tokens else None
        elif token.type == "text":
            if previous is not None and token.content[:1] in ("{", "｛"):
                yield previous, token
            previous = None
        else:
            previous = token if token.type in ("image", "code_inline") else None


def _take(page: Page, inline: Token, element: Token, text: Token) -> None:
    braces = leading_braces(text.content)
    found = parse(braces) if braces else None
    if braces is None or found is None or not are_attributes(found, braces.source):
        return
    start = max(inline.content.find(braces.source, element.meta.get("at", 0)), 0)

    def place_of(attribute: Attribute) -> Place:
        return page.place_in(inline, start + attribute.offset, attribute.length)

    if braces.look_alike:
        tell_look_alike(page, page.place_in(inline, start, len(braces.source)), braces)
    allowed = _PICTURE if element.type == "image" else COMMON
    element.meta["attributes"] = apply(page, element, found, place_of, allowed)
    element.meta["places"] = {attribute.name: place_of(attribute) for attribute in found}
    text.content = text.content[len(braces.source) :]


def tell_look_alike(page: Page, place: Place, braces: Braces) -> None:
    """Braces written with full-width characters: they are understood, and told."""
    page.tell("look-alike", place, found=braces.source, repaired=braces.repaired)
