"""What a class has to visit because its curriculum and that one's courses ask for it."""

from datetime import date
from pathlib import Path

import pytest

from exporters.visits.reading import Reading, read_programme
from schemas.text import Text
from schemas.visits import Cohort, Duration, Need

PROGRAMME = "---\ntitle: 示例\nedition: 2022-2023\nas_of: 2023-01-04\n---\n"
CURRICULUM = """---
id: camp
institution: pku
title: 特训营
edition: 2022-2023
theme: digital-empowerment
class: camp
courses:
  - {course: roadmap, hours: 8}
  - {course: tsinghua/finance}
visits:
  - {industry: C, duration: day, earliest: roadmap, latest: tsinghua/finance/cost, objectives: [roadmap/o1]}
---
"""
ROADMAP = """---
id: roadmap
institution: pku
title: 路线图
edition: 2022-2023
hours: 16
objectives: [{id: o1, text: {zh: 看懂看板, en: Read the boards}}]
visits:
  - {theme: digital-empowerment, earliest: why, objectives: [o1]}
  - {theme: digital-empowerment, earliest: plan, count: 2}
  - {industry: C36, latest: plan}
---

# 一 {#m1}

## 为何 {#why}

正文。

## 计划 {#plan}

正文。

::: question true-false {#q1 objectives="o1"}
对吗？

= 对
:::
"""
FINANCE = """---
id: finance
institution: tsinghua
title: 财务
edition: 2022-2023
hours: 8
visits:
  - {industry: C36}
---

# 一 {#m1}

## 成本 {#cost}

正文。

## 收益 {#gain}

正文。
"""
# Two days in the classroom, a free day, and two days again: eight half-days for sixteen hours.
COHORT = """---
name: 一班
institution: pku
size: 40
province: 北京市
city: 北京市
curriculum: camp
days:
  - {from: 2023-03-06, to: 2023-03-07}
  - {from: 2023-03-08, taught: false}
  - {from: 2023-03-09, to: 2023-03-10}
visits:
  - {industry: C36}
---
"""
FILES = {
    "programme.md": PROGRAMME,
    "curricula/camp.md": CURRICULUM,
    "courses/roadmap/course.md": ROADMAP,
    "courses/finance/course.md": FINANCE,
    "cohorts/one.md": COHORT,
}


def read(folder: Path, *edits: tuple[str, str, str]) -> Reading:
    """The folder after some replacements: file, old, new."""
    texts = dict(FILES)
    for name, old, new in edits:
        assert texts[name].count(old) == 1, old
        texts[name] = texts[name].replace(old, new)
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return read_programme(folder)


def cohort(reading: Reading) -> Cohort:
    assert reading.programme is not None, reading.diagnostics
    return reading.programme.cohorts[0]


def needs(reading: Reading) -> dict[str, Need]:
    found = cohort(reading).needs
    assert len({need.id for need in found}) == len(found)
    return {need.id: need for need in found}


def march(day: int) -> date:
    return date(2023, 3, day)


def test_a_class_needs_what_its_curriculum_and_courses_ask_for(tmp_path: Path) -> None:
    found = needs(read(tmp_path))
    assert list(found) == [
        "roadmap.digital-empowerment-2",
        "roadmap.digital-empowerment",
        "roadmap.C36",
        "tsinghua.finance.C36",
        "curriculum.C.day",
        "C36",
    ]
    first = found["roadmap.digital-empowerment-2"]
    assert first.objectives == (Text("看懂看板", "Read the boards"),)
    assert (first.source, first.count, first.duration) == ("pku/roadmap", 1, Duration.HALF_DAY)
    assert first.asked_by == Text("路线图")
    assert found["C36"].asked_by == Text()  # the class's own
    whole = found["curriculum.C.day"]
    assert (whole.source, whole.industry, whole.duration) == ("pku/camp", "C", Duration.DAY)
    assert whole.objectives == first.objectives


def test_a_lesson_has_its_day_when_its_hours_have_been_taught(tmp_path: Path) -> None:
    # Four hours a lesson, sixteen in all, eight half-days: a lesson a day, none on the free day.
    found = needs(read(tmp_path))
    days = {name: (need.earliest, need.latest) for name, need in found.items()}
    assert days == {
        "roadmap.digital-empowerment-2": (march(6), None),
        "roadmap.digital-empowerment": (march(7), None),
        "roadmap.C36": (None, march(7)),
        "tsinghua.finance.C36": (None, None),
        "curriculum.C.day": (march(7), march(9)),
        "C36": (None, None),
    }


@pytest.mark.parametrize(
    ("edits", "days"),
    [
        # The course's own hours, sixteen of twenty-four: the first lesson takes a third of eight half-days.
        ([("curricula/camp.md", "{course: roadmap, hours: 8}", "{course: roadmap}")], (march(7), march(9))),
        # By minutes: the first lesson has a quarter of the course.
        (
            [
                ("courses/roadmap/course.md", "## 为何 {#why}", "## 为何 {#why minutes=15}"),
                ("courses/roadmap/course.md", "## 计划 {#plan}", "## 计划 {#plan minutes=45}"),
            ],
            (march(6), march(7)),
        ),
        # No day is taught: all half-days count, here in two weeks.
        (
            [
                (
                    "cohorts/one.md",
                    "2023-03-06, to: 2023-03-07}",
                    "2023-03-06, to: 2023-03-07, taught: false}",
                ),
                (
                    "cohorts/one.md",
                    "2023-03-09, to: 2023-03-10}",
                    "2023-03-13, to: 2023-03-17, taught: false}",
                ),
            ],
            (march(7), march(13)),
        ),
    ],
)
def test_hours_are_spread_over_the_half_days_that_are_taught(
    tmp_path: Path, edits: list[tuple[str, str, str]], days: tuple[date, date]
) -> None:
    found = needs(read(tmp_path, *edits))
    starts = [need.earliest for name, need in found.items() if name.startswith("roadmap.d")]
    assert tuple(starts) == days


def test_another_order_changes_no_identifier(tmp_path: Path) -> None:
    before = needs(read(tmp_path / "before"))
    visits = ROADMAP.split("visits:\n")[1].split("---", maxsplit=1)[0]
    turned = "".join(f"{line}\n" for line in reversed(visits.splitlines()))
    after = needs(read(tmp_path / "after", ("courses/roadmap/course.md", visits, turned)))
    assert list(after) != list(before)
    assert after == before


def test_a_class_of_another_institution_may_follow_a_curriculum(tmp_path: Path) -> None:
    found = read(tmp_path, ("cohorts/one.md", "institution: pku", "institution: zju"))
    assert "curriculum.C.day" in needs(found)
    full = read(tmp_path, ("cohorts/one.md", "curriculum: camp", "curriculum: pku/camp"))
    assert "curriculum.C.day" in needs(full)


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "code", "cure"),
    [
        ("cohorts/one.md", "curriculum: camp", "curriculum: cmp", "cohorts/one.md:7:13", "visit-curriculum-unknown", "camp"),
        ("courses/roadmap/course.md", "earliest: why", "earliest: wyh", "courses/roadmap/course.md:9:44", "unknown-visit-lesson", "why"),
        ("courses/roadmap/course.md", "objectives: [o1]}", "objectives: [o2]}", "courses/roadmap/course.md:9:62", "unknown-objective", "o1"),
        ("curricula/camp.md", "finance/cost", "finance/csot", "curricula/camp.md:12:61", "visit-lesson-unknown", "finance/cost"),
        ("curricula/camp.md", "[roadmap/o1]", "[o1]", "curricula/camp.md:12:97", "visit-objective-unknown", "roadmap/o1"),
        ("curricula/camp.md", "roadmap, hours", "rodmap, hours", "curricula/camp.md:9:14", "course-unknown", "courses"),
        ("cohorts/one.md", "{industry: C36}", "{theme: nothing}", "cohorts/one.md:13:13", "theme-unknown", "digital"),
        ("cohorts/one.md", "{industry: C36}", "{industry: C36, id: a}\n  - {industry: C34, id: a}", "cohorts/one.md:13:3", "visit-need-twice", "id"),
        ("cohorts/one.md", "{industry: C36}", "{earliest: 2023-03-10, latest: 2023-03-06}", "cohorts/one.md:13:5", "visit-need-backwards", "latest"),
        ("cohorts/one.md", "{industry: C36}", "{industry: D3612}", "cohorts/one.md:13:16", "visit-industry-unknown", "C3612"),
        ("cohorts/one.md", "{industry: C36}", "{industry: c36}", "cohorts/one.md:13:16", "wrong-value", "C34"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_place_and_cure(
    tmp_path: Path, name: str, old: str, new: str, place: str, code: str, cure: str
) -> None:
    reading = read(tmp_path, (name, old, new))
    assert reading.programme is None
    told = next(one for one in reading.errors if one.code == code)
    assert f"{told.place.file}:{told.place.line}:{told.place.column}" == place
    assert cure in told.cure.zh
    assert cure in told.cure.en
    assert told.place.file in reading.texts
