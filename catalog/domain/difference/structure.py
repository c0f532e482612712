"""Modules and lessons: which came, went, moved, got another title or another identifier."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal

from catalog.domain.difference.model import Change, PartChange
from schemas.course import Course, Lesson, Module

PartName = Literal["module", "lesson"]


def compare_structure(old: Course, new: Course) -> tuple[PartChange, ...]:
    """Modules first, then lessons; each in the order of the new course, what was removed at the end."""
    return (*_modules(old, new), *_lessons(old, new))


def _modules(old: Course, new: Course) -> Iterator[PartChange]:
    before = {module.id: module for module in old.modules}
    places = {module.id: n for n, module in enumerate(old.modules, 1)}
    common = [module.id for module in new.modules if module.id in before]
    steady = _steady([places[identifier] for identifier in common])
    still = {common[n] for n in steady}
    for number, module in enumerate(new.modules, 1):
        earlier = before.get(module.id)
        if earlier is None:
            yield PartChange("module", module.id, module.title, Change.ADDED, after=str(number))
            continue
        if module.id not in still:
            yield PartChange(
                "module", module.id, module.title, Change.MOVED, str(places[module.id]), str(number)
            )
        yield from _title("module", earlier, module)
    there = {module.id for module in new.modules}
    for module in old.modules:
        if module.id not in there:
            yield PartChange("module", module.id, module.title, Change.REMOVED, str(places[module.id]))


def _lessons(old: Course, new: Course) -> Iterator[PartChange]:
    before, after = ({lesson.id: lesson for lesson in course.lessons} for course in (old, new))
    old_places, new_places = _places(old), _places(new)
    moved = _moved(old, new)
    renamed_ids = reidentified(before, after)
    old_names = {new_id: old_id for old_id, new_id in renamed_ids.items()}
    for lesson in new.lessons:
        place = new_places[lesson.id]
        if lesson.id in old_names:
            yield PartChange(
                "lesson", lesson.id, lesson.title, Change.REIDENTIFIED, old_names[lesson.id], lesson.id
            )
        elif lesson.id not in before:
            yield PartChange("lesson", lesson.id, lesson.title, Change.ADDED, after=place)
        else:
            if lesson.id in moved:
                yield PartChange(
                    "lesson", lesson.id, lesson.title, Change.MOVED, old_places[lesson.id], place
                )
            yield from _title("lesson", before[lesson.id], lesson)
    for lesson in old.lessons:
        if lesson.id not in after and lesson.id not in renamed_ids:
            yield PartChange("lesson", lesson.id, lesson.title, Change.REMOVED, old_places[lesson.id])


def reidentified(before: Mapping[str, Lesson], after: Mapping[str, Lesson]) -> dict[str, str]:
    """Old identifier -> new one, where a lesson went and one with the same text or the same title came."""
    gone = [lesson for lesson in before.values() if lesson.id not in after]
    come = [lesson for lesson in after.values() if lesson.id not in before]
    found: dict[str, str] = {}
    by_text = {lesson.text: lesson.id for lesson in come if lesson.text}
    by_title = {lesson.title: lesson.id for lesson in come}
    free = {lesson.id for lesson in come}
    for lesson in gone:
        same = by_text.get(lesson.text) or by_title.get(lesson.title)
        if same in free:
            found[lesson.id] = same
            free.remove(same)
    return found


def _title(part: PartName, old: Module | Lesson, new: Module | Lesson) -> Iterator[PartChange]:
    if old.title != new.title:
        yield PartChange(part, new.id, new.title, Change.RENAMED, old.title, new.title)


def _places(course: Course) -> dict[str, str]:
    return {
        lesson.id: f"{m}.{n}"
        for m, module in enumerate(course.modules, 1)
        for n, lesson in enumerate(module.lessons, 1)
    }


def _moved(old: Course, new: Course) -> set[str]:
    """Lessons in another module, or out of the order that the others keep; the fewest that explain the new order."""
    module_of = {lesson.id: module.id for module in old.modules for lesson in module.lessons}
    order = {lesson.id: n for n, lesson in enumerate(old.lessons)}
    elsewhere = {
        lesson.id
        for module in new.modules
        for lesson in module.lessons
        if lesson.id in module_of and module_of[lesson.id] != module.id
    }
    stayed = [
        [lesson.id for lesson in module.lessons if lesson.id in order and lesson.id not in elsewhere]
        for module in new.modules
    ]
    out_of_order = chain.from_iterable(
        (identifier for n, identifier in enumerate(ids) if n not in steady)
        for ids in stayed
        for steady in [_steady([order[identifier] for identifier in ids])]
    )
    return elsewhere | set(out_of_order)


def _steady(positions: Sequence[int]) -> set[int]:
    """Indexes of a longest rising run among `positions` (patience sorting): those that didn't move."""
    tails: list[int] = []
    tail_index: list[int] = []
    previous: list[int] = []
    for index, position in enumerate(positions):
        at = bisect_left(tails, position)
        previous.append(tail_index[at - 1] if at else -1)
        tails[at : at + 1] = [position]
        tail_index[at : at + 1] = [index]
    kept: set[int] = set()
    index = tail_index[-1] if tail_index else -1
    while index >= 0:
        kept.add(index)
        index = previous[index]
    return kept
