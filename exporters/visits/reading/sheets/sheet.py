"""One kind of spreadsheet: what its columns are called, and how a row becomes what front matter would say."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from courses.manuscript import Written
from courses.naming import nearest, nearest_term
from courses.tree import Report
from courses.wording import did_you_mean
from exporters.visits.reading.sheets import rules
from exporters.visits.reading.sheets.table import rows
from schemas.diagnostics import Place
from schemas.edition import Term
from schemas.text import Text

K = TypeVar("K", bound=msgspec.Struct)

_SHOWN = 40  # characters of a cell
_GROUPS = ("contact", "instructor")  # `contact_name` is the key `name` of `contact`


class _Row:
    """One row of a file: its cells by column, and where each stands."""

    def __init__(
        self, name: str, number: int, heads: Sequence[tuple[str, str]], cells: Sequence[str]
    ) -> None:
        self.number = number
        self.cells = {key: cell for (_, key), cell in zip(heads, cells, strict=False) if key and cell}
        self.heads = {key: head for head, key in heads if key}
        self._columns = {key: number for number, (_, key) in enumerate(heads, start=1) if key}
        self._name = name

    def place(self, key: str) -> Place:
        """The cell of a key, or of the first of its group; the row's first where there is no such column."""
        inside = (column for name, column in self._columns.items() if name.startswith(f"{key}_"))
        return Place(self._name, self.number, self._columns.get(key) or next(inside, 1))


@dataclass(frozen=True)
class Sheet(Generic[K]):
    """Columns by their Chinese names, and how cells that aren't plain text are understood, and what each takes in words."""

    fallback: K
    columns: Mapping[str, str]
    readers: Mapping[str, Callable[[str], object]]
    takes: Mapping[str, Text]

    def read(
        self, file: Path, name: str, terms: Sequence[Term], report: Report
    ) -> Iterator[tuple[K, Written]]:
        """Each sound row, with where it says what (rows and columns from 1); what is wrong goes to `report`. Themes may be
        written by their slugs or by the names of `terms`."""
        table = rows(file, name, report)
        first = next((number for number, cells in enumerate(table) if any(cells)), len(table))
        heads = [(head, self._key(head)) for cells in table[first : first + 1] for head in cells]
        self._tell_columns(heads, Place(name, first + 1), report)
        for number, cells in enumerate(table[first + 1 :], start=first + 2):
            row = _Row(name, number, heads, cells)
            found = self._converted(row, terms, report) if row.cells else None
            if found is not None:
                fields = msgspec.structs.fields(type(self.fallback))
                yield found, Written(name, {}, {(one.name,): row.place(one.name) for one in fields})

    def _key(self, head: str) -> str:
        return self.columns.get(head, head if head in self.columns.values() else "")

    def _tell_columns(self, heads: Sequence[tuple[str, str]], row: Place, report: Report) -> None:
        known = "、".join(self.columns)
        seen: set[str] = set()
        for column, (head, key) in enumerate(heads, start=1):
            if head and not key:
                hint = did_you_mean(nearest(head, [*self.columns, *self.columns.values()]))
                report(
                    rules.COLUMN.at(
                        Place(row.file, row.line, column), name=head[:_SHOWN], known=known, hint=hint
                    )
                )
            elif key in seen:
                report(rules.COLUMN_TWICE.at(Place(row.file, row.line, column), name=head))
            seen |= {key} - {""}

    def _converted(self, row: _Row, terms: Sequence[Term], report: Report) -> K | None:
        """The row as front matter would have it; None after diagnostics."""
        wrong: set[str] = set()
        data: dict[str, Any] = {}
        for key, cell in row.cells.items():
            try:
                _put(data, key, self.readers.get(key, str)(cell))
            except ValueError:
                wrong.add(key)
        _settle(data, terms)
        good: dict[str, object] = {}
        for field in msgspec.structs.fields(type(self.fallback)):
            if field.name in data:
                try:
                    good[field.name] = msgspec.convert(data[field.name], field.type, strict=False)
                except msgspec.ValidationError:
                    wrong.add(field.name)
            elif field.required and field.name not in wrong:
                column = row.heads.get(field.name) or self._chinese(field.name)
                expected = self.takes[field.name]
                report(
                    rules.MISSING.at(row.place(field.name), row=row.number, column=column, expected=expected)
                )
                wrong.add("")
        for key in sorted(wrong - {""}):
            self._tell_cell(row, key, terms, report)
        return None if wrong else msgspec.structs.replace(self.fallback, **good)

    def _tell_cell(self, row: _Row, key: str, terms: Sequence[Term], report: Report) -> None:
        value = row.cells.get(key, "")
        hint = did_you_mean(nearest_term(value, terms) if key in ("themes", "visits") else "")
        expected = self.takes.get(key) or self.takes[key.replace("_", ".")]
        column = row.heads.get(key) or self._chinese(key)
        values = {"row": row.number, "column": column, "value": value[:_SHOWN], "expected": expected}
        report(rules.CELL.at(row.place(key), hint=hint, **values))

    def _chinese(self, key: str) -> str:
        return next((head for head, name in self.columns.items() if name == key), key)


def _put(data: dict[str, Any], key: str, value: object) -> None:
    """One cell's part of the front matter."""
    group, _, inner = key.partition("_")
    if group in _GROUPS and inner:
        data.setdefault(group, {})[inner] = value
    else:
        data[key] = value


def _settle(data: dict[str, Any], terms: Sequence[Term]) -> None:
    """What several columns say together, and themes by their slugs."""
    if "name_en" in data:
        data["name"] = {"zh": data.get("name", ""), "en": data.pop("name_en")}
    taught = data.pop("taught", None)
    if taught is not None:
        data["days"] = [{**window, "taught": taught} for window in data.get("days", ())]
    slugs = {said: term.slug for term in terms for said in (term.name.zh, term.name.en)}
    if "themes" in data:
        data["themes"] = [slugs.get(word, word) for word in data["themes"]]
    for need in data.get("visits", ()):
        if "theme" in need:
            need["theme"] = slugs.get(need["theme"], need["theme"])
