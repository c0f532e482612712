"""Whatever can be made of the OpenAPI document is asked: no server error, and every answer is one that it tells of."""

import subprocess
import sys
from pathlib import Path

import pytest

from catalog.web.app import create_app
from tests.integration.catalog.web.conftest import Desk, Person
from tests.support.archives import course_zip
from tests.support.serving import served

EXAMPLES = "6"  # of each operation and phase
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_operation(desk: Desk, tmp_path: Path) -> None:
    Person(desk, desk.people.publisher).published(
        course_zip("digital-roadmap"), Person(desk, desk.people.reviewer)
    )
    token = desk.as_(desk.people.administrator)["Authorization"]
    with served(create_app(desk.parts)) as port:
        command = [
            *(str(Path(sys.executable).parent / "schemathesis"), "run"),
            f"http://127.0.0.1:{port}/api/v1/openapi.json",
            *("--header", f"Authorization: {token}"),
            *("--checks", CHECKS, "--phases", "coverage,fuzzing"),
            *("--max-examples", EXAMPLES, "--generation-deterministic"),
            *("--exclude-operation-id", "upload"),  # zips aren't made from a schema: see test_hostile.py
            *("--request-timeout", "60", "--workers", "1", "--no-color"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=600)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
