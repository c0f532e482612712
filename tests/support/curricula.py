"""Curricula that a test publishes."""

from catalog.database.session import Database
from catalog.domain.roles import Action
from catalog.services import curricula
from catalog.services.events import Cause
from courses.curricula import Curriculum, Kind
from schemas.text import Text
from tests.support.catalogue import People


def written(content: str) -> Curriculum:
    """A small curriculum; another `content` makes it another."""
    return Curriculum(
        id="camp",
        institution="tsinghua",
        title=Text("主题特训营"),
        language="zh-CN",
        edition="2022-2023",
        theme="digital-empowerment",
        kind=Kind.CAMP,
        source_hash=content,
    )


def publish_curriculum(database: Database, people: People, content: str) -> int:
    """Written, reviewed, published; the version's identifier."""
    with database.write() as session:
        version = curricula.upload(session, people.author, written(content), if_match=None)
        steps: tuple[tuple[Action, Cause], ...] = (
            (Action.SUBMIT, people.publisher),
            (Action.APPROVE, people.reviewer),
        )
        for action, cause in steps:
            curricula.take_step(session, cause, action, version.id, if_match=version.row_version)
        return version.id
