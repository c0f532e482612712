"""A curriculum as an institution writes it."""

_TEXT = """---
id: {slug}
institution: {institution}
title: {{zh: 数字化赋能主题特训营, en: Digital empowerment camp}}
summary: {{zh: 五天集中学习，两家标杆企业。, en: Five days and two benchmark enterprises.}}
edition: 2022-2023
theme: digital-empowerment
class: camp
cohort: 60
hours: {hours}
courses:
{courses}
visits:
  - {{theme: digital-empowerment, industry: C34, count: 2, duration: half-day}}
plan:
  - {{theme: digital-empowerment, mode: classroom, hours: {taught}}}
  - {{theme: digital-empowerment, mode: visit, hours: 8}}
calendar:
  - {{name: {{zh: 集中学习, en: Block week}}, starts: 2022-11-01, ends: 2022-11-04, hours: {hours}}}
---

# 培养目标

{body}
"""


def curriculum_text(
    *courses: str,
    slug: str = "camp",
    institution: str = "tsinghua",
    taught: int = 16,
    body: str = "面向企业负责人。",
) -> str:
    """`curriculum.md` without a fault. Courses are written `institution/id` or, with a range, `institution/id >=2`."""
    lines = []
    for course in courses:
        name, _, versions = course.partition(" ")
        lines.append(
            f'  - {{course: {name}, version: "{versions or ">=1"}", hours: {taught // len(courses)}}}'
        )
    return _TEXT.format(
        slug=slug,
        institution=institution,
        hours=taught + 8,
        taught=taught,
        courses="\n".join(lines) or "  []",
        body=body,
    )
