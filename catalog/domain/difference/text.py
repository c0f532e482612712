"""The words of each part: first by paragraph, then by word, with Chinese by character. Bounded, however long they are."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from catalog.domain.difference.model import Segment, TextChange
from schemas.course import Course

# A word of any alphabet, white space, or one character: Chinese has no spaces to cut at.
_TOKEN = re.compile(
    r"[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|\s+|.", re.DOTALL
)
_CONTEXT = 20  # tokens kept on each side of a change
_SHORTEST = 2  # tokens that have to agree between two changes to be shown as unchanged
_ALIKE = 0.4  # two paragraphs that share less are shown as one removed and one added
_MOST_HUNKS = 40  # of one part
_LONGEST = 600  # characters of one segment
# Pairs of paragraphs or tokens to look at: for one comparison, and for the whole course. Beyond them the text counts as
# replaced as a whole: two versions that are this far apart aren't read word by word.
_MOST_PAIRS = 1_000_000
_BUDGET = 20_000_000

Hunk = tuple[Segment, ...]


def compare_texts(old: Course, new: Course) -> tuple[TextChange, ...]:
    """The overview, introductions and lessons that both versions have and whose text differs."""
    budget = _Budget()
    return tuple(_changes(old, new, budget))


def _changes(old: Course, new: Course, budget: "_Budget") -> Iterator[TextChange]:
    yield from _part("overview", "", new.name, (old.text, old.html), (new.text, new.html), budget)
    modules = {module.id: module for module in old.modules}
    lessons = {lesson.id: lesson for lesson in old.lessons}
    for module in new.modules:
        if module.id in modules:
            before = modules[module.id]
            yield from _part(
                "module",
                module.id,
                module.title,
                (before.text, before.html),
                (module.text, module.html),
                budget,
            )
        for lesson in module.lessons:
            if lesson.id in lessons:
                earlier = lessons[lesson.id]
                yield from _part(
                    "lesson",
                    lesson.id,
                    lesson.title,
                    (earlier.text, earlier.html),
                    (lesson.text, lesson.html),
                    budget,
                )


def _part(
    part: Literal["overview", "module", "lesson"],
    identifier: str,
    title: str,
    old: tuple[str, str],
    new: tuple[str, str],
    budget: "_Budget",
) -> Iterator[TextChange]:
    """`old` and `new` are plain text and HTML."""
    if old != new:
        found = list(hunks(old[0], new[0], budget)) if old[0] != new[0] else []
        yield TextChange(
            part, identifier, title, tuple(found[:_MOST_HUNKS]), max(0, len(found) - _MOST_HUNKS)
        )


class _Budget:
    """How much may still be compared."""

    def __init__(self) -> None:
        self._left = _BUDGET

    def allows(self, pairs: int) -> bool:
        """Take `pairs` from the budget, if they aren't too many."""
        if pairs > min(_MOST_PAIRS, self._left):
            return False
        self._left -= pairs
        return True


def hunks(old: str, new: str, budget: "_Budget | None" = None) -> Iterator[Hunk]:
    """Each place where two texts differ."""
    budget = budget or _Budget()
    before, after = old.split("\n"), new.split("\n")
    for a, b in _blocks(before, after, budget):
        paired = min(len(a), len(b))
        for x, y in zip(a, b, strict=False):
            yield from _line(x, y, budget)
        for x in a[paired:]:
            yield from _whole(x, "")
        for y in b[paired:]:
            yield from _whole("", y)


def _blocks(
    a: Sequence[str], b: Sequence[str], budget: "_Budget"
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Runs of `a` and `b` that stand for each other and differ."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    a, b = a[start : len(a) - end], b[start : len(b) - end]
    if not budget.allows(len(a) * len(b)):
        yield a, b
        return
    for kind, i, j, k, m in SequenceMatcher(None, a, b).get_opcodes():
        if kind != "equal":
            yield a[i:j], b[k:m]


def _line(old: str, new: str, budget: "_Budget") -> Iterator[Hunk]:
    """One paragraph word by word, or as a whole where hardly anything stayed."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if budget.allows(len(a) * len(b)):
        matcher = SequenceMatcher(None, a, b, autojunk=max(len(a), len(b)) > 2000)
        if matcher.ratio() >= _ALIKE:
            yield from _words(a, b, matcher)
            return
    yield from _whole(old, new)


def _whole(old: str, new: str) -> Iterator[Hunk]:
    """Paragraphs that went or came, each a hunk of its own; empty ones are none."""
    for segment in _pair(old, new):
        yield (segment,)


def _words(a: list[str], b: list[str], matcher: "SequenceMatcher[str]") -> Iterator[Hunk]:
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        hunk: list[Segment] = []
        removed, added = "", ""
        for step, (kind, i, j, k, m) in enumerate(group):
            between = 0 < step < len(group) - 1
            if kind == "equal" and not (between and j - i < _SHORTEST):
                hunk += _pair(removed, added)
                removed, added = "", ""
                hunk.append(Segment("same", "".join(a[i:j])))
            else:
                removed += "".join(a[i:j])
                added += "".join(b[k:m])
        yield (*hunk, *_pair(removed, added))


def _pair(removed: str, added: str) -> Iterator[Segment]:
    if removed:
        yield Segment("removed", _cut(removed))
    if added:
        yield Segment("added", _cut(added))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
