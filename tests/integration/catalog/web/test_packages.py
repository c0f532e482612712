"""An LMS administrator finds a course, downloads its package whole or in pieces, and verifies it."""

import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from catalog.database.models import Package
from catalog.packages.signing import PRIVATE_NAME, SigningKey, create_key
from catalog.web.parts import Parts
from tests.integration.catalog.web.conftest import Desk, Person, code
from tests.support.archives import course_zip

WHERE = "/courses/tsinghua/roadmap/versions/1/packages/scorm12"


@pytest.fixture
def parts(parts: Parts, tmp_path: Path) -> Parts:
    """With a key to sign by."""
    create_key(tmp_path)
    parts.packages.key = SigningKey.read(tmp_path / PRIVATE_NAME)
    return parts


@pytest.fixture
def publisher(desk: Desk) -> Person:
    person = Person(desk, desk.people.publisher)
    person.published(course_zip(), Person(desk, desk.people.reviewer))
    return person


def test_downloaded_resumed_and_verified(desk: Desk, publisher: Person, tmp_path: Path) -> None:
    whole = publisher.get(f"{WHERE}?lms=moodle")
    assert (whole.status_code, whole.headers["Content-Type"]) == (200, "application/zip")
    assert (
        whole.headers["Content-Disposition"]
        == 'attachment; filename="tsinghua-roadmap-v1-scorm12-moodle.zip"'
    )
    assert "imsmanifest.xml" in zipfile.ZipFile(BytesIO(whole.content)).namelist()
    tag, size = whole.headers["ETag"], len(whole.content)
    half = publisher.get(f"{WHERE}?lms=moodle", Range=f"bytes=0-{size // 2}")
    rest = publisher.get(f"{WHERE}?lms=moodle", Range=f"bytes={size // 2 + 1}-", **{"If-Range": tag})
    assert (half.status_code, rest.status_code) == (206, 206)
    assert rest.headers["Content-Range"] == f"bytes {size // 2 + 1}-{size - 1}/{size}"
    assert half.content + rest.content == whole.content
    assert publisher.get(f"{WHERE}?lms=moodle", Range="bytes=-10").content == whole.content[-10:]
    assert (
        publisher.get(f"{WHERE}?lms=moodle", Range="bytes=5-9", **{"If-Range": '"other"'}).status_code == 200
    )
    beyond = publisher.get(f"{WHERE}?lms=moodle", Range=f"bytes={size}-")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{size}")
    assert publisher.get(f"{WHERE}?lms=moodle", **{"If-None-Match": tag}).status_code == 304
    latest = publisher.get("/courses/tsinghua/roadmap/latest/packages/scorm12?lms=moodle")
    assert latest.content == whole.content

    package = tmp_path / "tsinghua-roadmap-v1-scorm12-moodle.zip"
    package.write_bytes(half.content + rest.content)
    package.with_name(f"{package.name}.sig").write_bytes(
        publisher.get(f"{WHERE}/signature?lms=moodle").content
    )
    (tmp_path / "key.pem").write_bytes(desk.client.get("/api/v1/key").content)
    (tmp_path / "index.json").write_bytes(desk.client.get("/api/v1/index").content)
    command = [
        sys.executable,
        "-m",
        "catalog.cli.main",
        "verify",
        package.name,
        "--key",
        "key.pem",
        "--index",
        "index.json",
    ]
    environment = {"HOME": str(tmp_path), "LINGJUN_LANG": "en", "PYTHONPATH": str(Path.cwd())}
    run = partial(subprocess.run, command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert run(check=False).returncode == 0
    package.write_bytes(whole.content[:-1] + b"!")
    changed = run(check=False)
    assert changed.returncode == 1
    assert "isn't what was signed" in changed.stdout


def test_built_once_however_many_ask(desk: Desk, publisher: Person) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: publisher.get(f"{WHERE}?lms=openedx"), range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    with desk.parts.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Package)) == 1
    [listed] = publisher.get("/courses/tsinghua/roadmap/versions/1/packages").json()
    assert (listed["format"], listed["lms"], listed["signed"]) == ("scorm12", "openedx", True)


def test_only_for_those_who_may_and_of_what_there_is(desk: Desk, publisher: Person) -> None:
    assert desk.client.get(f"/api/v1{WHERE}").status_code == 401
    assert publisher.get(WHERE.replace("scorm12", "doc")).status_code in (400, 404)
    unknown = publisher.get(f"{WHERE}?lms=nothing")
    assert (unknown.status_code, code(unknown)) == (400, "bad-request")
    assert publisher.get(WHERE.replace("/1/", "/2/")).status_code == 404


def test_found_by_words_facets_and_beginnings(desk: Desk, publisher: Person) -> None:
    publisher.upload(course_zip("secret", title="秘密草稿"))
    answer = desk.client.get("/api/v1/courses?q=数字化&theme=digital-empowerment")
    [found] = answer.json()["items"]
    assert (found["course"], found["number"]) == ("roadmap", 1)
    assert ["数字化", True] in found["title_marks"]
    assert desk.client.get("/api/v1/courses?theme=regional-development").json()["items"] == []
    assert desk.client.get("/api/v1/facets").json()["theme"] == {"digital-empowerment": 1}
    assert desk.client.get("/api/v1/suggestions?beginning=数字").json() == ["数字化转型路线图"]
    for hidden in ("/courses?q=秘密", "/suggestions?beginning=秘密"):
        assert "秘密" not in desk.client.get(f"/api/v1{hidden}").text
