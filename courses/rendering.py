"""Renders the parts of a course, or takes them from the cache where nothing they depend on has changed."""

import hashlib

import msgspec

from courses.cache import Cache
from courses.checks import rule
from courses.library import Destinations, Library, Target
from courses.links import PartLinks, Question
from courses.markdown import render
from courses.markdown.contract import Body
from courses.outline import Outline, Part
from courses.tree import Report
from courses.wording import did_you_mean
from schemas.course import Asset
from schemas.diagnostics import Diagnostic


class Rendered(msgspec.Struct, frozen=True):
    """A part's text and what was said about it. `answers` is the digest of the answers to `questions`."""

    body: Body
    diagnostics: tuple[Diagnostic, ...]
    questions: tuple[Question, ...]
    answers: bytes
    assets: tuple[Asset, ...]


class Renderer:
    """Renders parts of one course in `language` (BCP 47)."""

    def __init__(self, library: Library, language: str, cache: Cache) -> None:
        self._library = library
        self._language = language
        self._cache = cache

    def render(self, part: Part, own: Target | None) -> Rendered:
        """A part's text; `own` is the lesson it is, None for an introduction (which has no questions)."""
        key = self._key(part, own)
        known = self._cache.get(key, Rendered)
        if known is not None and self._still_true(known, own):
            return known
        heard: list[Diagnostic] = []
        links = PartLinks(self._library, own, heard.append)
        body = render(
            part.text,
            file=part.file,
            first_line=part.first_line,
            title_level=part.title_level,
            language=self._language,
            links=links,
            report=heard.append,
            with_questions=own is not None,
        )
        assets = tuple(links.used[source] for source in sorted(links.used))
        rendered = Rendered(body, tuple(heard), tuple(links.questions), links.digest(), assets)
        self._cache.put(key, rendered)
        return rendered

    def _still_true(self, known: Rendered, own: Target | None) -> bool:
        links = PartLinks(self._library, own, lambda _: None)
        links.ask_again(known.questions)
        return links.digest() == known.answers

    def _key(self, part: Part, own: Target | None) -> bytes:
        """What a part's text follows from, apart from its links."""
        return hashlib.sha256(msgspec.msgpack.encode((part, own, self._language))).digest()


class RenderedCourse(msgspec.Struct, frozen=True):
    """All parts in the outline's order: the overview, and each module's introduction and lessons."""

    overview: Rendered
    modules: tuple[tuple[Rendered | None, tuple[Rendered, ...]], ...]

    @property
    def parts(self) -> tuple[Rendered, ...]:
        """Every part."""
        parts = [part for introduction, lessons in self.modules for part in (introduction, *lessons)]
        return (self.overview, *(part for part in parts if part))


class _Anchors(msgspec.Struct, frozen=True):
    """Which lesson of a single-file course holds an anchor, as the reading before found it."""

    targets: dict[str, Target]


def render_course(
    outline: Outline, destinations: Destinations, renderer: Renderer, cache: Cache
) -> RenderedCourse:
    """Every part of a course. In a single file, where an anchor is known only when everything has been rendered,
    parts with links to other lessons' anchors are rendered twice, unless the cache remembers the anchors."""
    if outline.single:
        key = hashlib.sha256(b"anchors").digest()
        known = cache.get(key, _Anchors)
        destinations.anchors.update(known.targets if known else {})
        first = _render_parts(outline, renderer)
        anchors = _anchors(outline, first)
        if anchors == destinations.anchors:
            return first
        destinations.anchors.clear()
        destinations.anchors.update(anchors)
        cache.put(key, _Anchors(anchors))
    return _render_parts(outline, renderer)


def tell_broken_anchors(course: RenderedCourse, outline: Outline, library: Library, report: Report) -> None:
    """Report links to anchors that their lessons don't have."""
    bodies = [lesson.body for _, lessons in course.modules for lesson in lessons]
    anchors = {
        lesson.id: frozenset(body.anchors) for lesson, body in zip(outline.lessons, bodies, strict=True)
    }
    for part in course.parts:
        for lesson, anchor, place in part.body.links:
            if anchor not in anchors.get(lesson, ()):
                near = library.nearest_anchor(anchor, anchors.get(lesson, ()))
                report(rule("broken-link").at(place, target=f"#{anchor}", hint=did_you_mean(near)))


def _render_parts(outline: Outline, renderer: Renderer) -> RenderedCourse:
    overview = renderer.render(outline.overview, None)
    modules = tuple(
        (
            renderer.render(module.part, None) if module.part else None,
            tuple(renderer.render(lesson.part, Target(lesson.id, lesson.page)) for lesson in module.lessons),
        )
        for module in outline.modules
    )
    return RenderedCourse(overview, modules)


def _anchors(outline: Outline, course: RenderedCourse) -> dict[str, Target]:
    """Where each anchor of the lessons is first found."""
    anchors: dict[str, Target] = {}
    rendered = [lesson for _, lessons in course.modules for lesson in lessons]
    for lesson, part in zip(outline.lessons, rendered, strict=True):
        for anchor in part.body.anchors:
            anchors.setdefault(anchor, Target(lesson.id, lesson.page))
    return anchors
