"""Front matter: strict, safe whatever it holds, and each problem with its place."""

from collections.abc import Iterator
from typing import get_type_hints

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from courses import front_matter
from courses.front_matter import CourseKeys, LessonKeys, ModuleKeys
from courses.front_matter.keys import CHOICES, LESSON_TAKES, MODULE_TAKES, TAKES
from courses.sources import Source
from schemas.diagnostics import Diagnostic

SOUND = "id: example\ntitle: 示例课程\nedition: 2022-2023\n"


def read(yaml: str) -> tuple[CourseKeys, list[Diagnostic]]:
    heard: list[Diagnostic] = []
    source = Source("course.md", f"---\n{yaml}\n---\n# M\n", b"")
    matter, _ = front_matter.course(source, CourseKeys(id="fallback", title="备用", edition=""), heard.append)
    return matter.keys, heard


def told(yaml: str) -> list[tuple[str, int, int]]:
    return [(found.code, found.place.line, found.place.column) for found in read(SOUND + yaml)[1]]


@pytest.mark.parametrize(
    "yaml",
    [
        "summary: " + "[" * 30_000,
        "summary: " + "{a: " * 5_000,
        "- " * 20_000 + "a",
        "a: &x [1]\nb: *x",
        "summary: &x 文字",
        "summary: !!python/object/apply:os.system [ls]",
        "summary: !!str 1",
        "summary: ! 1",
        "<<: {a: 1}",
        "? [a, b]\n: c",
        "? {a: b}\n: c",
        "contents: [" + "a, " * 6_000 + "]",
        "a: 1\n--- {b: 2}",
    ],
    ids=lambda yaml: yaml[:20],
)
def test_what_yaml_could_be_misused_for_is_refused(yaml: str) -> None:
    keys, heard = read(yaml)
    assert [found.code for found in heard] == ["front-matter-refused"]
    assert keys.id == "fallback"


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("mode: blendid", [("wrong-value", 5, 7)]),
        ("hours: '16'", [("wrong-type", 5, 8)]),
        ("hours: -1", [("wrong-value", 5, 8)]),
        ("hours: .nan", [("wrong-value", 5, 8)]),
        ("hours: .inf", [("wrong-value", 5, 8)]),
        ("hours: " + "9" * 400, [("wrong-value", 5, 8)]),
        ("hours: " + "9" * 5000, [("wrong-value", 5, 8)]),
        ("hours: " + "1:" * 5000 + "1", [("wrong-value", 5, 8)]),
        ("summary: 2024-02-31", [("wrong-value", 5, 10)]),
        ("summary: 2024-02-03", [("wrong-type", 5, 10)]),
        ("summary: no", [("wrong-type", 5, 10)]),
        ("summary: {zh: 好, fr: bon}", [("unknown-key", 5, 18)]),
        ("summary: '  '", [("wrong-value", 5, 10)]),
        ('summary: "a\\0b"', [("control-character", 5, 10)]),
        ('summary: "a\\x1bb"', [("control-character", 5, 10)]),
        ("sample: 是", [("wrong-type", 5, 9)]),
        ("sample: yes", []),
        ("summary:", []),
        ("pass: {score: 80}", [("wrong-value", 5, 15)]),
        ("pass: {lessons: al}", [("wrong-value", 5, 17)]),
        ("pass: {attempts: 2.5}", [("wrong-type", 5, 18)]),
        ("pass: 0.8", [("wrong-type", 5, 7)]),
        ("pass:\n  score：0.8", [("front-matter-full-width", 6, 8)]),
        ("objectives: [{id: o1}]", [("missing-key", 5, 14)]),
        ("objectives: [{id: o1, text: 甲}, {id: 'o 2', text: 乙}]", [("wrong-value", 5, 38)]),
        ("objectives:\n  - id: o1\n    text: 1", [("wrong-type", 7, 11)]),
        ("themes: {digital-empowerment: 多}", [("wrong-type", 5, 31)]),
        ("themes: {digital-empowerment: -3}", [("wrong-value", 5, 31)]),
        ("themes: {1: 2}", [("wrong-type", 5, 9)]),
        ("visits: [{theme: digital-empowerment}, {count: 0}]", [("wrong-value", 5, 48)]),
        ("visits: [{industry: 制造业}]", [("wrong-value", 5, 21)]),
        ("id: other", [("duplicate-key", 5, 1)]),
        ("pass: {score: 0.8}\npass: {score: 0.9, score: 1}", [("duplicate-key", 6, 1)]),
        ("pass: {score: 0.8, score: 0.9}", [("duplicate-key", 5, 20)]),
        ("0: x\nyes: y", [("unknown-key", 5, 1), ("unknown-key", 6, 1)]),
        ("2024-01-01: x", [("unknown-key", 5, 1)]),
        (".nan: x", [("unknown-key", 5, 1)]),
        ("titel: x", [("unknown-key", 5, 1)]),
        ("summary: a: b", [("front-matter-syntax", 5, 11)]),
        ("summary: [a", [("front-matter-syntax", 5, 11)]),
        ("summary：文字", [("front-matter-full-width", 5, 8)]),
        ("pass:\n\tscore: 0.8", [("front-matter-tab", 6, 1)]),
        ("summary: \u2028\n titel: x", [("unknown-key", 6, 2)]),
    ],
)
def test_each_problem_with_its_place(yaml: str, expected: list[tuple[str, int, int]]) -> None:
    assert told(yaml) == expected


def test_all_problems_are_told_at_once() -> None:
    assert told("mode: x\nhours: y\naudienec: []\npass: {score: 9}") == [
        ("wrong-value", 5, 7),
        ("wrong-type", 6, 8),
        ("unknown-key", 7, 1),
        ("wrong-value", 8, 15),
    ]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        (
            "pass: {score: 80, lessons: al, attemps: 2}",
            [("wrong-value", 5, 15), ("wrong-value", 5, 28), ("unknown-key", 5, 32)],
        ),
        (
            "visits: [{industry: 34, count: two}, {industri: C3}, 4]",
            [("wrong-type", 5, 21), ("wrong-type", 5, 32), ("unknown-key", 5, 39), ("wrong-type", 5, 54)],
        ),
        ("themes: {a: x, b: -1, c: 2}", [("wrong-type", 5, 13), ("wrong-value", 5, 19)]),
        ("objectives: [{id: o 1, text: 3}]", [("wrong-value", 5, 19), ("wrong-type", 5, 30)]),
        ("objectives: [{id: o 1}]", [("wrong-value", 5, 19)]),  # wrong, not missing as well
    ],
)
def test_all_problems_inside_one_key_are_told_at_once(
    yaml: str, expected: list[tuple[str, int, int]]
) -> None:
    assert told(yaml) == expected


def test_quoted_brackets_are_never_parsed_as_yaml() -> None:
    bomb = "[" * 30_000
    assert told(f"? '{bomb}'\n: x\n0: x") == [("unknown-key", 5, 3), ("unknown-key", 7, 1)]
    assert told(f"licence: '{bomb}'\nsummary: 2024-02-31") == [("wrong-value", 6, 10)]


def test_sound_keys_survive_beside_wrong_ones() -> None:
    keys, heard = read(SOUND + "hours: x\nlicence: CC0")
    assert [found.code for found in heard] == ["wrong-type"]
    assert (keys.id, keys.licence, keys.hours) == ("example", "CC0", 0.0)


@pytest.mark.parametrize(
    ("yaml", "near"),
    [
        ("mode: blendid", "blended"),
        ("sequence: linea", "linear"),
        ("audienec: []", "audience"),
        ("pass: {scroe: 1}", "score"),
        ("visits: [{duration: halfday}]", "half-day"),
    ],
)
def test_the_nearest_word_is_named(yaml: str, near: str) -> None:
    [found] = read(SOUND + yaml)[1]
    assert f"“{near}”" in found.cure.zh
    assert f"“{near}”" in found.cure.en


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# M\n", "front-matter-missing"),
        ("", "front-matter-missing"),
        ("\n---\nid: x\n---\n", "front-matter-fence"),
        ("----\nid: x\n----\n", "front-matter-fence"),
        ("－－－\nid: x\n－－－\n", "front-matter-full-width"),
        ("——\nid：x\n——\n", "front-matter-full-width"),
        ("---\nid: x\n", "front-matter-unclosed"),
    ],
)
def test_front_matter_that_does_not_begin_or_end(text: str, code: str) -> None:
    heard: list[Diagnostic] = []
    front_matter.course(
        Source("course.md", text, b""), CourseKeys(id="x", title="x", edition="x"), heard.append
    )
    assert code in [found.code for found in heard]


@pytest.mark.parametrize("text", ["# 课\n", "---\n\n正文\n\n---\n", "---\n正文没有键\n", "\n---\n"])
def test_a_lesson_needs_none_and_may_begin_with_a_rule(text: str) -> None:
    heard: list[Diagnostic] = []
    matter, parts = front_matter.lesson(Source("01-a.md", text, b""), heard.append)
    assert matter.keys == LessonKeys()
    if not text.startswith("---\n\n"):
        assert parts.body == text
        assert heard == []


YAML = st.text(st.sampled_from("abc:-[]{}#&*!|>'\"%@`,? \n\t012.~=<：，中\u2028\x85é\U0001f600"), max_size=80)
WRITTEN = st.lists(st.tuples(st.sampled_from(sorted({key.split(".")[0] for key in TAKES})), YAML), max_size=5)


@settings(max_examples=400, deadline=None)
@given(YAML, WRITTEN)
@example("=: x", [])
@example("2001-01-01 00:00:00 +99:99", [])
@example("a: 0b", [("hours", "0x_"), ("hours", "1e999"), ("sample", "0o9")])
def test_any_text_gives_keys_and_diagnostics_with_places_in_it(
    free: str, pairs: list[tuple[str, str]]
) -> None:
    yaml = "\n".join([*(f"{key}: {value}" for key, value in pairs), free])
    keys, heard = read(yaml)
    lines = f"---\n{yaml}\n---\n# M\n".split("\n")
    assert isinstance(keys, CourseKeys)
    for found in heard:
        assert 1 <= found.place.line <= len(lines)
        assert 1 <= found.place.column <= len(lines[found.place.line - 1]) + 1


def paths(kind: type[msgspec.Struct]) -> Iterator[str]:
    """Every key of a struct and of the structs inside it."""
    for field in msgspec.structs.fields(kind):
        yield field.encode_name
        inner = list(_structs(get_type_hints(kind)[field.name]))
        for struct in inner:
            yield from (f"{field.encode_name}.{path}" for path in paths(struct))


def _structs(hint: object) -> Iterator[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for part in getattr(hint, "__args__", ()):
        yield from _structs(part)


def test_every_key_is_explained() -> None:
    assert set(paths(CourseKeys)) == set(TAKES)
    assert set(paths(ModuleKeys)) == set(MODULE_TAKES)
    assert set(paths(LessonKeys)) == set(LESSON_TAKES)
    assert set(CHOICES) <= set(TAKES)
