"""The documentation keeps up with the product: nothing that a user can meet is undocumented, in either language;
examples work, links lead somewhere, and what is generated is up to date."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import msgspec
import pytest

from catalog.cli.main import COMMANDS, build_parser
from courses import sources, tree
from courses.checks import CODES
from courses.curricula import CURRICULUM_FILE, read_curriculum
from courses.curricula.keys import CurriculumKeys
from courses.front_matter import gate
from courses.front_matter.keys import CourseKeys, LessonKeys, ModuleKeys
from courses.markdown import parser
from courses.markdown.rules.containers import KNOWN
from courses.questions.build import TYPES
from courses.reader import Reading, read_course
from exporters.presets import LMS
from exporters.receipt import CHECKS, FORMAT_CHECKS
from exporters.state_size import worst_state_characters
from exporters.verify import Limits, requirements, xml
from schemas.course import Course, Lesson, Module
from schemas.diagnostics import Place
from schemas.edition import editions
from schemas.identifiers import state_key
from schemas.package import Format, Receipt
from schemas.questions import TrueFalse
from schemas.text import Text
from tools.docs.commands import subparsers
from tools.docs.diagnostics import export_rules
from tools.docs.parts import DOCS, language_of_page, rewritten

ROOT = DOCS.parent
SUFFIXES = ("", ".en")
PAGES = sorted(DOCS.glob("*.md"))
WITH_LINKS = [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
_FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)


def page(name: str, suffix: str) -> str:
    return (DOCS / f"{name}{suffix}.md").read_text(encoding="utf-8")


def headings(text: str) -> list[str]:
    """The headings outside code blocks, without their signs."""
    return re.findall(r"^#{1,6} (.+)$", _FENCE.sub("", text), re.MULTILINE)


def test_each_page_is_in_both_languages_and_says_where_the_other_is() -> None:
    chinese = {path.stem for path in PAGES if language_of_page(path) == "zh"}
    english = {path.stem.removesuffix(".en") for path in PAGES if language_of_page(path) == "en"}
    assert chinese == english >= {"authoring", "diagnostics", "formats", "commands", "architecture"}
    for name in chinese:
        assert page(name, "").startswith(f"[English]({name}.en.md)\n")
        assert page(name, ".en").startswith(f"[中文]({name}.md)\n")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_generated_parts_are_up_to_date(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert rewritten(text, language_of_page(path)) == text, "run python -m tools.docs"


@pytest.mark.parametrize("name", ["authoring", "commands", "diagnostics", "formats"])
def test_both_languages_have_the_same_parts(name: str) -> None:
    def shape(text: str) -> list[tuple[str, ...]]:
        fences = [match[2] for match in _FENCE.finditer(text)]
        generated = re.findall(r"<!-- generated: .* -->", text)
        anchors = re.findall(r'<a id="[^"]+">', text)
        levels = re.findall(r"^(#+) ", _FENCE.sub("", text), re.MULTILINE)
        return [tuple(levels), tuple(generated), tuple(anchors), tuple(fences)]

    assert shape(page(name, "")) == shape(page(name, ".en"))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_command_and_flag_is_documented(suffix: str) -> None:
    text = page("commands", suffix)
    language = language_of_page(DOCS / f"commands{suffix}.md")
    sections = dict(re.findall(r"^## lingjun ([a-z-]+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert set(sections) == set(COMMANDS)
    for name, subparser in subparsers(language).items():
        for action in subparser._actions:
            for word in action.option_strings or [str(action.metavar)]:
                shared = word in ("-h", "--help", "--lang")
                assert f"`{word}`" in (text if shared else sections[name]), f"{name} {word}"
    for word in ("LINGJUN_LANG", "XDG_CACHE_HOME", "NO_COLOR", "`130`"):
        assert word in text


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_diagnostic_is_documented_with_words_of_its_own(suffix: str) -> None:
    text = page("diagnostics", suffix)
    sections = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL))
    assert list(sections) == [*CODES, *export_rules()]
    for code, section in sections.items():
        kind = "diagnostic" if code in CODES else "export-diagnostic"
        words, marker, generated = section.partition(f"<!-- generated: {kind} {code} -->")
        assert words.strip(), code
        assert marker, code
        assert generated.strip(), code


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_key_of_front_matter_is_documented(suffix: str) -> None:
    text = page("authoring", suffix)
    kinds = {"course": CourseKeys, "module": ModuleKeys, "lesson": LessonKeys, "curriculum": CurriculumKeys}
    for kind, struct in kinds.items():
        part = text.split(f"<!-- generated: keys {kind} -->")[1].split("<!-- end -->")[0]
        for name in _paths(struct):
            assert f"\n| `{name}` |" in part, f"{kind}: {name}"


def _paths(kind: type[msgspec.Struct], prefix: str = "") -> Iterator[str]:
    """Every key that a struct takes, those of structs inside it after a dot; words in two languages are one."""
    for field in msgspec.structs.fields(kind):
        name = prefix + field.encode_name
        yield name
        for inner in _structs(field.type):
            if inner.__name__ != "BothLanguages":
                yield from _paths(inner, f"{name}.")


def _structs(kind: object) -> Iterator[type[msgspec.Struct]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for argument in getattr(kind, "__args__", ()):
        yield from _structs(argument)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_question_types_containers_and_editions_are_documented(suffix: str) -> None:
    text = page("authoring", suffix)
    assert [heading for heading in headings(text) if heading in TYPES] == list(TYPES)
    for name in (*KNOWN, *TYPES, *editions()):
        assert f"\n| `{name}`" in text, name


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_formats_presets_requirements_and_receipt_are_documented(suffix: str) -> None:
    text = page("formats", suffix)
    assert [heading for heading in headings(text) if heading in [*Format, *LMS]] == [*Format, *LMS]
    for slug in requirements():
        assert f"\n| `{slug}` |" in text, slug
    receipt = text.split('<a id="receipt"></a>')[1]
    for field in msgspec.structs.fields(Receipt):
        assert f"`{field.name}`" in receipt, field.name
    for check in {*CHECKS, *(check for checks in FORMAT_CHECKS.values() for check in checks)}:
        assert f"`{check}`" in receipt, check


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_architecture_names_what_exists(suffix: str) -> None:
    """`path/file.py` exists; in `path/file.py: name` the file also holds the name."""
    named = re.findall(r"`([a-z][\w/.-]*/[\w.-]*)(?:: (\w+))?`", page("architecture", suffix))
    assert len(named) > 30
    for path, name in named:
        assert (ROOT / path).exists() or path.startswith("exporters/built"), path
        if name:
            source = (ROOT / path).read_text(encoding="utf-8")
            assert re.search(
                rf"\b(?:def|class|function|interface|const) {name}\b|^{name}\b", source, re.MULTILINE
            ), f"{path}: {name}"


# What each row of the table of safety measures must say, from the code.
_LIMITS = {
    "courses/front_matter/gate.py": (gate.MAX_BYTES >> 10, gate.MAX_DEPTH, gate.MAX_EVENTS),
    "courses/sources.py": (sources.MAX_LESSON >> 10, sources.MAX_FILE >> 20),
    "courses/tree.py": (tree.MAX_DEPTH, tree.MAX_ENTRIES),
    "courses/markdown/parser.py": (parser.DEEPEST,),
    "exporters/verify/archive.py": (
        Limits().entries,
        Limits().size >> 30,
        Limits().ratio,
        Limits().ratio_from >> 20,
    ),
    "exporters/verify/xml.py": (xml.MOST_BYTES >> 20, xml.MOST_LEVELS),
}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_limits_are_as_documented(suffix: str) -> None:
    rows = [row for row in page("architecture", suffix).splitlines() if row.startswith("| ")]
    for path, values in _LIMITS.items():
        [row] = [row for row in rows if f"| `{path}` |" in row]
        assert [f"{value:,}" for value in values] == re.findall(
            r"\d[\d,]*", row.split(" | ")[1].replace("UTF-8", "")
        )


def test_the_worst_case_of_the_saved_state_is_as_documented() -> None:
    course = whole_course_of(lessons=200, questions=300)
    assert f"{worst_state_characters(course):,}" == "2,327"
    for suffix in SUFFIXES:
        assert "27 + 4 × " in page("architecture", suffix)
        assert "2,327" in page("architecture", suffix)


def whole_course_of(lessons: int, questions: int) -> Course:
    here = Place("course.md")
    asked = [
        TrueFalse(id=f"q{n}", key=state_key(f"q{n}"), place=here, prompt="", text="", answer=True)
        for n in range(questions)
    ]
    all_lessons = tuple(
        Lesson(
            id=f"l{n}",
            key=state_key(f"l{n}"),
            page=f"l{n}.html",
            title="课",
            place=here,
            html="",
            text="",
            questions=tuple(asked[n::lessons]),
        )
        for n in range(lessons)
    )
    module = Module(id="m", title="模块", place=here, lessons=all_lessons)
    return Course(
        id="c",
        institution="i",
        title=Text("课程"),
        language="zh-CN",
        edition="2022-2023",
        modules=(module,),
        root=Path(),
    )


def _shell_lines(text: str) -> Iterator[list[str]]:
    for match in _FENCE.finditer(text):
        if match[2].strip() == "sh":
            for line in match[3].splitlines():
                words = shlex.split(line, comments=True)
                if words[:1] == ["lingjun"]:
                    yield words[1 : words.index(">")] if ">" in words else words[1:]


@pytest.mark.parametrize("path", WITH_LINKS, ids=lambda path: path.name)
def test_each_command_shown_is_a_right_call(path: Path) -> None:
    for words in _shell_lines(path.read_text(encoding="utf-8")):
        build_parser("en").parse_args(words)  # ends the test where it isn't


# Links. GitHub's headings have anchors made of their words; `<a id>` gives a lasting one.


def _anchors(text: str) -> set[str]:
    found = set(re.findall(r'<a id="([^"]+)">', text))
    for heading in headings(text):
        plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        found.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return found


@pytest.mark.parametrize("path", WITH_LINKS, ids=lambda path: path.name)
def test_no_link_is_dead(path: Path) -> None:
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    text = re.sub(r"(`+).*?\1", "", text)
    links = re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
    for link in links:
        target, _, anchor = unquote(link).partition("#")
        if target.startswith("https://"):
            continue
        there = (path.parent / target) if target else path
        assert there.exists(), link
        if anchor:
            assert anchor in _anchors(there.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("image", sorted((DOCS / "images").glob("*")), ids=lambda path: path.name)
def test_pictures_are_small_and_used(image: Path) -> None:
    assert image.suffix == ".png"
    assert image.stat().st_size <= 150_000
    texts = [path.read_text(encoding="utf-8") for path in WITH_LINKS]
    assert any(f"images/{image.name}" in text for text in texts)


# The examples of the authoring guide. The first word after the language says what an example is.


class Example(NamedTuple):
    """A fenced block: `kind` is course, module or lesson, or the `code` of the diagnostic that it shows."""

    page: str
    kind: str
    code: str
    text: str


def _examples() -> list[Example]:
    found = []
    for suffix in SUFFIXES:
        for match in _FENCE.finditer(page("authoring", suffix)):
            language, *marks = match[2].split()
            if language in ("markdown", "yaml"):
                kind, code = (*marks, "")[:2]
                text = f"---\n{match[3]}---\n" if language == "yaml" else match[3]
                found.append(Example(f"authoring{suffix}", kind, code, text))
    return found


# What stands around an example: other lessons to link to, objectives to assess, a question for each.
_COURSE = """---
id: example
title: 示例
edition: 2022-2023
objectives: [{id: o1, text: 目标一}, {id: o2, text: 目标二}]
---
概览。
"""
_MODULES_OF_ONE_FILE = """# 模块 {{#m1}}

## 课 {{#why}}

::: question true-false {{#q-filler objectives="{objectives}"}}
对吗？

= 对
:::
"""
_MODULE = "# 模块\n\n简介。\n"
_FIRST = """# 为什么 {#why}

## 等级 {#levels}

::: question true-false {#q-filler objectives="o1 o2"}
对吗？

= 对
:::
"""
_ASSET = re.compile(r"\.\./(assets/[^)\s}\"]+)")


def _build(folder: Path, example: Example) -> None:
    """A course around the example, with an empty file for each one that it names and captions beside media."""
    if example.kind == "course":
        objectives = " ".join(re.findall(r"\bid: (o\d)", example.text))
        body = (
            ""
            if "\n# " in example.text
            else f"概览。\n\n{_MODULES_OF_ONE_FILE.format(objectives=objectives)}"
        )
        (folder / "course.md").write_text(example.text + body, encoding="utf-8")
        return
    module = folder / "01-m"
    module.mkdir()
    (folder / "course.md").write_text(_COURSE, encoding="utf-8")
    (module / "01-why.md").write_text(_FIRST, encoding="utf-8")
    (module / "index.md").write_text(_MODULE, encoding="utf-8")
    if example.kind == "module":
        (module / "index.md").write_text(example.text + _MODULE, encoding="utf-8")
        (module / "02-diagnosis.md").write_text("# 诊断 {#diagnosis}\n\n正文。\n", encoding="utf-8")
        other = folder / "00-start"
        other.mkdir()
        (other / "index.md").write_text(_MODULE, encoding="utf-8")
        (other / "01-begin.md").write_text("# 开始 {#begin}\n\n正文。\n", encoding="utf-8")
        return
    title = "\n# 例 {#example}\n\n"
    lesson = example.text + title + "正文。\n" if example.text.startswith("---") else title + example.text
    (module / "02-example.md").write_text(lesson, encoding="utf-8")
    for name in _ASSET.findall(example.text) if example.kind == "lesson" else ():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"\0" * 16)
        if file.suffix in (".mp3", ".mp4"):
            captions = "WEBVTT\n\n00:00.000 --> 00:04.000\n大家好。\n"
            file.with_suffix(".vtt").write_text(captions, encoding="utf-8")


def _read(folder: Path, example: Example) -> Reading:
    _build(folder, example)
    return read_course(folder)


def test_every_example_says_what_it_is() -> None:
    kinds = {(example.page, example.kind) for example in _examples()}
    for suffix in SUFFIXES:
        assert {kind for name, kind in kinds if name == f"authoring{suffix}"} == {
            "course",
            "module",
            "lesson",
            "wrong",
            "curriculum",
        }


@pytest.mark.parametrize("example", _examples(), ids=lambda example: example.text.strip()[:40])
def test_the_guides_examples_work(example: Example, tmp_path: Path) -> None:
    """Without a word from the check, or with the very diagnostic that the guide announces, once a paragraph."""
    if example.kind == "curriculum":
        source = sources.Source(CURRICULUM_FILE, example.text, b"\0" * 32)
        assert read_curriculum(source).diagnostics == ()
        return
    reading = _read(tmp_path, example)
    told = [found.code for found in reading.diagnostics]
    announced = example.text.count("\n\n") + 1 if example.kind == "wrong" else 0
    assert told == [example.code] * announced
    assert reading.course is not None


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_guide_shows_every_question_type(suffix: str, tmp_path: Path) -> None:
    shown = set()
    lessons = [e for e in _examples() if e.page == f"authoring{suffix}" and e.kind == "lesson"]
    for number, example in enumerate(lessons):
        folder = tmp_path / str(number)
        folder.mkdir()
        course = _read(folder, example).course
        assert course is not None
        shown |= {q.__struct_config__.tag for lesson in course.lessons for q in lesson.questions}
    assert shown == set(TYPES)


def _traps() -> list[str]:
    """What the guide says is often typed."""
    part = page("authoring", "").split('<a id="typing"></a>')[1].split("\n\n")
    [table] = [block for block in part if block.startswith("| ")]
    return [trap for row in table.splitlines()[2:] for trap in re.findall(r"`([^`]+)`", row.split(" | ")[1])]


@pytest.mark.parametrize("trap", _traps())
def test_each_trap_of_chinese_typing_is_told(trap: str, tmp_path: Path) -> None:
    options = trap.startswith("- ")
    course = _COURSE
    lesson = f"# 例 {{#example}}\n\n{trap}\n"
    if options:
        lesson = f"# 例 {{#example}}\n\n::: question choice {{#q}}\n哪个？\n\n{trap}\n- [ ] 乙\n:::\n"
    elif trap.startswith("title"):
        course = _COURSE.replace("title: 示例", trap)
    elif trap == "———":
        course = _COURSE.replace("---", trap, 1)
    (tmp_path / "course.md").write_text(course, encoding="utf-8")
    (tmp_path / "01-m").mkdir()
    (tmp_path / "01-m" / "index.md").write_text(_MODULE, encoding="utf-8")
    (tmp_path / "01-m" / "01-example.md").write_text(lesson, encoding="utf-8")
    told = {found.code for found in read_course(tmp_path).diagnostics}
    assert told & {"look-alike", "front-matter-full-width"}
