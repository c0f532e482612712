"""A course as read from its folder: everything an exporter needs, with the places it came from."""

from enum import StrEnum
from pathlib import Path

import msgspec

from schemas.diagnostics import Place
from schemas.questions import Question
from schemas.text import Language, Text, language_of


class Mode(StrEnum):
    """How the course is taught 教学方式."""

    CLASSROOM = "classroom"
    ONLINE = "online"
    BLENDED = "blended"


class Sequence(StrEnum):
    """In which order lessons may be taken."""

    FREE = "free"
    LINEAR = "linear"


class Objective(msgspec.Struct, frozen=True):
    """A learning objective 学习目标."""

    id: str
    text: Text


class Instructor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who teaches."""

    name: Text
    title: Text = Text()
    affiliation: Text = Text()


class PassRule(msgspec.Struct, frozen=True):
    """When the course is passed: `score` is the share of points needed (None: no score needed), `lessons` the
    share of lessons to complete (`all` is 1.0), `attempts` how often the questions may be taken (0: no limit)."""

    score: float | None = None
    lessons: float = 1.0
    attempts: int = 0


class VisitNeed(msgspec.Struct, frozen=True, omit_defaults=True):
    """A site visit 实地教学 that a course or a curriculum asks for. `industry` is a GB/T 4754 code; `earliest` and `latest`
    name lessons: not before the one, nor after the other has been taught (empty: at any time)."""

    theme: str = ""
    industry: str = ""
    count: int = 1
    duration: str = "half-day"
    objectives: tuple[str, ...] = ()
    earliest: str = ""
    latest: str = ""


class Asset(msgspec.Struct, frozen=True):
    """A file of the author's. `source` is its path in the course folder, `path` its ASCII path in a package
    (`assets/…`, derived from `source` alone), `size` in bytes. Its bytes stay on disk until they are streamed."""

    source: str
    path: str
    size: int
    media_type: str


class Heading(msgspec.Struct, frozen=True):
    """A heading inside a lesson: HTML `id`, level 2–6, plain text."""

    id: str
    level: int
    text: str


class Lesson(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One lesson 课.

    `html` is safe, complete and final: sanitised, mathematics as MathML, code highlighted, asset links as their
    package paths (`assets/…`), links to lessons as `<a href="NAME.html#anchor" data-lesson="ID">`, where NAME is
    `page`. `<div data-question="ID"></div>` marks where each of `questions` stands; a Mermaid diagram is
    `<pre class="mermaid" data-diagram>source</pre>`.
    """

    id: str
    key: str  # schemas.identifiers.state_key(id)
    page: str  # file name of its page, ASCII, e.g. `diagnosis.html`
    title: str
    place: Place
    html: str
    text: str  # plain text, for search
    minutes: int = 0
    questions: tuple[Question, ...] = ()
    headings: tuple[Heading, ...] = ()
    assets: tuple[str, ...] = ()  # `source` of every asset it uses
    diagrams: bool = False  # uses Mermaid


class Module(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One module 模块: an introduction and lessons. `prerequisites` are identifiers of modules to finish first."""

    id: str
    title: str
    place: Place
    lessons: tuple[Lesson, ...]
    html: str = ""  # introduction, same promises as Lesson.html, without questions
    text: str = ""
    assets: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()


class Course(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A course 课程. `source_hash` is the SHA-256 of every file that it was read from (paths and contents)."""

    id: str
    institution: str
    title: Text
    language: str  # BCP 47, e.g. `zh-CN`
    edition: str
    modules: tuple[Module, ...]
    root: Path
    summary: Text = Text()
    themes: dict[str, float] = {}  # hours 学时 by theme slug
    audience: tuple[str, ...] = ()
    hours: float = 0.0
    mode: Mode = Mode.ONLINE
    objectives: tuple[Objective, ...] = ()
    prerequisites: tuple[str, ...] = ()
    instructors: tuple[Instructor, ...] = ()
    passing: PassRule = PassRule()
    sequence: Sequence = Sequence.FREE
    visits: tuple[VisitNeed, ...] = ()
    licence: str = ""
    sample: bool = False  # marked as sample data everywhere it is shown
    html: str = ""  # overview, same promises as Lesson.html, without questions
    text: str = ""
    overview_assets: tuple[str, ...] = ()
    assets: tuple[Asset, ...] = ()
    source_hash: str = ""

    @property
    def interface(self) -> Language:
        """The language of the learner's interface."""
        return language_of(self.language)

    @property
    def name(self) -> str:
        """The course's title in its own language."""
        return self.title.say(self.interface)

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons in order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)
