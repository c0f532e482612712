"""Published versions with real content, for tests of what is made of them."""

import hashlib
from pathlib import Path

from catalog.database.session import Database
from catalog.domain.actions import Action
from catalog.intake.curricula import ReadCurriculum
from catalog.intake.upload import Intake
from catalog.packages.build import Packages
from catalog.services import curricula, uploads, versions
from catalog.settings import LimitsSettings
from catalog.storage import Storage
from courses.curricula import CURRICULUM_FILE, read_curriculum
from courses.sources import Source
from tests.support.catalogue import People

LIMITS = LimitsSettings(reading_seconds=30, reading_memory=1 << 30)
_MATTER = (
    "---\nid: {slug}\ninstitution: tsinghua\ntitle: 示例课程\nedition: 2022-2023\n"
    "themes: [digital-empowerment]\nhours: 1\n---\n"
)


def write_course(folder: Path, slug: str = "roadmap", text: str = "正文") -> Path:
    """A small course folder with a file in Chinese."""
    files = {
        "course.md": _MATTER.format(slug=slug),
        "01-m/index.md": "# 模块",
        "01-m/01-课.md": f"# 课\n\n{text}\n\n[资料](../assets/资料.txt)\n",
        "assets/资料.txt": "资料\n" * 1000,
    }
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return folder


def publish_folder(database: Database, storage: Storage, people: People, folder: Path) -> int:
    """Through the door, the review and onto the shelf; the version's identifier."""
    intake = Intake(LIMITS, folder.with_name(f"{folder.name}-intake"))
    with intake.receive_folder(folder) as received:
        stored = uploads.store(storage, received.reading, received.source)
        with database.write() as session:
            draft = versions.upload(session, people.publisher, stored, if_match=None)
            sent = versions.submit(session, people.publisher, draft.id, if_match=draft.row_version)
            approved = versions.approve(session, people.reviewer, sent.id, if_match=sent.row_version)
            return approved.id


def withdraw(database: Database, people: People, version_id: int) -> None:
    """Off the shelf."""
    with database.write() as session:
        version = versions.get(session, people.publisher.actor, version_id)
        versions.withdraw(session, people.publisher, version_id, "", if_match=version.row_version)


def packages_in(database: Database, storage: Storage, folder: Path) -> Packages:
    """What builds packages, with its workspace in `folder`."""
    return Packages(database, storage, LIMITS, folder / "work")


def publish_curriculum(database: Database, people: People, text: str) -> int:
    """A curriculum through review onto the shelf; the version's identifier."""
    reading = read_curriculum(Source(CURRICULUM_FILE, text, hashlib.sha256(text.encode()).digest()))
    read = ReadCurriculum(text, reading, reading.diagnostics)
    with database.write() as session:
        version = curricula.receive(session, people.publisher, read, if_match=None)
        for action, who in ((Action.SUBMIT, people.publisher), (Action.APPROVE, people.reviewer)):
            curricula.take_step(session, who, action, version.id, if_match=version.row_version)
        return version.id
