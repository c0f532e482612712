"""The gate takes what honest programs write, and gives the bytes back."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from exporters.verify import Limits, PackageError, open_archive, verify
from exporters.verify.zip_records import DESCRIPTOR_MARK
from schemas.errors import UsageError
from schemas.package import Format, Verdict
from tests.fixtures.packages.archives import Member, build
from tests.fixtures.packages.good import good, pack


class Unseekable(io.BytesIO):
    """Makes zipfile write data descriptors, as servers that stream archives do."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError

    def seek(self, *_: object) -> int:
        raise OSError


def test_streamed_archive_with_descriptors(tmp_path: Path) -> None:
    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in good(Format.SCORM12).items():
            archive.writestr(name, content)
    path = tmp_path / "streamed.zip"
    path.write_bytes(stream.getvalue())
    assert verify(path).verdict is Verdict.PASSED


def test_forced_zip64_fields_and_folders(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("pages")
        with archive.open("pages/a.html", "w", force_zip64=True) as entry:
            entry.write(b"<p>a</p>")
    with open_archive(path) as found:
        assert list(found.files) == ["pages/a.html"]
        assert found.read("pages/a.html", 100) == b"<p>a</p>"


@pytest.mark.parametrize("mark", [b"", DESCRIPTOR_MARK])
@pytest.mark.parametrize("form", ["<3L", "<L2Q"])
def test_every_form_of_descriptor(mark: bytes, form: str, tmp_path: Path) -> None:
    tail = mark + struct.pack(form, zlib.crc32(b"hello"), 5, 5)
    untold = Member(b"a", flags=8, crc=0, size=0, compressed=0)
    one = Member(b"a", b"hello", flags=8, local=untold, tail=tail)
    path = tmp_path / "a.zip"
    path.write_bytes(build(one, Member(b"b")))
    with open_archive(path) as found:
        assert found.read("a", 10) == b"hello"


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        ("图.png".encode(), 0x800, "图.png"),
        ("图.png".encode(), 0, "图.png"),  # macOS writes UTF-8 and doesn't say so
        (b"caf\x82.png", 0, "café.png"),  # code page 437
    ],
)
def test_names_beyond_ascii(raw: bytes, flags: int, name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(build(Member(raw, flags=flags)))
    with open_archive(path) as found:
        assert list(found.files) == [name]


def test_archive_comment_and_empty_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(build(Member(b"a"), comment=b"made by hand"))
    with open_archive(path) as found:
        assert list(found.files) == ["a"]
    path.write_bytes(build())
    with open_archive(path) as found:
        assert found.files == {}
    assert [f.requirement for f in verify(path).findings if f.verdict is Verdict.FAILED] == [
        "manifest-at-root"
    ]


def test_limits_of_the_caller(tmp_path: Path) -> None:
    path = pack(good(Format.HTML), tmp_path / "a.zip")
    with pytest.raises(PackageError) as caught:
        open_archive(path, Limits(entries=3))
    assert caught.value.slug == "archive-limits"
    with pytest.raises(PackageError) as caught:
        open_archive(path, Limits(size=100))
    assert caught.value.slug == "archive-limits"


def test_stream_yields_everything_in_small_pieces(tmp_path: Path) -> None:
    content = bytes(range(256)) * 4096
    path = pack({"a.bin": content}, tmp_path / "a.zip")
    with open_archive(path) as found:
        pieces = list(found.stream("a.bin"))
        assert found.read("a.bin", 1000) == content[:1000]
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 1 << 16


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        open_archive(tmp_path / "none.zip")
    with pytest.raises(UsageError):
        verify(tmp_path)
