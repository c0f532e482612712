"""Puts a `Course` together from its front matter, its outline and its rendered parts."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from courses.front_matter.keys import BothLanguages, CourseKeys, Said, VisitKeys
from courses.outline import LessonOutline, ModuleOutline, Outline
from courses.rendering import Rendered, RenderedCourse
from schemas.course import (
    Asset,
    Course,
    Instructor,
    Lesson,
    Module,
    Objective,
    PassRule,
    VisitNeed,
)
from schemas.identifiers import state_key
from schemas.text import Text, language_of


def assemble(keys: CourseKeys, outline: Outline, rendered: RenderedCourse, root: Path) -> Course:
    """The course in `root`; its source hash is still to be filled in."""
    language = keys.language
    overview = rendered.overview

    def said(words: Said) -> Text:
        return text_of(words, language)

    built = tuple(
        _module(module, introduction, lessons)
        for module, (introduction, lessons) in zip(outline.modules, rendered.modules, strict=True)
    )
    return Course(
        id=keys.id,
        institution=keys.institution,
        title=said(keys.title),
        language=language,
        edition=keys.edition,
        modules=built,
        root=root,
        summary=said(keys.summary),
        themes=_themes(keys),
        audience=tuple(keys.audience),
        hours=float(keys.hours),
        mode=keys.mode,
        objectives=tuple(Objective(objective.id, said(objective.text)) for objective in keys.objectives),
        prerequisites=tuple(keys.prerequisites),
        instructors=tuple(
            Instructor(said(teacher.name), said(teacher.title), said(teacher.affiliation))
            for teacher in keys.instructors
        ),
        passing=PassRule(
            keys.passing.score,
            1.0 if keys.passing.lessons == "all" else float(keys.passing.lessons),
            keys.passing.attempts,
        ),
        sequence=keys.sequence,
        visits=visit_needs(keys.visits),
        licence=keys.licence,
        sample=keys.sample,
        html=overview.body.html,
        text=overview.body.text,
        overview_assets=_sources(overview),
        assets=_assets(rendered.parts),
    )


def _module(outline: ModuleOutline, introduction: Rendered | None, lessons: Sequence[Rendered]) -> Module:
    return Module(
        id=outline.id,
        title=outline.title,
        place=outline.place,
        lessons=tuple(_lesson(*pair) for pair in zip(outline.lessons, lessons, strict=True)),
        html=introduction.body.html if introduction else "",
        text=introduction.body.text if introduction else "",
        assets=_sources(introduction) if introduction else (),
        prerequisites=outline.prerequisites,
    )


def _lesson(outline: LessonOutline, rendered: Rendered) -> Lesson:
    body = rendered.body
    return Lesson(
        id=outline.id,
        key=state_key(outline.id),
        page=outline.page,
        title=outline.title,
        place=outline.place,
        html=body.html,
        text=body.text,
        minutes=outline.minutes,
        questions=body.questions,
        headings=body.headings,
        assets=_sources(rendered),
        diagrams=body.diagrams,
    )


def _sources(rendered: Rendered) -> tuple[str, ...]:
    return tuple(asset.source for asset in rendered.assets)


def _assets(parts: Sequence[Rendered]) -> tuple[Asset, ...]:
    """Every asset that is used, once, by path."""
    used: Mapping[str, Asset] = {asset.source: asset for part in parts for asset in part.assets}
    return tuple(used[source] for source in sorted(used))


def _themes(keys: CourseKeys) -> dict[str, float]:
    """Hours by theme; a list shares the course's hours evenly."""
    if isinstance(keys.themes, dict):
        return {theme: float(hours) for theme, hours in keys.themes.items()}
    return {theme: keys.hours / len(keys.themes) for theme in keys.themes}


def visit_needs(visits: Sequence[VisitKeys]) -> tuple[VisitNeed, ...]:
    """What a course or a curriculum asks for, as written."""
    return tuple(
        VisitNeed(
            one.theme,
            one.industry,
            one.count,
            one.duration,
            tuple(one.objectives),
            one.earliest,
            one.latest,
        )
        for one in visits
    )


def text_of(words: Said, language: str) -> Text:
    """Words in both languages as written; a plain string is in the course's language."""
    if isinstance(words, BothLanguages):
        return Text(_line(words.zh), _line(words.en))
    return Text(en=_line(words)) if language_of(language) == "en" else Text(zh=_line(words))


def _line(words: str) -> str:
    """Titles and names go into attributes and tables: one line, single spaces."""
    return " ".join(words.split())
