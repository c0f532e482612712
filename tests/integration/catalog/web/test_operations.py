"""What whoever runs the catalogue is told."""

import shutil
from pathlib import Path

from sqlalchemy import text

from catalog.web.parts import Parts
from tests.integration.catalog.web.conftest import Desk


def test_ready_says_what_is_wrong(desk: Desk, parts: Parts, tmp_path: Path) -> None:
    answer = desk.client.get("/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    shutil.rmtree(tmp_path / "storage")
    with parts.database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    answer = desk.client.get("/ready", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["status"]) == (503, "not-ready")
    checks = answer.json()["checks"]
    assert "lingjun db upgrade" in checks["database"]
    assert "incoming" in checks["storage"]
    assert checks["queue"] == "ok"
    assert answer.headers["Cache-Control"] == "no-store"
    assert desk.client.get("/health").status_code == 200


def test_a_failure_is_counted_and_has_its_request_in_the_body(desk: Desk) -> None:
    answer = desk.client.get("/api/v1/institutions/nowhere")
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]
    metrics = desk.client.get("/metrics")
    assert metrics.headers["Content-Type"].startswith("text/plain")
    assert 'route="/api/v1/institutions/{slug}",status="404"' in metrics.text
    assert 'lingjun_database_connections{state="in_use"}' in metrics.text


def test_what_strangers_ask_for_makes_no_labels(desk: Desk) -> None:
    for number in range(3):
        desk.client.get(f"/made-up-{number}")
    assert "made-up" not in desk.client.get("/metrics").text
    assert 'route="other",status="404"' in desk.client.get("/metrics").text


def test_pages_and_answers_say_what_browsers_must_not_do(desk: Desk) -> None:
    for address in ("/", "/api/v1/institutions", "/nowhere", "/health"):
        headers = desk.client.get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], address
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in headers  # which is for HTTPS alone
