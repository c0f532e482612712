"""Whatever happens to a good package on its way, verification answers and never raises."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporters.verify import requirements, verify
from schemas.package import Format, Verdict
from tests.fixtures.packages.good import MANIFESTS, NAMES, good, pack

FORMATS = st.sampled_from(list(Format))
DESCRIBED = st.sampled_from(list(MANIFESTS))
CALM = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = st.sampled_from(
    ["", "<", ">", '"', "&", "&#0;", "&x;", "\0", "]]>", "<!--", "1", "-1", "true", "i1", "../", "课", "{", "{x}",
     "<item/>", "<manifest/>", '<imsss:sequencing IDRef="x"/>', "<imsss:objectives/>", ' xml:base="a/b/"', "1e999"]
)  # fmt: skip


def judge(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mutated.zip"
        path.write_bytes(content)
        found = verify(path)
    told = {finding.requirement for finding in found.findings}
    assert told.isdisjoint(found.unjudged)
    if found.kind is None:
        assert found.verdict is Verdict.FAILED
        everywhere = {r.slug for r in requirements().values() if set(r.formats) == set(Format)}
        assert everywhere <= told | set(found.unjudged) <= set(requirements())
    else:
        assert told == {r.slug for r in requirements().values() if found.kind in r.formats}


def packed(kind: Format, manifest: str | None = None) -> bytes:
    files = good(kind)
    if manifest is not None:
        files[NAMES[kind]] = manifest.encode()
    with tempfile.TemporaryDirectory() as folder:
        return pack(files, Path(folder) / "good.zip").read_bytes()


@CALM
@given(FORMATS, st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_changed_bytes(kind: Format, changes: list[tuple[float, int]]) -> None:
    content = bytearray(packed(kind))
    for place, value in changes:
        content[int(place * (len(content) - 1))] = value
    judge(bytes(content))


@CALM
@given(FORMATS, st.floats(0, 1), st.integers(0, 40), st.binary(max_size=40))
def test_cut_and_inserted_bytes(kind: Format, place: float, cut: int, put: bytes) -> None:
    content = packed(kind)
    at = int(place * len(content))
    judge(content[:at] + put + content[at + cut :])


@CALM
@given(DESCRIBED, st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), WORDS), min_size=1, max_size=3))
def test_changed_manifest(kind: Format, changes: list[tuple[float, int, str]]) -> None:
    text = MANIFESTS[kind]
    for place, cut, put in changes:
        at = int(place * len(text))
        text = text[:at] + put + text[at + cut :]
    judge(packed(kind, text))


@CALM
@given(DESCRIBED, st.data())
def test_changed_values(kind: Format, data: st.DataObject) -> None:
    """Well-formed manifests with strange values reach every rule."""
    pieces = MANIFESTS[kind].split('"')
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(pieces) // 2 - 1)) * 2 + 1
        pieces[at] = data.draw(
            st.sampled_from(
                ["", " ", "i1", "r1", "g1", "p1", "x", "1", "-1", "9" * 30, "a/../..", "%00", "true"]
            )
        )
    judge(packed(kind, '"'.join(pieces)))


@CALM
@given(st.binary(max_size=400))
def test_any_bytes_at_all(content: bytes) -> None:
    judge(content)
    judge(b"PK\x03\x04" + content + b"PK\x05\x06" + bytes(18))


@CALM
@given(st.binary(max_size=400), st.sampled_from(["two.html", "style.css", "sco.js", "receipt.json"]))
def test_any_page(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = good(Format.HTML) | {
            name: b"<a href=" + content,
            "receipt.json": b'"source_sha256"' + content,
        }
        judge(pack(files, Path(folder) / "a.zip").read_bytes())
