"""The small parts by themselves."""

import pytest

from courses.markdown.attributes import Braces, leading_braces, parse, trailing_braces, values
from courses.markdown.characters import breaks_without_space, is_cjk
from courses.markdown.places import column_in_line
from courses.markdown.rules.links import readable_size
from courses.markdown.targets import Kind, kind_of
from courses.markdown.transcript import paragraphs


def braces(text: str) -> Braces:
    found = trailing_braces(text)
    assert found is not None
    return found


def test_attributes_with_their_places() -> None:
    text = '标题 {#a .b key="two words" flag n=1}'
    found = parse(braces(text))
    assert found is not None
    assert [(item.name, item.value) for item in found] == [
        ("id", "a"), ("class", "b"), ("key", "two words"), ("flag", ""), ("n", "1"),
    ]  # fmt: skip
    assert [text[item.offset : item.offset + item.length] for item in found] == [
        "#a",
        ".b",
        'key="two words"',
        "flag",
        "n=1",
    ]
    assert dict(values(found)) == {"id": "a", "class": "b", "key": "two words", "flag": "", "n": "1"}


@pytest.mark.parametrize("text", ["{a, b}", "{#}", "{=x}", '{a="b}', "{a=b=c}"])
def test_braces_that_are_no_attributes(text: str) -> None:
    assert parse(braces(text)) is None


@pytest.mark.parametrize("text", ["", "x", "x} y", "}", "x {a} y"])
def test_no_braces_at_the_end(text: str) -> None:
    assert trailing_braces(text) is None


def test_leading_braces_close_on_their_line() -> None:
    assert leading_braces("{.a} b") == Braces("{.a}", "{.a}", 0)
    assert leading_braces("{.a\n}") is None
    assert leading_braces("a {.b}") is None


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("", Kind.NONE), (" ", Kind.NONE), ("https://a", Kind.REMOTE), ("//a", Kind.REMOTE), ("/\\a", Kind.REMOTE),
        ("HTTP://a", Kind.REMOTE), ("mailto:a", Kind.CONTACT), ("javascript:x", Kind.FORBIDDEN),
        ("java\nscript:x", Kind.FORBIDDEN), ("\x01data:x", Kind.FORBIDDEN), ("#a", Kind.HERE), ("a.md", Kind.LESSON),
        ("../b/%E8%AF%BE.md#c", Kind.LESSON), ("A.MD", Kind.LESSON), ("a.pdf#page=2", Kind.FILE), ("a", Kind.FILE),
    ],
)  # fmt: skip
def test_where_an_address_leads(target: str, kind: Kind) -> None:
    assert kind_of(target) is kind


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 KB"),
        (12_345, "12 KB"),
        (999_600, "1.0 MB"),
        (3_400_000_000, "3.4 GB"),
    ],
)
def test_sizes_as_people_say_them(size: int, words: str) -> None:
    assert readable_size(size) == words


def test_transcript() -> None:
    vtt = (
        "WEBVTT - 标题\n\nNOTE 注\n\nSTYLE\n::cue{}\n\n1\n00:01.000 --> 00:02.000 align:start\n<v 王老师>大家好，</v>\n今天\n\n"
        "00:02.000 --> 00:03.000\n<v 王老师><c.x>讲 A&amp;B</c>\n\n00:03.000 --> 00:04.000\n<v.loud 李总>谢谢。\n\n垃圾"
    )
    assert paragraphs(vtt) == ["王老师：大家好，今天讲 A&B", "李总：谢谢。"]
    assert paragraphs("") == []
    long = "WEBVTT\n\n" + "\n\n".join(f"00:{n:02}.000 --> 00:{n + 1:02}.000\n{'很' * 49}。" for n in range(6))
    assert [len(words) for words in paragraphs(long)] == [150, 150]


def test_characters() -> None:
    assert is_cjk("汉")
    assert is_cjk("，")
    assert is_cjk("\U00020000")
    assert not is_cjk("a")
    assert not is_cjk("한")
    assert breaks_without_space("汉", "“")
    assert breaks_without_space("”", "汉")
    assert not breaks_without_space("“", "a")


def test_columns() -> None:
    assert column_in_line("> - 甲 甲", "甲 甲") == 4
    assert column_in_line("1. 1", "1") == 3
    assert column_in_line("| a | a |", "a", ["a"]) == 6
    assert column_in_line("  x", "missing") == 2
