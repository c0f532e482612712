"""How a diagnostic is shown: the underline stands under the right characters, whatever their width."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.report import excerpt, format_diagnostic, in_colour, print_diagnostics, printable, summary, width
from schemas.diagnostics import Diagnostic, Place, Severity
from schemas.text import Text


def marked(line: str, column: int, length: int) -> tuple[str, str]:
    return excerpt(line, Place("a.md", 1, column, length))


@pytest.mark.parametrize(
    ("line", "column", "length", "underline"),
    [
        ("abc def", 5, 3, "    ^^^"),
        ("诊断方法", 3, 2, "    ^^^^"),
        ("a诊b断c", 4, 1, "    ^^"),
        ("\tabc", 2, 3, "    ^^^"),
        ("e\u0301tude", 3, 3, " ^^^"),
        ("看😀图", 3, 1, "    ^^"),
        ("abc", 1, 0, "^^^"),
        ("abc  ", 2, 0, " ^^"),
        ("abc", 9, 2, "   ^"),
        ("", 1, 0, "^"),
        ("（全角）", 1, 1, "^^"),
    ],
)
def test_underline(line: str, column: int, length: int, underline: str) -> None:
    assert marked(line, column, length)[1] == underline


@given(st.text(st.characters(exclude_characters="\n"), max_size=400), st.integers(1, 500), st.integers(0, 50))
def test_an_excerpt_fits_and_the_underline_lies_in_it(line: str, column: int, length: int) -> None:
    shown, underline = marked(line, column, length)
    assert width(shown) <= 102
    assert len(underline) <= width(shown) + 1
    assert "^" in underline


def test_a_long_chinese_paragraph_is_cut_around_the_place() -> None:
    shown, underline = marked("前" * 200 + "这里" + "后" * 200, 201, 2)
    assert shown.startswith("…前")
    assert shown.endswith("后…")
    start = underline.index("^")
    assert width(shown[: shown.index("这里")]) == start
    assert underline.count("^") == 4


def test_nothing_can_rewrite_the_terminal() -> None:
    evil = "a\x1b[2Jb\u202ec\x07d\x9b"
    assert printable(evil) == "a�[2Jb�c�d�"
    found = Diagnostic(
        code="x",
        severity=Severity.ERROR,
        place=Place(evil, 1, 1),
        message=Text(evil, evil),
        cure=Text(evil, evil),
    )
    shown = format_diagnostic(found, [evil], prefix="", language="zh", colour=False)
    assert not set("\x1b\u202e\x07\x9b") & set(shown)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


FOUND = Diagnostic(
    code="empty-lesson",
    severity=Severity.WARNING,
    place=Place("01-m/01-a.md", 2, 3, 2),
    message=Text("课没有内容。", "The lesson is empty."),
    cure=Text("写上内容。", "Write it."),
)


def test_whole_text() -> None:
    stream = io.StringIO()
    print_diagnostics([FOUND], {"01-m/01-a.md": "x\n# 诊断\n"}, prefix="课程/", language="zh", stream=stream)
    assert stream.getvalue() == (
        "课程/01-m/01-a.md:2:3 警告[empty-lesson] 课没有内容。\n"
        "  2 | # 诊断\n"
        "    |   ^^^^\n"
        "  = 改法：写上内容。\n\n"
    )


def test_colour_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert in_colour(Terminal())
    assert not in_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not in_colour(Terminal())
    assert "\x1b[1;33m" in format_diagnostic(FOUND, [], prefix="", language="en", colour=True)


@pytest.mark.parametrize(
    ("errors", "warnings", "zh", "en"),
    [
        (0, 0, "没有发现问题", "no problems found"),
        (1, 0, "1 个错误", "1 error"),
        (2, 1, "2 个错误，1 个警告", "2 errors, 1 warning"),
    ],
)
def test_summary(errors: int, warnings: int, zh: str, en: str) -> None:
    counts = {Severity.ERROR: errors, Severity.WARNING: warnings, Severity.NOTE: 0}
    assert (summary(counts, "zh"), summary(counts, "en")) == (zh, en)
