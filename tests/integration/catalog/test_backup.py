"""A backup taken while others write is one moment of the catalogue; restored, it is that catalogue again."""

import fcntl
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event as Flag

import msgspec
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from catalog.database import schema
from catalog.database.models import Event, Person, Version
from catalog.database.session import Database
from catalog.services import access, search, versions
from catalog.services.backup import back_up, restore
from catalog.services.curriculum_courses import pinned_versions
from catalog.services.uploads import Upload
from catalog.storage import Kind, Storage
from schemas.errors import InputError, UsageError
from tests.support.catalogue import OPERATOR, People, populate, upload
from tests.support.curriculum_text import curriculum_text
from tests.support.published import publish_curriculum


def _stored(storage: Storage, slug: str, content: str) -> Upload:
    made = upload(slug, content)
    source = storage.put(Kind.SOURCE, content.encode())
    reading = storage.put(Kind.READING, f"reading of {content}".encode())
    return msgspec.structs.replace(made, source=source, reading=reading)


def _publish(database: Database, storage: Storage, people: People, slug: str, content: str) -> None:
    made = _stored(storage, slug, content)
    with database.write() as session:
        draft = versions.upload(session, people.publisher, made, if_match=None)
        sent = versions.submit(session, people.publisher, draft.id, if_match=draft.row_version)
        versions.approve(session, people.reviewer, sent.id, if_match=sent.row_version)


@pytest.fixture
def people(database: Database) -> People:
    return populate(database)


@pytest.fixture
def target(empty_url: str) -> Iterator[Database]:
    opened = Database(empty_url.replace("lingjun.sqlite", "restored.sqlite"))
    yield opened
    opened.close()


def test_round_trip_while_others_write(
    database: Database, target: Database, storage: Storage, people: People, tmp_path: Path
) -> None:
    """Also from either database into the other."""
    for number in range(3):
        _publish(database, storage, people, f"c{number}", f"content {number}")
    camp = publish_curriculum(database, people, curriculum_text("tsinghua/c0", "tsinghua/c2"))
    with database.write() as session:
        token = access.issue_token_for(session, OPERATOR, 1, "kept", list(access.Scope), days=5).secret
    done = Flag()

    def write() -> int:
        count = 0
        while not done.is_set():
            _publish(database, storage, people, f"late-{count}", f"late {count}")
            count += 1
        return count

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        try:
            made = back_up(database, storage, tmp_path / "backup")
        finally:
            done.set()
        writing.result()

    elsewhere = Storage((tmp_path / "elsewhere").as_uri())
    assert restore(target, elsewhere, tmp_path / "backup") == made
    schema.require_current(target)
    with target.read() as session:
        found = session.scalars(select(Version)).all()
        assert len(found) >= 3
        events = session.scalars(select(Event.version_id).where(Event.action == "version-published")).all()
        assert sorted(events) == [version.id for version in found if version.number is not None]
        for version in found:
            assert elsewhere.read(Kind.SOURCE, version.source_sha256)
            assert elsewhere.read(Kind.READING, version.reading_sha256)
        assert len(search.find(session, "路线图", {}, limit=100).rows) == len(found)
        assert access.authenticate(session, token).actor.name == "author"
        assert [version.course.slug for version in pinned_versions(session, camp)] == ["c0", "c2"]
    with pytest.raises(IntegrityError, match="never changes"), target.write() as session:
        session.execute(text("UPDATE curriculum_courses SET position = position + 5"))
    _publish(target, elsewhere, people, "afterwards", "new")
    with pytest.raises(IntegrityError, match="append-only"), target.write() as session:
        session.execute(text("DELETE FROM events"))
    with target.read() as session:
        ids = session.scalars(select(Event.id).order_by(Event.id)).all()
        assert len(set(ids)) == len(ids)
    with pytest.raises(UsageError, match="not empty"):
        restore(target, elsewhere, tmp_path / "backup")


def test_what_is_there_is_not_overwritten(database: Database, storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    with pytest.raises(UsageError, match="exists already"):
        back_up(database, storage, tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.parametrize("damage", ["tables/people.jsonl", "blobs", "backup.json"])
def test_a_damaged_backup_restores_nothing(
    database: Database, storage: Storage, people: People, tmp_path: Path, damage: str
) -> None:
    _publish(database, storage, people, "c", "content")
    back_up(database, storage, tmp_path / "backup")
    broken = tmp_path / "backup" / damage
    if broken.is_dir():
        broken = next((broken / Kind.SOURCE).iterdir())
    broken.write_bytes(broken.read_bytes()[:-3])
    fresh = Database(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    with pytest.raises(InputError):
        restore(fresh, Storage((tmp_path / "elsewhere").as_uri()), tmp_path / "backup")
    if schema.status(fresh).schema is not schema.Schema.EMPTY:
        with fresh.read() as session:
            assert session.scalar(select(func.count()).select_from(Person)) == 0
    fresh.close()


def test_a_missing_blob_leaves_no_half_backup(
    database: Database, storage: Storage, people: People, tmp_path: Path
) -> None:
    _publish(database, storage, people, "c", "content")
    sha256 = next(storage.blobs(Kind.SOURCE)).blob.sha256
    path = storage.local_path(Kind.SOURCE, sha256)
    assert path is not None
    path.unlink()
    before = set(tmp_path.iterdir())
    with pytest.raises(Exception, match="missing"):
        back_up(database, storage, tmp_path / "backup")
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_killed_backups_left_is_removed(database: Database, storage: Storage, tmp_path: Path) -> None:
    kept, old = tmp_path / "backups", 1_600_000_000
    names = {
        "left": ".monday.0123abcd.part",
        "at-work": ".tuesday.0123abcd.part",
        "others": ".photos.0123abcd.part",
        "new": ".wednesday.0123abcd.part",
    }
    for name in names.values():
        (kept / name / "tables").mkdir(parents=True)
    (kept / names["others"] / "picture.png").write_bytes(b"")
    for name in ("left", "at-work", "others"):
        os.utime(kept / names[name], (old, old))
    holder = os.open(kept / names["at-work"], os.O_RDONLY)
    fcntl.flock(holder, fcntl.LOCK_EX)
    back_up(database, storage, kept / "thursday")
    os.close(holder)
    left = {file.name for file in kept.iterdir()}
    assert left == {"thursday", names["at-work"], names["others"], names["new"]}
