"""From a course folder to a `Course`: reads, renders, checks, and tells everything that is wrong at once."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from courses import front_matter
from courses.assembly import assemble
from courses.cache import Cache
from courses.checks import check_course, rule
from courses.front_matter import CourseKeys, Matter, Parts
from courses.layouts.folder import ASSETS, Shelf, is_markdown, module_folders, read_lesson
from courses.layouts.single import read_single
from courses.library import Destinations, Library, Target
from courses.manuscript import Manuscript
from courses.markdown import titles
from courses.markdown.contract import Title
from courses.naming import fold, nfc
from courses.outline import LessonOutline, Outline, Unnamed
from courses.rendering import Renderer, render_course, tell_broken_anchors
from courses.sources import MAX_FILE, MAX_LESSON, Source, read_source
from courses.tree import Entry, Tree
from schemas.course import Course
from schemas.diagnostics import Diagnostic, Place, Severity
from schemas.edition import editions
from schemas.errors import UsageError
from schemas.identifiers import ascii_name
from schemas.system import system_reason
from schemas.text import Text

COURSE_FILE = "course.md"

_NO_PATH = Text("找不到“{path}”。", "There is no “{path}”.")
_BELOW = Text("下面有课程文件夹，可指定其中一个：{courses}。", "There are course folders in it: {courses}. ")
_NO_COURSE = Text(
    "“{path}”既不是课程文件夹，也不是 .md 文件。", "“{path}” is neither a course folder nor a .md file."
)


class Reading(msgspec.Struct, frozen=True):
    """What was read: the course (None when there is nothing sensible to show), every diagnostic in the order of
    files and lines, the text of each Markdown file by path, and the headings that have no identifier yet."""

    course: Course | None
    diagnostics: tuple[Diagnostic, ...]
    root: Path
    texts: Mapping[str, str]
    unnamed: tuple[Unnamed, ...] = ()

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What stops an export."""
        return tuple(found for found in self.diagnostics if found.severity is Severity.ERROR)


def read_course(path: Path, *, cache: Cache | None = None) -> Reading:
    """Read the course at `path`: a course folder, its `course.md`, or any single Markdown file.

    Raises UsageError when there is nothing at `path`; everything else that is wrong becomes a diagnostic. With a
    `cache`, only what changed since is rendered again.
    """
    folder, file = _locate(path)
    reader = _Reader(folder, cache or Cache())
    return reader.read(file)


def _locate(path: Path) -> tuple[Path, str | None]:
    """The course folder, and the file when `path` is that of a single-file course."""
    try:
        if path.is_dir():
            return path, None
        exists, is_file = path.exists(), path.is_file()
    except (OSError, ValueError):  # a name too long, a NUL
        exists = is_file = False
    if not exists:
        raise UsageError(_NO_PATH.format(path=path))
    if not is_file or path.suffix.lower() != ".md":
        raise UsageError(_NO_COURSE.format(path=path))
    return path.parent, None if fold(path.name) == COURSE_FILE else path.name


class _Titles(msgspec.Struct, frozen=True):
    """A file's headings, for the cache."""

    titles: tuple[Title, ...]


class _Opened(msgspec.Struct, frozen=True):
    """A lesson's file before it is rendered, for the cache."""

    outline: LessonOutline
    diagnostics: tuple[Diagnostic, ...]


class _Reader:
    """One reading of one folder."""

    def __init__(self, folder: Path, cache: Cache) -> None:
        self._found: list[Diagnostic] = []
        self._tree = Tree(folder, self._report)
        self._cache = cache
        self._opened: set[str] = set()
        self._sources: dict[str, Source] = {}
        self._mentioned: frozenset[str] = frozenset()
        self._unbuilt = False
        self._unbuilt_objectives: frozenset[str] = frozenset()

    def read(self, single_file: str | None) -> Reading:
        """Everything, from the folder to the sorted diagnostics."""
        entry = self._course_entry(single_file)
        source = self._open(entry, MAX_FILE) if entry else None
        course, outline = self._course(source, whole_folder=single_file is None) if source else (None, None)
        self._cache.finish()
        return Reading(
            course,
            tuple(sorted(dict.fromkeys(self._found), key=lambda found: (found.place, found.code))),
            self._tree.root,
            {file: source.text for file, source in self._sources.items()},
            outline.unnamed if outline else (),
        )

    def _course_entry(self, single_file: str | None) -> Entry | None:
        found = self._tree.find(single_file or COURSE_FILE)
        if found and not found.entry.folder:
            return found.entry
        inner = [entry for entry in self._tree.children() if entry.folder]
        courses = [entry.name for entry in inner if self._tree.find(f"{entry.path}/{COURSE_FILE}")]
        hint = _BELOW.format(courses=", ".join(courses[:10])) if courses else Text()
        self._report(rule("missing-course-file").at(Place(single_file or COURSE_FILE), hint=hint))
        return None

    def _course(self, source: Source, *, whole_folder: bool) -> tuple[Course, Outline]:
        name = self._tree.root.name or "course"
        fallback = CourseKeys(id=ascii_name(name), title=name, edition="")
        matter, parts = front_matter.course(source, fallback, self._report)
        outline = self._outline(source.file, matter, parts, whole_folder=whole_folder)
        for lesson in outline.lessons:
            if lesson.part.is_empty:
                self._report(rule("empty-lesson").at(lesson.place, title=lesson.title))
        course = self._render(matter.keys, outline)
        files = list(self._tree.files()) if whole_folder else []
        self._tell_strays(files)
        manuscript = Manuscript(
            course=course,
            written=matter.written,
            edition=editions().get(matter.keys.edition),
            files=tuple(entry.path for entry in files if not is_markdown(entry)),
            mentioned=self._mentioned,
            unbuilt=self._unbuilt,
            unbuilt_objectives=self._unbuilt_objectives,
            unread_modules=frozenset(module.id for module in outline.modules if module.unread),
        )
        self._found.extend(check_course(manuscript))
        return course, outline

    def _outline(self, file: str, matter: Matter[CourseKeys], parts: Parts, *, whole_folder: bool) -> Outline:
        if whole_folder and module_folders(self._tree):
            shelf = Shelf(self._tree, self._titles, self._open, self._lesson, self._report)
            return shelf.outline(file, matter, parts)
        return read_single(file, parts, self._titles, self._report)

    def _render(self, keys: CourseKeys, outline: Outline) -> Course:
        targets = {lesson.id: Target(lesson.id, lesson.page) for lesson in outline.lessons}
        unread = frozenset(file for module in outline.modules for file in module.unread)
        destinations = Destinations(_by_file(outline, targets), targets, {}, outline.single, unread)
        library = Library(self._tree, destinations, keys.language)
        renderer = Renderer(library, keys.language, self._cache)
        rendered = render_course(outline, destinations, renderer, self._cache)
        for part in rendered.parts:
            self._found.extend(part.diagnostics)
        tell_broken_anchors(rendered, outline, library, self._report)
        self._mentioned = library.mentioned
        self._unbuilt = any(part.body.unbuilt for part in rendered.parts)
        self._unbuilt_objectives = frozenset(
            objective for part in rendered.parts for objective in part.body.unbuilt_objectives
        )
        course = assemble(keys, outline, rendered, self._tree.root)
        return msgspec.structs.replace(course, source_hash=self._source_hash(course))

    def _tell_strays(self, files: Sequence[Entry]) -> None:
        """Markdown that an author may believe to be part of the course."""
        for entry in files:
            in_assets = entry.path.startswith(f"{ASSETS}/")
            if is_markdown(entry) and not in_assets and entry.path not in self._opened:
                self._report(rule("stray-lesson").at(Place(entry.path)))

    def _source_hash(self, course: Course) -> str:
        """SHA-256 over the path and the SHA-256 of every file that the course was read from."""
        digests = {file: source.digest for file, source in self._sources.items()}
        for asset in course.assets:
            try:
                digests[asset.source] = self._cache.sha256(self._tree.root / asset.source, asset.source)
            except OSError as error:
                reason = system_reason(error)
                self._report(rule("file-unreadable").at(Place(asset.source), reason=reason))
        total = hashlib.sha256()
        for file in sorted(digests, key=nfc):
            total.update(nfc(file).encode() + b"\0" + digests[file])
        return total.hexdigest()

    def _titles(self, text: str) -> tuple[Title, ...]:
        key = hashlib.sha256(b"titles\0" + text.encode()).digest()
        known = self._cache.get(key, _Titles)
        if known is None:
            known = _Titles(titles(text))
            self._cache.put(key, known)
        return known.titles

    def _lesson(self, source: Source) -> LessonOutline:
        key = hashlib.sha256(b"lesson\0" + source.file.encode() + b"\0" + source.digest).digest()
        known = self._cache.get(key, _Opened)
        if known is None:
            heard: list[Diagnostic] = []
            known = _Opened(read_lesson(source, heard.append), tuple(heard))
            self._cache.put(key, known)
        self._found.extend(known.diagnostics)
        return known.outline

    def _open(self, entry: Entry, limit: int = MAX_LESSON) -> Source | None:
        self._opened.add(entry.path)
        source = read_source(self._tree.root, entry.path, self._report, limit=limit)
        if source:
            self._sources[entry.path] = source
        return source

    def _report(self, diagnostic: Diagnostic) -> None:
        self._found.append(diagnostic)


def _by_file(outline: Outline, targets: Mapping[str, Target]) -> dict[str, Target]:
    """Which lesson a link to a Markdown file leads to: a module's page is its first lesson's."""
    by_file: dict[str, Target] = {}
    for module in outline.modules:
        for lesson in module.lessons:
            target = targets[lesson.id]
            by_file.setdefault(outline.overview.file, target)
            if module.part:
                by_file.setdefault(module.part.file, target)
            by_file.setdefault(lesson.place.file, target)
    return by_file
