"""`lingjun schema`: JSON Schema of what authors write and what Lingjun prints, for editors and programs."""

import argparse
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from schemas.text import Text

if TYPE_CHECKING:
    import msgspec

    from schemas.text import Language

HELP = Text("输出 JSON Schema，供编辑器补全与程序校验", "print JSON Schema, for editors and programs")

WHAT = {
    "course": Text("course.md 的课程头", "front matter of course.md"),
    "module": Text("模块 index.md 的课程头", "front matter of a module's index.md"),
    "lesson": Text("一课的课程头", "front matter of a lesson"),
    "curriculum": Text("curriculum.md 的课程头", "front matter of curriculum.md"),
    "visit-programme": Text("实地教学的 programme.md", "programme.md of site visits"),
    "visit-enterprise": Text("一家企业（enterprises/*.md）", "an enterprise (enterprises/*.md)"),
    "visit-cohort": Text("一个班次（cohorts/*.md）", "a class (cohorts/*.md)"),
    "receipt": Text("课程包内的 receipt.json", "receipt.json inside a package"),
    "diagnostic": Text("check --json 中的一条诊断", "one diagnostic of check --json"),
    "edition": Text("一个年度的资料（schemas/editions）", "an edition of the programme (schemas/editions)"),
    "finding": Text("verify --json 中的一条结论", "one finding of verify --json"),
    "visits": Text("发布的实地教学安排 visits.json", "visits.json as visits publish writes it"),
    "visit-plan": Text("实地教学计划 plan.json", "a plan of site visits (plan.json)"),
    "visit-manifest": Text("实地教学各输出的清单 manifest.json", "manifest.json as visits publish writes it"),
}

_WITH_READERS = ("curriculum", "visit-programme", "visit-enterprise", "visit-cohort")


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """Which document."""
    listed = Text("；", "; ")
    words = Text(
        listed.zh.join(f"{name}：{what.zh}" for name, what in WHAT.items()),
        listed.en.join(f"{name}: {what.en}" for name, what in WHAT.items()),
    )
    parser.add_argument("what", nargs="?", default="course", choices=WHAT, metavar="WHAT", help=say(words))


def run(args: argparse.Namespace) -> int:
    """Print one schema."""
    import msgspec

    print(msgspec.json.format(msgspec.json.encode(_schema(args.what, args.language)), indent=2).decode())
    return 0


def _with_reader(what: str) -> "tuple[type[msgspec.Struct], Mapping[str, Text]]":
    """Keys that are imported together with what reads them, which takes its time."""
    if what == "curriculum":
        from courses.curricula import keys as curricula

        return curricula.CurriculumKeys, curricula.TAKES
    from exporters.visits.reading import keys as visits
    from exporters.visits.reading.takes import TAKES

    kinds: dict[str, type[msgspec.Struct]] = {
        "visit-programme": visits.ProgrammeKeys,
        "visit-enterprise": visits.EnterpriseKeys,
        "visit-cohort": visits.CohortKeys,
    }
    return kinds[what], TAKES[kinds[what]]


def _schema(what: str, language: "Language") -> dict[str, Any]:
    import msgspec

    from catalog.cli.check import ShownDiagnostic
    from courses.front_matter.keys import (
        LESSON_TAKES,
        MODULE_TAKES,
        TAKES,
        CourseKeys,
        LessonKeys,
        ModuleKeys,
    )
    from exporters.visits.output.publication import Manifest
    from exporters.visits.output.tables import PublishedPlan
    from schemas.edition import Edition
    from schemas.package import Finding, Receipt
    from schemas.visits import Plan

    kinds: dict[str, type[msgspec.Struct]] = {
        "course": CourseKeys,
        "module": ModuleKeys,
        "lesson": LessonKeys,
        "receipt": Receipt,
        "diagnostic": ShownDiagnostic,
        "edition": Edition,
        "finding": Finding,
        "visits": PublishedPlan,
        "visit-plan": Plan,
        "visit-manifest": Manifest,
    }
    known: dict[type[msgspec.Struct], Mapping[str, Text]] = {
        CourseKeys: TAKES,
        ModuleKeys: MODULE_TAKES,
        LessonKeys: LESSON_TAKES,
    }
    if what in _WITH_READERS:
        kinds[what], known[kinds[what]] = _with_reader(what)
    schema = msgspec.json.schema(kinds[what])
    main = schema["$defs"][kinds[what].__name__]
    takes = known.get(kinds[what])
    if takes:
        main["additionalProperties"] = False
        for name, about in main["properties"].items():
            about["description"] = takes[name].say(language)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": WHAT[what].say(language),
        **schema,
    }
