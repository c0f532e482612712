"""Footnotes: numbered in the order of their first reference, collected at the end, linked both ways."""

from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.markdown.page import Page
from schemas.text import Text

_FOOTNOTES = Text("脚注", "Footnotes")
_FOOTNOTE = Text("脚注 {number}", "Footnote {number}")
_BACK = Text("回到正文", "Back to the text")
_BACK_TO = Text("回到正文第 {number} 处", "Back to reference {number} in the text")


def footnotes(page: Page) -> None:
    """Move the notes to the end and write the references."""
    if "[^" not in page.source:
        return
    notes = _take_notes(page)
    data: dict[str, Any] = page.env.get("footnotes", {})
    used: dict[int, dict[str, Any]] = data.get("list", {})
    for label, opening in _unused(notes, used):
        page.tell("footnote-unused", page.place(opening.map[0] if opening.map else 0), label=label)
    for token in page.tokens:
        _tell_missing(page, token)
    # A note that is referred to from a note comes after it, so this also writes the references in notes.
    if used:
        page.tokens += _section(page, notes, used)
    for token in page.tokens:
        for child in token.children or ():
            if child.type == "footnote_ref":
                _write_reference(page, child)


def _take_notes(page: Page) -> dict[str, list[Token]]:
    """Cut the notes out of the text: opening token and content by label; of two with one label the last counts."""
    notes: dict[str, list[Token]] = {}
    kept: list[Token] = []
    inside: list[list[Token]] = []
    for token in page.tokens:
        if token.type == "footnote_reference_open":
            inside.append([token])
        elif token.type == "footnote_reference_close":
            note = inside.pop()
            notes[note[0].meta["label"]] = note
        else:
            (inside[-1] if inside else kept).append(token)
    page.tokens[:] = kept
    return notes


def _unused(notes: dict[str, list[Token]], used: dict[int, dict[str, Any]]) -> list[tuple[str, Token]]:
    labels = {note.get("label") for note in used.values()}
    return [(label, note[0]) for label, note in notes.items() if label not in labels]


def _tell_missing(page: Page, inline: Token) -> None:
    """References that stayed text, since no note has their label."""
    if inline.type != "inline" or "[^" not in inline.content:
        return
    for child in inline.children or ():
        if child.type == "text" and (start := child.content.find("[^")) >= 0:
            label = child.content[start + 2 :].partition("]")[0]
            if label and "]" in child.content[start:] and not any(c.isspace() for c in label):
                at = max(inline.content.find(f"[^{label}]"), 0)
                page.tell("footnote-missing", page.place_in(inline, at, len(label) + 3), label=label[:40])


def _section(page: Page, notes: dict[str, list[Token]], used: dict[int, dict[str, Any]]) -> list[Token]:
    title = escapeHtml(page.say(_FOOTNOTES))
    tokens = [_html(f'<section class="footnotes" role="doc-endnotes" aria-label="{title}">\n<ol>\n')]
    for number, note in used.items():
        content = notes.get(note["label"], [])[1:]
        back = Token("own_html", "", 0, content=_back_links(page, number + 1, note["count"]))
        tokens.append(_html(f'<li id="fn-{number + 1}">'))
        if content and content[-1].type == "paragraph_close":
            last = content[-2]
            last.children = [*(last.children or []), back]
            tokens += content
        else:
            tokens += [*content, back]
        tokens.append(_html("</li>\n"))
    return [*tokens, _html("</ol>\n</section>\n")]


def _html(content: str) -> Token:
    return Token("own_html", "", 0, content=content, block=True)


def _back_links(page: Page, number: int, count: int) -> str:
    links = []
    for reference in range(1, count + 1):
        words = page.say(_BACK if count == 1 else _BACK_TO.format(number=reference))
        links.append(
            f' <a href="#{_reference_id(number, reference)}" class="back" role="doc-backlink"'
            f' aria-label="{escapeHtml(words)}">↩</a>'
        )
    return "".join(links)


def _write_reference(page: Page, token: Token) -> None:
    number, reference = token.meta["id"] + 1, token.meta["subId"] + 1
    label = escapeHtml(page.say(_FOOTNOTE.format(number=number)))
    token.type = "own_html"
    token.meta["words"] = ""
    token.content = (
        f'<sup class="footnote"><a href="#fn-{number}" id="{_reference_id(number, reference)}" role="doc-noteref"'
        f' aria-label="{label}">{number}</a></sup>'
    )


def _reference_id(number: int, reference: int) -> str:
    return f"fnref-{number}" if reference == 1 else f"fnref-{number}-{reference}"
