"""What can be wrong in front matter, told with its place, the nearest valid word and what is expected instead."""

import re
from collections.abc import Collection, Mapping
from typing import Any

import yaml

from courses.checks import rule
from courses.front_matter.gate import RefusedError, Span, Survey
from courses.front_matter.keys import CHOICES
from courses.manuscript import KeyPath, Written
from courses.naming import nearest
from courses.sources import CONTROL, place_at
from courses.tree import Report
from courses.wording import did_you_mean
from schemas.diagnostics import Place, Rule
from schemas.text import Text

_PROBLEM = re.compile(r"(?P<what>.*?)(?: - at `(?P<path>\$[^`]*)`)?", re.DOTALL)
_STEP = re.compile(r"\.(?P<key>[^.\[\]]+)|\[(?P<index>\d+)\]")
_FIELD = re.compile(r"Object (?P<problem>contains unknown|missing required) field `(?P<name>.*)`", re.DOTALL)
_INDENT_TAB = re.compile(r"^[ ]*\t", re.MULTILINE)
_KEY_COLON = re.compile(r"[A-Za-z_]+[ \t]*(?P<mark>：)")
_LINE_COLON = re.compile(r"^[ \t]*(?:- )?" + _KEY_COLON.pattern, re.MULTILINE)
_NUMBER_OR_DATE = re.compile(r"[-+]?[0-9][-+0-9:._ TtZzxXobOBa-fA-F]*")
_EXCERPT = 40
_ANYTHING = Text("一段文字", "words")


class Problems:
    """Tells the problems of one file's front matter. `text` begins on line 2 of `file`; `takes` says in words what
    each key takes; `survey` is what is known of the places so far."""

    def __init__(self, text: str, takes: Mapping[str, Text], file: str, report: Report) -> None:
        self._text = text
        self._takes = takes
        self._file = file
        self._report = report
        self.survey = Survey()

    def place(self, span: Span) -> Place:
        """The place of a span in the file, as far as its first line goes."""
        end = self._text.find("\n", span.start, span.end)
        length = (end if end >= 0 else span.end) - span.start
        return place_at(self._text, span.start, file=self._file, first_line=2, length=length)

    def written(self) -> Written:
        """Where all keys and values stand."""
        keys = {path: self.place(span) for path, span in self.survey.keys.items()}
        return Written(
            self._file, keys, {path: self.place(span) for path, span in self.survey.values.items()}
        )

    def marks(self) -> None:
        """Keys written twice, and control characters written as escapes."""
        for name, span, first in self.survey.duplicates:
            line = self.place(first).line
            self._report(rule("duplicate-key").at(self.place(span), key=name[:_EXCERPT], line=line))
        for path, value in self.survey.scalars.items():
            control = CONTROL.search(value)
            if control:
                place = self.place(self.survey.values[path])
                self._report(rule("control-character").at(place, code=f"U+{ord(control[0]):04X}"))

    def refused(self, error: RefusedError) -> None:
        """YAML that isn't accepted here."""
        place = self.place(Span(error.offset, error.offset + 1))
        self._report(rule("front-matter-refused").at(place, what=error.what))

    def syntax(self, error: yaml.YAMLError) -> None:
        """Text that is no YAML: most often a tab or a full-width colon."""
        tab = _INDENT_TAB.search(self._text)
        if tab:
            self._report(rule("front-matter-tab").at(self.place(Span(tab.end() - 1, tab.end()))))
        elif not self._full_width(_LINE_COLON.search(self._text)):
            mark = getattr(error, "problem_mark", None)
            offset = mark.index if mark is not None else getattr(error, "position", 0)
            offset = min(offset, max(len(self._text.rstrip()) - 1, 0))
            self._report(rule("front-matter-syntax").at(self.place(Span(offset, offset + 1))))

    def no_mapping(self) -> None:
        """YAML, but one text or a list instead of keys."""
        if not self._full_width(_LINE_COLON.search(self._text)):
            self._report(rule("front-matter-syntax").at(Place(self._file, 2)))

    def impossible(self) -> None:
        """A date or number that doesn't exist, such as 2024-02-31: find which scalar YAML fails on."""
        for path, value in self.survey.scalars.items():
            if not _NUMBER_OR_DATE.fullmatch(value):
                continue  # and must not be loaded alone: a quoted `[[[[…` would crash the process
            try:
                yaml.load(value, Loader=yaml.CSafeLoader)
            except yaml.YAMLError:
                continue
            except ValueError:
                span = self.survey.values[path]
                self._wrong(rule("wrong-value"), path, span)
                return
        self._report(rule("front-matter-syntax").at(Place(self._file, 2)))

    def missing(self, path: KeyPath) -> None:
        """A required key that isn't there."""
        span = self.survey.values.get(path[:-1]) if len(path) > 1 else None
        place = self.place(span) if span else Place(self._file)
        self._report(rule("missing-key").at(place, key=_dotted(path), expected=self._expected(path)))

    def unknown(self, path: KeyPath) -> None:
        """A key that doesn't exist, most often mistyped."""
        key = str(path[-1])
        span = self.survey.keys.get(path, Span(0, 0))
        if self._full_width(_KEY_COLON.match(self._text, span.start, span.end)):
            return
        prefix = "".join(f"{step}." for step in path[:-1] if isinstance(step, str))
        known = [name.removeprefix(prefix) for name in self._takes if name.startswith(prefix)]
        known = [name for name in known if "." not in name]
        hint = did_you_mean(nearest(key, known))
        self._report(
            rule("unknown-key").at(self.place(span), key=key[:_EXCERPT], known=", ".join(known), hint=hint)
        )

    def invalid(
        self, name: str, message: str, data: Mapping[object, Any], taken: Collection[KeyPath]
    ) -> KeyPath | None:
        """Msgspec's message about the key `name`, such as "Expected `int`, got `str` - at `$[0].count`".

        The path of what is wrong; None where something is missing, which isn't told of what was `taken` out.
        """
        problem = _PROBLEM.fullmatch(message)
        what, tail = (problem["what"], problem["path"] or "") if problem else (message, "")
        steps: list[str | int] = [step["key"] or int(step["index"]) for step in _STEP.finditer(tail)]
        path: KeyPath = (name, *steps)
        field = _FIELD.fullmatch(what)
        if field:
            path = (*path, field["name"])
            if field["problem"] == "contains unknown":
                self.unknown(path)
                return path
            if path not in taken:
                self.missing(path)
            return None
        path = self._culprit(path, data)
        span = self.survey.values.get(path) or self.survey.values.get((name,)) or Span(0, 0)
        if not self._full_width(_KEY_COLON.match(self._text, span.start, span.end)):
            self._wrong(rule("wrong-type") if ", got " in what else rule("wrong-value"), path, span)
        return path

    def _wrong(self, broken: Rule, path: KeyPath, span: Span) -> None:
        found = " ".join(self._text[span.start : span.end].split())
        found = found if len(found) <= _EXCERPT else found[: _EXCERPT - 1] + "…"
        hint = did_you_mean(nearest(found, CHOICES.get(_dotted(path), ())))
        expected = self._expected(path)
        self._report(
            broken.at(self.place(span), key=_dotted(path), found=found, expected=expected, hint=hint)
        )

    def _expected(self, path: KeyPath) -> Text:
        dotted = _dotted(path)
        return self._takes.get(dotted) or self._takes.get(dotted.rpartition(".")[0]) or _ANYTHING

    def _culprit(self, path: KeyPath, data: Mapping[object, Any]) -> KeyPath:
        """Msgspec doesn't say which hours of `themes` are wrong (`$[...]`): the first that are no such number."""
        value = data.get(path[0])
        if path == ("themes",) and isinstance(value, dict):
            for key, hours in value.items():
                number = isinstance(hours, int | float) and not isinstance(hours, bool)
                if not (number and 0 <= hours <= 10_000) and (*path, key) in self.survey.values:
                    return (*path, key)
        return path

    def _full_width(self, colon: re.Match[str] | None) -> bool:
        """Tell about a full-width colon after a key, if one was found."""
        if colon:
            span = Span(colon.start("mark"), colon.end("mark"))
            self._report(rule("front-matter-full-width").at(self.place(span), mark="：", plain=": "))
        return colon is not None


def _dotted(path: KeyPath) -> str:
    return ".".join(step for step in path if isinstance(step, str))
