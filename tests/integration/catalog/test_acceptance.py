"""The whole way, on both databases, by the command line and over HTTP: an institution publishes a course and a curriculum
from its folder, the Centre returns them with comments and approves them, an LMS administrator finds and downloads them,
verifies them with the catalogue's key, and is told of what follows."""

import io
import time
import zipfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from catalog.cli.main import main
from catalog.packages.signing import PUBLIC_NAME
from tests.support.archives import course_zip
from tests.support.curriculum_text import curriculum_text
from tests.support.receiver import receiving
from tests.support.serve_process import serving

PATIENCE = 120
PEOPLE = {
    "publisher": ("--role", "publisher", "--institution", "tsinghua"),
    "reviewer": ("--role", "reviewer"),
    "lms": ("--role", "lms-administrator"),
}


def wait_for(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


class Client:
    """Somebody with a token, at the server."""

    def __init__(self, address: str, token: str) -> None:
        self._http = httpx.Client(
            base_url=f"{address}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE
        )

    def get(self, path: str) -> Any:
        answer = self._http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def text(self, path: str) -> str:
        return self._http.get(path).text

    def close(self) -> None:
        self._http.close()

    def post(self, path: str, body: Any = None, etag: int | None = None) -> Any:
        headers = {} if etag is None else {"If-Match": f'"{etag}"'}
        answer = self._http.post(path, json=body, headers=headers)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def download(self, path: str, folder: Path) -> Path:
        """As `curl -OJ` would."""
        answer = self._http.get(path)
        assert answer.status_code == 200, answer.text
        name = answer.headers.get("Content-Disposition", f"filename={path.strip('/')}").partition(
            "filename="
        )[2]
        file = folder / name.strip('"')
        file.write_bytes(answer.content)
        return file


class Office:
    """The institution's folder, and its command line."""

    def __init__(self, address: str, token: str, folder: Path) -> None:
        self._more = ("--server", address, "--token", token)
        self.course = folder / "roadmap"
        zipfile.ZipFile(io.BytesIO(course_zip())).extractall(self.course)
        self.plan = folder / "camp" / "curriculum.md"
        self.plan.parent.mkdir()

    def publish(self, path: Path) -> None:
        assert main(["publish", str(path), *self._more]) == 0

    def revise(self, words: str) -> None:
        lesson = self.course / "01-why" / "01-diagnosis.md"
        lesson.write_text(lesson.read_text(encoding="utf-8") + f"\n{words}\n", encoding="utf-8")

    def plan_with(self, hours: int) -> None:
        self.plan.write_text(curriculum_text("tsinghua/roadmap", taught=hours), encoding="utf-8")


class Centre:
    """Returns what is handed in first, and approves it when it comes again."""

    def __init__(self, client: Client, kind: str) -> None:
        self._client, self._kind = client, kind

    def _waiting(self) -> Any:
        (found,) = self._client.get(f"/{self._kind}?state=submitted")["items"]
        return found

    def send_back(self, file: str, line: int, words: str) -> None:
        found = self._waiting()
        body = {"comments": [{"file": file, "line": line, "body": words}]}
        done = self._client.post(f"/{self._kind}/{found['id']}/return", body, found["etag"])
        assert done["state"] == "returned"

    def approve(self) -> int:
        found = self._waiting()
        done = self._client.post(f"/{self._kind}/{found['id']}/approve", etag=found["etag"])
        assert done["state"] == "published"
        return int(done["number"])


@pytest.fixture
def tokens(
    tmp_path: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, str]:
    """A catalogue as its operator sets it up; everybody's token."""
    monkeypatch.setenv("LINGJUN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LINGJUN_DATABASE_URL", empty_url)
    monkeypatch.setenv("LINGJUN_LANG", "en")
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.delenv("LINGJUN_TOKEN", raising=False)
    for words in (
        ["upgrade"],
        ["create-key"],
        ["add-institution", "tsinghua", "--zh", "清华大学"],
        *(["add-person", f"{name}@example.org", "--name", name, *role] for name, role in PEOPLE.items()),
    ):
        assert main(["db", *words]) == 0
    found = {}
    for name in PEOPLE:
        capsys.readouterr()
        assert main(["db", "issue-token", f"{name}@example.org"]) == 0
        found[name] = capsys.readouterr().out.strip()
    return found


class Desk:
    """The same at a terminal, of one course or curriculum."""

    def __init__(self, address: str, token: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._name, self._capsys = name, capsys
        self._more = ("--server", address, "--token", token)

    def send_back(self, file: str, line: int, words: str) -> None:
        assert main(["review", *self._more]) == 0
        assert self._name in self._capsys.readouterr().out
        comment = f"{file}:{line}:{words}"
        assert main(["review", self._name, "--return", "--comment", comment, *self._more]) == 0

    def approve(self) -> int:
        assert main(["review", self._name, *self._more]) == 0
        assert "请给出数据来源。" in self._capsys.readouterr().out
        assert main(["review", self._name, "--approve", *self._more]) == 0
        return int(self._capsys.readouterr().out.rpartition("version ")[2].rstrip(".\n"))


class Shelf:
    """Where the LMS administrator keeps packages, with their signatures and the index."""

    def __init__(self, client: Client, folder: Path, key: Path) -> None:
        self._client, self._folder, self._key = client, folder, key
        self.files: list[Path] = []
        folder.mkdir()

    def fetch(self, where: str) -> None:
        """The package and its signature."""
        address = f"{where}/packages/scorm12"
        self.files.append(self._client.download(f"{address}?lms=moodle", self._folder))
        self._client.download(f"{address}/signature?lms=moodle", self._folder)

    def verify(self) -> int:
        """`lingjun verify` with the index of now."""
        index = self._client.download("/index", self._folder)
        names = [str(file) for file in self.files]
        return main(["verify", *names, "--key", str(self._key), "--index", str(index)])


def hand_in_and_approve(office: Office, people: dict[str, Client], courses: Desk) -> None:
    """Each is returned once, with a comment: the course at a terminal, the curriculum over HTTP."""
    curricula = Centre(people["reviewer"], "curriculum-versions")
    office.publish(office.course)
    courses.send_back("01-why/01-diagnosis.md", 1, "请给出数据来源。")
    office.revise("数据来自企业自评。")
    office.publish(office.course)
    assert courses.approve() == 1
    office.plan_with(16)
    office.publish(office.plan)
    curricula.send_back("curriculum.md", 10, "学时偏少。")
    (mine,) = people["publisher"].get("/curriculum-versions?state=returned")["items"]
    (comment,) = people["publisher"].get(f"/curriculum-versions/{mine['id']}/comments")
    assert (comment["line"], comment["body"]) == (10, "学时偏少。")
    office.plan_with(20)
    office.publish(office.plan)
    assert curricula.approve() == 1


def publish_the_next(office: Office, people: dict[str, Client]) -> None:
    """A second version of both."""
    courses, curricula = (Centre(people["reviewer"], kind) for kind in ("versions", "curriculum-versions"))
    office.revise("并经现场走访核对。")
    office.publish(office.course)
    assert courses.approve() == 2
    office.plan_with(24)
    office.publish(office.plan)
    assert curricula.approve() == 2


def test_from_an_institutions_folder_to_an_lms(
    tokens: dict[str, str], empty_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    with ExitStack() as stack:
        receiver = stack.enter_context(receiving())
        own = {"LINGJUN_DATABASE_URL": empty_url, "LINGJUN_WEBHOOKS_DEVELOPMENT_HOSTS": receiver.host}
        address = stack.enter_context(serving(data, **own)).address.rstrip("/")
        people = {
            name: stack.enter_context(closing(Client(address, token))) for name, token in tokens.items()
        }
        lms, office = people["lms"], Office(address, tokens["publisher"], tmp_path)
        kinds = ["version.superseded", "curriculum.published", "curriculum.superseded", "package.ready"]
        hook = lms.post("/webhooks", {"url": f"http://{receiver.host}/lms", "kinds": kinds})

        def told(kind: str, **wanted: Any) -> bool:
            messages = [got.message for got in receiver.got]
            return any(one["type"] == kind and wanted.items() <= one["data"].items() for one in messages)

        desk = Desk(address, tokens["reviewer"], "tsinghua/roadmap", capsys)
        hand_in_and_approve(office, people, desk)
        (found,) = lms.get("/courses?q=路线图")["items"]
        (camp,) = lms.get("/curricula?theme=digital-empowerment&kind=camp")["items"]
        shelf = Shelf(lms, tmp_path / "shelf", data / PUBLIC_NAME)
        shelf.fetch(f"/courses/{found['institution']}/{found['course']}/versions/1")
        shelf.fetch(f"/curricula/{camp['institution']}/{camp['curriculum']}/versions/1")
        assert shelf.verify() == 0
        assert "!" not in capsys.readouterr().out
        wait_for(lambda: told("package.ready", curriculum="camp", number=1, format="html"))
        assert told("curriculum.published", curriculum="camp", number=1)

        publish_the_next(office, people)
        wait_for(lambda: told("curriculum.superseded", curriculum="camp", number=1, superseded_by=2))
        assert told("version.superseded", course="roadmap", number=1)
        assert all(got.is_signed_with(hook["secret"]) for got in receiver.got)
        feed = lms.text("/feeds/courses/tsinghua/roadmap")
        assert "可在原活动中直接替换课程包" in feed
        actions = [event["action"] for event in people["publisher"].get("/events?limit=100")]
        assert actions.count("curriculum-published") == actions.count("version-published") == 2

        old, more = tuple(shelf.files), ("--lms", "moodle", "--server", address, "--token", tokens["lms"])
        assert main(["fetch", "--search", "数字化", *more]) == 0
        listed = capsys.readouterr().out
        for name in ("tsinghua/roadmap", "tsinghua/curriculum.camp"):
            assert name in listed
            assert main(["fetch", name, "-o", str(tmp_path / "new"), *more]) == 0
        assert main(["fetch", "tsinghua/curriculum.camp", "--set", "-o", str(tmp_path / "new"), *more]) == 0
        new, index = sorted((tmp_path / "new").glob("*v2-scorm12*.zip")), tmp_path / "new" / "index.json"
        assert len(new) == 2
        names = map(str, new)
        assert main(["verify", *names, "--key", str(data / PUBLIC_NAME), "--index", str(index)]) == 0
        assert "!" not in capsys.readouterr().out
        zipfile.ZipFile(*(tmp_path / "new").glob("*-set-*.zip")).extractall(tmp_path / "set")
        (inside,) = (tmp_path / "set").glob("packages/tsinghua/*.zip")
        assert main(["verify", str(inside), "--key", str(data / PUBLIC_NAME)]) == 0
        assert shelf.verify() == 0
        said = capsys.readouterr().out
        for name in ("tsinghua/roadmap", "tsinghua/curriculum.camp"):
            assert f"This is version 1 of {name}; there is version 2." in said
        old[1].write_bytes(old[1].read_bytes() + b"x")
        assert shelf.verify() == 1
