"""Questions: which came, went, moved to another lesson, or ask or judge something else."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice

from catalog.domain.difference.answers import answer_of, options_of, plain, type_of, words
from catalog.domain.difference.model import Aspect, AspectName, Change, QuestionChange
from schemas.course import Course
from schemas.questions import Question, is_scored

_LABEL = 30  # characters of the prompt that name a question
_ALIKE = 0.6  # prompts of a question whose identifier was derived from its words
_COMPARED = 120  # characters of a prompt that are compared
_CANDIDATES = 10  # new questions of a lesson that an old one is compared with
_DERIVED = "q-"  # where the author wrote no identifier (courses/questions/draft.py)

Found = tuple[str, Question]  # a lesson's identifier, and one of its questions


def compare_questions(old: Course, new: Course) -> tuple[QuestionChange, ...]:
    """In the order of the new course; what was removed at the end."""
    return tuple(_changes(questions_of(old), questions_of(new)))


def questions_of(course: Course) -> dict[str, Found]:
    """Every question by identifier."""
    return {q.id: (lesson.id, q) for lesson in course.lessons for q in lesson.questions}


def label(question: Question) -> str:
    """The beginning of its prompt."""
    text = " ".join(question.text.split())
    return text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"


def _changes(before: dict[str, Found], after: dict[str, Found]) -> Iterator[QuestionChange]:
    new_ids = reidentified(before, after)
    old_ids = {new_id: old_id for old_id, new_id in new_ids.items()}
    for identifier, (lesson, question) in after.items():
        name, scored = label(question), is_scored(question)
        old_id = old_ids.get(identifier, identifier)
        if old_id not in before:
            yield QuestionChange(identifier, name, lesson, Change.ADDED, scored)
            continue
        old_lesson, old = before[old_id]
        aspects = tuple(_aspects(old, question))
        if old_id != identifier:
            yield QuestionChange(
                identifier, name, lesson, Change.REIDENTIFIED, is_scored(old), old_id, identifier, aspects
            )
            continue
        if old_lesson != lesson:
            yield QuestionChange(identifier, name, lesson, Change.MOVED, scored, old_lesson, lesson)
        if aspects:
            yield QuestionChange(identifier, name, lesson, Change.CHANGED, scored, aspects=aspects)
    for identifier, (lesson, question) in before.items():
        if identifier not in after and identifier not in new_ids:
            yield QuestionChange(identifier, label(question), lesson, Change.REMOVED, is_scored(question))


def reidentified(before: dict[str, Found], after: dict[str, Found]) -> dict[str, str]:
    """Old identifier -> new one: the same prompt, or (where the identifier came from the words) a similar one in the
    same lesson."""
    come = {identifier: found for identifier, found in after.items() if identifier not in before}
    gone = {identifier: found for identifier, found in before.items() if identifier not in after}
    by_text = {(type_of(question), question.text): identifier for identifier, (_, question) in come.items()}
    found: dict[str, str] = {}
    for old_id, (lesson, question) in gone.items():
        new_id = by_text.get((type_of(question), question.text)) or _similar(old_id, lesson, question, come)
        if new_id in come:
            found[old_id] = new_id
            del come[new_id]
    return found


def _similar(old_id: str, lesson: str, old: Question, come: dict[str, Found]) -> str:
    """The new question of the lesson that asks nearly the same, where the old identifier came from the words."""
    if not old_id.startswith(_DERIVED):
        return ""
    near = (
        identifier
        for identifier, (place, q) in come.items()
        if place == lesson and type_of(q) == type_of(old)
    )
    candidates = islice(near, _CANDIDATES)
    return next((identifier for identifier in candidates if _alike(come[identifier][1], old)), "")


def _alike(a: Question, b: Question) -> bool:
    matcher = SequenceMatcher(None, a.text[:_COMPARED], b.text[:_COMPARED], autojunk=False)
    return matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE and matcher.ratio() > _ALIKE


def _aspects(old: Question, new: Question) -> Iterator[Aspect]:
    """What differs, each in an author's words."""
    for name, (before, before_html), (after, after_html) in zip(
        _NAMES, map(_both, _told(old)), map(_both, _told(new)), strict=True
    ):
        if (before, before_html) != (after, after_html):
            yield Aspect(name, before, after)


_NAMES: tuple[AspectName, ...] = (
    "type",
    "prompt",
    "options",
    "right-answer",
    "feedback",
    "explanation",
    "points",
    "attempts",
    "shuffle",
    "objectives",
)
_Told = str | tuple[str, str]  # words, and their HTML where there is any


def _both(told: _Told) -> tuple[str, str]:
    return told if isinstance(told, tuple) else (told, "")


def _told(question: Question) -> tuple[_Told, ...]:
    """Each of `_NAMES`."""
    options = options_of(question)
    return (
        type_of(question),
        (question.text, question.prompt),
        ("\n".join(f"{o.id}. {words(o)}" for o in options), " ".join(o.html for o in options)),
        answer_of(question),
        (
            "\n".join(f"{o.id}. {plain(o.feedback)}" for o in options if o.feedback),
            " ".join(o.feedback for o in options),
        ),
        (plain(question.explanation), question.explanation),
        f"{question.points:g}",
        str(question.attempts),
        str(question.shuffle).lower(),
        ", ".join(question.objectives),
    )
