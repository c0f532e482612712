"""Exit statuses, and what is left behind when something goes wrong."""

import errno
import gc
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from courses.cache import cache_folder
from tests.unit.catalog.cli.conftest import Lingjun, start, write_course

_WRONG = "::: question choice {#q1}\n哪一项？\n\n- [ ] 甲\n- [ ] 乙\n:::"
_SAMPLES = Path(__file__).parents[4] / "courses" / "samples"


def test_zero_for_a_sound_course(lingjun: Lingjun, tmp_path: Path) -> None:
    status, out, err = lingjun("check", write_course(tmp_path))
    assert (status, err) == (0, "")
    assert "没有发现问题" in out


def test_zero_for_warnings_alone(lingjun: Lingjun, tmp_path: Path) -> None:
    course = write_course(tmp_path, body="＃ 小结")
    status, out, _ = lingjun("check", course)
    assert status == 0
    assert "look-alike" in out
    assert "1 个警告" in out


def test_one_for_errors_in_any_course(lingjun: Lingjun, tmp_path: Path) -> None:
    wrong, sound = write_course(tmp_path, "wrong", _WRONG), write_course(tmp_path, "sound")
    for order in ((wrong, sound), (sound, wrong)):
        status, out, _ = lingjun("check", *order)
        assert status == 1
        assert "no-right-answer" in out
        assert out.splitlines()[-1] == "1 个错误"


def test_two_for_what_isnt_there(lingjun: Lingjun, tmp_path: Path) -> None:
    for words in (("check", "gone"), ("export", "gone"), ("verify", "gone.zip"), ("preview", "gone")):
        status, out, err = lingjun(*words)
        assert (status, out) == (2, ""), words
        assert "gone" in err
    (tmp_path / "page.txt").write_bytes(b"")
    assert lingjun("check", tmp_path / "page.txt").status == 2


def test_three_for_a_port_in_use(lingjun: Lingjun, tmp_path: Path) -> None:
    course = write_course(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, _, err = lingjun("preview", course, "--port", str(port))
    assert (status, err) == (3, "错误：端口已被占用，请用 --port 换一个\n")


def test_two_for_a_port_that_cant_be(lingjun: Lingjun, tmp_path: Path) -> None:
    assert lingjun("preview", write_course(tmp_path), "--port", "70000").status == 2


def test_three_where_a_folder_cant_be_made(lingjun: Lingjun, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    course = write_course(tmp_path)
    for words in (
        ("new", tmp_path / "file" / "course"),
        ("export", course, "-o", tmp_path / "file"),
        ("export", course, "-o", tmp_path / "file" / "deeper"),
    ):
        status, out, err = lingjun(*words)
        assert (status, out) == (3, ""), words
        assert str(tmp_path / "file") in err
    assert (tmp_path / "file").read_bytes() == b"kept"


def test_three_where_a_package_doesnt_fit_and_the_old_one_stays(tmp_path: Path) -> None:
    """The shell's file-size limit stands for a full disk (for Python's bytecode, too, were it written)."""
    course = write_course(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    (out / "smb-one-scorm12.zip").write_bytes(b"before")
    call = [sys.executable, "-m", "catalog.cli.main", "export", course, "-o", out]
    limited = ["bash", "-c", 'ulimit -f 8 && exec "$@"', "limited", *map(str, call)]
    root = str(Path(__file__).parents[4])
    done = subprocess.run(
        limited,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 3
    assert "smb-one-scorm12.zip" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in out.iterdir()] == ["smb-one-scorm12.zip"]
    assert (out / "smb-one-scorm12.zip").read_bytes() == b"before"


def test_a_full_disk_keeps_no_course_from_being_checked(lingjun: Lingjun, tmp_path: Path) -> None:
    """The cache is only a hint: here its folder can't be made at all."""
    cache_folder().parent.mkdir(parents=True)
    cache_folder().write_bytes(b"a file where the folder should be")
    assert lingjun("check", write_course(tmp_path)).status == 0


@pytest.mark.parametrize("words", [("schema", "course"), ("check", "one")], ids=" ".join)
def test_three_where_the_output_cant_be_written(words: tuple[str, ...], tmp_path: Path) -> None:
    write_course(tmp_path)
    with Path("/dev/full").open("wb") as full:
        running = start(*words, cwd=tmp_path, stdout=full)
        _, told = running.communicate(timeout=60)
    assert (running.returncode, told) == (3, "错误：磁盘已满\n")


def test_three_where_buffered_output_cant_be_written(tmp_path: Path) -> None:
    write_course(tmp_path)
    with Path("/dev/full").open("wb") as full:
        running = start("check", "one", cwd=tmp_path, stdout=full, buffered=True)
        _, told = running.communicate(timeout=60)
    assert (running.returncode, told) == (3, "错误：磁盘已满\n")


def test_a_reader_that_is_gone_already_is_no_trouble(tmp_path: Path) -> None:
    write_course(tmp_path)
    running = start("check", "one", cwd=tmp_path, buffered=True)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    told = running.stderr.read()
    running.stderr.close()
    assert (running.wait(timeout=60), told) == (0, "")


@pytest.mark.parametrize("buffered", [False, True])
def test_a_reader_that_goes_away_is_no_trouble(tmp_path: Path, *, buffered: bool) -> None:
    """`lingjun check … | head -1`, with far more to say than a pipe holds."""
    many = "\n\n".join(f"[链接]() {number}" for number in range(2000))
    write_course(tmp_path, body=many)
    for words in (("check", "one"), ("check", "one", "--json")):
        running = start(*words, cwd=tmp_path, buffered=buffered)
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        told = running.stderr.read()
        running.stderr.close()
        assert (running.wait(timeout=60), told) == (0, "")


def test_130_when_interrupted(lingjun: Lingjun) -> None:
    """A real signal in the middle of the work; the alarm stands for Ctrl-C, which pytest keeps for itself."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    gc.disable()  # an interrupt inside another library's collection callback would be swallowed
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        status, out, err = lingjun(
            "check", *sorted(path for path in _SAMPLES.iterdir() if path.is_dir()), "--json"
        )
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        gc.enable()
    assert (status, out, err) == (130, "", "已中断。\n")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EACCES, "没有权限"),
        (errno.EROFS, "文件系统只读"),
        (errno.EDQUOT, "磁盘配额已用完"),
    ],
)
def test_what_the_machine_refuses_is_said_in_words(number: int, said: str) -> None:
    from catalog.cli.words import machine_trouble

    assert machine_trouble(OSError(number, "whatever", "file"), "zh") == f"file：{said}"
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in machine_trouble(OSError(number, "x"), "en"))
