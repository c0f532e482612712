"""Pictures, players and figures."""

from urllib.parse import unquote

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.markdown.figures import classes_of, figure
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


def pictures(page: Page) -> None:
    """Resolve each picture; one alone in its paragraph becomes a figure."""
    tokens = page.tokens
    for index, inline in enumerate(tokens):
        if inline.type != "inline" or not inline.children or "![" not in inline.content:
            continue
        opening = tokens[index - 1]
        alone = _may_unwrap(tokens, index) and _alone(inline.children)
        for position, token in enumerate(inline.children):
            if token.type == "image":
                inline.children[position] = _resolve(page, inline, token, alone=alone)
        if alone and "figure" in inline.children[0].meta:
            _unwrap(opening, tokens[index + 1])


def _may_unwrap(tokens: list[Token], index: int) -> bool:
    """Whether the text at `index` is a paragraph's, neither in a tight list nor an option's, which fits a label."""
    opening = tokens[index - 1]
    return opening.type == "paragraph_open" and not opening.hidden and "option" not in tokens[index - 2].meta


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
        page.tell("remote-resource", place, target=target)
        words = inline_text(token.children or ())
        return Token("own_html", "", 0, content=remote_link(target, words), meta={"words": words or target})
    if kind is Kind.FORBIDDEN or kind is Kind.CONTACT:
        what = _ADDRESS.format(scheme=scheme_of(target))
        page.tell("html-removed", place, what=what, advice=_ADDRESS_ADVICE)
    else:
        asset = page.links.asset(target, place)
    if asset is None:
        return _words_instead(token)
    page.assets[asset.source] = None
    if asset.media_type.startswith(("video/", "audio/")):
        token.meta["words"] = inline_text(token.children or ())
        return player(page, token, asset, target=target, place=place, alone=alone)
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
    classes = classes_of(page, token)
    if not words and "decorative" not in classes:
        page.tell("missing-alternative-text", place, target=target)
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
    meta = {"words": words, "figure": True} if alone else {"words": words}
    return Token("own_html", "", 0, content=html, meta=meta)
