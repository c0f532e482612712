"""An LMS administrator takes the packages of many courses at once: one archive, resumable, each package as it is alone."""

import subprocess
import sys
import zipfile
from functools import partial
from io import BytesIO
from pathlib import Path

import msgspec
import pytest

from catalog.packages.signing import PRIVATE_NAME, SigningKey, create_key
from catalog.web.api import bulk
from catalog.web.parts import Parts
from tests.integration.catalog.web.conftest import Desk, Person, code
from tests.support.archives import course_zip

MANY = "/packages?format=scorm12&lms=moodle"


@pytest.fixture
def parts(parts: Parts, tmp_path: Path) -> Parts:
    """With a key to sign by."""
    create_key(tmp_path)
    parts.packages.key = SigningKey.read(tmp_path / PRIVATE_NAME)
    return parts


@pytest.fixture
def publisher(desk: Desk) -> Person:
    """Of tsinghua, which published one course; xiamen published another and drafted a third."""
    publisher, other = Person(desk, desk.people.publisher), Person(desk, desk.people.stranger)
    reviewer = Person(desk, desk.people.reviewer)
    publisher.published(course_zip(), reviewer)
    other.published(course_zip("harbour", institution="xiamen", title="港口"), reviewer)
    assert other.upload(course_zip("secret", institution="xiamen")).status_code == 201
    return publisher


def opened(content: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(BytesIO(content))
    assert archive.testzip() is None
    return archive


def test_everything_that_matches_whole_in_pieces_and_verified(
    desk: Desk, publisher: Person, tmp_path: Path
) -> None:
    whole = publisher.get(MANY)
    assert (whole.status_code, whole.headers["Content-Type"]) == (200, "application/zip")
    assert int(whole.headers["Content-Length"]) == len(whole.content)
    assert whole.headers["Lingjun-Left-Out"] == "0"
    archive = opened(whole.content)
    names = [
        f"{institution}/{institution}-{course}-v1-scorm12-moodle.zip"
        for institution, course in (("tsinghua", "roadmap"), ("xiamen", "harbour"))
    ]
    assert archive.namelist() == [
        "packages.json",
        *(n + end for n in names for end in ("", ".sig")),
        "index.json",
    ]
    alone = publisher.get("/courses/xiamen/harbour/latest/packages/scorm12?lms=moodle")
    assert archive.read(names[1]) == alone.content
    listing = msgspec.json.decode(archive.read("packages.json"))
    assert [line["file"] for line in listing["packages"]] == names
    assert listing["packages"][1]["title"]["zh"] == "港口"

    tag, half = whole.headers["ETag"], len(whole.content) // 2
    first = publisher.get(MANY, Range=f"bytes=0-{half}")
    rest = publisher.get(MANY, Range=f"bytes={half + 1}-", **{"If-Range": tag})
    assert (first.status_code, rest.status_code) == (206, 206)
    assert first.content + rest.content == whole.content
    assert publisher.get(MANY, **{"If-None-Match": tag}).status_code == 304

    archive.extractall(tmp_path / "many")
    (tmp_path / "key.pem").write_bytes(desk.client.get("/api/v1/key").content)
    (tmp_path / "index.json").write_bytes(desk.client.get("/api/v1/index").content)
    files = [str(Path("many", name)) for name in names]
    command = [sys.executable, "-m", "catalog.cli.main", "verify", *files, "--key", "key.pem"]
    environment = {"HOME": str(tmp_path), "LINGJUN_LANG": "en", "PYTHONPATH": str(Path.cwd())}
    run = partial(subprocess.run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    for index in ("index.json", "many/index.json"):  # of everything, and of what was downloaded
        verified = run([*command, "--index", index])
        assert verified.returncode == 0, verified.stdout
    (tmp_path / "many.zip").write_bytes(whole.content)
    at_once = run([*command[:4], "many.zip", "--key", "key.pem"])
    assert at_once.returncode == 0, at_once.stdout
    assert "a set of 2 packages" in at_once.stdout
    assert f"many.zip › {names[1]}" in at_once.stdout
    stranger = publisher.get("/courses/tsinghua/roadmap/latest/packages/html").content
    (tmp_path / "many" / names[0]).write_bytes(stranger)
    mixed = run([*command, "--index", "many/index.json"])
    assert (mixed.returncode, "The index doesn't list it" in mixed.stdout) == (1, True)


def test_filters_or_courses_by_name(publisher: Person) -> None:
    def courses(query: str) -> list[str]:
        answer = publisher.get(f"{MANY}{query}")
        assert answer.status_code == 200, answer.text
        listing = msgspec.json.decode(opened(answer.content).read("packages.json"))
        return [line["course"] for line in listing["packages"]]

    assert courses("&institution=xiamen") == courses("&q=港口") == ["harbour"]
    assert courses("&course=xiamen/harbour&course=tsinghua/roadmap") == ["roadmap", "harbour"]
    assert courses("&theme=digital-empowerment") == ["roadmap", "harbour"]


def test_another_version_is_another_archive(desk: Desk, publisher: Person) -> None:
    before = publisher.get(MANY)
    publisher.published(course_zip(text="第二版。"), Person(desk, desk.people.reviewer))
    after = publisher.get(MANY, Range="bytes=5-9", **{"If-Range": before.headers["ETag"]})
    assert after.status_code == 200
    assert "tsinghua/tsinghua-roadmap-v2-scorm12-moodle.zip" in opened(after.content).namelist()


def test_a_course_that_cannot_be_such_a_package_is_named(desk: Desk, publisher: Person) -> None:
    question = "::: question choice {{#q{n}}}\n题？\n\n- [x] 甲\n- [ ] 乙\n:::\n\n"
    lessons = {
        f"02-m/{lesson + 10}-x{lesson}.md": f"# 课 {{#l{lesson}}}\n\n".encode()
        + "".join(question.format(n=f"{lesson}-{number}") for number in range(40)).encode()
        for lesson in range(40)
    }
    publisher.published(
        course_zip("long", more={"02-m/index.md": b"# m", **lessons}), Person(desk, desk.people.reviewer)
    )
    answer = publisher.get("/packages?format=scorm12&institution=tsinghua")
    assert (answer.status_code, answer.headers["Lingjun-Left-Out"]) == (200, "1")
    listing = msgspec.json.decode(opened(answer.content).read("packages.json"))
    assert [line["course"] for line in listing["packages"]] == ["roadmap"]
    [missing] = listing["left_out"]
    assert missing["course"] == "long"
    assert "4096" in missing["reason"]["en"]
    alone = publisher.get("/packages?format=scorm12&course=tsinghua/long")
    assert (alone.status_code, code(alone)) == (422, "input-has-errors")


WRONG = (
    ("?format=scorm12&institution=nobody", 404, "not-found"),
    ("?format=scorm12&course=xiamen/secret", 404, "not-found"),
    ("?format=scorm12&course=harbour", 400, "bad-request"),
    ("?format=scorm12&course=xiamen/harbour&theme=digital-empowerment", 400, "bad-request"),
    ("?format=html&lms=moodle", 400, "bad-request"),
    ("?format=doc", 400, "bad-request"),
    ("?format=scorm12&lms=none", 400, "bad-request"),
    ("", 400, "bad-request"),
)


def test_wrong_calls_and_no_archive_without_end(publisher: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for query, status, refusal in WRONG:
        answer = publisher.get(f"/packages{query}")
        assert (answer.status_code, code(answer)) == (status, refusal), query
    monkeypatch.setattr(bulk, "MOST", 1)
    answer = publisher.get(MANY)
    assert (answer.status_code, code(answer)) == (400, "bad-request")
