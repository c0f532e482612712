"""Sample curricula 培训方案: one for each theme, made of the catalogue's own sample courses."""

import hashlib
from collections.abc import Sequence

import msgspec
from sqlalchemy.orm import Session

from catalog.demonstration.courses import EDITION
from catalog.demonstration.people import HOME
from catalog.domain.actions import Action
from catalog.domain.states import State
from catalog.intake.curricula import ReadCurriculum
from catalog.services import curricula
from catalog.services.events import Cause
from catalog.services.facts import CourseFacts
from courses.curricula import CURRICULUM_FILE, Kind, read_curriculum
from courses.sources import Source
from schemas.edition import editions
from schemas.text import Text

_MOST_COURSES = 4
_TITLE = {
    Kind.YEAR: Text("{theme}年度班培训方案（示例）", "{theme}: curriculum of a year's class (sample)"),
    Kind.CAMP: Text("{theme}主题特训营培训方案（示例）", "{theme}: curriculum of a camp (sample)"),
}
_SUMMARY = Text("示例培训方案，仅供演示。", "A sample curriculum, for demonstration only.")
_OPENING = Text("开班与集中授课", "Opening and classroom weeks")
_ONLINE = Text("线上学习与辅导", "Online study and coaching")
_VISITING = Text("标杆企业实地教学", "Benchmark enterprises")
_BODY = """# 培养目标

面向中小企业经营管理领军人才：**学完能做出一份本企业的行动方案**，并在标杆企业看到同样的做法怎样落地。

# 教学安排

1. 开班与集中授课：由培训承担机构讲授。
2. 线上学习与辅导：在本机构的学习平台上按自己的进度完成。
3. 标杆企业实地教学：按班次安排，每次半天。

::: tip 示例
本方案是演示用的示例，不是任何机构的真实方案。
:::
"""
_TEMPLATE = """---
id: sample-{theme}
institution: {institution}
title: {title}
summary: {summary}
edition: {edition}
theme: {theme}
class: {kind}
cohort: 60
hours: {hours}
courses:
{courses}
visits:
  - {{theme: {theme}, industry: C35, count: 2, duration: half-day}}
plan:
  - {{theme: {theme}, mode: classroom, hours: {half}}}
  - {{theme: {theme}, mode: online, hours: {half}}}
  - {{theme: {theme}, mode: visit, hours: 8}}
calendar:
{calendar}
---

{body}
"""
# How far each theme's curriculum has come.
_STATES = (State.PUBLISHED, State.PUBLISHED, State.SUBMITTED, State.DRAFT)
_STEPS = {
    State.DRAFT: (),
    State.SUBMITTED: (Action.SUBMIT,),
    State.PUBLISHED: (Action.SUBMIT, Action.APPROVE),
}


def add_curricula(session: Session, publisher: Cause, centre: Cause, courses: Sequence[CourseFacts]) -> int:
    """One for each theme that has a course; how many. `courses` are published."""
    count = 0
    for theme, state in zip(editions()[EDITION].themes, _STATES, strict=True):
        chosen = [facts for facts in courses if theme.slug in facts.themes][:_MOST_COURSES]
        if not chosen:
            continue
        kind = list(Kind)[count % 2]
        text = _text(theme.slug, theme.name, kind, chosen)
        reading = read_curriculum(Source(CURRICULUM_FILE, text, hashlib.sha256(text.encode()).digest()))
        read = ReadCurriculum(text, reading, reading.diagnostics)
        version = curricula.receive(session, publisher, read, if_match=None)
        for step in _STEPS[state]:
            cause = centre if step is Action.APPROVE else publisher
            version = curricula.take_step(session, cause, step, version.id, if_match=version.row_version)
        count += 1
    return count


def _text(theme: str, name: Text, kind: Kind, courses: Sequence[CourseFacts]) -> str:
    """`curriculum.md` as an institution would write it."""
    taught = sum(facts.hours for facts in courses)
    year = kind is Kind.YEAR
    ends = "2023-10-27" if year else "2022-12-02"
    last = ("2023-10-30", "2023-10-31") if year else ("2022-12-05", "2022-12-06")
    phases = (
        (_OPENING, "2022-11-07", "2022-11-11", taught / 2),
        (_ONLINE, "2022-11-14", ends, taught / 2),
        (_VISITING, *last, 8),
    )
    return _TEMPLATE.format(
        theme=theme,
        institution=HOME,
        title=_both(_TITLE[kind].format(theme=name)),
        summary=_both(_SUMMARY),
        edition=EDITION,
        kind=kind.value,
        hours=f"{taught + 8:g}",
        half=f"{taught / 2:g}",
        courses="\n".join(f"  - {{course: {facts.institution}/{facts.id}}}" for facts in courses),
        calendar="\n".join(
            f"  - {{name: {_both(words)}, starts: {starts}, ends: {ends}, hours: {hours:g}}}"
            for words, starts, ends, hours in phases
        ),
        body=_BODY,
    )


def _both(text: Text) -> str:
    """As YAML writes it: JSON's strings are YAML's too."""
    zh, en = (msgspec.json.encode(words).decode() for words in (text.zh, text.en))
    return f"{{zh: {zh}, en: {en}}}"
