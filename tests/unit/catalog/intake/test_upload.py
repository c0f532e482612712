"""What strangers send: good courses come through whole, everything else gets one clear answer and leaves nothing."""

import contextlib
import os
import signal
import time
import tracemalloc
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

import courses
from catalog.intake import reading
from catalog.intake.refusals import RULES, UploadError
from catalog.intake.upload import Intake
from catalog.settings import LimitsSettings
from courses.reader import read_course
from exporters.verify import open_archive
from schemas.errors import MachineError
from tests.fixtures.packages.archives import ARCHIVES, BrokenArchive, Member, build
from tests.unit.catalog.intake.conftest import COURSE, packed

# Of COURSE. No release may change it: what is published is found by it.
ADDRESS = "b23998e4adb43574ae477a4dfd4b54abf664666e21308af64f0ce00d326ad8d0"
SAMPLE = Path(courses.__file__).parent / "samples" / "digital-roadmap"


def refused(intake: Intake, upload: bytes) -> UploadError:
    with pytest.raises(UploadError) as raised, intake.receive([upload]):
        pass
    assert list(intake.workspace.iterdir()) == []
    diagnostic = raised.value.diagnostics[0]
    for text in (diagnostic.message, diagnostic.cure):
        assert text.zh
        assert text.en
        assert "{" not in text.zh + text.en
    return raised.value


def test_a_sample_is_read_as_on_its_authors_machine(intake: Intake) -> None:
    at_home = read_course(SAMPLE)
    with intake.receive_folder(SAMPLE) as received:
        assert received.reading.diagnostics == at_home.diagnostics
        assert at_home.course is not None
        assert received.reading.course == msgspec.structs.replace(at_home.course, root=Path())
        assert reading.decode(reading.encode(received.reading)) == received.reading
    assert list(intake.workspace.iterdir()) == []


def test_its_source_archive_passes_the_same_door_and_keeps_its_address(intake: Intake) -> None:
    with intake.receive([packed(COURSE)]) as first:
        again = first.source.path.read_bytes()
        with open_archive(first.source.path) as archive:
            assert sorted(archive.files) == sorted(COURSE) == [file.path for file in first.source.files]
        with intake.receive([again]) as second:
            assert second.source.sha256 == first.source.sha256 == second.upload_sha256


def macos(files: dict[str, str]) -> bytes:
    """As the Finder packs: decomposed names in a folder, with notes of its own beside them."""
    names = {unicodedata.normalize("NFD", name): content for name, content in files.items()}
    return packed(
        {f"我的课程/{name}": content for name, content in names.items()}
        | {"我的课程/.DS_Store": "x", "__MACOSX/我的课程/._course.md": "x", "我的课程/assets/": ""}
    )


def windows(files: dict[str, str]) -> bytes:
    """As Explorer packs on a Chinese Windows: names in GBK, and not a word about it."""
    return build(*(Member(name.encode("gbk"), content.encode()) for name, content in files.items()))


@pytest.mark.parametrize(
    "upload",
    [
        packed(COURSE),
        windows(COURSE),
        packed(dict(reversed(COURSE.items()))),
        packed(COURSE, "digital/"),
        macos(COURSE),
        packed({**COURSE, "README.md": "about", ".git/config": "secret", "_notes/x.md": "private"}),
    ],
    ids=["plain", "windows", "other-order", "wrapped", "macos", "with-what-is-no-part-of-it"],
)
def test_one_folder_has_one_address_whoever_packed_it(intake: Intake, upload: bytes) -> None:
    with intake.receive([upload]) as received:
        assert received.reading.errors == ()
        assert received.source.sha256 == ADDRESS


def test_names_in_gbk_are_judged_again_as_what_they_say(intake: Intake) -> None:
    """A full-width letter in GBK can be the same as another name where letter case doesn't count."""
    clash = [Member(f"assets/{letter}.png".encode("gbk"), b"x") for letter in ("ａ", "Ａ")]
    whole = [Member(name.encode("gbk"), content.encode()) for name, content in COURSE.items()]
    with intake.receive([build(*whole, *clash)]) as received:
        assert len(received.source.files) == len(COURSE) + 2
        assert "01-m/01-课.md" not in {file.path for file in received.source.files}


def test_a_folder_beside_others_is_no_wrapper(intake: Intake) -> None:
    upload = packed({"a/course.md": COURSE["course.md"], "b/course.md": COURSE["course.md"]})
    with intake.receive([upload]) as received:
        assert [found.code for found in received.reading.errors] == ["missing-course-file"]


@pytest.mark.parametrize("broken", ARCHIVES, ids=lambda broken: broken.name)
def test_archives_that_must_be_refused(broken: BrokenArchive, intake: Intake) -> None:
    upload = broken.content()
    if broken.slug in ("archive-zip64", "archive-portable"):  # asked of packages alone
        with intake.receive([upload]) as received:
            assert received.reading.course is None
        return
    assert refused(intake, upload).code == broken.slug


def test_an_upload_is_cut_off_at_its_limit(tmp_path: Path) -> None:
    intake = Intake(LimitsSettings(upload_bytes=1 << 20), tmp_path / "intake")
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield bytes(1 << 16)

    with pytest.raises(UploadError) as raised, intake.receive(endless()):
        pass
    assert raised.value.code == "upload-too-large"
    assert "1 MiB" in raised.value.message.zh
    assert sent == 17
    assert list(intake.workspace.iterdir()) == []


def test_what_it_unpacks_to_and_how_many_files_are_limited(tmp_path: Path) -> None:
    limits = LimitsSettings(unpacked_bytes=1 << 20, upload_files=10)
    intake = Intake(limits, tmp_path / "intake")
    assert refused(intake, packed({**COURSE, "assets/a.bin": bytes(1 << 20)})).code == "archive-limits"
    assert refused(intake, packed({f"{n}.md": "" for n in range(11)})).code == "archive-limits"


def test_memory_stays_flat_however_large_the_media(intake: Intake) -> None:
    size = 40 << 20

    def chunks(upload: bytes) -> Iterator[bytes]:
        return (upload[at : at + (1 << 16)] for at in range(0, len(upload), 1 << 16))

    upload = packed({**COURSE, "assets/a.mp4": (b"%032d" * (size // 320)) % tuple(range(size // 320))})
    tracemalloc.start()
    with intake.receive(chunks(upload)) as received:
        assert received.upload_size == len(upload)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20


@pytest.mark.parametrize("files", [{}, {"README.md": "x", ".git/x": "y"}], ids=["nothing", "nothing-of-it"])
def test_an_archive_without_a_course(intake: Intake, files: dict[str, str]) -> None:
    assert refused(intake, packed(files)).code == "upload-empty"


def test_a_name_that_no_disk_takes(intake: Intake) -> None:
    assert refused(intake, packed({**COURSE, f"assets/{'长' * 90}.png": ""})).code == "upload-name-too-long"


def test_yaml_that_kills_a_process_is_a_diagnostic_with_its_place(intake: Intake) -> None:
    bomb = "---\nid: example\na: " + "[" * 30_000 + "\n---\n"
    with intake.receive([packed({**COURSE, "course.md": bomb})]) as received:
        assert "front-matter-refused" in [found.code for found in received.reading.errors]


def test_endless_markdown_meets_the_time_limit(tmp_path: Path) -> None:
    slow = {f"01-m/{n:02}-x.md": "# x\n\n" + "![[]()" * 40_000 for n in range(40)}
    intake = Intake(LimitsSettings(reading_seconds=1), tmp_path / "intake")
    error = refused(intake, packed({**COURSE, **slow}))
    assert error.code == "upload-too-slow"
    assert "1 秒" in error.message.zh


def reader_of(workspace: Path) -> int:
    """The process that reads the upload in this workspace, once it is there."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if str(workspace) in (process / "cmdline").read_text():
                    return int(process.name)
    pytest.fail("no reader")


def test_a_crash_of_the_reader_is_an_answer_to_its_uploader_and_nothing_to_others(tmp_path: Path) -> None:
    slow = {f"01-m/{n:02}-x.md": "# x\n\n" + "![[]()" * 40_000 for n in range(40)}
    intake = Intake(LimitsSettings(), tmp_path / "crash")
    others = Intake(LimitsSettings(), tmp_path / "others")
    with ThreadPoolExecutor(1) as pool:
        crashed = pool.submit(refused, intake, packed({**COURSE, **slow}))
        reader = reader_of(intake.workspace)
        with others.receive([packed(COURSE)]) as received:
            os.kill(reader, signal.SIGSEGV)
            assert received.reading.errors == ()
        error = crashed.result()
    assert error.code == "upload-killed-parser"
    assert "SIGSEGV" in error.message.zh


def test_a_memory_bomb_meets_the_memory_limit(tmp_path: Path) -> None:
    big = {f"01-m/{n:02}-x.md": "# x\n\n" + "*a* " * 60_000 for n in range(10)}
    intake = Intake(LimitsSettings(reading_memory=160 << 20), tmp_path / "intake")
    error = refused(intake, packed({**COURSE, **big}))
    assert error.code == "upload-too-much-memory"
    assert "160 MiB" in error.message.en


def test_a_thousand_mistakes_are_told_and_the_rest_counted(intake: Intake) -> None:
    mistakes = "# x\n\n" + "".join(f"[a](missing{n}.md)\n\n" for n in range(1_500))
    with intake.receive([packed({**COURSE, "01-m/02-x.md": mistakes})]) as received:
        assert len(received.reading.diagnostics) == 1_000
        assert received.reading.left_out == 500


@pytest.mark.parametrize("code", RULES)
def test_each_refusal_is_complete(code: str) -> None:
    rule = RULES[code]
    assert all((rule.message.zh, rule.message.en, rule.cure.zh, rule.cure.en))


def test_a_disk_without_room_is_the_machines_trouble(tmp_path: Path, limits: LimitsSettings) -> None:
    (tmp_path / "intake").write_text("a file where the folder should be")
    with pytest.raises(MachineError) as raised, Intake(limits, tmp_path / "intake").receive([b""]):
        pass
    assert "未保存任何内容" in raised.value.message.zh
