"""Headings: attributes, level, identifier, outline."""

from markdown_it.token import Token

from courses.markdown.apply import COMMON, apply
from courses.markdown.attributes import Attribute, Braces, are_attributes, parse, trailing_braces
from courses.markdown.identifiers import slug, unique
from courses.markdown.page import Page
from courses.markdown.rules.attributes import tell_look_alike
from courses.markdown.words import inline_text
from schemas.course import Heading
from schemas.diagnostics import Place


def heading_attributes(page: Page) -> None:
    """Take the braces off the end of each heading before its text is read."""
    tokens = page.tokens
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            text = tokens[index + 1]
            braces = trailing_braces(text.content)
            found = parse(braces) if braces else None
            if braces and found and are_attributes(found, braces.source):
                _take(page, token, text, (braces, found))


def _take(page: Page, heading: Token, text: Token, taken: tuple[Braces, tuple[Attribute, ...]]) -> None:
    braces, found = taken

    def place_of(attribute: Attribute) -> Place:
        return page.place_in(text, attribute.offset, attribute.length)

    if braces.look_alike:
        tell_look_alike(page, page.place_in(text, braces.offset, len(braces.source)), braces)
    apply(page, heading, found, place_of, COMMON)
    text.content = text.content[: braces.offset].rstrip()


def headings(page: Page) -> None:
    """Levels from h2, an id for each heading, and the lesson's outline."""
    above = 1
    for index, token in enumerate(page.tokens):
        if token.type == "heading_open":
            level = _level(page, token)
            if level > above + 1 and token.map:
                _tell_skipped(page, token, above + 1)
            above = level
            text = inline_text(page.tokens[index + 1].children or ()).strip()
            if "id" not in token.attrs:
                token.attrs["id"] = unique(page, slug(text))
            token.tag = f"h{level}"
            page.headings.append(Heading(str(token.attrs["id"]), level, text))
        elif token.type == "heading_close":
            token.tag = f"h{_level(page, token)}"


def _level(page: Page, token: Token) -> int:
    return min(max(_written_level(token) - page.title_level + 1, 2), 6)


def _written_level(token: Token) -> int:
    if token.markup.startswith("#"):
        return len(token.markup)
    return 1 if token.markup.startswith("=") else 2


def _tell_skipped(page: Page, token: Token, expected: int) -> None:
    written = _written_level(token)
    place = page.place(token.map[0] if token.map else 0, length=written)
    page.tell(
        "skipped-heading-level", place, expected="#" * (expected + page.title_level - 1), found="#" * written
    )
