"""`lingjun doctor` and `lingjun demo`."""

from pathlib import Path

import pytest

from catalog.cli.doctor import OUR_PACKAGES
from catalog.domain.actions import Role
from exporters.verify import verify
from schemas.package import Format
from tests.unit.catalog.cli.conftest import Lingjun


def test_a_machine_that_has_everything(lingjun: Lingjun) -> None:
    status, out, err = lingjun("doctor")
    assert (status, err) == (0, "")
    assert all(line.startswith("✓ ") for line in out.splitlines())
    assert "Python 3." in out


@pytest.mark.parametrize("package", OUR_PACKAGES)
def test_another_distribution_of_the_same_name_is_found(
    lingjun: Lingjun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    """The package names are generic; a real foreign distribution on the path."""
    about = tmp_path / "stranger-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n", encoding="utf-8")
    (about / "top_level.txt").write_text(f"{package}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    status, out, _ = lingjun("doctor")
    assert status == 3
    assert f"✗ 顶层包 {package}\n  → stranger " in out
    english = lingjun("doctor", "--lang", "en").out
    assert f"✗ top-level package {package}\n  → stranger also ships" in english


def test_the_demo_of_one_course(lingjun: Lingjun, tmp_path: Path) -> None:
    status, out, err = lingjun("demo", "--no-serve", "--course", "lean-rd", "-o", tmp_path / "out")
    assert (status, err) == (0, "")
    packages = sorted((tmp_path / "out").glob("*.zip"))
    assert len(packages) == len(Format)
    assert all(verify(package).verdict != "failed" for package in packages)
    for package_format in Format:
        assert f"{package_format}  " in out
    assert "研发管理与知识产权布局" in out
    assert f"已写入 {tmp_path / 'out'}：{len(Format)} 个课程包，全部经过验证。" in out.splitlines()
    assert f"存于 {tmp_path / 'out' / 'catalogue'}。" in out
    for role in Role:
        assert f"{role.value}@example.org" in out


def test_the_demo_in_english(lingjun: Lingjun, tmp_path: Path) -> None:
    """Of the catalogue alone, and as small as can be."""
    status, out, _ = lingjun("--lang", "en", "demo", "--no-serve", "--courses", 0, "-o", tmp_path / "out")
    assert status == 0
    assert "Sample catalogue: 10 courses" in out
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in out)
    assert not list((tmp_path / "out").glob("*.zip"))


def test_a_sample_that_doesnt_exist(lingjun: Lingjun, tmp_path: Path) -> None:
    status, out, err = lingjun("demo", "--no-serve", "--course", "gone", "-o", tmp_path / "out")
    assert (status, out) == (2, "")
    assert "gone" in err
    assert "digital-roadmap" in err
    assert not (tmp_path / "out").exists()
