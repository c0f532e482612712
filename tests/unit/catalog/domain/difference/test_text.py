"""Words that changed: by paragraph, by word, by character in Chinese; bounded for texts of any size."""

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.difference import compare
from catalog.domain.difference.text import hunks
from schemas.course import Course

Version = Callable[[tuple[tuple[str, str], ...]], Course]


def marked(old: str, new: str) -> list[str]:
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return ["".join(signs[s.edit].format(s.text) for s in hunk) for hunk in hunks(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("同一段", "同一段", []),
        ("规划分三步走", "规划分四步走", ["规划分[-三-]{+四+}步走"]),
        ("one small step", "one giant step", ["one [-small-]{+giant+} step"]),
        ("甲\n乙\n丙", "甲\n丙", ["[-乙-]"]),
        ("甲\n丙", "甲\n乙\n丙", ["{+乙+}"]),
        ("甲\n", "甲\n补充", ["{+补充+}"]),
        ("完全不同的一段话", "nothing in common", ["[-完全不同的一段话-]", "{+nothing in common+}"]),
        # One character in common between two changes is no anchor for the eye.
        (
            "先看现状，再定目标，然后行动",
            "先看问题，后定方向，然后行动",
            ["先看[-现状，再定目标-]{+问题，后定方向+}，然后行动"],
        ),
    ],
)
def test_hunks(old: str, new: str, expected: list[str]) -> None:
    assert marked(old, new) == expected


def test_a_long_paragraph_shows_the_neighbourhood_only() -> None:
    old = "".join(chr(0x4E00 + n) for n in range(300))
    [hunk] = marked(old, old.replace(old[150], "新"))
    assert hunk == f"{old[130:150]}[-{old[150]}-]{{+新+}}{old[151:171]}"


@given(st.text("甲乙丙ab \n，", max_size=60), st.text("甲乙丙ab \n，", max_size=60))
def test_hunks_quote_both_texts(old: str, new: str) -> None:
    found = list(hunks(old, new))
    assert found or old.split("\n") == new.split("\n") or "" in {*old.split("\n"), *new.split("\n")}
    for hunk in found:
        assert "".join(s.text for s in hunk if s.edit != "added") in old
        assert "".join(s.text for s in hunk if s.edit != "removed") in new


@pytest.mark.parametrize("alphabet", ["甲", "甲乙", "甲\n", "甲乙\n", "abc \n", "甲乙丙丁戊己庚辛\n"])
def test_large_texts_take_bounded_time(alphabet: str) -> None:
    chance = random.Random(7)  # noqa: S311 (not for secrets)
    old, new = ("".join(chance.choices(alphabet, k=250_000)) for _ in range(2))
    began = time.process_time()
    list(hunks(old + "a", new + "b"))
    assert time.process_time() - began < 20


def test_which_parts_changed(version: Version) -> None:
    edits = (
        ("先诊断，再规划", "先诊断，后规划"),
        ("实施要有节奏。", "实施要有**节奏**。"),
        ("规划分三步走", "规划分四步走"),
    )
    changes = compare(version(()), version(edits)).texts
    assert [(c.part, c.id, len(c.hunks)) for c in changes] == [
        ("overview", "", 1),
        ("lesson", "l2", 1),
        ("lesson", "l3", 0),  # only bold
    ]


def test_many_changes_are_counted(version: Version) -> None:
    old = version((("复盘看得失。", "\n\n".join(f"第{n}段旧。" for n in range(100))),))
    new = version((("复盘看得失。", "\n\n".join(f"第{n}段新。" for n in range(100))),))
    [change] = compare(old, new).texts
    assert (len(change.hunks), change.omitted) == (40, 60)
