"""Chinese and English: chosen by flag, variable and locale, and both complete."""

import re
from collections.abc import Mapping

import pytest

from catalog.cli.main import COMMANDS
from catalog.cli.words import interface_language
from tests.unit.catalog.cli.conftest import Lingjun

_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# Two English words in a row, unless they are something to type or a name.
_ENGLISH = re.compile(r"(?<![\w./<{-])[A-Za-z]{2,} [A-Za-z]{2,}(?![\w.}/-])")
_TYPED = re.compile(
    r"lingjun [a-z]+|(?:check|verify|export) --json|SCORM \S+|JSON Schema|FILE FILE|--[a-z]+ [A-Z]+|Ctrl-C"
    r"|\[[^\]]*\]|Open edX|SCORM Cloud"
)


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "de_DE.UTF-8"}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "en"),
        ([], {"LC_ALL": "zh_CN", "LC_MESSAGES": "en_US", "LANG": "en_US"}, "zh"),
        ([], {"LC_MESSAGES": "en_US", "LANG": "zh_CN"}, "en"),
        ([], {"LINGJUN_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        ([], {"LINGJUN_LANG": "", "LANG": "en_US"}, "en"),
        (["--lang", "zh", "check"], {"LINGJUN_LANG": "en"}, "zh"),
        (["check", "x", "--lang=en"], {"LINGJUN_LANG": "zh"}, "en"),
        (["check", "x", "--lang"], {}, "zh"),
    ],
)
def test_which_language(arguments: list[str], environment: Mapping[str, str], language: str) -> None:
    assert interface_language(arguments, environment) == language


@pytest.mark.parametrize(
    "words",
    [
        ("--lang", "en", "check", "gone"),
        ("check", "--lang", "en", "gone"),
        ("check", "gone", "--lang", "en"),
        ("check", "gone", "--lang=en"),
    ],
)
def test_the_flag_may_stand_anywhere(lingjun: Lingjun, words: tuple[str, ...]) -> None:
    assert lingjun(*words) == (2, "", "Error: There is no “gone”.\n")


def test_the_variable_and_the_locale_reach_the_messages(
    lingjun: Lingjun, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lingjun("check", "gone").err == "错误：找不到“gone”。\n"
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert lingjun("check", "gone").err == "Error: There is no “gone”.\n"
    monkeypatch.setenv("LINGJUN_LANG", "zh")
    assert lingjun("check", "gone").err == "错误：找不到“gone”。\n"


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_chinese_help_has_no_english_left(lingjun: Lingjun, name: str) -> None:
    status, out, err = lingjun(*filter(None, [name]), "--lang", "zh", "--help")
    assert (status, err) == (0, "")
    prose = "\n".join(line for line in out.splitlines() if _CHINESE.search(line))
    assert prose
    assert _ENGLISH.findall(_TYPED.sub("", out)) == []
    for word in ("usage", "option", "positional", "argument", "default", "show", "exit"):
        assert word not in re.sub(r"^ +[a-z-]+ ", "", out, flags=re.MULTILINE)  # but names of actions
    if name:
        described = [line for line in out.splitlines() if re.match(r"  -", line)]
        assert all("  " in line.strip() or len(line) > 20 for line in described)


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_english_help_has_no_chinese_left(lingjun: Lingjun, name: str) -> None:
    status, out, err = lingjun(*filter(None, [name]), "--lang", "en", "--help")
    assert (status, err) == (0, "")
    assert not _CHINESE.search(out)
    for command in COMMANDS if not name else ():
        assert re.search(rf"^    {command} +\w", out, re.MULTILINE)


_WRONG = [
    (),
    ("chekc",),
    ("check",),
    ("check", "x", "--fxi"),
    ("check", "x", "--json=1"),
    ("export", "x", "--format", "scorm99"),
    ("export", "x", "--lms"),
    ("export", "x", "--format"),
    ("preview", "x", "--port", "high"),
    ("preview", "x", "y"),
    ("schema", "nothing"),
    ("--lang", "fr", "doctor"),
]


@pytest.mark.parametrize("words", _WRONG, ids=" ".join)
def test_wrong_calls_are_told_in_chinese(lingjun: Lingjun, words: tuple[str, ...]) -> None:
    status, out, err = lingjun(*words)
    assert (status, out) == (2, "")
    assert err.startswith("用法有误：")
    assert "\n查看用法：lingjun" in err
    assert _ENGLISH.findall(_TYPED.sub("", err)) == []


@pytest.mark.parametrize("words", _WRONG, ids=" ".join)
def test_wrong_calls_are_told_in_english(
    lingjun: Lingjun, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINGJUN_LANG", "en")
    status, out, err = lingjun(*words)
    if words[:1] != ("--lang",):
        assert not _CHINESE.search(err)
    assert (status, out) == (2, "")


def test_an_option_is_never_guessed_from_its_beginning(lingjun: Lingjun) -> None:
    """A later version's new option must not change what a script's abbreviation means."""
    assert lingjun("check", "x", "--js").status == 2


def test_the_version(lingjun: Lingjun) -> None:
    status, out, _ = lingjun("--version")
    assert status == 0
    assert re.fullmatch(r"lingjun \d+\.\d+\.\d+\S*\n", out)
