"""A browser, the engine in a page, and an LMS around it."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from exporters.export import export
from schemas.course import Course
from schemas.package import Format, Structure
from tests.browser.runtime.classroom import COURSE
from tests.support.bridge import PLAYER, bundle
from tests.support.gallery import gallery
from tests.support.static_server import StaticServer

FORMATS = {"1.2": Format.SCORM12, "2004": Format.SCORM2004_4}
SUPPORT = Path(__file__).parents[2] / "support"


@pytest.fixture
def context(chromium: Browser, site: StaticServer) -> Iterator[BrowserContext]:
    """A learner's browser with empty storage, and a page open from which tests observe it."""
    with chromium.new_context() as context:
        context.set_default_timeout(30_000)
        context.new_page().goto(f"{site.origin}/local/course.js")
        yield context


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaticServer]:
    """A folder for each version: the hostile LMS, scorm-again, and the engine with a course."""
    root = tmp_path_factory.mktemp("site")
    script = bundle(SUPPORT / "sco_entry.ts", root / "sco.js")
    for version in ("1.2", "2004", "local"):
        folder = root / version
        shutil.copytree(SUPPORT / "hostile_lms", folder)
        shutil.copytree(SUPPORT / "scorm_again", folder, dirs_exist_ok=True)
        shutil.copy(PLAYER / "node_modules" / "scorm-again" / "dist" / "scorm-again.js", folder)
        shutil.copy(script, folder)
        data = json.dumps(COURSE if version != "local" else {**COURSE, "structure": "pages"})
        text = f'globalThis.lingjunVersion = "{version}";\nglobalThis.lingjunCourse = {data};\n'
        (folder / "course.js").write_text(text, encoding="utf-8")
    with StaticServer(root) as server:
        yield server


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaticServer]:
    """The gallery's real packages unpacked beside scorm-again: `1.2-single/`, `1.2-lessons/`, `2004-single/`…"""
    root = tmp_path_factory.mktemp("packages")
    structures: tuple[Structure, ...] = ("single", "lessons")
    for version, structure in product(FORMATS, structures):
        beside_scorm_again(gallery(), version, structure, root)
    with StaticServer(root) as server:
        yield server


def beside_scorm_again(course: Course, version: str, structure: Structure, root: Path) -> Path:
    """The course's package in `root`, and unpacked beside the LMS that plays it."""
    folder = root / f"{version}-{structure}"
    made = export(course, package_format=FORMATS[version], structure=structure, folder=root)
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(folder)
    shutil.copytree(SUPPORT / "scorm_again", folder, dirs_exist_ok=True)
    shutil.copy(PLAYER / "node_modules" / "scorm-again" / "dist" / "scorm-again.js", folder)
    return made.path
