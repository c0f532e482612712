"""A small LMS with a player of its own (scormhost): imports, launches, stores what a learner's page sends."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import product
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser
from scormhost.app import create_scorm_app
from scormhost.config import HostSettings
from scormhost.packages import extract_scorm_zip
from scormhost.storage import PackageStore

from schemas.course import Course
from schemas.package import Format, Structure
from tests.integration.lms.conftest import Pack

pytestmark = pytest.mark.lms

SCORM = (Format.SCORM12, Format.SCORM2004_3, Format.SCORM2004_4)
STRUCTURES: tuple[Structure, ...] = ("lessons", "single")


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """The LMS on a free port of this machine; its address."""
    app = create_scorm_app(data_dir=data, secret_key="for-tests-only-" * 3)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.mark.parametrize(("package_format", "structure"), [*product(SCORM, STRUCTURES)])
def test_every_launch_is_found(
    courses: list[Course], pack: Pack, tmp_path: Path, package_format: Format, structure: Structure
) -> None:
    store = PackageStore(HostSettings.from_env(tmp_path / "data"))
    for course in courses:
        package = pack(course, package_format, structure)
        name = extract_scorm_zip(store, package.read_bytes(), package.name)
        manifest = store.load_meta(name)["manifest"]
        assert manifest["title"] == " ".join(course.name.split())
        version = {"scorm12": "1.2", "scorm2004-3": "2004 3rd Edition", "scorm2004-4": "2004 4th Edition"}
        assert manifest["schema_version"] == version[package_format.value]
        pages = ["index.html"] if structure == "single" else [lesson.page for lesson in course.lessons]
        assert [launch["href"] for launch in manifest["launches"]] == pages
        assert all((store.package_root(name) / page).is_file() for page in pages)


@pytest.mark.browser
@pytest.mark.parametrize("package_format", [Format.SCORM12, Format.SCORM2004_4])
def test_a_package_is_played_and_what_it_sends_is_stored(
    courses: list[Course], pack: Pack, tmp_path: Path, package_format: Format, chromium: Browser
) -> None:
    """Chromium opens the LMS's own player; the page finds its interface, and the LMS keeps what it says."""
    data = tmp_path / "data"
    store = PackageStore(HostSettings.from_env(data))
    package = pack(courses[0], package_format, "lessons")
    name = extract_scorm_zip(store, package.read_bytes(), package.name)
    page_name = courses[0].lessons[1].page
    with serving(data) as address, closing(chromium.new_context()) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/launch/{name}?launch={page_name}")
        page.frame_locator("iframe").get_by_role("heading", name="路线图").first.wait_for()
        kept = _kept(data / "sessions" / name)
    assert errors == []
    status = "cmi.core.lesson_status" if package_format is Format.SCORM12 else "cmi.completion_status"
    assert kept[status] == "incomplete"
    assert kept["cmi.suspend_data"].startswith("1!")


def _kept(folder: Path) -> dict[str, str]:
    """What the LMS has stored, once there is a saved state."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for file in folder.glob("*.json"):
            elements = json.loads(file.read_text())["elements"]
            if "cmi.suspend_data" in elements:
                return dict(elements)
        time.sleep(0.1)
    raise AssertionError("nothing stored")
