"""The headings that divide a file into modules and lessons."""

import re
from typing import Any

from markdown_it.token import Token

from courses.markdown.attributes import are_attributes, parse, trailing_braces, values
from courses.markdown.contract import Title
from courses.markdown.parser import parser
from courses.markdown.words import inline_text

_BEGINS_WITH_TITLE = re.compile(r"(?:[ \t]*\r?\n)* {0,3}#[ \t][^\r\n]*")


def titles(source: str) -> tuple[Title, ...]:
    """Every heading outside fences, containers, lists, quotes and HTML blocks, in order; lines count from 1."""
    markdown = parser()
    tokens: list[Token] = []
    env: dict[str, Any] = {}
    markdown.block.parse(source.replace("\r\n", "\n").replace("\r", "\n"), markdown, env, tokens)
    return tuple(
        _title(token, tokens[index + 1], env)
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    )


def title_heading(source: str) -> Title | None:
    """The heading that gives a file its title: the first of level 1. A text that begins with one is not parsed
    further, which halves the time that a lesson takes."""
    beginning = _BEGINS_WITH_TITLE.match(source)
    found = titles(beginning.group() if beginning else source)
    return next((title for title in found if title.level == 1), None)


def _title(token: Token, inline: Token, env: dict[str, Any]) -> Title:
    text, attributes = inline.content, {}
    braces = trailing_braces(text)
    found = parse(braces) if braces else None
    if braces and found and are_attributes(found, braces.source):
        text, attributes = text[: braces.offset], dict(values(found))
    children = parser().inline.parse(text.strip(), parser(), env, [])
    return Title(
        level=int(token.tag[1:]),
        line=(token.map[0] if token.map else 0) + 1,
        text=" ".join(inline_text(children).split()),
        attributes=attributes,
    )
