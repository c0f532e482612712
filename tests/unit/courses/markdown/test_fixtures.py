"""Markdown in; HTML, diagnostics or questions out: as the files in tests/fixtures/markdown say."""

import re
from pathlib import Path

import pytest

from courses.checks import CODES
from tests.unit.courses.markdown.cases import FIXTURES, Case, cases, questions, rendered, told

ROOT = FIXTURES.parents[2]


@pytest.mark.parametrize("case", cases("html"), ids=lambda case: case.name)
def test_html(case: Case) -> None:
    body, _ = rendered(case.source)
    assert body.html.rstrip("\n") == case.expected


@pytest.mark.parametrize("case", cases("diagnostics"), ids=lambda case: case.name)
def test_diagnostics(case: Case) -> None:
    _, found = rendered(case.source)
    assert told(found) == case.expected


@pytest.mark.parametrize("case", cases("questions"), ids=lambda case: case.name)
def test_questions(case: Case) -> None:
    body, _ = rendered(case.source)
    assert questions(body) == case.expected


@pytest.mark.parametrize(
    "case", [*cases("html"), *cases("diagnostics"), *cases("questions")], ids=lambda case: case.name
)
def test_every_diagnostic_speaks_both_languages_at_a_real_place(case: Case) -> None:
    lines = case.source.split("\n")
    for one in rendered(case.source)[1]:
        for words in (one.message, one.cure):
            assert words.zh
            assert words.en
            assert "{" not in words.en.replace("{#", "").replace("{.", "") or "{" in case.source
        assert 1 <= one.place.line <= len(lines)
        line = lines[one.place.line - 1]
        assert 1 <= one.place.column <= len(line) + 1
        assert one.place.column - 1 + one.place.length <= len(line)


def test_every_rule_of_the_parser_has_a_fixture() -> None:
    sources = [*(ROOT / "courses/markdown").rglob("*.py"), *(ROOT / "courses/questions").rglob("*.py")]
    words = {
        word for path in sources for word in re.findall(r'"([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    # Told by texts too large for a fixture, and by a place that fixtures don't have: see test_render.py.
    used = words & set(CODES) - {"file-too-large", "output-too-large", "question-not-allowed"}
    assert len(used) > 30
    for code in sorted(used):
        fixture = FIXTURES / "diagnostics" / f"{code}.md"
        assert f" {code} " in fixture.read_text(encoding="utf-8"), f"{fixture.name} shows no {code}"


def test_every_code_that_is_told_exists() -> None:
    sources = [*(ROOT / "courses/markdown").rglob("*.py"), *(ROOT / "courses/questions").rglob("*.py")]
    told_codes = {
        code
        for path in sources
        for code in re.findall(r'\btell\(\s*"([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(told_codes) > 25
    assert told_codes <= set(CODES)


def test_every_question_type_has_a_fixture() -> None:
    from courses.questions.build import TYPES

    assert {path.stem for path in Path(FIXTURES / "questions").glob("*.md")} == TYPES.keys()
