"""Curricula: a sound one, and one edit for each thing that can be wrong with it."""

import pytest

from courses.curricula import (
    CURRICULUM_FILE,
    CurriculumReading,
    Kind,
    KnownCourse,
    TeachingMode,
    read_curriculum,
)
from courses.curricula.model import Versions, parse_versions
from courses.curricula.rules import RULES
from courses.sources import Source
from schemas.text import Text

SOUND = """---
id: digital-camp
institution: tsinghua
title: {zh: 数字化赋能主题特训营, en: Digital empowerment camp}
edition: 2022-2023
theme: digital-empowerment
class: camp
cohort: 60
hours: 40
courses:
  - {course: data-driven-ops, version: ">=2", hours: 16}
  - {course: pku/digital-roadmap, version: 3}
visits:
  - {theme: digital-empowerment, industry: C34, count: 2, duration: half-day}
plan:
  - {theme: digital-empowerment, mode: classroom, hours: 20}
  - {theme: digital-empowerment, mode: visit, hours: 8}
  - {theme: large-sme-integration, mode: online, hours: 12}
calendar:
  - {name: {zh: 集中学习, en: Block week}, starts: 2022-11-01, ends: 2022-11-04, hours: 28}
  - {name: 线上研修, starts: 2022-11-07, ends: 2022-12-30, hours: 12}
---

# 培养目标

面向企业负责人。
"""
CATALOGUE = {
    ("tsinghua", "data-driven-ops"): KnownCourse((1, 2, 3), 12, (), ("why", "how"), ("o1",)),
    ("pku", "digital-roadmap"): KnownCourse((3,), 16),
    ("tsinghua", "advanced"): KnownCourse((1,), 16, ("data-driven-ops", "pku/digital-roadmap")),
}


def read(*edits: tuple[str, str], catalogue: bool = True) -> CurriculumReading:
    text = SOUND
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    source = Source(CURRICULUM_FILE, text, b"\x01" * 32)
    return read_curriculum(source, (lambda *name: CATALOGUE.get(name)) if catalogue else None)


def told(reading: CurriculumReading) -> list[str]:
    return [f"{found.code} {found.place.line}:{found.place.column}" for found in reading.diagnostics]


def test_a_sound_curriculum() -> None:
    reading = read()
    assert reading.diagnostics == ()
    curriculum = reading.curriculum
    assert (curriculum.id, curriculum.institution, curriculum.kind) == ("digital-camp", "tsinghua", Kind.CAMP)
    assert curriculum.title == Text("数字化赋能主题特训营", "Digital empowerment camp")
    assert [(c.name, c.versions, c.hours) for c in curriculum.courses] == [
        ("tsinghua/data-driven-ops", Versions(2), 16),
        ("pku/digital-roadmap", Versions(3, 3), 0),
    ]
    assert curriculum.hours_by_theme() == {"digital-empowerment": 28, "large-sme-integration": 12}
    assert curriculum.hours_in(TeachingMode.CLASSROOM, TeachingMode.ONLINE) == 32
    assert [(str(p.starts), str(p.ends), p.hours) for p in curriculum.calendar] == [
        ("2022-11-01", "2022-11-04", 28),
        ("2022-11-07", "2022-12-30", 12),
    ]
    assert curriculum.calendar[1].name == Text("线上研修")
    assert curriculum.body == "\n# 培养目标\n\n面向企业负责人。\n"
    assert curriculum.source_hash == "01" * 32


WRONG = (
    # The front matter's own diagnostics are those of a course.
    (("class: camp", "kind: camp"), ["missing-key 1:1", "unknown-key 7:1"]),
    (("class: camp", "class: weekend"), ["wrong-value 7:8"]),
    (("mode: visit", "mode: field"), ["wrong-value 17:40"]),
    (("starts: 2022-11-01", "starts: soon"), ["wrong-value 20:48"]),
    (("2022-11-01", "2022-02-31"), ["wrong-value 20:48"]),
    (("version: 3", "version: latest"), ["wrong-value 12:44"]),
    (("cohort: 60", "cohort: &many 60"), ["front-matter-refused 8:9"]),
    # The edition.
    (("edition: 2022-2023", "edition: 2022-2032"), ["edition-unknown 5:10"]),
    (
        ("theme: digital-empowerment\nclass", "theme: digital\nclass"),
        ["theme-unknown 6:8", "theme-without-hours 15:1"],
    ),
    (("large-sme-integration", "high-quality-development"), ["theme-unknown 18:13"]),
    (("visits:\n  - {theme: digital-empowerment", "visits:\n  - {theme: nothing"), ["theme-unknown 14:13"]),
    (("industry: C34", "industry: C65"), ["visit-industry-unknown 14:44"]),
    # Hours.
    (("hours: 40", "hours: 48"), ["calendar-hours-mismatch 19:1", "plan-hours-mismatch 9:8"]),
    (('">=2", hours: 16', '">=2", hours: 12'), ["course-hours-mismatch 10:1"]),
    (
        ("mode: visit, hours: 8", "mode: online, hours: 8"),
        ["course-hours-mismatch 10:1", "visit-hours-missing 13:1"],
    ),
    (
        ("visits:\n  - {theme: digital-empowerment, industry: C34, count: 2, duration: half-day}\n", ""),
        ["visits-missing 13:1"],
    ),
    (("ends: 2022-12-30, hours: 12", "ends: 2022-12-30, hours: 10"), ["calendar-hours-mismatch 19:1"]),
    (("ends: 2022-12-30, hours: 12", "ends: 2022-12-30"), []),  # not said: nothing to add up
    # Courses.
    (("pku/digital-roadmap", "digital-roadmap"), ["course-unknown 12:14"]),
    (("version: 3", "version: 2"), ["version-unavailable 12:44"]),
    (('">=2"', '">=5, <3"'), ["versions-empty 11:40"]),
    (("pku/digital-roadmap, version: 3", "tsinghua/data-driven-ops, hours: 16"), ["course-twice 12:14"]),
    (
        ("pku/digital-roadmap, version: 3", "advanced"),
        ["prerequisite-later 12:14"],
    ),
    # What site visits name; of pku/digital-roadmap it isn't known what is inside.
    (("half-day}", "half-day, earliest: data-driven-ops/how, latest: pku/digital-roadmap}"), []),
    (("half-day}", "half-day, earliest: pku/digital-roadmap/any, objectives: [data-driven-ops/o1]}"), []),
    (("half-day}", "half-day, earliest: data-driven-ops/hwo}"), ["visit-lesson-unknown 14:89"]),
    (("half-day}", "half-day, latest: digital-roadmap}"), ["visit-lesson-unknown 14:87"]),
    (("half-day}", "half-day, objectives: [o1]}"), ["visit-objective-unknown 14:92"]),
    (("half-day}", "half-day, objectives: [data-driven-ops]}"), ["visit-objective-unknown 14:92"]),
    # The text.
    (("面向企业负责人。", "![图](a.png)"), ["curriculum-text-link 26:6"]),
    (("面向企业负责人。", "见[第一课](01-a/01-b.md)与[上文](#top)。"), ["curriculum-text-link 26:8", "curriculum-text-link 26:27"]),
    (("面向企业负责人。", "<script>alert(1)</script>"), ["html-removed 26:1"]),
    # The calendar.
    (("ends: 2022-11-04", "ends: 2022-10-04"), ["phase-backwards 20:66"]),
    (("ends: 2022-12-30", "ends: 2024-01-05"), ["phase-outside-edition 21:26"]),
    (("starts: 2022-11-07", "starts: 2022-11-04"), ["phases-overlap 21:26"]),
)  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), WRONG, ids=lambda value: str(value)[:60])
def test_what_is_wrong(edit: tuple[str, str], expected: list[str]) -> None:
    reading = read(edit)
    assert sorted(told(reading)) == sorted(expected)
    for found in reading.diagnostics:
        assert found.message.zh != found.message.en
        assert "{" not in found.message.zh + found.cure.en.replace("{zh:", "").replace("[{", "")


def test_every_rule_is_told_by_a_case() -> None:
    codes = {line.split()[0] for _, expected in WRONG for line in expected}
    assert {rule.code for rule in RULES} <= codes
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_the_text_is_rendered_without_identifiers_that_a_page_might_have_itself() -> None:
    assert read().curriculum.html == "<h2>培养目标</h2>\n<p>面向企业负责人。</p>\n"
    evil = read(
        ("面向企业负责人。", "<img src=x onerror=alert(1)> [x](javascript:alert(1)) <b onclick=x>好</b>")
    )
    assert "alert" not in evil.curriculum.html
    assert "onclick" not in evil.curriculum.html


def test_without_a_catalogue_nothing_is_said_about_its_courses() -> None:
    assert read(("pku/digital-roadmap", "digital-roadmap"), catalogue=False).diagnostics == ()


def test_a_file_without_front_matter() -> None:
    reading = read_curriculum(Source(CURRICULUM_FILE, "# 方案\n", b""))
    assert told(reading) == ["front-matter-missing 1:1"]
    assert reading.errors == reading.diagnostics


def test_yaml_that_kills_a_process_is_refused() -> None:
    reading = read_curriculum(Source(CURRICULUM_FILE, "---\na: " + "[" * 30_000 + "\n---\n", b""))
    assert "front-matter-refused 2:11" in told(reading)


def test_an_edition_whose_themes_are_unknown_takes_any() -> None:
    reading = read(
        ("edition: 2022-2023", "edition: '2024'"),
        ("2022-11-01", "2024-11-01"),
        ("2022-11-04", "2024-11-04"),
        ("2022-11-07", "2024-11-07"),
        ("2022-12-30", "2024-12-30"),
    )
    assert reading.diagnostics == ()


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        (3, [3]),
        ("3", [3]),
        (">=2", [2, 3, 4, 5]),
        (">2", [3, 4, 5]),
        ("<=2", [1, 2]),
        ("<2", [1]),
        (">=2, <5", [2, 3, 4]),
        ("<5,>=2", [2, 3, 4]),
        (">=2, >=4", [4, 5]),
        (">=5, <3", []),
    ],
)
def test_versions(written: str | int, fits: list[int]) -> None:
    versions = parse_versions(written)
    assert [number for number in range(1, 6) if versions.allows(number)] == fits
    assert versions.empty == (not fits)
