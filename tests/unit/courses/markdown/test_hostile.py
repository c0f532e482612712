"""Whatever an author writes: no exception, no script, well-formed HTML, time that grows with the text."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.courses.markdown.cases import rendered

VOID = frozenset(["br", "hr", "img", "input", "wbr", "col", "track"])
PIECES = st.sampled_from(
    [
        *"ab中文，。*_`[](){}!<>#+-=.:|$&~^\\\"'\n ",
        *(
            "\n\n",
            "::: ",
            ":::\n",
            "::: question choice {#q}\n",
            "- [x] ",
            "- [ ] ",
            "= 1\n",
            "____",
            "![a](a.png)",
        ),
        *(
            "<div>",
            "</div>",
            "<p ",
            "<b>",
            "<script>",
            "</script>",
            "<svg onload=x>",
            "<img src=x onerror=y>",
            "<!--",
            "-->",
        ),
        *(
            "<textarea>",
            "<plaintext>",
            "<style>",
            "<a href='javascript:x'>",
            "<table>",
            "<td>",
            'style="x"',
            "onclick=x",
        ),
        *(
            "[^1]",
            "[^1]: ",
            "| a | b |\n|---|---|\n",
            "$x$",
            "$$\n",
            "```mermaid\n",
            "```python\n",
            "{#id .c w=1}",
            "：：：",
            "［x］",
        ),
        *(
            "[a](javascript:x)",
            "![](data:x)",
            "![v](clip.mp4)",
            "# ",
            "## A {#API}\n",
            "\x00",
            "\u2028",
            "\ud7ff",
            "&#x1;",
            "<math>",
        ),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200))


class Balance(HTMLParser):
    """Fails on an end tag that closes nothing, and knows every attribute."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.look(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.look(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}>")

    def look(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "svg", "iframe", "object", "textarea", "plaintext"):
            self.problems.append(f"<{tag}>")
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if (
                name == "style"
                or name.startswith("on")
                or (name in ("href", "src") and re.match(r"(javascript|data|vbscript):", address))
            ):
                self.problems.append(f"{name}={value}")
            if name in ("src", "poster") and re.match(r"(https?:)?//", address):
                self.problems.append(f"{name}={value}")


def problems(html: str) -> list[str]:
    reader = Balance()
    reader.feed(html)
    reader.close()
    return [*reader.problems, *(f"<{tag}> stays open" for tag in reader.open)]


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_any_text(source: str) -> None:
    body, found = rendered(source)
    assert problems(body.html) == []
    for question in body.questions:
        assert problems(question.prompt) == []
        assert problems(question.explanation) == []
    assert "data-slot" not in body.html
    assert re.search(r"[0-9a-f]{16}-(?:mark-)?\d", body.html) is None  # a slot's secret never shows
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in found:
        assert 1 <= one.place.line <= len(lines)
        assert 1 <= one.place.column <= len(lines[one.place.line - 1]) + 1


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_body(source: str) -> None:
    assert rendered(source) == rendered(source)


def test_an_attack_that_works_is_noticed() -> None:
    """The test's own reader finds what it looks for."""
    assert problems('<p onclick="x"></p>')
    assert problems("<script></script>")
    assert problems('<a href=" java\nscript:x"></a>')
    assert problems("<b><i></b></i>")
    assert not problems('<p>x<br><img src="assets/a.png"></p>')


PATHOLOGICAL = {
    "brackets": "[",
    "pictures": "![",
    "pictures in pictures": "![[]()",
    "unfinished links": "![a](",
    "emphasis": "*a_ ",
    "bold": "**a",
    "quotes": "> a\n",
    "open containers": "::: tip\n",
    "containers": "::: tip\n:::\n",
    "fences in containers": "::::: tip\n```\n",
    "open questions": "::: question choice\n",
    "questions": "::: question choice\na\n- [x] a\n- [ ] b\n:::\n",
    "unfinished tags": '<a "\n',
    "divs": "<div>",
    "svg": "<svg>\n\n",
    "open comments": "<!-- ",
    "dollars": "$a ",
    "double dollars": "$$ a\n",
    "footnotes": "[^1]: a\n[^1] ",
    "same headings": "# a\n",
    "clashing headings": "# a\n# a-1\n",
    "tasks": "- [ ] a\n",
    "tables": "|a|b|\n|-|-|\n",
    "definitions": "a\n: b\n",
    "braces": "**a**{#a}",
    "open braces": "{",
    "full-width signs": "［a］（b.",
    "full-width asterisks": "＊＊a",
    "code": "```a\nb\n```\n",
    "captions": "表：\n\n",
    "answers": "= a\n",
    "spans": "[a]{.b}",
}


def seconds(source: str) -> float:
    """The best of three: what the text itself costs, whatever else the machine does."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        rendered(source)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("piece", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_time_grows_with_the_text(piece: str) -> None:
    # Four times the text: linear is 4, quadratic 16; the best of three tells them apart on any machine.
    size = 3_000
    small, large = piece * (size // len(piece)), piece * (4 * size // len(piece))
    assert seconds(large) < 8 * seconds(small) + 0.05
