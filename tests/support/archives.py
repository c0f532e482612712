"""Course folders as an institution's people would send them."""

import io
import zipfile

COURSE = """---
id: {slug}
title: {title}
institution: {institution}
edition: 2022-2023
themes: {{digital-empowerment: 4}}
audience: [srdi-sme]
hours: 4
mode: online
---

一门用于试验的课程。
"""
LESSON = """# 现状诊断

{text}

::: question true-false {{#{question}}}
数据应当驱动决策。

= true
:::
"""


def course_zip(
    slug: str = "roadmap",
    *,
    institution: str = "tsinghua",
    title: str = "数字化转型路线图",
    text: str = "先看清现状。",
    question: str = "q1",
    more: dict[str, bytes] | None = None,
) -> bytes:
    """A course of one lesson with one question, as a zip."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("course.md", COURSE.format(slug=slug, institution=institution, title=title))
        archive.writestr("01-why/index.md", "# 为什么是现在\n\n从问题出发。\n")
        archive.writestr("01-why/01-diagnosis.md", LESSON.format(text=text, question=question))
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return target.getvalue()
