"""`lingjun trial`: the real server, from start to Ctrl-C."""

import http.client
import signal
from pathlib import Path

import httpx
import pytest

from tests.unit.catalog.cli.conftest import start, write_course


@pytest.mark.parametrize("kind", ["cmi5", "xapi", "scorm12"])
def test_it_serves_until_it_is_stopped(kind: str, tmp_path: Path) -> None:
    process = start("trial", write_course(tmp_path), "--format", kind, "--port", "0", "--lang", "en")
    assert process.stdout is not None
    said = process.stdout.readline()
    assert said.startswith(f"Trial run ({kind}): http://127.0.0.1:")
    address = said.split(": ", 1)[1].split()[0]
    status = httpx.get(f"{address}api/status", timeout=60).json()
    assert status["format"] == kind
    assert any(unit["id"] for unit in status["units"])
    page = http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=60)
    page.request("GET", "/api/events?after=99")  # the author's page always waits for news
    assert (
        httpx.get(f"{address}api/status", timeout=60).json() == status
    )  # so what was asked before is with it
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert page.getresponse().read() == b"[]"
    page.close()


def test_a_course_with_errors_is_not_played(tmp_path: Path) -> None:
    (tmp_path / "course.md").write_text("---\nid: x\n---\n", encoding="utf-8")
    process = start("trial", tmp_path, "--port", "0", "--lang", "en")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "lingjun check" in err
    assert "Traceback" not in err
