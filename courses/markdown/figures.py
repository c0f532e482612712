"""What pictures and players share: a frame with a caption, and a width."""

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.markdown.page import Page
from schemas.diagnostics import Place
from schemas.text import Text

_BAD_WIDTH = Text("宽度要写成百分比", "a width is a percentage")


def figure(content: str, caption: str, identifier: str, classes: str = "") -> str:
    """`content`, which is HTML, as a figure with its caption, which is text."""
    given = (("class", classes), ("id", identifier))
    attributes = "".join(f' {name}="{escapeHtml(value)}"' for name, value in given if value)
    words = f"<figcaption>{escapeHtml(caption)}</figcaption>" if caption else ""
    return f"<figure{attributes}>{content}{words}</figure>"


def classes_of(page: Page, token: Token) -> list[str]:
    """The author's classes, and one for the width."""
    classes = str(token.attrs.get("class", "")).split()
    if width := token.meta.get("attributes", {}).get("width"):
        classes += _width_class(page, width, token.meta["places"]["width"])
    return classes


def _width_class(page: Page, width: str, place: Place) -> list[str]:
    """`60%` as the class `w-60`: a content-security policy allows no style in the page. Steps of five."""
    number = width.removesuffix("%")
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        page.tell("bad-attribute", place, found=f"width={width}", reason=_BAD_WIDTH, example="width=60%")
        return []
    return [f"w-{min(max(round(int(number) / 5) * 5, 5), 100)}"]
