"""Hostile packages get one clear answer in bounded time and memory, measured in a process of its own."""

import math
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.package import Format
from tests.fixtures.packages import archives
from tests.fixtures.packages.good import MANIFESTS, good, pack

TIMES = 40  # the processor time that a sound package takes at the same moment, start of Python included
MEGABYTES = 300  # of address space, start of Python included

_VERIFY = """
import resource, sys
from pathlib import Path
from exporters.verify import verify
found = verify(Path(sys.argv[1]))
print(found.verdict.value, next((f.requirement for f in found.findings if f.verdict.value == "failed"), ""))
"""


def manifest(change: Callable[[str], str], kind: Format = Format.SCORM2004_3) -> Callable[[Path], Path]:
    return lambda path: pack(good(kind) | {"imsmanifest.xml": change(MANIFESTS[kind]).encode()}, path)


def raw(content: Callable[[], bytes]) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(content())
        return path

    return write


def page(content: bytes) -> Callable[[Path], Path]:
    return lambda path: pack(good(Format.HTML) | {"two.html": content}, path)


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(12))
_MANY_ITEMS = '<item identifier="x{}" identifierref="r1" isvisible="true"><title>x</title></item>'
_MANY_FILES = '<file href="missing{}.png"/>'

CASES = {
    "million-entries": (raw(archives.million_entries), "failed archive-limits"),
    "million-entries-hidden": (raw(archives.million_entries_hidden), "failed archive-readable"),
    "bomb": (raw(archives.bomb), "failed archive-limits"),
    "understated-bomb": (raw(archives.understated_bomb), "failed archive-content"),
    "many-small-bombs": (raw(archives.many_small_bombs), "failed archive-limits"),
    "overlapping": (raw(archives.overlapping), "failed archive-records"),
    "zip64-lie": (raw(archives.zip64_lie), "failed archive-readable"),
    "billion-laughs": (
        manifest(lambda text: text.replace("?>", f"?><!DOCTYPE m [{_LAUGHS}]>").replace("课程", "&l11;")),
        "failed manifest-safe",
    ),
    "external-entity": (
        manifest(lambda text: text.replace("?>", '?><!DOCTYPE m SYSTEM "file:///etc/passwd">')),
        "failed manifest-safe",
    ),
    "comment-before-doctype": (
        manifest(lambda text: text.replace("?>", "?>" + "<!-- -->" * 20_000 + "<!DOCTYPE m>")),
        "failed manifest-safe",
    ),
    "deep": (manifest(lambda text: text.replace("<resources>", "<a>" * 300_000)), "failed manifest-safe"),
    "huge-attribute": (
        manifest(lambda text: text.replace('identifier="r1"', f'identifier="{"r" * 3_000_000}"')),
        "failed references",
    ),
    "many-identifiers": (
        manifest(lambda text: text.replace("<item", "".join(map(_MANY_ITEMS.format, range(20_000))) + "<item", 1)),
        "warning ",
    ),
    "many-missing-files": (
        manifest(lambda text: text.replace("<file", "".join(map(_MANY_FILES.format, range(50_000))) + "<file", 1)),
        "failed files-present",
    ),
    "many-schema-errors": (
        manifest(lambda text: text.replace("<resources>", "<resources>" + "<x/>" * 100_000)),
        "failed schema-valid",
    ),
    "unclosed-tags": (page(b"<a href='" * 400_000), "passed "),
    "nested-tags": (page(b"<div>" * 700_000), "passed "),
    "unclosed-comments": (page(b"<style>" + b"/*" * 1_500_000), "passed "),
    "many-links": (page(b"".join(b"<img src=x%d.png>" % n for n in range(100_000))), "failed page-resources"),
}  # fmt: skip


@pytest.fixture(scope="module")
def seconds(tmp_path_factory: pytest.TempPathFactory) -> int:
    """The time that a hostile package may take."""
    path = pack(good(Format.SCORM2004_3), tmp_path_factory.mktemp("sound") / "sound.zip")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", _VERIFY, path], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return math.ceil(TIMES * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))


@pytest.mark.parametrize("name", CASES)
def test_bounded(name: str, tmp_path: Path, seconds: int) -> None:
    write, answer = CASES[name]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    done = subprocess.run(
        [sys.executable, "-c", _VERIFY, write(tmp_path / "hostile.zip")],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.strip("\n") == answer
