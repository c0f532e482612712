"""Task lists `- [x] …`: GFM's boxes, read from the block's text and so in linear time."""

from markdown_it.token import Token

from courses.markdown.page import Page
from schemas.text import Text

_BOXES = {"[ ]": False, "[x]": True, "[X]": True}
_DONE = Text("已完成", "Done")
_OPEN = Text("未完成", "Not done")


def tasks(page: Page) -> None:
    """Note on each item whether its box is ticked, and take the box out of the text."""
    if "- [" not in page.source and "] " not in page.source:
        return
    tokens = page.tokens
    for index in range(len(tokens) - 2):
        item, paragraph, text = tokens[index : index + 3]
        if item.type != "list_item_open" or paragraph.type != "paragraph_open" or text.type != "inline":
            continue
        box = text.content[:3]
        if box in _BOXES and text.content[3:4] in (" ", "\t", "\n", ""):
            item.meta["ticked"] = _BOXES[box]
            text.content = text.content[3:].lstrip()


def draw(page: Page) -> None:
    """A box for each item that isn't a question's option."""
    for index, token in enumerate(page.tokens):
        if "ticked" in token.meta and "option" not in token.meta:
            token.attrJoin("class", "task")
            text = page.tokens[index + 2]
            text.children = [_box(page, ticked=token.meta["ticked"]), *(text.children or [])]


def _box(page: Page, *, ticked: bool) -> Token:
    checked = " checked" if ticked else ""
    label = page.say(_DONE if ticked else _OPEN)
    return Token(
        "own_html", "", 0, content=f'<input type="checkbox" disabled{checked} aria-label="{label}"> '
    )
