"""Blobs: whole or not at all, named by what they are."""

import errno
import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from catalog.storage import BlobDamagedError, BlobMissingError, Kind, Storage
from schemas.errors import MachineError

_CONTENT = bytes(range(256)) * 10_000
_SHA256 = hashlib.sha256(_CONTENT).hexdigest()


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage((tmp_path / "存储 a%b").as_uri())


def test_what_is_put_can_be_got_whole_and_in_parts(storage: Storage, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(_CONTENT)
    blob = storage.put(Kind.SOURCE, file)
    assert (blob.sha256, blob.size) == (_SHA256, len(_CONTENT))
    assert storage.read(Kind.SOURCE, _SHA256) == _CONTENT
    assert b"".join(storage.stream(Kind.SOURCE, _SHA256, start=5, end=1_500_000)) == _CONTENT[5:1_500_000]
    assert b"".join(storage.stream(Kind.SOURCE, _SHA256, start=2_559_990)) == _CONTENT[2_559_990:]
    assert list(storage.stream(Kind.SOURCE, _SHA256, start=9_999_999)) == []
    path = storage.local_path(Kind.SOURCE, _SHA256)
    assert path is not None
    assert path.read_bytes() == _CONTENT


def test_an_empty_blob(storage: Storage) -> None:
    blob = storage.put(Kind.READING, b"")
    assert storage.read(Kind.READING, blob.sha256) == b""


def test_equal_blobs_are_one_however_many_put_them(storage: Storage) -> None:
    with ThreadPoolExecutor(16) as pool:
        blobs = list(pool.map(lambda _: storage.put(Kind.PACKAGE, _CONTENT), range(16)))
    assert set(blobs) == {blobs[0]}
    assert [found.blob for found in storage.blobs(Kind.PACKAGE)] == [blobs[0]]


def test_kinds_are_apart(storage: Storage) -> None:
    blob = storage.put(Kind.SOURCE, b"x")
    with pytest.raises(BlobMissingError):
        storage.stream(Kind.PACKAGE, blob.sha256)


def test_damage_is_told(storage: Storage) -> None:
    blob = storage.put(Kind.SOURCE, b"right")
    path = storage.local_path(Kind.SOURCE, blob.sha256)
    assert path is not None
    path.write_bytes(b"wrong")
    with pytest.raises(BlobDamagedError, match="damaged"):
        storage.read(Kind.SOURCE, blob.sha256)


@pytest.mark.parametrize("name", ["../etc/passwd", "", "A" * 64, "a" * 63, "a" * 64 + "\n", "/" + "a" * 63])
def test_only_a_sha256_is_a_name(storage: Storage, name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        storage.size(Kind.SOURCE, name)


def test_a_failed_put_leaves_nothing(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills up at the last moment (the system's own words, as no test machine has a disk to fill)."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("catalog.storage.os.fsync", full)
    with pytest.raises(MachineError, match="full"):
        storage.put(Kind.SOURCE, b"x")
    monkeypatch.undo()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_folder_that_cant_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(MachineError, match="storage"):
        Storage((tmp_path / "file" / "storage").as_uri())
