"""The manifest names objectives as the player does."""

import json
import re
import subprocess

import pytest

from exporters.cmi import identifier
from tests.support.bridge import NODE, PLAYER

NAMES = ["o1", "会诊断", "目标 1", "a.b", "É", "😀", "--", "x" * 201, "o-1_B", "上海2025"]


def test_identifiers_are_the_players() -> None:
    source = (PLAYER / "src" / "runtime" / "identifier.ts").as_uri()
    script = f"import {{ identifier }} from {json.dumps(source)}; console.log(JSON.stringify({json.dumps(NAMES)}.map(identifier)))"
    done = subprocess.run(
        [NODE, "--experimental-strip-types", "--no-warnings", "--input-type=module", "--eval", script],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert [identifier(name) for name in NAMES] == json.loads(done.stdout)


@pytest.mark.parametrize("name", NAMES)
def test_identifiers_are_what_scorm_takes(name: str) -> None:
    told = identifier(name)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,255}", told)
