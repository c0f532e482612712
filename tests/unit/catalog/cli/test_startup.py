"""What a command imports: help answers at once, and nobody waits for what the course doesn't use."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.catalog.cli.conftest import ROOT, write_course

# Each costs from 10 to 400 ms.
_HEAVY = (
    "latex2mathml", "litestar", "lxml", "markdown_it", "multiprocessing.pool", "nh3", "pygments", "tqdm",
    "uvicorn", "watchfiles", "yaml",
)  # fmt: skip
_SCRIPT = """
import json, sys
from catalog.cli.main import main
try:
    main(sys.argv[2:])
except SystemExit:
    pass
with open(sys.argv[1], "w") as file:
    json.dump(sorted(sys.modules), file)
"""


def imported(folder: Path, *words: str | Path) -> set[str]:
    """The heavy modules that a call brings in, in a process of its own."""
    subprocess.run(
        [sys.executable, "-c", _SCRIPT, folder / "modules.json", *map(str, words)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    return set(modules) & set(_HEAVY)


@pytest.mark.parametrize(
    "words", [("--help",), ("--version",), ("export", "--help"), ("check",)], ids=" ".join
)
def test_help_imports_nothing_heavy(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert imported(tmp_path, *words) == set()


def test_new_and_schema_import_nothing_heavy(tmp_path: Path) -> None:
    assert imported(tmp_path, "new", tmp_path / "course") == set()
    assert imported(tmp_path, "schema", "receipt") <= {"yaml"}


def test_an_export_imports_what_its_course_needs(tmp_path: Path) -> None:
    plain = write_course(tmp_path)
    needed = {"markdown_it", "nh3", "yaml"}
    assert imported(tmp_path, "export", plain, "-o", tmp_path) <= needed
    formula = write_course(tmp_path, "two", "$x^2$\n\n```python\nprint(1)\n```")
    assert imported(tmp_path, "export", formula, "-o", tmp_path) <= needed | {"latex2mathml", "pygments"}
