"""Sample curricula 培训方案: one for each theme, made of the catalogue's own sample courses."""

import hashlib
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from catalog.demonstration.courses import EDITION
from catalog.demonstration.people import HOME
from catalog.domain.actions import Action
from catalog.domain.states import State
from catalog.services import curricula
from catalog.services.events import Cause
from catalog.services.facts import CourseFacts
from courses.curricula import Curriculum
from courses.curricula.model import CourseChoice, HoursLine, Kind, Phase, TeachingMode
from schemas.course import VisitNeed
from schemas.edition import editions
from schemas.text import Text

_MOST_COURSES = 4
_TITLE = {
    Kind.YEAR: Text("{theme}年度班培训方案（示例）", "{theme}: curriculum of a year's class (sample)"),
    Kind.CAMP: Text("{theme}主题特训营培训方案（示例）", "{theme}: curriculum of a camp (sample)"),
}
_SUMMARY = Text("示例培训方案，仅供演示。", "A sample curriculum, for demonstration only.")
_OPENING = Text("开班与集中授课", "Opening and classroom weeks")
_ONLINE = Text("线上学习与辅导", "Online study and coaching")
# How far each theme's curriculum has come.
_STATES = (State.PUBLISHED, State.PUBLISHED, State.SUBMITTED, State.DRAFT)
_STEPS = {
    State.DRAFT: (),
    State.SUBMITTED: (Action.SUBMIT,),
    State.PUBLISHED: (Action.SUBMIT, Action.APPROVE),
}


def add_curricula(session: Session, publisher: Cause, centre: Cause, courses: Sequence[CourseFacts]) -> int:
    """One for each theme that has a course; how many. `courses` are published."""
    count = 0
    for theme, state in zip(editions()[EDITION].themes, _STATES, strict=True):
        chosen = [facts for facts in courses if theme.slug in facts.themes][:_MOST_COURSES]
        if not chosen:
            continue
        kind = list(Kind)[count % 2]
        version = curricula.upload(
            session, publisher, _curriculum(theme.slug, theme.name, kind, chosen), if_match=None
        )
        for step in _STEPS[state]:
            cause = centre if step is Action.APPROVE else publisher
            version = curricula.take_step(session, cause, step, version.id, if_match=version.row_version)
        count += 1
    return count


def _curriculum(theme: str, name: Text, kind: Kind, courses: Sequence[CourseFacts]) -> Curriculum:
    taught = sum(facts.hours for facts in courses)
    year = kind is Kind.YEAR
    return Curriculum(
        id=f"sample-{theme}",
        institution=HOME,
        title=_TITLE[kind].format(theme=name),
        language="zh-CN",
        edition=EDITION,
        theme=theme,
        kind=kind,
        summary=_SUMMARY,
        cohort=60,
        hours=taught + 8,
        courses=tuple(CourseChoice(facts.institution, facts.id) for facts in courses),
        visits=(VisitNeed(theme=theme, industry="C35", count=2, duration="half-day"),),
        plan=(
            HoursLine(theme, TeachingMode.CLASSROOM, taught / 2),
            HoursLine(theme, TeachingMode.ONLINE, taught / 2),
            HoursLine(theme, TeachingMode.VISIT, 8.0),
        ),
        calendar=(
            Phase(_OPENING, date(2022, 11, 7), date(2022, 11, 11), taught / 2),
            Phase(_ONLINE, date(2022, 11, 14), date(2023, 10, 31) if year else date(2022, 12, 2), taught / 2),
        ),
        body=_SUMMARY.zh,
        source_hash=hashlib.sha256(f"{theme} {kind}".encode()).hexdigest(),
    )
