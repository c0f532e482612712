"""Video and audio: a player with captions, and under it a transcript made from them."""

from urllib.parse import unquote

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.markdown.figures import classes_of, figure
from courses.markdown.page import Page
from courses.markdown.transcript import paragraphs
from courses.markdown.words import inline_text
from schemas.course import Asset
from schemas.diagnostics import Place
from schemas.text import Text, language_of

_TRANSCRIPT = Text("文字稿", "Transcript")
_DOWNLOAD = Text("下载媒体文件", "Download the media file")


def player(page: Page, token: Token, asset: Asset, *, target: str, place: Place, alone: bool) -> Token:
    """A `<figure class="media">` for a picture whose target is a video or audio file; in running text the player
    alone, since nothing else may stand in a paragraph."""
    kind = "video" if asset.media_type.startswith("video/") else "audio"
    captions = _captions_in_order(page, asset)
    if not captions:
        code = "video-without-captions" if kind == "video" else "audio-without-transcript"
        page.tell(code, place, target=target, captions=target.rpartition(".")[0] + ".vtt")
    for _, _, track in captions:
        page.assets[track.source] = None
    words = inline_text(token.children or ()).strip()
    element = _element(page, token, asset, kind=kind, words=words, captions=captions)
    if alone:
        title, identifier = str(token.attrs.get("title", "")), str(token.attrs.get("id", ""))
        classes = " ".join(["media", *classes_of(page, token)])
        slot = page.slots.block(figure(element, title, identifier, classes) + _transcript(page, captions))
        slot.meta["figure"] = True
    else:
        slot = page.slots.inline(element)
    slot.meta["words"] = words
    return slot


def _element(
    page: Page, token: Token, asset: Asset, *, kind: str, words: str, captions: list[tuple[str, str, Asset]]
) -> str:
    attributes = f' src="{escapeHtml(asset.path)}" preload="metadata"'
    if words:
        attributes += f' aria-label="{escapeHtml(words)}"'
    if kind == "video":
        attributes += _poster(page, token)
    tracks = "".join(
        f'<track kind="captions" src="{escapeHtml(track.path)}" srclang="{escapeHtml(tag)}" label="{escapeHtml(label)}"'
        f"{' default' if first == 0 else ''}>"
        for first, (tag, label, track) in enumerate(captions)
    )
    fallback = f'<a href="{escapeHtml(asset.path)}" download>{escapeHtml(page.say(_DOWNLOAD))}</a>'
    return f"<{kind} controls{attributes}>{tracks}{fallback}</{kind}>"


def _captions_in_order(page: Page, asset: Asset) -> list[tuple[str, str, Asset]]:
    """The captions in the course's language first: they are shown unless the learner chooses others."""
    return sorted(page.links.captions(asset), key=lambda found: language_of(found[0]) != page.language)


def _poster(page: Page, token: Token) -> str:
    target = token.meta.get("attributes", {}).get("poster")
    if not target:
        return ""
    poster = page.links.asset(unquote(target), token.meta["places"]["poster"])
    if poster is None:
        return ""
    page.assets[poster.source] = None
    return f' poster="{escapeHtml(poster.path)}"'


def _transcript(page: Page, captions: list[tuple[str, str, Asset]]) -> str:
    if not captions:
        return ""
    tag, _, track = captions[0]
    text = "".join(f"<p>{escapeHtml(words)}</p>" for words in paragraphs(page.links.read_text(track)))
    if not text:
        return ""
    return (
        f'<details class="transcript"><summary>{escapeHtml(page.say(_TRANSCRIPT))}</summary>'
        f'<div lang="{escapeHtml(tag)}">{text}</div></details>'
    )
