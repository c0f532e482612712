"""A filter for the HTML in Markdown, tag by tag, so that each thing removed can be told with its place."""

import html
import re
from collections import Counter
from urllib.parse import unquote

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from courses.checks.html_removed import RULE as HTML_REMOVED
from courses.checks.remote_resource import RULE as REMOTE_RESOURCE
from courses.markdown.allowed import ATTRIBUTES, SELF_CLOSING, TAGS, VOID, WITH_CONTENT
from courses.markdown.identifiers import claim, is_usable
from courses.markdown.page import Page
from courses.markdown.targets import Kind, kind_of, scheme_of
from schemas.diagnostics import Place
from schemas.text import Text

_TAG = re.compile(r"""<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*)(?P<attributes>(?:[^"'>]|"[^"]*"|'[^']*')*+)>""")
_ATTRIBUTE = re.compile(r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+)))?""")
# `<!…>`, `<?…?>` and CDATA; comments are no loss.
_DECLARATION = re.compile(r"<[!?][^>]*>")
_DEEPEST = 60
# A `<` that begins no tag makes the pattern read to the end of the text: so often at most.
_FAILURES = 20

_ELEMENT = Text("HTML 元素 <{name}>", "the HTML element <{name}>")
_ATTRIBUTE_OF = Text("<{tag}> 的属性 {name}", "the attribute {name} of <{tag}>")
_UNFINISHED = Text("没有写完的 HTML 标签", "an unfinished HTML tag")
_UNFINISHED_COMMENT = Text("没有结束的 HTML 注释以及其后的内容", "an HTML comment that never ends, with all that follows it")
_DECLARED = Text("HTML 声明或处理指令", "an HTML declaration or instruction")
_NESTED = Text("嵌套过深的 HTML 元素 <{name}>", "the deeply nested HTML element <{name}>")
_ADDRESS = Text("以“{scheme}”开头的地址", "addresses that begin with “{scheme}”")
_ADVICE = Text("删去它，或改用 Markdown 的写法。", "Remove it or write it in Markdown.")
_CLOSE = Text("补上“>”或引号；要显示“<”本身，写成 &lt;。", "Add the missing “>” or quote; write &lt; for the sign itself.")
_CLOSE_COMMENT = Text("在注释末尾补上“-->”。", "End the comment with “-->”.")
_MEDIA = Text("改用 Markdown 的写法：![说明](../assets/文件.mp4)。", "Write it in Markdown: ![what it is](../assets/file.mp4).")
_EMBEDS = frozenset({"audio", "embed", "iframe", "object", "source", "track", "video"})


class Filter:
    """The filter for one text; it knows how deep its elements stand."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: Counter[str] = Counter()
        self._told: set[tuple[Place, str]] = set()

    def inline(self, inline: Token, child: Token) -> None:
        """Filter one tag in running text."""
        at = child.meta.get("at", 0)
        child.content = self._filter(child.content, lambda offset, length: self._page.place_in(inline, at + offset, length))[0]

    def block(self, token: Token) -> str:
        """Filter a block; give back its words."""
        written, words = self._filter(token.content, lambda offset, length: self._page.place_in(token, offset, length))
        token.content = written
        return words
