"""From YAML text to one of the key structs, each problem told with its place and the nearest valid word."""

import re
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import msgspec
import yaml

from courses.checks import (
    control_character,
    duplicate_key,
    front_matter_full_width,
    front_matter_refused,
    front_matter_syntax,
    front_matter_tab,
    front_matter_too_large,
    missing_key,
    unknown_key,
    wrong_type,
    wrong_value,
)
from courses.front_matter.gate import MAX_BYTES, RefusedError, Span, Survey, survey
from courses.manuscript import KeyPath
from courses.naming import nearest
from courses.sources import CONTROL, place_at
from courses.tree import Report
from schemas.diagnostics import Place
from schemas.text import Text

T = TypeVar("T", bound=msgspec.Struct)

_PROBLEM = re.compile(r"(?P<what>.*?)(?: - at `(?P<path>\$[^`]*)`)?", re.DOTALL)
_STEP = re.compile(r"\.(?P<key>[^.\[\]]+)|\[(?P<index>\d+)\]")
_FIELD = re.compile(r"Object (?P<problem>contains unknown|missing required) field `(?P<name>.*)`", re.DOTALL)
_INDENT_TAB = re.compile(r"^[ ]*\t", re.MULTILINE)
_FULL_COLON = re.compile(r"^[ \t]*(?:- )?[A-Za-z_]+[ \t]*(?P<mark>：)", re.MULTILINE)
_EXCERPT = 40


class Matter(msgspec.Struct, Generic[T], frozen=True):
    """What front matter says: its keys as far as they were sound, and where each stands."""

    keys: T
    places: Mapping[KeyPath, Place]


class Decoder(Generic[T]):
    """Decodes one file's front matter. `fallback` has the values of keys that are missing or wrong, `takes` says in
    words what each key takes."""

    def __init__(self, fallback: T, takes: Mapping[str, Text], *, file: str, report: Report) -> None:
        self._fallback = fallback
        self._fields = {field.encode_name: field for field in msgspec.structs.fields(fallback)}
        self._takes = takes
        self._file = file
        self._report = report
        self._text = ""
        self._survey = Survey()

    def decode(self, text: str) -> Matter[T]:
        """The keys of `text`, which begins on line 2 of the file."""
        self._text = text
        data = self._load()
        good = self._convert(data) if isinstance(data, dict) else {}
        places = {path: self._place(span) for path, span in self._survey.values.items() if path}
        return Matter(msgspec.structs.replace(self._fallback, **good), places)

    def _load(self) -> object:
        """The plain data, or None after a diagnostic."""
        if len(self._text.encode()) > MAX_BYTES:
            self._report(front_matter_too_large.RULE.at(Place(self._file, 2), limit=MAX_BYTES // 1024))
            return None
        try:
            self._survey = survey(self._text)
            self._report_marks()
            data: object = yaml.load(self._text, Loader=yaml.CSafeLoader)
        except RefusedError as error:
            self._report(
                front_matter_refused.RULE.at(
                    self._place(Span(error.offset, error.offset + 1)), what=error.what
                )
            )
            return None
        except yaml.YAMLError as error:
            self._report_syntax(error)
            return None
        except ValueError:  # a date such as 2024-02-31, a number of 5,000 digits
            self._report_impossible()
            return None
        if data is not None and not isinstance(data, dict):
            self._report_no_mapping()
        return {} if data is None else data

    def _convert(self, data: dict[object, object]) -> dict[str, object]:
        """The values by field name, each that is known and sound."""
        good: dict[str, object] = {}
        for key, value in data.items():
            name = key if isinstance(key, str) else self._spelling(key)
            if name not in self._fields:
                self._report_unknown((name,))
            elif value is not None:  # `summary:` with nothing after it counts as not written
                try:
                    good[self._fields[name].name] = msgspec.convert(value, self._fields[name].type)
                except msgspec.ValidationError as error:
                    self._report_invalid(name, str(error), data)
        for name, field in self._fields.items():
            if field.required and data.get(name) is None:
                self._report(
                    missing_key.RULE.at(Place(self._file), key=name, expected=self._expected((name,)))
                )
        return good

    def _spelling(self, key: object) -> str:
        """How a key that YAML took for a number, a date or a truth value was written."""
        known = {path[0] for path in self._survey.keys if len(path) == 1}
        return next((str(name) for name in known if yaml.safe_load(str(name)) == key), "?")

    # -- places and words ---------------------------------------------------------------------------------

    def _place(self, span: Span) -> Place:
        # The mark after a block value stands on a later line: underline its first line only.
        end = self._text.find("\n", span.start, span.end)
        length = (end if end >= 0 else span.end) - span.start
        return place_at(self._text, span.start, file=self._file, first_line=2, length=length)

    def _expected(self, path: KeyPath) -> Text:
        dotted = _dotted(path)
        return self._takes.get(dotted) or self._takes.get(dotted.rpartition(".")[0]) or Text("?", "?")

    def _excerpt(self, span: Span) -> str:
        words = " ".join(self._text[span.start : span.end].split())
        return words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…"

    # -- problems -----------------------------------------------------------------------------------------

    def _report_invalid(self, name: str, message: str, data: Mapping[object, Any]) -> None:
        """Turn msgspec's message, such as "Expected `int`, got `str` - at `$[0].count`", into a diagnostic."""
        problem = _PROBLEM.fullmatch(message)
        what, tail = (problem["what"], problem["path"] or "") if problem else (message, "")
        steps: list[str | int] = [m["key"] or int(m["index"]) for m in _STEP.finditer(tail)]
        path: KeyPath = (name, *steps)
        field = _FIELD.fullmatch(what)
        if field and field["problem"] == "contains unknown":
            self._report_unknown((*path, field["name"]))
            return
        span = self._survey.values.get(path) or self._survey.values.get((name,)) or Span(0, 0)
        if field:
            missing = (*path, field["name"])
            self._report(
                missing_key.RULE.at(self._place(span), key=_dotted(missing), expected=self._expected(missing))
            )
            return
        path = self._culprit(path, data)
        span = self._survey.values.get(path, span)
        colon = self._text.find("：", span.start, span.end)
        if colon >= 0 and _FULL_COLON.match("\n".join(self._text[span.start : span.end].split("\n", 1)[:1])):
            self._report_full_width(colon)
            return
        rule = wrong_type.RULE if ", got " in what else wrong_value.RULE
        found = self._excerpt(span)
        self._report(
            rule.at(self._place(span), key=_dotted(path), found=found, expected=self._expected(path))
        )

    def _culprit(self, path: KeyPath, data: Mapping[object, Any]) -> KeyPath:
        """Msgspec doesn't say which value of a dict was wrong (`$[...]`): the first that isn't a number."""
        value = data.get(path[0])
        if len(path) == 1 and isinstance(value, dict) and path[0] == "themes":
            for key, hours in value.items():
                sound = (
                    isinstance(hours, int | float) and not isinstance(hours, bool) and 0 <= hours <= 10_000
                )
                if not sound and (*path, key) in self._survey.values:
                    return (*path, key)
        return path

    def _report_unknown(self, path: KeyPath) -> None:
        key = str(path[-1])
        span = self._survey.keys.get(path, Span(0, 0))
        if "：" in key:
            self._report_full_width(self._text.index("：", span.start))
            return
        prefix = "".join(f"{step}." for step in path[:-1] if isinstance(step, str))
        known = [name.removeprefix(prefix) for name in self._takes if name.startswith(prefix)]
        known = [name for name in known if "." not in name]
        near = nearest(key, known)
        self._report(
            unknown_key.RULE.at(self._place(span), key=key[:_EXCERPT], hint=unknown_key.hint(near, known))
        )

    def _report_marks(self) -> None:
        """Duplicate keys, and control characters that were written as escapes."""
        for name, span, first in self._survey.duplicates:
            line = self._place(first).line
            self._report(duplicate_key.RULE.at(self._place(span), key=name[:_EXCERPT], line=line))
        for path, value in self._survey.scalars.items():
            control = CONTROL.search(value)
            if control:
                place = self._place(self._survey.values[path])
                self._report(control_character.RULE.at(place, code=f"U+{ord(control[0]):04X}"))

    def _report_syntax(self, error: yaml.YAMLError) -> None:
        tab = _INDENT_TAB.search(self._text)
        colon = _FULL_COLON.search(self._text)
        if tab:
            self._report(front_matter_tab.RULE.at(self._place(Span(tab.end() - 1, tab.end()))))
        elif colon:
            self._report_full_width(colon.start("mark"))
        else:
            mark = getattr(error, "problem_mark", None)
            offset = mark.index if mark is not None else getattr(error, "position", 0)
            offset = min(offset, max(len(self._text.rstrip()) - 1, 0))
            self._report(front_matter_syntax.RULE.at(self._place(Span(offset, offset + 1))))

    def _report_no_mapping(self) -> None:
        colon = _FULL_COLON.search(self._text)
        if colon:
            self._report_full_width(colon.start("mark"))
        else:
            self._report(front_matter_syntax.RULE.at(Place(self._file, 2)))

    def _report_impossible(self) -> None:
        """Find the scalar that YAML takes for a date or number that doesn't exist."""
        for path, value in self._survey.scalars.items():
            try:
                yaml.load(value, Loader=yaml.CSafeLoader)
            except yaml.YAMLError:
                continue
            except ValueError:
                span = self._survey.values[path]
                self._report(
                    wrong_value.RULE.at(
                        self._place(span),
                        key=_dotted(path),
                        found=self._excerpt(span),
                        expected=self._expected(path),
                    )
                )
                return
        self._report(front_matter_syntax.RULE.at(Place(self._file, 2)))

    def _report_full_width(self, offset: int) -> None:
        self._report(
            front_matter_full_width.RULE.at(self._place(Span(offset, offset + 1)), mark="：", plain=": ")
        )


def _dotted(path: KeyPath) -> str:
    return ".".join(step for step in path if isinstance(step, str))
