"""The archive that is sent while it is read: the bytes of the one on disk, any stretch of them, and nothing read in vain."""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.archive import Archive
from exporters.stream import Part, StreamedArchive

FILES = (
    ("index.html", b"<p>\xe7\xb4\xa2\xe5\xbc\x95"),
    ("packages/a.zip", os.urandom(900)),
    ("课/空.zip", b""),
)


def test_the_same_bytes_as_an_archive_on_disk(tmp_path: Path) -> None:
    with Archive(tmp_path / "disk.zip", plain=True) as archive:
        for name, content in FILES:
            archive.add(name, content)
    streamed = StreamedArchive([Part.of(name, content) for name, content in FILES])
    written = b"".join(streamed.stream())
    assert written == (tmp_path / "disk.zip").read_bytes()
    assert streamed.length == len(written)
    (tmp_path / "streamed.zip").write_bytes(written)
    with zipfile.ZipFile(tmp_path / "streamed.zip") as found:
        assert found.testzip() is None
        assert [(info.filename, found.read(info)) for info in found.infolist()] == list(FILES)


_WHOLE = StreamedArchive([Part.of(name, content) for name, content in FILES])
_BYTES = b"".join(_WHOLE.stream())
_PLACES = st.integers(0, len(_BYTES) + 5)


@given(start=_PLACES, end=st.none() | _PLACES)
def test_any_stretch_is_that_of_the_whole(start: int, end: int | None) -> None:
    assert b"".join(_WHOLE.stream(start, end)) == _BYTES[start:end]


def test_more_than_32_bits_of_size_and_only_what_is_asked_for_is_read(tmp_path: Path) -> None:
    """A sparse file stands for the contents that nobody reads."""

    def unread(start: int, end: int) -> Iterator[bytes]:
        raise AssertionError((start, end))

    big = Part("big.zip", 5 << 30, lambda: 7, unread)
    archive = StreamedArchive([Part.of("first.zip", b"1"), big, Part.of("last.zip", b"23")])
    first = 30 + len("first.zip") + 1
    rest = first + 30 + len("big.zip") + 20 + (5 << 30)  # 20 bytes tell its 64-bit size
    with (tmp_path / "sparse.zip").open("wb") as file:
        file.write(b"".join(archive.stream(0, first)))
        file.seek(rest)
        file.write(b"".join(archive.stream(rest)))
    with zipfile.ZipFile(tmp_path / "sparse.zip") as found:
        assert [(info.filename, info.file_size) for info in found.infolist()] == [
            ("first.zip", 1),
            ("big.zip", 5 << 30),
            ("last.zip", 2),
        ]
        assert found.read("first.zip") == b"1"
        assert found.read("last.zip") == b"23"


def test_names_that_a_disk_takes_for_one_are_refused() -> None:
    with pytest.raises(ValueError, match=r"A\.zip"):
        StreamedArchive([Part.of("a.zip", b""), Part.of("A.zip", b"")])
