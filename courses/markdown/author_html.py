"""A filter for the HTML in Markdown, tag by tag, so that each thing removed can be told with its place."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.markdown.allowed import ATTRIBUTES, SELF_CLOSING, TAGS, VOID, WITH_CONTENT
from courses.markdown.identifiers import claim, is_usable
from courses.markdown.page import Page
from courses.markdown.rules.links import remote_link, resolve
from courses.markdown.targets import Kind, kind_of, scheme_of
from schemas.diagnostics import Place
from schemas.text import Text

_TAG = re.compile(r"""<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*)(?P<attributes>(?:[^"'>]|"[^"]*"|'[^']*')*+)>""")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+)))?"""
)
# `<!…>`, `<?…?>` and CDATA; comments are no loss.
_DECLARATION = re.compile(r"<[!?][^>]*>")
_DEEPEST = 60
# A `<` that begins no tag makes the pattern read to the end of the text: so often at most.
_FAILURES = 20

_ELEMENT = Text("HTML 元素 <{name}>", "the HTML element <{name}>")
_ATTRIBUTE_OF = Text("<{tag}> 的属性 {name}", "the attribute {name} of <{tag}>")
_UNFINISHED = Text("没有写完的 HTML 标签（按文字显示）", "an unfinished HTML tag (shown as text)")
_UNFINISHED_COMMENT = Text(
    "没有结束的 HTML 注释以及其后的内容", "an HTML comment that never ends, with all that follows it"
)
_DECLARED = Text("HTML 声明或处理指令", "an HTML declaration or instruction")
_NESTED = Text("嵌套过深的 HTML 元素 <{name}>", "the deeply nested HTML element <{name}>")
_ADDRESS = Text("以“{scheme}”开头的地址", "addresses that begin with “{scheme}”")
_ADVICE = Text("删去它，或改用 Markdown 的写法。", "Remove it or write it in Markdown.")
_CLOSE = Text(
    "补上“>”或引号；要显示“<”本身，写成 &lt;。",
    "Add the missing “>” or quote; write &lt; for the sign itself.",
)
_CLOSE_COMMENT = Text("在注释末尾补上“-->”。", "End the comment with “-->”.")
_MEDIA = Text(
    "改用 Markdown 的写法：![说明](../assets/文件.mp4)。",
    "Write it in Markdown: ![what it is](../assets/file.mp4).",
)
_EMBEDS = frozenset({"audio", "embed", "iframe", "object", "source", "track", "video"})

PlaceOf = Callable[[int, int], Place]


class Filter:
    """The filter for one text; it knows how deep its elements stand."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: Counter[str] = Counter()
        self._told: set[tuple[Place, str]] = set()
        self._links: list[tuple[Token, str, Place]] = []
        self._token = Token("", "", 0)
        self._without_end: set[str] = set()
        self._unfinished = 0

    def inline(self, inline: Token, child: Token) -> None:
        """Filter one tag in running text."""
        at = child.meta.get("at", 0)
        self._filter(child, lambda offset, length: self._page.place_in(inline, at + offset, length))

    def block(self, token: Token) -> None:
        """Filter a block and note its words."""
        original = Token("", "", 0, content=token.content, map=token.map)
        token.meta["words"] = self._filter(
            token, lambda offset, length: self._page.place_in(original, offset, length)
        )

    def link(self) -> None:
        """Resolve the links, once every identifier in the text is known."""
        for number, (token, href, place) in enumerate(self._links):
            attributes = resolve(self._page, href, place).attributes
            token.content = token.content.replace(self._page.slots.mark(number), _written(attributes))

    def _filter(self, token: Token, place: PlaceOf) -> str:
        """Leave in the token only what is allowed, well quoted; give back its words."""
        self._token, self._without_end = token, set()
        source = token.content
        written: list[str] = []
        words: list[str] = []
        position = 0
        while (start := source.find("<", position)) >= 0:
            words.append(source[position:start])
            written.append(source[position:start])
            position = self._markup(source, start, written, place)
        words.append(source[position:])
        written.append(source[position:])
        token.content = "".join(written)
        return html.unescape(" ".join(words))

    def _markup(self, source: str, start: int, written: list[str], place: PlaceOf) -> int:
        """Write or leave out what begins with the `<` at `start`; give back where to go on."""
        if source.startswith("<!--", start):
            return self._comment(source, start, place)
        pattern = _DECLARATION if source.startswith(("<!", "<?"), start) else _TAG
        match = pattern.match(source, start)
        if match is None:
            self._tell(place(start, 1), _UNFINISHED, _CLOSE)
            self._unfinished += 1
            end = start + 1 if self._unfinished < _FAILURES else len(source)
            written.append(html.escape(source[start:end], quote=False))
            return end
        if pattern is _DECLARATION:
            self._tell(place(start, len(match[0])), _DECLARED, _ADVICE)
            return match.end()
        return self._tag(source, match, written, place)

    def _comment(self, source: str, start: int, place: PlaceOf) -> int:
        """Comments aren't shown anywhere; one without an end takes the rest with it, and is told."""
        for opening in ("<!-->", "<!--->"):
            if source.startswith(opening, start):
                return start + len(opening)
        end = source.find("-->", start + 4)
        if end < 0:
            self._tell(place(start, 4), _UNFINISHED_COMMENT, _CLOSE_COMMENT)
            return len(source)
        return end + 3

    def _tag(self, source: str, match: re.Match[str], written: list[str], place: PlaceOf) -> int:
        """Write one tag, or leave it out; give back where to go on."""
        name = match["name"].lower()
        if match["end"]:
            if name in TAGS and (self._open[name] > 0 or name in SELF_CLOSING):
                self._open[name] -= name not in SELF_CLOSING
                written.append(f"</{name}>")
            return match.end()
        if name not in TAGS:
            self._refuse(name, match, written, place)
            return self._end_of_content(source, match.end(), name)
        if name not in VOID and name not in SELF_CLOSING:
            if self._open.total() >= _DEEPEST:
                self._tell(place(match.start(), len(match[0])), _NESTED.format(name=name), _ADVICE)
                return match.end()
            self._open[name] += 1
        written.append(
            self._image(match, place) if name == "img" else f"<{name}{self._attributes(name, match, place)}>"
        )
        return match.end()

    def _refuse(self, name: str, match: re.Match[str], written: list[str], place: PlaceOf) -> None:
        where = place(match.start(), len(match[0]))
        source = next((value for key, value, _ in _pairs(match["attributes"]) if key in ("src", "data")), "")
        if name in _EMBEDS and kind_of(source) is Kind.REMOTE:
            self._page.tell("remote-resource", where, target=source)
            written.append(remote_link(source, ""))
        else:
            self._tell(where, _ELEMENT.format(name=name[:40]), _MEDIA if name in _EMBEDS else _ADVICE)

    def _image(self, match: re.Match[str], place: PlaceOf) -> str:
        """A picture, resolved like Markdown's own; without one its words."""
        values = {name: value for name, value, _ in reversed(list(_pairs(match["attributes"])))}
        source, words = values.get("src", ""), values.get("alt", "")
        where = place(match.start(), len(match[0]))
        kind = kind_of(source)
        if kind is Kind.REMOTE:
            self._page.tell("remote-resource", where, target=source)
            return remote_link(source, words)
        if kind in (Kind.FORBIDDEN, Kind.CONTACT):
            self._tell(where, _ADDRESS.format(scheme=scheme_of(source)), _ADVICE)
            return html.escape(words)
        asset = self._page.links.asset(unquote(source), where)
        if asset is None:
            return html.escape(words)
        self._page.assets[asset.source] = None
        if "alt" not in values:
            self._page.tell("missing-alternative-text", where, target=source)
        rest = self._attributes("img", match, place)
        return f'<img src="{escapeHtml(asset.path)}" loading="lazy" decoding="async"{rest}>'

    def _attributes(self, tag: str, match: re.Match[str], place: PlaceOf) -> str:
        kept: dict[str, str] = {}
        later = ""
        for name, value, offset in _pairs(match["attributes"]):
            where = place(match.start("attributes") + offset, len(name))
            if name not in ATTRIBUTES["*"] and name not in ATTRIBUTES.get(tag, ()):
                self._tell(where, _ATTRIBUTE_OF.format(tag=tag, name=name[:40]), _ADVICE)
            elif name in kept or name == "src":
                continue  # HTML takes the first of two; a picture's source is resolved with it
            elif name == "href":
                if value and not later:
                    later = self._page.slots.mark(len(self._links))
                    self._links.append((self._token, value, where))
            elif name == "id":
                if is_usable(value):
                    kept[name] = claim(self._page, value, where)
                else:
                    self._tell(where, _ATTRIBUTE_OF.format(tag=tag, name=name), _ADVICE)
            else:
                kept[name] = value
        return _written(kept) + later

    def _end_of_content(self, source: str, start: int, name: str) -> int:
        """Where to go on after a refused tag: some go with their content, if they end at all."""
        if name not in WITH_CONTENT or name in self._without_end:
            return start
        match = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(source, start)
        if match is None:
            self._without_end.add(name)
            return start
        return match.end()

    def _tell(self, place: Place, what: Text, advice: Text) -> None:
        """Each loss once a line."""
        key = (Place(place.file, place.line), what.zh)
        if key not in self._told:
            self._told.add(key)
            self._page.tell("html-removed", place, what=what, advice=advice)


def _pairs(attributes: str) -> Iterator[tuple[str, str, int]]:
    """Name in lower case, value without entities, offset."""
    for match in _ATTRIBUTE.finditer(attributes):
        value = next((match[kind] for kind in ("double", "single", "bare") if match[kind] is not None), "")
        yield match["name"].lower(), html.unescape(value), match.start()


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escapeHtml(value)}"' for name, value in attributes.items())
