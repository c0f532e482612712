"""`lingjun serve` as a process: it starts or says why not, tells how it is, and loses nothing when it stops."""

import http.client
import signal
import socket
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from catalog.database.session import Database
from catalog.demonstration.courses import sample_course
from catalog.domain.actions import Role, Scope
from catalog.intake.sources import pack
from catalog.services import access, accounts
from catalog.services.operator import operator
from schemas.text import Text
from tests.support.serve_process import Served, serving, start, started

WRONG: list[tuple[Mapping[str, str], int, str]] = [
    ({"LINGJUN_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, 3, "数据库"),
    ({"LINGJUN_SERVER_PORTT": "1"}, 2, "LINGJUN_SERVER_PORT"),
    ({"LINGJUN_STORAGE_URL": "file:///proc/nowhere"}, 3, "存储"),
]


@pytest.mark.parametrize(("settings", "status", "word"), WRONG, ids=["database", "setting", "storage"])
def test_what_is_wrong_is_told_before_anything_is_served(
    tmp_path: Path, settings: Mapping[str, str], status: int, word: str
) -> None:
    out, err = (process := start(tmp_path, settings)).communicate(timeout=60)
    assert (process.returncode, out) == (status, "")
    assert word in err
    assert "Traceback" not in err


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        process = start(tmp_path, {}, "--port", str(other.getsockname()[1]))
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (3, "")
    assert "占用" in err


def test_it_serves_tells_how_it_is_and_stops_when_told(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        assert server.get("/health").json()["status"] == "alive"
        assert server.get("/ready").json()["checks"] == {"database": "ok", "storage": "ok", "queue": "ok"}
        sane = server.get("/api/v1/institutions/nowhere", **{"X-Request-ID": "proxy-0123456789"})
        assert sane.headers["X-Request-ID"] == sane.json()["request_id"] == "proxy-0123456789"
        strange = server.get("/api/v1/institutions", **{"X-Request-ID": 'a" onload="b'})
        assert strange.headers["X-Request-ID"].isalnum()
        assert strange.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in strange.headers["Content-Security-Policy"]
        metrics = server.get("/metrics").data.decode()
        server.process.send_signal(signal.SIGTERM)
        assert server.ended() == 0
        log = server.log
    line = 'lingjun_http_requests_total{method="GET",route="/api/v1/institutions/{slug}",status="404"} 1.0'
    assert line in metrics.splitlines()
    for name in ("request_seconds_bucket", "queue_length", "database_connections", "package_builds"):
        assert f"lingjun_{name}" in metrics or f"lingjun_http_{name}" in metrics
    requests = [entry for entry in log if entry["event"] == "request"]
    assert [entry["status"] for entry in requests] == [404, 200]
    assert requests[0]["request_id"] == "proxy-0123456789"

    with sqlite3.connect(tmp_path / "lingjun.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    process = start(tmp_path, {})
    _, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "9999" in err


def test_an_upload_that_is_under_way_is_answered_before_the_end(tmp_path: Path) -> None:
    """And so is stored: stopping loses nothing."""
    course = tmp_path / "course"
    course.mkdir()
    facts = sample_course(0).facts
    (course / "course.md").write_text(sample_course(0).text, encoding="utf-8")
    body = pack(course, tmp_path / "course.zip").path.read_bytes()
    with serving(tmp_path / "data") as server:
        database = Database(f"sqlite:///{tmp_path / 'data' / 'lingjun.sqlite'}")
        token = _publisher(database, facts.institution)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.putrequest("POST", "/api/v1/versions")
        connection.putheader("Authorization", f"Bearer {token}")
        connection.putheader("Content-Type", "application/zip")
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body[:100])
        assert (
            server.get("/health").status == 200
        )  # so that the upload's head was read before the signal comes
        server.process.send_signal(signal.SIGTERM)
        _wait_until_refused(server.port)
        connection.send(body[100:])
        answer = connection.getresponse()
        assert answer.status == 201, answer.read()
        connection.close()
        assert server.ended() == 0
    with database.read() as session:
        found = accounts.institution(session, facts.institution)
        assert found.slug == facts.institution
    database.close()


def _publisher(database: Database, institution: str) -> str:
    with database.write() as session:
        accounts.add_institution(session, operator(), institution, Text("示例机构", "Sample institution"))
        person = accounts.add_person(session, operator(), "p@example.org", "示例")
        accounts.grant_role(session, operator(), person.id, Role.PUBLISHER, institution)
        return access.issue_token_for(session, operator(), person.id, "test", Scope, days=1).secret


def _wait_until_refused(port: int) -> None:
    """The server takes no new connection any more."""
    for _ in range(10_000):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=60).close()
        except ConnectionResetError:  # it was waiting when the door was closed
            continue
        except ConnectionRefusedError:
            return
    pytest.fail("still listening")


def test_the_demonstration_is_served_on_this_machine_alone(tmp_path: Path) -> None:
    arguments = ("demo", "--courses", "0", "--catalogue-port", "0", "-o", str(tmp_path / "out"))
    with started(tmp_path, {}, *arguments) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if "http" in line:
                break
        address = said[-1][said[-1].index("http") :].partition("，")[0]
        server = Served(process, address)
        page = server.get("/").data.decode()
        process.send_signal(signal.SIGINT)
        assert server.ended() == 0
        server.close()
    assert address.startswith("http://127.0.0.1:")
    assert "共 10 门课程" in page
    assert "数字化转型诊断与路线图" in page
    assert any("reviewer@example.org" in line for line in said)
    assert not (tmp_path / "lingjun.sqlite").exists()
