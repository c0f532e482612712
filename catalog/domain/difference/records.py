"""Which rules of `rules.py` the two versions set off, and the answer for each kind of package."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from catalog.domain.difference.answers import carry, judging, options_of, type_of
from catalog.domain.difference.model import Answer, Change, PartChange, QuestionChange, Reason, Verdict
from catalog.domain.difference.questions import questions_of
from catalog.domain.difference.rules import FORMATS, RULES
from exporters.order import lessons_before, lessons_required
from exporters.outline import course_identifier
from exporters.points import mastery, number
from schemas.course import Course
from schemas.package import Format, Structure
from schemas.questions import Matching, Question, is_scored
from schemas.text import Text

_NAMED = 10  # lessons or questions that a reason names
_NONE = Text("无要求", "none")


def judge(found: Sequence[Reason]) -> tuple[Verdict, ...]:
    """The answer for every kind of package that an LMS takes."""
    kinds: list[tuple[Format, Structure]] = [
        (kind, structure)
        for kind in FORMATS
        for structure in (("lessons", "single") if kind is not Format.XAPI else ("single",))
    ]
    return tuple(
        Verdict(
            kind,
            structure,
            Answer.NEW_ACTIVITY
            if any(reason.breaks and reason.applies(kind, structure) for reason in found)
            else Answer.REPLACE_IN_PLACE,
        )
        for kind, structure in kinds
    )


def reasons(
    old: Course, new: Course, structure: Sequence[PartChange], questions: Sequence[QuestionChange]
) -> tuple[Reason, ...]:
    """Everything that learners' records notice: first what breaks them."""
    found = [
        *_course(old, new),
        *_lessons(old, new, structure),
        *_questions(old, new, questions),
        *_passing(old, new),
    ]
    return tuple(sorted(found, key=lambda reason: not reason.breaks))


def _course(old: Course, new: Course) -> Iterator[Reason]:
    if course_identifier(old) != course_identifier(new):
        before, after = (f"{course.institution}/{course.id}" for course in (old, new))
        yield _reason("course-identity", before=before, after=after)


def _lessons(old: Course, new: Course, structure: Sequence[PartChange]) -> Iterator[Reason]:
    def having(change: Change) -> list[PartChange]:
        return [part for part in structure if part.part == "lesson" and part.change is change]

    removed, added, renamed = map(having, (Change.REMOVED, Change.ADDED, Change.REIDENTIFIED))
    if removed:
        yield _about_lessons("lesson-removed", removed)
        yield _about_lessons("lesson-removed-inside", removed)
    if renamed:
        yield _about_lessons("lesson-reidentified", renamed)
    gone = {lesson.key for lesson in old.lessons} - {
        lesson.key for lesson in new.lessons if lesson.id in {earlier.id for earlier in old.lessons}
    }
    keys = {lesson.id: lesson.key for lesson in new.lessons}
    reused = [part for part in (*added, *renamed) if keys[part.id] in gone]
    if reused:
        yield _about_lessons("lesson-key-reused", reused)
    if added:
        yield _about_lessons("lesson-added", added)
        yield _about_lessons("lesson-added-inside", added)
    if _tightened(old, new):
        yield _reason("order-tightened")


def _about_lessons(code: str, parts: Sequence[PartChange]) -> Reason:
    names = [
        f"“{part.title}”（{part.before} → {part.after}）"
        if part.change is Change.REIDENTIFIED
        else f"“{part.title}”（{part.id}）"
        for part in parts
    ]
    return _reason(code, lessons=[part.id for part in parts], names=names)


def _required(course: Course) -> dict[str, set[str]]:
    """The lessons to take before each lesson."""
    if before := lessons_before(course):
        order = [lesson.id for lesson in course.lessons]
        return {
            lesson.id: set(order[: order.index(lesson.id)]) if lesson.id in before else set()
            for lesson in course.lessons
        }
    return {
        lesson.id: {required.id for required in lessons_required(course, module)}
        for module in course.modules
        for lesson in module.lessons
    }


def _tightened(old: Course, new: Course) -> bool:
    """Whether a lesson that both have waits for one that it didn't wait for."""
    before, after = _required(old), _required(new)
    return any(after[lesson] - before[lesson] for lesson in before.keys() & after.keys())


def _questions(old: Course, new: Course, changes: Sequence[QuestionChange]) -> Iterator[Reason]:
    def about(code: str, chosen: Iterable[QuestionChange], **values: object) -> Iterator[Reason]:
        listed = list(chosen)
        if listed:
            yield _about_questions(code, listed, **values)

    def scored(change: Change) -> list[QuestionChange]:
        return [line for line in changes if line.change is change and line.scored]

    yield from about("question-removed", scored(Change.REMOVED))
    renamed = scored(Change.REIDENTIFIED)
    yield from about("question-reidentified", renamed, old=renamed[0].before if renamed else "")
    yield from about("question-moved", scored(Change.MOVED))
    yield from about("question-key-reused", _reused(old, new, changes))
    yield from _kept(old, new, changes)
    added = scored(Change.ADDED)
    if mastery(new) is not None:
        yield from about("question-added-weighed", added)
    yield from about("question-added", added)
    lost = (Change.REMOVED, Change.REIDENTIFIED, Change.MOVED)
    yield from about("unscored-lost", (line for line in changes if line.change in lost and not line.scored))


def _reused(old: Course, new: Course, changes: Sequence[QuestionChange]) -> Iterator[QuestionChange]:
    """New questions with the key of one that is gone."""
    before, after = questions_of(old), questions_of(new)
    gone = {question.key for identifier, (_, question) in before.items() if identifier not in after}
    for line in changes:
        if line.change in (Change.ADDED, Change.REIDENTIFIED) and after[line.id][1].key in gone:
            yield line


Test = Callable[[Question, Question], bool]


def _same_type(test: Test) -> Test:
    return lambda old, new: type_of(old) == type_of(new) and test(old, new)


def _shifted(old: Question, new: Question) -> bool:
    """Answers on record name other options; told only where they aren't wrong for a better reason."""
    if isinstance(old, Matching) and isinstance(new, Matching):
        shifted = carry(old.sources, new.sources).shifted or carry(old.targets, new.targets).shifted
    else:
        shifted = carry(options_of(old), options_of(new)).shifted
    return shifted and judging(old, new) != "changed"


def _reworded(old: Question, new: Question) -> bool:
    return not _shifted(old, new) and carry(options_of(old), options_of(new)).reworded


def _fewer(old: Question, new: Question) -> bool:
    return new.attempts != 0 and (old.attempts == 0 or new.attempts < old.attempts)


_KEPT: tuple[tuple[str, Test], ...] = (
    ("question-type-changed", lambda old, new: type_of(old) != type_of(new)),
    ("right-answer-changed", _same_type(lambda old, new: judging(old, new) == "changed")),
    ("options-shifted", _same_type(_shifted)),
    ("options-reworded", _same_type(_reworded)),
    ("points-changed", lambda old, new: _points(old) != _points(new)),
    ("right-answer-widened", _same_type(lambda old, new: judging(old, new) == "widened")),
    ("tries-fewer", lambda old, new: is_scored(new) and _fewer(old, new)),
    (
        "objectives-changed",
        lambda old, new: is_scored(new) and set(old.objectives) != set(new.objectives),
    ),
)


def _kept(old: Course, new: Course, changes: Sequence[QuestionChange]) -> Iterator[Reason]:
    """Questions that both versions have under one identifier."""
    before, after = questions_of(old), questions_of(new)
    changed = [line for line in changes if line.change is Change.CHANGED]
    for code, test in _KEPT:
        listed = [line for line in changed if test(before[line.id][1], after[line.id][1])]
        if listed:
            yield _about_questions(code, listed)


def _points(question: Question) -> float:
    return question.points if is_scored(question) else 0


def _about_questions(code: str, lines: Sequence[QuestionChange], **values: object) -> Reason:
    names = [
        f"“{line.label}”（{line.before} → {line.after}）"
        if line.change is Change.REIDENTIFIED
        else f"“{line.label}”（{line.id}）"
        for line in lines
    ]
    return _reason(
        code,
        lessons=list(dict.fromkeys(line.lesson for line in lines)),
        questions=[line.id for line in lines],
        names=names,
        **values,
    )


def _passing(old: Course, new: Course) -> Iterator[Reason]:
    before, after = mastery(old), mastery(new)
    was, now = _percent(before), _percent(after)
    if (after or 0) > (before or 0):
        yield _reason("pass-raised", before=was, after=now)
        yield _reason("pass-raised-kept", before=was, after=now)
    elif (after or 0) < (before or 0):
        yield _reason("pass-lowered", before=was, after=now)
    shares = (old.passing.lessons, new.passing.lessons)
    if shares[0] != shares[1]:
        yield _reason("completion-changed", before=_percent(shares[0]), after=_percent(shares[1]))


def _percent(share: float | None) -> Text:
    return _NONE if share is None else Text(*[f"{number(100 * share)}%"] * 2)


def _reason(
    code: str,
    *,
    lessons: Sequence[str] = (),
    questions: Sequence[str] = (),
    names: Sequence[str] = (),
    **values: object,
) -> Reason:
    rule = RULES[code]
    listed = _listed(names)
    said = rule.words.format(lessons=listed, questions=listed, **values)
    return Reason(code, rule.breaks, said, rule.formats, rule.structures, tuple(lessons), tuple(questions))


def _listed(names: Sequence[str]) -> Text:
    shown, more = names[:_NAMED], len(names) - _NAMED
    zh, en = "、".join(shown), ", ".join(name.replace("（", " (").replace("）", ")") for name in shown)
    return Text(f"{zh}等 {len(names)} 处", f"{en} and {more} more") if more > 0 else Text(zh, en)
