"""Where a file is divided."""

from courses.markdown import Title, titles


def test_headings_of_both_kinds_with_their_lines() -> None:
    source = '# 模块 {#m2 prerequisites="m1"}\n\n文字\n\n## **课** `x` {#l3 minutes=20}\n\n标题\n===\n'
    assert titles(source) == (
        Title(1, 1, "模块", {"id": "m2", "prerequisites": "m1"}),
        Title(2, 5, "课 x", {"id": "l3", "minutes": "20"}),
        Title(1, 7, "标题", {}),
    )


def test_only_headings_at_the_top_divide() -> None:
    source = "```\n# a\n```\n\n::: tip\n# b\n:::\n\n> # c\n\n- # d\n\n<div>\n# e\n</div>\n\n    # f\n\n# g"
    assert [title.text for title in titles(source)] == ["g"]


def test_windows_line_ends_and_braces_that_are_words() -> None:
    assert titles("a\r\n\r\n# 集合 {a, b}\r\n") == (Title(1, 3, "集合 {a, b}", {}),)
    assert titles("") == ()
