"""`lingjun verify --key`: signatures and index beside the package's own soundness."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from catalog.cli.main import main
from catalog.packages.signing import Kind, SigningKey, create_key
from schemas.package import Format
from tests.fixtures.packages.good import good, pack
from tests.unit.catalog.packages.test_signing import index_of, statement

LATER = datetime.now(UTC) + timedelta(days=30)


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SigningKey:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    create_key(tmp_path / "keys")
    return SigningKey.read(tmp_path / "keys" / "signing-key.pem")


@pytest.fixture
def package(tmp_path: Path, key: SigningKey) -> Path:
    file = pack(good(Format.HTML), tmp_path / "course.zip")
    (tmp_path / "course.zip.sig").write_bytes(key.sign(Kind.PACKAGE, statement(file.read_bytes())))
    return file


def verify(package: Path, *more: object) -> int:
    return main(["--lang", "en", "verify", str(package), *map(str, more)])


def test_a_signed_package(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    public = package.with_name("keys") / "signing-key.pub.pem"
    assert verify(package, "--key", public, "--all") == 0
    assert "the signature holds: tsinghua/roadmap, version 1" in capsys.readouterr().out


def test_a_changed_package_is_not_sound_although_its_form_is(
    package: Path, key: SigningKey, capsys: pytest.CaptureFixture[str]
) -> None:
    pack(good(Format.HTML) | {"extra.html": b"<p>x"}, package)
    public = package.with_name("keys") / "signing-key.pub.pem"
    assert verify(package, "--key", public, "--json") == 1
    (found,) = msgspec.json.decode(capsys.readouterr().out)
    assert found["verdict"] == "failed"
    assert found["findings"][0]["requirement"] == "package-signature"
    assert verify(package) == 0


def test_an_index_is_remembered_and_an_older_one_refused(
    package: Path, key: SigningKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = tmp_path / "keys" / "signing-key.pub.pem"
    content = package.read_bytes()
    for sequence in (7, 8):
        index = index_of(content, sequence=sequence, expires=LATER)
        (tmp_path / f"{sequence}.json").write_bytes(key.sign(Kind.INDEX, index))
    assert verify(package, "--key", public, "--index", tmp_path / "7.json") == 0
    assert verify(package, "--key", public, "--index", tmp_path / "8.json") == 0
    assert verify(package, "--key", public, "--index", tmp_path / "7.json") == 1
    assert "number 7, and 8 was seen before" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--index", "x.json"], ["--key", "missing.pem"]])
def test_wrong_calls(package: Path, more: list[str]) -> None:
    assert verify(package, *more) == 2
