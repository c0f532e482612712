"""The archive writer: the same bytes always, nothing half-written ever."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from exporters.archive import Archive, is_stored
from schemas.errors import InputError, MachineError

TEXT = ("领军企业数字化转型。" * 400).encode()


def write(
    target: Path, *entries: tuple[str, bytes | Path], progress: Callable[[int], object] | None = None
) -> None:
    with Archive(target, progress) as archive:
        for name, content in entries:
            archive.add(name, content)


def test_entries_keep_their_order_and_carry_nothing_of_the_machine(tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    write(target, ("z.html", TEXT), ("a.js", b"1"), ("assets/clip.mp4", TEXT))
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        infos = archive.infolist()
    assert [info.filename for info in infos] == ["z.html", "a.js", "assets/clip.mp4"]
    for info in infos:
        assert info.date_time == (1980, 1, 1, 0, 0, 0)
        assert (info.create_system, info.external_attr, info.extra, info.comment) == (
            3,
            0o100644 << 16,
            b"",
            b"",
        )
        assert info.flag_bits == 0
        assert info.extract_version == 20
    assert [info.compress_type for info in infos] == [
        zipfile.ZIP_DEFLATED,
        zipfile.ZIP_DEFLATED,
        zipfile.ZIP_STORED,
    ]


def test_a_file_on_disk_gives_the_same_entry_as_its_bytes_whatever_its_time_and_mode(tmp_path: Path) -> None:
    source = tmp_path / "课件 😀.html"
    source.write_bytes(TEXT)
    source.chmod(0o600)
    os.utime(source, (1, 1))
    write(tmp_path / "a.zip", ("page.html", source))
    write(tmp_path / "b.zip", ("page.html", TEXT))
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize("name", ["x.PNG", "a.b.mp4", "f.woff2", "d.docx", "c.pdf"])
def test_what_is_compressed_already_is_stored(name: str) -> None:
    assert is_stored(name)


@pytest.mark.parametrize("name", ["x.html", "a.vtt", "a.svg", "a.wav", "a.csv"])
def test_everything_else_is_deflated(name: str) -> None:
    assert not is_stored(name)


@pytest.mark.parametrize("name", ["图.png", "/a.html", "A.html"])
def test_names_that_no_package_may_have_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(name)):
        write(tmp_path / "a.zip", ("a.html", b""), (name, b""))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, RuntimeError])
def test_whatever_goes_wrong_leaves_what_was_there_and_no_more(
    tmp_path: Path, trouble: type[BaseException]
) -> None:
    target = tmp_path / "a.zip"
    target.write_bytes(b"the last good package")

    def stop(_: int) -> None:
        raise trouble

    with pytest.raises(trouble):
        write(target, ("a.html", TEXT), progress=stop)
    assert target.read_bytes() == b"the last good package"
    assert os.listdir(tmp_path) == ["a.zip"]  # noqa: PTH208 (hidden files count)


def test_an_asset_that_is_gone_is_the_authors_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write(tmp_path / "a.zip", ("a.png", tmp_path / "gone.png"))
    assert "gone.png" in caught.value.message.zh
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    """A real full disk: the limit on file sizes stops the write half-way."""
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from exporters.archive import Archive\n"
        "from schemas.errors import MachineError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "try:\n"
        "    with Archive(Path(sys.argv[1])) as archive:\n"
        "        archive.add('clip.mp4', bytes(200_000))\n"
        "except MachineError as error:\n"
        "    print(error.message.en)\n"
    )
    target = tmp_path / "a.zip"
    target.write_bytes(b"before")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(target)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "the file is larger than allowed" in done.stdout
    assert done.stderr == ""
    assert target.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["a.zip"]  # noqa: PTH208


def test_a_folder_that_cannot_be_written_names_the_package(tmp_path: Path) -> None:
    with pytest.raises(MachineError) as caught:
        write(tmp_path / "missing" / "a.zip", ("a.html", b""))
    assert "a.zip" in caught.value.message.zh
    assert ".part" not in caught.value.message.zh


def test_progress_counts_every_byte(tmp_path: Path) -> None:
    source = tmp_path / "clip.mp4"
    source.write_bytes(bytes(3_000_000))
    taken: list[int] = []
    with Archive(tmp_path / "a.zip", taken.append) as archive:
        archive.add("clip.mp4", source)
        archive.add("a.html", TEXT)
        assert archive.content_bytes == sum(taken) == 3_000_000 + len(TEXT)
        assert archive.files == 2


def test_half_a_gigabyte_needs_no_memory(tmp_path: Path) -> None:
    """A sparse file, in a process that may use 300 MB of address space."""
    source = tmp_path / "clip.mp4"
    with source.open("wb") as file:
        file.truncate(1 << 29)
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from exporters.archive import Archive\n"
        "resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))\n"
        "with Archive(Path(sys.argv[1])) as archive:\n"
        "    archive.add('clip.html', Path(sys.argv[2]))\n"
    )
    target = tmp_path / "a.zip"
    subprocess.run([sys.executable, "-c", program, str(target), str(source)], check=True)
    with zipfile.ZipFile(target) as archive:
        assert archive.getinfo("clip.html").file_size == 1 << 29
