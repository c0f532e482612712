"""Characters of a Chinese input method that look like Markdown's and silently stay text, and marks without their space."""

import re
from typing import NamedTuple

from markdown_it.token import Token

from courses.markdown.page import Page

# `#小结` and `1.甲` are ASCII, but nothing without a space after the mark.
_ANY = re.compile(
    r"[：＃．［］【＞·～－＊＋｜！（）｀＿０-９　√]|^ {0,3}(?:#{1,6}|\d{1,9}\.)[一-鿿]|^\[[ xX]\][一-鿿]",
    re.MULTILINE,
)
_HAN = re.compile("[一-鿿]")
_ASCII = str.maketrans(
    "：＃．、［］【】＞·～－＊＋｜！（）｀＿＝｛｝“”＂　ｘＸ√０１２３４５６７８９",
    ':#..[][]>`~-*+|!()`_={}""" xXx0123456789',
)
_SHOWN = 60


class Trap(NamedTuple):
    """A pattern that was meant as Markdown, and how much of the match to repair (a group, 0 for all)."""

    pattern: re.Pattern[str]
    group: int = 0
    then: str = ""  # what Markdown needs after it


# At the start of a line. The group is the mark; the words after it stay as they are.
_STARTS = (
    Trap(re.compile(r"([：:]{3,}(?:[ \t]*　)?).*"), 1),
    Trap(re.compile(r"([#＃]{1,6})[ \t　]*[^#＃\s][^#＃\n]*$", re.MULTILINE), 1, " "),
    Trap(re.compile(r"([\d０-９]{1,9}[．.])[ \t　]*[^\d０-９\s].*"), 1, " "),
    Trap(re.compile(r"(＞)[ 　].*"), 1),
    Trap(re.compile(r"([－＊＋])[ 　].*"), 1),
    Trap(re.compile(r"(·{3,}|～{3,}).*"), 1),
    Trap(re.compile(r"[|｜].*[|｜]")),
)
_DEFINITION = Trap(re.compile(r"(：)[ 　].*"), 1)
_BOX = Trap(re.compile(r"([\[［【][ 　xXｘＸ√][\]］】]).*"), 1, " ")
# Anywhere in a line. A target looks like a path or an address, so that `（见附录）` is none.
_TARGET = r"(?:https?:[^()（）\s]{1,300}|[#＃][^()（）\s]{1,80}|[^()（）\s]{1,300}[.．][A-Za-z0-9]{1,5}(?:[#＃][^()（）\s]{1,80})?)"
_INSIDE = (
    Trap(re.compile(rf"[!！]?[\[［][^\[\]［］\n]{{0,200}}[\]］][(（]{_TARGET}[)）]")),
    Trap(re.compile(r"＊＊[^＊\n]{1,100}＊＊")),
    Trap(re.compile(r"｀[^｀\n]{1,100}｀")),
)
_BLANK = Trap(re.compile(r"[_＿]{3,}"))
_MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".mp4", ".webm", ".mp3", ".m4a")


def look_alikes(page: Page) -> None:
    """Tell each trap with its repair. Code isn't searched: it may show the signs themselves."""
    if not _ANY.search(page.source):
        return
    tokens = page.tokens
    for index, token in enumerate(tokens):
        if token.type == "inline" and _ANY.search(token.content):
            opening = tokens[index - 1]
            if opening.type == "paragraph_open":
                item = index > 1 and tokens[index - 2].type == "list_item_open"
                _search_lines(page, token, in_item=item)
            _search_text(page, token)


def _search_lines(page: Page, token: Token, *, in_item: bool) -> None:
    offset = 0
    for number, line in enumerate(token.content.split("\n")):
        start = len(line) - len(line.lstrip())
        traps = (*_STARTS, *([_DEFINITION] if number else []), *([_BOX] if in_item and number == 0 else []))
        for trap in traps:
            match = trap.pattern.match(line, start)
            if match and _tell(page, token, offset, match, trap):
                break
        offset += len(line) + 1


def _search_text(page: Page, inline: Token) -> None:
    position = 0
    for index, token in enumerate(inline.children or ()):
        if token.type == "link_open" and _is_picture(inline, index):
            at = max(inline.content.find("！[", position), 0)
            page.tell("look-alike", page.place_in(inline, at, 1), found="！[", repaired="![")
        if token.type != "text" or not _ANY.search(token.content):
            continue
        traps = (*_INSIDE, *([_BLANK] if inline.meta.get("question") == "fill-in" else []))
        for trap in traps:
            for match in trap.pattern.finditer(token.content):
                at = inline.content.find(match[0], position)
                _tell(page, inline, max(at, 0) - match.start(), match, trap)


def _is_picture(inline: Token, index: int) -> bool:
    """`！[图](a.png)` is read as an exclamation and a link to a picture."""
    children = inline.children or []
    before = children[index - 1] if index else None
    target = str(children[index].attrs.get("href", "")).lower()
    return before is not None and before.content.endswith("！") and target.endswith(_MEDIA)


def _tell(page: Page, inline: Token, offset: int, match: re.Match[str], trap: Trap) -> bool:
    found = match[trap.group]
    mark = found.translate(_ASCII)
    rest = match[0][len(found) :] if trap.group else ""
    if mark == found and not (trap.then and _HAN.match(rest)):
        return False
    if trap.then and not rest.startswith(trap.then):
        rest = trap.then + rest.lstrip(" \t　")
    place = page.place_in(inline, offset + match.start(trap.group), len(found))
    page.tell(
        "space-missing" if mark == found else "look-alike",
        place,
        found=found,
        repaired=(mark + rest)[:_SHOWN],
    )
    return True
