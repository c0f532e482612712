"""A newcomer with nothing but the README: its ten-minute block, run word for word in an empty folder."""

import http.client
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LANGUAGES = {"zh": "## 中文", "en": "## English"}


def commands(language: str) -> list[str]:
    """The lines of the block that begins by making a course, without comments."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").split(_LANGUAGES[language])[1]
    [block] = [block for block in _BLOCK.findall(text.split("\n## ")[0]) if " new my-course" in block]
    return [re.sub(r"\s+#.*", "", line) for line in block.splitlines()]


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """The environment that `. .venv/bin/activate` makes; in a working copy that was never set up, `lingjun` is made of
    the same interpreter."""
    folder = Path(sys.executable).parent
    if not shutil.which("lingjun", path=str(folder)):
        folder = tmp_path / "bin"
        folder.mkdir()
        script = folder / "lingjun"
        script.write_text(
            f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m catalog.cli.main "$@"\n', encoding="utf-8"
        )
        script.chmod(0o755)
    return {
        "PATH": f"{folder}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }


def run(line: str, folder: Path, shell: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-ec", line], cwd=folder, env=shell, capture_output=True, check=False, encoding="utf-8"
    )


def look(line: str, folder: Path, shell: dict[str, str]) -> str:
    """Start the preview on a free port, fetch its first page, end it with Ctrl-C."""
    process = subprocess.Popen(
        ["sh", "-ec", f"exec {line} --port 0"],
        cwd=folder,
        env=shell,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        port = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert port is not None
        connection = http.client.HTTPConnection("127.0.0.1", int(port[1]), timeout=60)
        connection.request("GET", "/")
        page = connection.getresponse().read().decode()
        connection.close()
    finally:
        os.kill(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in err
    return page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_ten_minutes_of_the_readme(language: str, tmp_path: Path, shell: dict[str, str]) -> None:
    lines = commands(language)
    assert lines[:2] == ["make setup", ". .venv/bin/activate"]  # what `make test` did before this ran
    folder = tmp_path / "somewhere"
    folder.mkdir()
    said = {}
    for line in lines[2:]:
        if " preview " in line:
            page = look(line, folder, shell)
            assert ("我的第一门课" if language == "zh" else "My first course") in page
            continue
        done = run(line, folder, shell)
        assert (done.returncode, done.stderr) == (0, ""), line
        said[next(word for word in shlex.split(line)[1:] if word in ("new", "check", "export", "verify"))] = (
            done.stdout
        )
    assert set(said) == {"new", "check", "export", "verify"}
    assert len(list((folder / "build").glob("*.zip"))) == 1
    assert "Moodle" in said["export"]
    assert "1. " in said["export"]
    assert said["verify"].startswith("✓ ")


def test_the_readme_names_what_a_newcomer_needs() -> None:
    """`make` targets exist, and both languages show the same commands."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"^make ([a-z]+)", text, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert [line.split()[0] for line in commands("zh")] == [line.split()[0] for line in commands("en")]
