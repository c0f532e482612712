"""Pictures, players and figures."""

from urllib.parse import unquote

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.checks.bad_attribute import RULE as BAD_ATTRIBUTE
from courses.checks.html_removed import RULE as HTML_REMOVED
from courses.checks.missing_alternative_text import RULE as MISSING_ALT
from courses.checks.remote_resource import RULE as REMOTE_RESOURCE
from courses.markdown.media import player
from courses.markdown.page import Page
from courses.markdown.rules.links import remote_link, target_length
from courses.markdown.targets import Kind, kind_of, scheme_of
from courses.markdown.words import inline_text
from schemas.course import Asset
from schemas.diagnostics import Place
from schemas.text import Text

_ADDRESS = Text("以“{scheme}”开头的图片地址", "pictures whose address begins with “{scheme}”")
_ADDRESS_ADVICE = Text(
    "把图片放进 assets 文件夹，写它的相对路径。",
    "Put the picture into the assets folder and give its relative path.",
)
_BAD_WIDTH = Text("宽度要写成百分比", "a width is a percentage")


def pictures(page: Page) -> None:
    """Resolve each picture; one alone in its paragraph becomes a figure."""
    tokens = page.tokens
    for index, inline in enumerate(tokens):
        if inline.type != "inline" or not inline.children or "![" not in inline.content:
            continue
        opening = tokens[index - 1]
        alone = opening.type == "paragraph_open" and not opening.hidden and _alone(inline.children)
        for position, token in enumerate(inline.children):
            if token.type == "image":
                inline.children[position] = _resolve(page, inline, token, alone=alone)
        if alone and inline.children[0].type != "text":
            _unwrap(opening, tokens[index + 1])


def _alone(children: list[Token]) -> bool:
    seen = [token for token in children if not (token.type == "text" and not token.content.strip())]
    if len(seen) == 1 and seen[0].type == "image":
        children[:] = seen
        return True
    return False


def _unwrap(opening: Token, closing: Token) -> None:
    """A figure stands in no paragraph; nor does a player."""
    for token, kind in ((opening, "figure_open"), (closing, "figure_close")):
        token.type, token.hidden = kind, True


def _resolve(page: Page, inline: Token, token: Token, *, alone: bool) -> Token:
    target = unquote(str(token.attrs.get("src", "")))
    place = _place(page, inline, token)
    kind = kind_of(target)
    asset = None
    if kind is Kind.REMOTE:
        page.tell(REMOTE_RESOURCE, place, target=target)
        words = inline_text(token.children or ())
        return Token("own_html", "", 0, content=remote_link(target, words), meta={"words": words or target})
    if kind is Kind.FORBIDDEN or kind is Kind.CONTACT:
        what = _ADDRESS.format(scheme=scheme_of(target))
        page.tell(HTML_REMOVED, place, what=what, advice=_ADDRESS_ADVICE)
    else:
        asset = page.links.asset(target, place)
    if asset is None:
        return _words_instead(token)
    page.assets[asset.source] = None
    if asset.media_type.startswith(("video/", "audio/")):
        token.meta["words"] = inline_text(token.children or ())
        return player(page, token, asset, target=target, place=place)
    return _picture(page, token, asset, target=target, place=place, alone=alone)


def _place(page: Page, inline: Token, token: Token) -> Place:
    start = token.meta.get("at", 0)
    end = start + 2 + len(token.content)
    if inline.content.startswith("](", end):
        return page.place_in(inline, end + 2, target_length(inline.content, end + 2))
    return page.place_in(inline, start, len(token.content) + 3)


def _words_instead(token: Token) -> Token:
    return Token("text", "", 0, content=inline_text(token.children or ()))


def _picture(page: Page, token: Token, asset: Asset, *, target: str, place: Place, alone: bool) -> Token:
    words = inline_text(token.children or ()).strip()
    classes = str(token.attrs.get("class", "")).split()
    if not words and "decorative" not in classes:
        page.tell(MISSING_ALT, place, target=target)
    if width := token.meta.get("attributes", {}).get("width"):
        classes += width_class(page, width, token.meta["places"]["width"])
    own = {"src": asset.path, "alt": words, "class": " ".join(classes), "lang": token.attrs.get("lang", "")}
    title = str(token.attrs.get("title", ""))
    identifier = str(token.attrs.get("id", ""))
    if not alone:
        own |= {"title": title, "id": identifier}
    attributes = "".join(
        f' {name}="{escapeHtml(str(value))}"' for name, value in own.items() if value or name == "alt"
    )
    html = f'<img{attributes} loading="lazy" decoding="async">'
    if alone:
        html = figure(html, title, identifier) + "\n"
    return Token("own_html", "", 0, content=html, meta={"words": words})


def figure(content: str, caption: str, identifier: str, kind: str = "") -> str:
    """`content` as a figure with its caption."""
    opening = (
        "<figure"
        + (f' class="{kind}"' if kind else "")
        + (f' id="{escapeHtml(identifier)}"' if identifier else "")
    )
    words = f"<figcaption>{escapeHtml(caption)}</figcaption>" if caption else ""
    return f"{opening}>{content}{words}</figure>"


def width_class(page: Page, width: str, place: Place) -> list[str]:
    """`60%` as the class `w-60`: a content-security policy allows no style in the page. Steps of five."""
    number = width.removesuffix("%")
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        page.tell(BAD_ATTRIBUTE, place, found=f"width={width}", reason=_BAD_WIDTH, example="width=60%")
        return []
    return [f"w-{min(max(round(int(number) / 5) * 5, 5), 100)}"]
