"""Settings: variables over the file over the defaults, and every mistake told at once with its cure."""

from pathlib import Path

import pytest

from catalog.settings import SECTIONS, Settings, SettingsError, load_settings, masked_address
from schemas.errors import UsageError

DOCS = Path(__file__).parents[4] / "docs"


def _load(tmp_path: Path, toml: str = "", **variables: str) -> Settings:
    file = tmp_path / "config.toml"
    file.write_text(toml, encoding="utf-8")
    return load_settings({"LINGJUN_CONFIG": str(file), "LINGJUN_DATA": str(tmp_path), **variables})


def _problems(tmp_path: Path, toml: str = "", **variables: str) -> dict[str, str]:
    with pytest.raises(SettingsError) as told:
        _load(tmp_path, toml, **variables)
    return {problem.key: f"{problem.message.en} {problem.cure.en}" for problem in told.value.problems}


def test_the_defaults_need_no_set_up(tmp_path: Path) -> None:
    settings = _load(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/lingjun.sqlite"
    assert settings.storage_url == f"file://{tmp_path}/storage"


def test_variables_win_over_the_file(tmp_path: Path) -> None:
    toml = '[server]\nport = 81\nhost = "0.0.0.0"\n[database]\npool = 3'
    settings = _load(tmp_path, toml, LINGJUN_SERVER_PORT="82")
    assert (settings.server.port, settings.server.host, settings.database.pool) == (82, "0.0.0.0", 3)  # noqa: S104


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    toml = (
        'dta = 3\nserver = 3\n[database]\nurl = "mysql://a:secret@c/d"\npool = "3"\n[limits]\nupload_byte = 3'
    )
    told = _problems(
        tmp_path, toml, LINGJUN_SERVER_PORT="99999", LINGJUN_STORAGE_URL="s3:x", LINGJUN_DATABSE_URL="x"
    )
    assert set(told) == {
        "dta",
        "server",
        "database.url",
        "database.pool",
        "limits.upload_byte",
        "LINGJUN_SERVER_PORT",
        "LINGJUN_STORAGE_URL",
        "LINGJUN_DATABSE_URL",
    }
    assert "limits.upload_bytes" in told["limits.upload_byte"]
    assert "LINGJUN_DATABASE_URL" in told["LINGJUN_DATABSE_URL"]
    assert "from 1 to 65535" in told["LINGJUN_SERVER_PORT"]
    assert "secret" not in told["database.url"]


@pytest.mark.parametrize("value", ["", "x", "1.5", "0", "-1", "65536"])
def test_a_port_is_a_whole_number_in_its_range(tmp_path: Path, value: str) -> None:
    assert set(_problems(tmp_path, LINGJUN_SERVER_PORT=value)) == {"LINGJUN_SERVER_PORT"}


@pytest.mark.parametrize("toml", ["[", "a = 1\na = 2", '"' * 9])
def test_a_file_that_is_no_toml_is_told(tmp_path: Path, toml: str) -> None:
    with pytest.raises(UsageError, match="not valid TOML"):
        _load(tmp_path, toml)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        load_settings({"LINGJUN_CONFIG": str(tmp_path / "gone.toml")})


def test_what_kubernetes_adds_is_no_mistake(tmp_path: Path) -> None:
    _load(
        tmp_path,
        LINGJUN_PORT="tcp://10.0.0.1:80",
        LINGJUN_SERVICE_HOST="10.0.0.1",
        LINGJUN_PORT_80_TCP_ADDR="x",
    )


def test_passwords_are_never_shown() -> None:
    assert masked_address("postgresql://lj:p@ss:w/rd@host/db") == "postgresql://lj:***@host/db"
    assert masked_address("sqlite:////srv/x") == "sqlite:////srv/x"


@pytest.mark.parametrize("suffix", ["", ".en"])
def test_every_setting_is_documented(suffix: str) -> None:
    text = (DOCS / f"running{suffix}.md").read_text(encoding="utf-8")
    for section, struct in SECTIONS.items():
        for field in struct.__struct_fields__:
            assert f"`{section}.{field}`" in text
            assert f"`LINGJUN_{section.upper()}_{field.upper()}`" in text
