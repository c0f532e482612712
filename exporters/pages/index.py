"""The index page: what the course is, its objectives and contents; the shell of a package with one SCO."""

from html import escape

from exporters.pages.document import Runtime, document
from exporters.pages.fragments import rehome
from exporters.pages.words import Words, quantity, words
from schemas.course import Course, Lesson, Module
from schemas.edition import editions


def index_page(course: Course, *, runtime: Runtime) -> bytes:
    """`index.html` as UTF-8. Linear in lessons: the one page that holds the whole outline."""
    say = words(course.interface)
    return document(
        course,
        title=course.name,
        runtime=runtime,
        structure="single" if runtime != "local" else "pages",
        main=(
            f'<main id="main" tabindex="-1" data-index><article>{_head(course, say)}'
            f"{_overview(course, say)}{_objectives(course, say)}{_contents(course, say)}</article></main>"
        ),
    )


def _head(course: Course, say: Words) -> str:
    summary = course.summary.say(course.interface)
    lead = f'<p class="lead">{escape(summary)}</p>' if summary else ""
    first = course.modules[0].lessons[0]
    start = f'href="{escape(first.page)}" data-lesson="{escape(first.id)}"'
    return (
        f'<header class="cover"><p class="eyebrow">{_hours(course, say)}</p>'
        f'<h1 tabindex="-1">{escape(course.name)}</h1>{lead}{_facts(course, say)}'
        f'<p class="go"><a class="primary" id="start" {start}>{say.start}</a></p></header>'
        f'<section class="progress" id="progress" aria-label="{say.progress}" hidden></section>'
    )


def _hours(course: Course, say: Words) -> str:
    parts = [escape(course.edition)] if course.edition else []
    if course.hours:
        parts.append(say.hours.format(quantity(course.hours)))
    return " · ".join(parts)


def _facts(course: Course, say: Words) -> str:
    """Themes, audience, instructors and licence; slugs that the edition doesn't know show as they are."""
    language = course.interface
    edition = editions().get(course.edition)
    names = (
        {term.slug: term.name.say(language) for term in (*edition.themes, *edition.tiers)} if edition else {}
    )
    between = "、" if language == "zh" else ", "
    instructors = (
        " ".join(
            part
            for part in (who.name.say(language), who.title.say(language), who.affiliation.say(language))
            if part
        )
        for who in course.instructors
    )
    rows = (
        (say.themes, between.join(names.get(slug, slug) for slug in course.themes)),
        (say.audience, between.join(names.get(slug, slug) for slug in course.audience)),
        (say.instructors, ("；" if language == "zh" else "; ").join(instructors)),
        (say.licence, course.licence),
    )
    cells = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in rows if value)
    return f'<dl class="facts">{cells}</dl>' if cells else ""


def _overview(course: Course, say: Words) -> str:
    if not course.html:
        return ""
    return f'<section class="overview body" aria-label="{say.overview}">{course.html}</section>'


def _objectives(course: Course, say: Words) -> str:
    if not course.objectives:
        return ""
    items = "".join(f"<li>{escape(o.text.say(course.interface))}</li>" for o in course.objectives)
    return (
        '<section class="objectives" aria-labelledby="lingjun-objectives">'
        f'<h2 id="lingjun-objectives">{say.objectives}</h2><ul>{items}</ul></section>'
    )


def _contents(course: Course, say: Words) -> str:
    modules = "".join(_module(number, module, say) for number, module in enumerate(course.modules, start=1))
    return (
        '<section class="contents" aria-labelledby="lingjun-contents">'
        f'<h2 id="lingjun-contents">{say.contents}</h2><ol class="modules">{modules}</ol></section>'
    )


def _module(number: int, module: Module, say: Words) -> str:
    intro = ""
    if module.html:
        html = rehome(module.html, f"module-{number}-", deeper=2)
        summary = f"<summary>{say.module_intro}</summary>"
        intro = f'<details class="intro">{summary}<div class="body">{html}</div></details>'
    lessons = "".join(_lesson(lesson, say) for lesson in module.lessons)
    return f'<li class="module"><h3>{escape(module.title)}</h3>{intro}<ol class="lessons">{lessons}</ol></li>'


def _lesson(lesson: Lesson, say: Words) -> str:
    minutes = f'<small class="minutes">{say.minutes.format(lesson.minutes)}</small>' if lesson.minutes else ""
    return (
        f'<li><a href="{escape(lesson.page)}" data-lesson="{escape(lesson.id)}">'
        f'<span class="lesson-title">{escape(lesson.title)}</span>{minutes}</a></li>'
    )
