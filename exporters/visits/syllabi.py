"""The curricula and courses of a made-up programme, one curriculum of two courses for each theme: they show how both ask for site
visits."""

from collections.abc import Iterator, Mapping, Sequence

from schemas.edition import Term
from schemas.text import Text

INSTITUTION = "sample"
_DIAGNOSIS = "diagnosis"
_PRACTICE = "practice"
_TITLES = {
    _DIAGNOSIS: Text("{theme}：诊断（示例）", "{theme}: diagnosis (sample)"),
    _PRACTICE: Text("{theme}：落地（示例）", "{theme}: putting it into practice (sample)"),
}
_OBJECTIVES = {
    _DIAGNOSIS: Text(
        "能对照标杆判断本企业的差距，并说出下一步最该补的一项",
        "Judge one's own firm against the benchmark and name what to improve next",
    ),
    _PRACTICE: Text(
        "带回一项可在三个月内试行的改进", "Bring home one improvement to try within three months"
    ),
}
_LESSONS = {_DIAGNOSIS: ("看清现状", "找出差距"), _PRACTICE: ("选定改进", "试行与复盘")}
_NAMES = {_DIAGNOSIS: ("present", "gap"), _PRACTICE: ("choice", "trial")}
_CURRICULUM = Text("{theme}年度班（示例）", "{theme}: year's class (sample)")

_BODY = """示例课程，只为说明课程怎样提出实地教学的需求。

# {title} {{#m1}}

## {first} {{#{first_id}}}

参访之前，先写下本企业的做法：谁在做、多久做一次、用什么数据。

## {second} {{#{second_id}}}

参访之后，用同一张表对照标杆企业，圈出差别最大的一行。

::: question true-false {{#q1 objectives="o1"}}
参访时应当对照自己企业的做法，而不只是记下对方的做法。

= 对

> 没有对照，就看不出差距。
:::"""


def curriculum_id(theme: str) -> str:
    """What classes name."""
    return f"{INSTITUTION}-{theme}"


def syllabi(themes: Sequence[Term], edition: str) -> Iterator[tuple[str, Mapping[str, object], str]]:
    """File, front matter and text of each."""
    for number, term in enumerate(themes):
        other = themes[(number + 1) % len(themes)].slug
        yield f"curricula/{curriculum_id(term.slug)}.md", _curriculum(term, other, edition), "示例培训方案。"
        for kind in _TITLES:
            yield _course(term, kind, edition, whole_day=number == 0)


def _course_id(theme: str, kind: str) -> str:
    return f"{theme}-{kind}"


def _curriculum(term: Term, other: str, edition: str) -> dict[str, object]:
    diagnosis, practice = (_course_id(term.slug, kind) for kind in _TITLES)
    return {
        "id": curriculum_id(term.slug),
        "institution": INSTITUTION,
        "title": _both(_CURRICULUM.format(theme=term.name)),
        "edition": edition,
        "theme": term.slug,
        "class": "year",
        "hours": 40,
        "courses": [{"course": diagnosis, "hours": 16}, {"course": practice, "hours": 16}],
        # One more visit, to see another theme, before the second course ends.
        "visits": [{"theme": other, "latest": practice, "objectives": [f"{diagnosis}/o1"]}],
        "plan": [
            {"theme": term.slug, "mode": "classroom", "hours": 32},
            {"theme": term.slug, "mode": "visit", "hours": 8},
        ],
    }


def _course(term: Term, kind: str, edition: str, *, whole_day: bool) -> tuple[str, dict[str, object], str]:
    identifier, title = _course_id(term.slug, kind), _TITLES[kind].format(theme=term.name)
    first, second = _NAMES[kind]
    if kind == _DIAGNOSIS:  # a visit of the theme, once the present has been looked at
        visit: dict[str, object] = {"theme": term.slug, "earliest": first, "objectives": ["o1"]}
    else:
        visit = {"industry": "C", "objectives": ["o1"], "duration": "day" if whole_day else "half-day"}
    matter = {
        "id": identifier,
        "institution": INSTITUTION,
        "title": _both(title),
        "edition": edition,
        "themes": {term.slug: 16},
        "hours": 16,
        "mode": "classroom",
        "objectives": [{"id": "o1", "text": _both(_OBJECTIVES[kind])}],
        "visits": [visit],
        "sample": True,
    }
    names = dict(zip(("first", "second"), _LESSONS[kind], strict=True))
    body = _BODY.format(title=title.zh, first_id=first, second_id=second, **names)
    return f"courses/{identifier}/course.md", matter, body


def _both(words: Text) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
