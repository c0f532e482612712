"""`lingjun schema`: what the schemas accept is what Lingjun accepts."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from catalog.cli.schema import WHAT
from exporters.visits.generate import write_sample
from exporters.visits.output.publication import write
from exporters.visits.plan_file import dump_plan
from tests.support import visits_by_hand
from tests.unit.catalog.cli.conftest import ROOT, Lingjun, write_course

SAMPLES = sorted((ROOT / "courses" / "samples").iterdir())
_TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
_SAID = {"$ref", "$defs", "$schema", "title", "description", "default", "examples", "format"}


def wrong(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str = "") -> list[str]:
    """Where `value` breaks the schema. The keywords of JSON Schema 2020-12 that msgspec writes; any other is told,
    so that this never passes what it doesn't know."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        return wrong(value, whole["$defs"][name], whole, at)
    if "anyOf" in schema:
        tries = [wrong(value, each, whole, at) for each in schema["anyOf"]]
        return [] if [] in tries else [f"{at}: none of {len(tries)}"]
    found = []
    for keyword, asked in schema.items():
        if not _holds(keyword, asked, value, schema):
            found.append(f"{at}: {keyword} {asked}")
    if isinstance(value, dict):
        for name, inner in value.items():
            own = schema.get("properties", {}).get(name, schema.get("additionalProperties", True))
            if own is False:
                found.append(f"{at}.{name}: unknown")
            elif own is not True:
                found += wrong(inner, own, whole, f"{at}.{name}")
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        found += [
            each
            for n, inner in enumerate(value)
            for each in wrong(inner, schema["items"], whole, f"{at}[{n}]")
        ]
    return found


def _holds(keyword: str, asked: Any, value: Any, schema: dict[str, Any]) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    checks = {
        "type": lambda: (
            number and (asked == "number" or value == int(value))
            if asked in ("number", "integer")
            else isinstance(value, _TYPES[asked])
        ),
        "enum": lambda: value in asked,
        "const": lambda: value == asked,
        "required": lambda: not isinstance(value, dict) or set(asked) <= set(value),
        "pattern": lambda: not isinstance(value, str) or re.search(asked, value) is not None,
        "maxLength": lambda: not isinstance(value, str) or len(value) <= asked,
        "minimum": lambda: not number or value >= asked,
        "maximum": lambda: not number or value <= asked,
        "properties": lambda: True,
        "additionalProperties": lambda: True,
        "items": lambda: True,
    }
    return keyword in _SAID or checks[keyword]()


def schema_of(lingjun: Lingjun, what: str, *words: str) -> dict[str, Any]:
    status, out, err = lingjun("schema", what, *words)
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    return found


def front_matter(file: Path) -> Any:
    text = file.read_text(encoding="utf-8")
    return yaml.safe_load(text.split("---\n")[1]) if text.startswith("---\n") else {}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_front_matter_of_every_sample_is_accepted(lingjun: Lingjun, sample: Path) -> None:
    course, module, lesson = (schema_of(lingjun, what) for what in ("course", "module", "lesson"))
    assert wrong(front_matter(sample / "course.md"), course, course) == []
    for file in sample.glob("*/*.md"):
        schema = module if file.name == "index.md" else lesson
        assert wrong(front_matter(file), schema, schema) == [], file


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"titel": "x"}, "titel"),
        ({"id": "My Course"}, ".id"),
        ({"hours": "16"}, ".hours"),
        ({"pass": {"score": 1.5}}, ".pass"),
        ({"mode": "hybrid"}, ".mode"),
        ({"visits": [{"count": 0}]}, "count"),
        ({"objectives": [{"id": "o1"}]}, "objectives"),
    ],
)
def test_what_the_check_refuses_the_schema_refuses(
    lingjun: Lingjun, change: dict[str, Any], told: str
) -> None:
    schema = schema_of(lingjun, "course")
    good = front_matter(ROOT / "courses" / "samples" / "lean-rd" / "course.md")
    assert [place for place in wrong(good | change, schema, schema) if told in place]


def test_a_receipt_and_a_finding_are_as_their_schemas_say(lingjun: Lingjun, tmp_path: Path) -> None:
    exported = json.loads(lingjun("export", write_course(tmp_path), "-o", tmp_path, "--json").out)
    [package] = exported["courses"][0]["packages"]
    receipt, finding = schema_of(lingjun, "receipt"), schema_of(lingjun, "finding")
    assert wrong(package["receipt"], receipt, receipt) == []
    [verified] = json.loads(lingjun("verify", package["path"], "--json").out)
    assert [wrong(each, finding, finding) for each in verified["findings"]] == [[]] * len(
        verified["findings"]
    )


def test_what_is_published_of_site_visits_is_as_its_schemas_say(lingjun: Lingjun, tmp_path: Path) -> None:
    manifest = write(visits_by_hand.schedule(), tmp_path)
    for what, written in (
        ("visits", (tmp_path / "public" / "visits.json").read_bytes()),
        ("visit-manifest", (tmp_path / "manifest.json").read_bytes()),
        ("visit-plan", dump_plan(visits_by_hand.plan())),
    ):
        schema = schema_of(lingjun, what)
        assert wrong(json.loads(written), schema, schema) == []
    assert manifest.sample


def test_what_a_programme_of_site_visits_is_made_of_is_as_its_schemas_say(
    lingjun: Lingjun, tmp_path: Path
) -> None:
    write_sample(tmp_path, cohorts=1, enterprises=1, seed=0)
    for what, files in (
        ("visit-programme", "programme.md"),
        ("visit-enterprise", "enterprises/*.md"),
        ("visit-cohort", "cohorts/*.md"),
        ("curriculum", "curricula/*.md"),
        ("course", "courses/*/course.md"),
    ):
        schema = schema_of(lingjun, what)
        for file in tmp_path.glob(files):
            matter = json.loads(msgspec.json.encode(front_matter(file)))  # days as text
            assert wrong(matter, schema, schema) == [], file
            assert wrong(matter | {"colour": 1}, schema, schema) != []
            assert set(matter) <= {name for name, about in main_of(schema).items() if about["description"]}


def main_of(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The properties of the document itself."""
    found: dict[str, dict[str, Any]] = schema["$defs"][schema["$ref"].rpartition("/")[2]]["properties"]
    return found


def test_a_diagnostic_of_check_is_as_its_schema_says(lingjun: Lingjun, tmp_path: Path) -> None:
    report = json.loads(lingjun("check", write_course(tmp_path, body="![图](gone.png)"), "--json").out)
    schema = schema_of(lingjun, "diagnostic")
    assert [wrong(each, schema, schema) for each in report["diagnostics"]] == [[]]


@pytest.mark.parametrize(
    "what",
    [
        "course",
        "module",
        "lesson",
    ],
)
def test_every_key_is_described_in_the_users_language(lingjun: Lingjun, what: str) -> None:
    for language, chinese in (("zh", True), ("en", False)):
        schema = schema_of(lingjun, what, "--lang", language)
        main = schema["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        assert main["additionalProperties"] is False
        for name, about in main["properties"].items():
            words = about["description"]
            assert (
                any("\u4e00" <= sign <= "\u9fff" for sign in re.sub(r"such as .*", "", words)) == chinese
            ), name


def test_course_is_what_is_meant_without_a_word(lingjun: Lingjun) -> None:
    assert lingjun("schema").out == lingjun("schema", "course").out


@pytest.mark.parametrize("what", WHAT)
def test_each_schema_has_a_title_in_the_users_language(lingjun: Lingjun, what: str) -> None:
    for language in ("zh", "en"):
        assert schema_of(lingjun, what, "--lang", language)["title"] == WHAT[what].say(language)
