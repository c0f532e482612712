"""One lesson's page."""

import re
from html import escape

from exporters.pages.data import Structure, question_data, safe_json
from exporters.pages.document import Runtime, document
from exporters.pages.forms import question_form
from exporters.pages.fragments import rehome
from exporters.pages.words import Words, counted, words
from schemas.course import Course, Lesson, Module

_MARK = re.compile(r'<div data-question="([^"]*)"></div>')
_FEW = 3  # a lesson with fewer headings needs no list of its sections


def lesson_page(course: Course, lesson: Lesson, *, runtime: Runtime, structure: Structure = "pages") -> bytes:
    """The page of `lesson` as UTF-8.

    `structure` is the one given to `course_data`. In `lessons` nothing links out of the page, and the first
    lesson carries the course's overview, since such a package has no index page.
    """
    say = words(course.interface)
    module, before, after = _around(course, lesson)
    alone = structure == "lessons"
    opening = _head(module, lesson, say)
    if alone and before is None and course.html:
        opening += _folded(say.course_intro, rehome(course.html, "course-"))
    if module.html and module.lessons[0] is lesson:
        opening += _folded(say.module_intro, rehome(module.html, "module-"))
    turn = "" if alone else _turn(before, after, say)
    return document(
        course,
        title=f"{lesson.title} · {course.name}",
        runtime=runtime,
        structure=structure,
        main=(
            f'<main id="main" tabindex="-1" data-lesson="{escape(lesson.id)}">{_sections(lesson, say)}'
            f'<article>{opening}<div class="body">{_body(lesson, say)}</div></article>'
            f"{turn}{_questions(lesson)}</main>"
        ),
    )


def _around(course: Course, lesson: Lesson) -> tuple[Module, Lesson | None, Lesson | None]:
    """The lesson's module, and the lessons before and after it in the course."""
    before: Lesson | None = None
    home: Module | None = None
    for module in course.modules:
        for candidate in module.lessons:
            if home:
                return home, before, candidate
            if candidate is lesson:
                home = module
            else:
                before = candidate
    if home is None:
        raise ValueError(lesson.id)
    return home, before, None


def _head(module: Module, lesson: Lesson, say: Words) -> str:
    facts = [say.minutes.format(lesson.minutes)] if lesson.minutes else []
    if lesson.questions:
        facts.append(counted(len(lesson.questions), say.one_question, say.questions))
    about = f'<p class="facts">{" · ".join(facts)}</p>' if facts else ""
    return (
        f'<header class="lesson-head"><p class="eyebrow">{escape(module.title)}</p>'
        f'<h1 tabindex="-1">{escape(lesson.title)}</h1>{about}</header>'
    )


def _folded(title: str, html: str) -> str:
    return f'<details class="intro" open><summary>{title}</summary><div>{html}</div></details>'


def _sections(lesson: Lesson, say: Words) -> str:
    """The lesson's headings of the second level, for the margin of a wide screen."""
    headings = [heading for heading in lesson.headings if heading.level == 2]
    if len(headings) < _FEW:
        return ""
    items = "".join(f'<li><a href="#{escape(h.id)}">{escape(h.text)}</a></li>' for h in headings)
    return f'<nav class="sections" aria-label="{say.sections}"><p>{say.sections}</p><ol>{items}</ol></nav>'


def _body(lesson: Lesson, say: Words) -> str:
    """The lesson's HTML with each question's form where its mark stands."""
    if not lesson.questions:
        return lesson.html
    forms = {
        escape(question.id): question_form(question, number, say)
        for number, question in enumerate(lesson.questions, start=1)
    }
    return _MARK.sub(lambda mark: forms[mark[1]], lesson.html)


def _turn(before: Lesson | None, after: Lesson | None, say: Words) -> str:
    """Previous and next as plain links, which work without JavaScript."""
    links = ""
    if before:
        links += _to(before, "previous", say.previous)
    if after:
        links += _to(after, "next", say.next)
    return f'<nav class="turn" aria-label="{say.pages}">{links}</nav>' if links else ""


def _to(lesson: Lesson, where: str, word: str) -> str:
    rel = "prev" if where == "previous" else "next"
    return (
        f'<a class="{where}" rel="{rel}" href="{escape(lesson.page)}" data-lesson="{escape(lesson.id)}">'
        f"<small>{word}</small><span>{escape(lesson.title)}</span></a>"
    )


def _questions(lesson: Lesson) -> str:
    if not lesson.questions:
        return ""
    data = safe_json([question_data(question) for question in lesson.questions]).decode()
    return f'<script type="application/json" id="lesson-questions">{data}</script>'
