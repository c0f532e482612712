"""From YAML text to one of the key structs: safely, strictly, and as far as it is sound."""

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any, Generic, TypeVar

import msgspec
import yaml

from courses.checks import rule
from courses.front_matter.gate import MAX_BYTES, RefusedError, survey
from courses.front_matter.problems import Problems
from courses.manuscript import KeyPath, Written
from courses.tree import Report
from schemas.diagnostics import Place
from schemas.text import Text

T = TypeVar("T", bound=msgspec.Struct)


class Matter(msgspec.Struct, Generic[T], frozen=True):
    """What front matter says: `keys` as far as they were sound, and where everything was written."""

    keys: T
    written: Written


def decode(text: str, fallback: T, takes: Mapping[str, Text], *, file: str, report: Report) -> Matter[T]:
    """The keys of `text`, which begins on line 2 of `file`. Keys that are missing or wrong have the values of
    `fallback`; `takes` says in words what each key takes."""
    if len(text.encode()) > MAX_BYTES:
        report(rule("front-matter-too-large").at(Place(file, 2), limit=MAX_BYTES // 1024))
        return Matter(fallback, Written(file, {}, {}))
    problems = Problems(text, takes, file, report)
    data = _load(text, problems)
    good = _convert(data, fallback, problems) if isinstance(data, dict) else {}
    return Matter(msgspec.structs.replace(fallback, **good), problems.written())


def _load(text: str, problems: Problems) -> object:
    """The plain data, or None after a diagnostic."""
    try:
        problems.survey = survey(text)
        problems.marks()
        data: object = yaml.load(text, Loader=yaml.CSafeLoader)
    except RefusedError as error:
        problems.refused(error)
    except yaml.YAMLError as error:
        problems.syntax(error)
    except ValueError:  # a date such as 2024-02-31, a number of 5,000 digits
        problems.impossible()
    else:
        if data is not None and not isinstance(data, dict):
            problems.no_mapping()
        return {} if data is None else data
    return None


def _convert(data: dict[object, object], fallback: T, problems: Problems) -> dict[str, object]:
    """The values by field name, each that is known and sound. An empty one (`summary:`) counts as not written."""
    fields = _fields(type(fallback))
    good: dict[str, object] = {}
    for name in problems.survey.names:
        if name not in fields:
            problems.unknown((name,))
        elif data.get(name) is not None:
            try:
                good[fields[name].name] = msgspec.convert(data[name], fields[name].type)
            except msgspec.ValidationError as error:
                _tell_all(name, error, data, fields[name].type, problems)
    for name, field in fields.items():
        if field.required and data.get(name) is None:
            problems.missing((name,))
    return good


def _tell_all(
    name: str, error: msgspec.ValidationError, data: Mapping[object, Any], kind: Any, problems: Problems
) -> None:
    """Every mistake in the value of one key. msgspec stops at the first, so each in turn is told and taken out."""
    rest: dict[object, Any] = {name: deepcopy(data[name])}
    taken: set[KeyPath] = set()
    while True:
        told = problems.invalid(name, str(error), rest, taken)
        if told is None or not _take_out(told, rest):
            return
        taken.add(told)
        try:
            msgspec.convert(rest[name], kind)
        except msgspec.ValidationError as found:
            error = found
        else:
            return


def _take_out(path: KeyPath, data: object) -> bool:
    """Drop the entry at `path` inside a mapping; entries of a list stay, or others would change their places."""
    for step in path[:-1]:
        data = data[step]  # type: ignore[index]
    if len(path) < 2 or not isinstance(data, dict):
        return False
    return data.pop(path[-1], None) is not None


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    """The fields by key; msgspec works their types out anew each time."""
    return {field.encode_name: field for field in msgspec.structs.fields(kind)}
