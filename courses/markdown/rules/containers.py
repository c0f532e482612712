"""Containers: note, tip, important, warning, case 案例, practice 实训, details."""

import re

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.markdown.apply import COMMON, apply
from courses.markdown.attributes import Attribute, parse
from courses.markdown.blocks.directive import Directive
from courses.markdown.nearest import nearest
from courses.markdown.page import Page
from courses.markdown.rules.attributes import tell_look_alike
from courses.markdown.words import inline_text
from schemas.diagnostics import Place
from schemas.text import Text

TITLES = {
    "note": Text("说明", "Note"),
    "tip": Text("提示", "Tip"),
    "important": Text("重要", "Important"),
    "warning": Text("注意", "Warning"),
    "case": Text("案例", "Case"),
    "practice": Text("实训", "Practice"),
    "details": Text("详情", "Details"),
}
_ELEMENTS = {"case": "section", "practice": "section", "details": "details"}
KNOWN = (*TITLES, "question")
# What authors write in their own language, or know from other tools.
_MEANT = {
    "说明": "note", "备注": "note", "info": "note", "提示": "tip", "重要": "important", "注意": "warning",
    "警告": "warning", "caution": "warning", "danger": "warning", "案例": "case", "example": "case", "实训": "practice",
    "练习": "practice", "exercise": "practice", "详情": "details", "collapse": "details", "题目": "question",
    "问题": "question", "测验": "question", "quiz": "question",
}  # fmt: skip
_STRAY = re.compile(r"^[ \t]*(:{3,})[ \t]*$", re.MULTILINE)
_NO_ATTRIBUTES = Text("大括号里不是属性", "these braces hold no attributes")


def container_attributes(page: Page) -> None:
    """Judge each opening line, before identifiers are given to headings."""
    if ":::" not in page.source:
        return
    for token in page.tokens:
        if token.type == "directive_open":
            _judge(page, token, token.meta["directive"])
        elif token.type == "inline" and ":::" in token.content:
            for stray in _STRAY.finditer(token.content):
                place = page.place_in(token, stray.start(1), len(stray[1]))
                page.tell("stray-container-end", place, found=stray[1])


def _judge(page: Page, token: Token, directive: Directive) -> None:
    line = token.map[0] if token.map else 0
    if not directive.closed:
        opening = page.lines[line][directive.column :].rstrip()
        place = page.place(line, directive.column, len(opening))
        page.tell("unclosed-container", place, opening=opening[:60], closing=":" * directive.colons)
    if directive.name not in KNOWN:
        place = page.place(line, directive.name_column, len(directive.name))
        wanted = _MEANT.get(directive.name.lower()) or nearest(directive.name, KNOWN, "note")
        page.tell("unknown-container", place, name=directive.name, nearest=wanted, known=", ".join(KNOWN))
    if directive.name != "question":
        found = directive_attributes(page, token)

        def place_of(attribute: Attribute) -> Place:
            return page.place(line, attribute.offset, attribute.length)

        apply(page, token, found, place_of, COMMON)


def directive_attributes(page: Page, token: Token) -> tuple[Attribute, ...]:
    """The attributes of an opening line; what is wrong with the braces as a whole is told."""
    directive: Directive = token.meta["directive"]
    braces = directive.braces
    if braces is None:
        return ()
    place = page.place(token.map[0] if token.map else 0, braces.offset, len(braces.source))
    if braces.look_alike:
        tell_look_alike(page, place, braces)
    found = parse(braces)
    if found is None:
        page.tell(
            "bad-attribute",
            place,
            found=braces.source,
            reason=_NO_ATTRIBUTES,
            example='{#q1 points=2 objectives="o1"}',
        )
    return found or ()


def containers(page: Page) -> None:
    """Each container as HTML; questions are built later."""
    if ":::" not in page.source:
        return
    done: list[Token] = []
    names: list[str] = []
    for index, token in enumerate(page.tokens):
        done.append(token)
        if token.type == "directive_open":
            names.append(token.meta["directive"].name)
            if names[-1] != "question":
                _open(token, names[-1])
            if names[-1] in TITLES and page.tokens[index + 1].type != "directive_title_open":
                done.append(_default_title(page, names[-1]))
        elif token.type == "directive_close":
            token.tag = _tag(names.pop())
        elif token.type == "directive_title_open":
            _open_title(token, names[-1])
            _add_kind(page, names[-1], page.tokens[index + 1])
        elif token.type == "directive_title_close":
            token.tag = "summary" if names[-1] == "details" else "p"
    page.tokens[:] = done


def _tag(name: str) -> str:
    return _ELEMENTS.get(name, "aside" if name in TITLES else "div")


def _open(token: Token, name: str) -> None:
    token.tag = _tag(name)
    classes = ["box", name] if name in TITLES else ["box"]
    if given := token.attrs.get("class"):
        classes.append(str(given))
    token.attrs["class"] = " ".join(classes)
    if token.tag == "aside":
        token.attrs["role"] = "note"  # else each would be a landmark of its own


def _default_title(page: Page, name: str) -> Token:
    words = page.say(TITLES[name])
    tag, attributes = ("summary", "") if name == "details" else ("p", ' class="box-title"')
    html = f"<{tag}{attributes}>{escapeHtml(words)}</{tag}>\n"
    return Token("own_html", "", 0, content=html, meta={"words": words})


def _open_title(token: Token, name: str) -> None:
    if name == "details":
        token.tag = "summary"
    else:
        token.attrs["class"] = "box-title"


def _add_kind(page: Page, name: str, inline: Token) -> None:
    """`案例` before the author's own title, unless the title says it already."""
    if name not in TITLES or name == "details":
        return
    kind, children = page.say(TITLES[name]), inline.children or []
    if not inline_text(children).lower().startswith(kind.lower()):
        html = f'<span class="box-kind">{escapeHtml(kind)}</span> '
        inline.children = [Token("own_html", "", 0, content=html), *children]
