"""Each rule has a fixture: a small course that shows this one problem, and what `lingjun check` says about it."""

import os
import re
import runpy
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest

from catalog.report import format_diagnostic
from courses import checks
from courses.checks import CODES, COURSE_CHECKS, rule
from courses.reader import Reading, read_course

FIXTURES = Path(__file__).parents[3] / "fixtures" / "checks"
MODULES = sorted(path.stem for path in Path(checks.__file__).parent.glob("*.py") if path.stem != "__init__")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that an unprivileged user can reach, unlike pytest's."""
    path = Path(tempfile.mkdtemp())
    yield path
    shutil.rmtree(path)


def test_each_rule_has_a_file_of_its_name_and_is_listed_once() -> None:
    assert sorted(CODES) == [name.replace("_", "-") for name in MODULES]
    assert [rule(code).code for code in CODES] == list(CODES)


def test_each_check_is_run() -> None:
    modules = {code: import_module(f"courses.checks.{code.replace('-', '_')}") for code in CODES}
    assert {code for code, module in modules.items() if hasattr(module, "check")} == set(COURSE_CHECKS)


def test_each_code_named_in_the_source_exists() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(checks.__file__).parents[1].rglob("*.py")]
    assert {code for source in sources for code in re.findall(r'\brule\("([^"]+)"\)', source)} <= set(CODES)


def test_each_fixture_is_a_rules() -> None:
    assert sorted(path.name for path in FIXTURES.iterdir()) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_fixture_shows_this_problem_alone(code: str, folder: Path) -> None:
    reading = read_fixture(code, folder)
    assert {found.code for found in reading.diagnostics} == {code}
    assert shown(reading) == (FIXTURES / code / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", CODES)
def test_each_message_is_in_both_languages(code: str) -> None:
    for text in (rule(code).message, rule(code).cure):
        assert text.zh
        assert text.en


def read_fixture(code: str, folder: Path) -> Reading:
    """Copy the fixture's course into `folder`, add what a repository can't hold, and read it."""
    course = folder / "course"
    shutil.copytree(FIXTURES / code / "course", course)
    prepare = FIXTURES / code / "prepare.py"
    if prepare.exists():
        runpy.run_path(str(prepare))["prepare"](course)
    if code == "file-unreadable":
        read_course(course)  # imports what it needs while Python's own files can be read
        with _without_privileges(folder):
            return read_course(course)
    return read_course(course)


def shown(reading: Reading) -> str:
    """The diagnostics as text, first in Chinese, then in English."""
    parts = []
    for language in ("zh", "en"):
        for found in reading.diagnostics:
            lines = reading.texts.get(found.place.file, "").split("\n")
            parts.append(format_diagnostic(found, lines, prefix="", language=language, colour=False))
    return "\n".join(parts)


@contextmanager
def _without_privileges(folder: Path) -> Iterator[None]:
    """Read as an ordinary user: root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink() and path.stat().st_mode & 0o400:
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o644))
    nobody = 65534
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)
