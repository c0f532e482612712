"""A small catalogue for tests: two institutions, people of every role, uploads made by hand."""

import hashlib
from typing import NamedTuple

import msgspec
from sqlalchemy.orm import Session

from catalog.database.session import Database
from catalog.domain.roles import Actor, Grant, Role
from catalog.intake.sources import SourceFile
from catalog.services import accounts, versions
from catalog.services.access import actor_of
from catalog.services.events import Cause, Origin
from catalog.services.facts import CourseFacts, LessonFacts, ModuleFacts
from catalog.services.uploads import Upload
from catalog.storage import Blob
from schemas.course import Mode
from schemas.text import Text

OPERATOR = Cause(Actor("operator", "operator", (Grant(Role.ADMINISTRATOR),)), Origin("test"))


class People(NamedTuple):
    """Who acts. Author and publisher belong to `tsinghua`, `stranger` publishes for `xiamen`."""

    author: Cause
    publisher: Cause
    stranger: Cause
    reviewer: Cause
    administrator: Cause


def populate(database: Database) -> People:
    """Institutions and people."""
    with database.write() as session:
        accounts.add_institution(session, OPERATOR, "tsinghua", Text("清华大学", "Tsinghua University"))
        accounts.add_institution(session, OPERATOR, "xiamen", Text("厦门大学", "Xiamen University"))
        return People(
            _person(session, "author", Role.AUTHOR, "tsinghua"),
            _person(session, "publisher", Role.PUBLISHER, "tsinghua"),
            _person(session, "stranger", Role.PUBLISHER, "xiamen"),
            _person(session, "reviewer", Role.REVIEWER, None),
            _person(session, "administrator", Role.ADMINISTRATOR, None),
        )


def _person(session: Session, name: str, role: Role, institution: str | None) -> Cause:
    person = accounts.add_person(session, OPERATOR, f"{name}@example.org", name)
    accounts.grant_role(session, OPERATOR, person.id, role, institution)
    return Cause(actor_of(accounts.person_by_email(session, person.email)), Origin("test"))


_FACTS = CourseFacts(
    id="roadmap",
    institution="tsinghua",
    title=Text("数字化转型路线图"),
    summary=Text("诊断与规划", "Diagnosis and planning"),
    language="zh-CN",
    edition="2022-2023",
    themes={"digital-empowerment": 12.0},
    audience=("srdi-sme",),
    hours=12.0,
    mode=Mode.BLENDED,
    objectives=(),
    prerequisites=(),
    instructors=(),
    visits=(),
    licence="CC-BY-4.0",
    sample=False,
    modules=(ModuleFacts("m1", "为什么是现在", (LessonFacts("l1", "现状诊断", 30, 2, ()),)),),
)


def facts(slug: str, **changes: object) -> CourseFacts:
    """A course's facts."""
    return msgspec.structs.replace(_FACTS, id=slug, **changes)


def upload(slug: str = "roadmap", content: str = "a", made: CourseFacts | None = None) -> Upload:
    """An upload whose blobs nobody asks for."""
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    return Upload(
        facts=made or facts(slug),
        source=Blob(sha256, len(content)),
        reading=Blob(sha256, len(content)),
        files=(SourceFile("course.md", 100, sha256), SourceFile("课一/现状.md", 200, sha256)),
        content_hash=sha256,
        warnings=0,
    )


def publish(session: Session, people: People, slug: str, made: CourseFacts | None = None) -> int:
    """A published version; its identifier."""
    draft = versions.upload(session, people.publisher, upload(slug, slug, made), if_match=None)
    submitted = versions.submit(session, people.publisher, draft.id, if_match=draft.row_version)
    approved = versions.approve(session, people.reviewer, submitted.id, if_match=submitted.row_version)
    return approved.id
