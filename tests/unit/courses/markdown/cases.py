"""Fixture files of the Markdown part: title, input and what comes of it, between lines of one full stop."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from courses.markdown import Body, Report, render
from schemas.course import Asset
from schemas.diagnostics import Diagnostic, Place

FIXTURES = Path(__file__).parents[3] / "fixtures" / "markdown"


class Case(NamedTuple):
    """One case of a fixture file."""

    file: str
    title: str
    source: str
    expected: str

    @property
    def name(self) -> str:
        """The case's name among all."""
        return f"{self.file}: {self.title}"


def cases(folder: str) -> list[Case]:
    """Every case in `folder`, file by file."""
    return [case for path in sorted((FIXTURES / folder).glob("*.md")) for case in _read(path)]


def _read(path: Path) -> Iterator[Case]:
    parts: list[list[str]] = [[]]
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line == ".":
            parts.append([])
        else:
            parts[-1].append(line)
    for title, source, expected in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
        yield Case(path.stem, "\n".join(title).strip(), "\n".join(source), "\n".join(expected))


FILES = ("a.png", "图.png", "clip.mp4", "silent.mp4", "talk.mp3", "表.csv", "big.zip")
TRACKS = (("en", "English", "clip.en.vtt"), ("zh", "中文", "clip.zh.vtt"))
VTT = """WEBVTT

1
00:00.000 --> 00:02.000
<v 王老师>各位好，
今天讲诊断。

00:02.000 --> 00:04.000
先看<b>数据</b>&amp;流程。
"""
KINDS = {
    "png": "image/png",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
    "csv": "text/csv",
    "zip": "application/zip",
}


class Folder:
    """A course folder in words: the files that fixtures may name."""

    def asset(self, target: str, _place: Place) -> Asset | None:
        """A file that is there, else nothing."""
        if target not in FILES:
            return None
        extension = target.rpartition(".")[2]
        name = target if target.isascii() else f"x.{extension}"
        return Asset(target, f"assets/{name}", 12_345, KINDS[extension])

    def captions(self, asset: Asset) -> tuple[tuple[str, str, Asset], ...]:
        """One file has captions in two languages."""
        if asset.source != "clip.mp4":
            return ()
        return tuple(
            (tag, label, Asset(name, f"assets/{name}", 99, "text/vtt")) for tag, label, name in TRACKS
        )

    def read_text(self, _asset: Asset) -> str:
        """The captions' text."""
        return VTT

    def lesson(self, target: str, _place: Place) -> tuple[str, str] | None:
        """Any Markdown file is a lesson."""
        path, _, anchor = target.partition("#")
        if not path.endswith(".md"):
            return None
        name = path.rpartition("/")[2].removesuffix(".md").lstrip("0123456789-")
        return name, f"{name}.html" + (f"#{anchor}" if anchor else "")


def rendered(
    source: str, *, language: str = "zh-CN", title_level: int = 1, first_line: int = 1
) -> tuple[Body, list[Diagnostic]]:
    """The body of `source` as a lesson, and what was reported."""
    found: list[Diagnostic] = []
    report: Report = found.append
    body = render(
        source,
        file="lesson.md",
        first_line=first_line,
        title_level=title_level,
        language=language,
        links=Folder(),
        report=report,
    )
    return body, sorted(found, key=lambda diagnostic: diagnostic.place)


def told(found: list[Diagnostic]) -> str:
    """Diagnostics as fixtures write them: place, severity, code, message; the cure below."""
    lines = []
    for one in found:
        place = f"{one.place.line}:{one.place.column}+{one.place.length}"
        lines += [f"{place} {one.severity} {one.code} {one.message.zh}", f"    {one.cure.zh}"]
    return "\n".join(lines)


def questions(body: Body) -> str:
    """Questions as indented JSON, without what tests of places cover."""
    plain = msgspec.to_builtins(body.questions)
    for question in plain:
        question.pop("place")
    return msgspec.json.format(msgspec.json.encode(plain), indent=2).decode()
