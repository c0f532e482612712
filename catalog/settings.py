"""Settings of the catalogue: `LINGJUN_…` variables over one TOML file over defaults that need no set-up.

`LINGJUN_DATABASE_URL` is `url` in the file's table `[database]`; `LINGJUN_DATA` is the top-level `data`. The file is
the one that `LINGJUN_CONFIG` names, or `config.toml` in the user's configuration folder where there is one.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

import msgspec
import platformdirs
from msgspec import Meta

from schemas.errors import UsageError
from schemas.system import system_reason
from schemas.text import Text

PREFIX = "LINGJUN_"
_APART = {"LINGJUN_LANG", "LINGJUN_CONFIG", "LINGJUN_TOKEN"}
# What Kubernetes adds to every container when a service is called “lingjun”.
_ORCHESTRATOR = re.compile(r"LINGJUN_(SERVICE_(HOST|PORT\w*)|PORT(_\d+_(TCP|UDP)(_\w+)?)?)")

Port = Annotated[int, Meta(ge=1, le=65535)]
Count = Annotated[int, Meta(ge=1, le=1 << 40)]


class DatabaseSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`url`: `sqlite:///…` or `postgresql://…`; empty for SQLite in the data folder. `pool`: connections a process
    keeps; `wait_seconds`: how long a writer waits for another before it gives up."""

    url: str = ""
    pool: Annotated[int, Meta(ge=1, le=200)] = 10
    wait_seconds: Annotated[int, Meta(ge=1, le=600)] = 30


class StorageSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`url`: `file:///…` or `s3://bucket/prefix`; empty for a folder in the data folder. The rest is for S3 alone;
    what is empty comes from the AWS_… variables."""

    url: str = ""
    endpoint: str = ""
    region: str = ""
    access_key_id: str = ""
    secret_access_key: str = ""


class QueueSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`url`: `redis://…`; empty for an SQLite file in the data folder."""

    url: str = ""
    workers: Annotated[int, Meta(ge=0, le=64)] = 2


class ServerSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the server listens, and the address under which people reach it (`public_url`, for links in feeds)."""

    host: str = "127.0.0.1"
    port: Port = 8800
    public_url: str = ""


class LimitsSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What strangers may use up: bytes of an upload and of what it unpacks to, files, seconds and bytes of memory of
    the process that reads it; attempts to log in within `login_window_seconds` for one name or address."""

    upload_bytes: Count = 2 << 30
    unpacked_bytes: Count = 8 << 30
    upload_files: Count = 20_000
    reading_seconds: Count = 60
    reading_memory: Count = 1 << 30
    login_attempts: Count = 10
    login_window_seconds: Count = 900


class WebhooksSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`development_hosts`: `host:port`, separated by commas. They alone may be told over http and have a private
    address: for trying webhooks out on one machine, never where strangers have accounts."""

    development_hosts: str = ""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that can be set. `data` is the folder of the embedded default."""

    data: Path
    database: DatabaseSettings = DatabaseSettings()
    storage: StorageSettings = StorageSettings()
    queue: QueueSettings = QueueSettings()
    server: ServerSettings = ServerSettings()
    limits: LimitsSettings = LimitsSettings()
    webhooks: WebhooksSettings = WebhooksSettings()

    @property
    def database_url(self) -> str:
        """The database's address, for SQLAlchemy."""
        return self.database.url or f"sqlite:///{(self.data / 'lingjun.sqlite').as_posix()}"

    @property
    def storage_url(self) -> str:
        """The blobs' address."""
        return self.storage.url or (self.data / "storage").resolve().as_uri()


SECTIONS: dict[str, type[msgspec.Struct]] = {
    "database": DatabaseSettings,
    "storage": StorageSettings,
    "queue": QueueSettings,
    "server": ServerSettings,
    "limits": LimitsSettings,
    "webhooks": WebhooksSettings,
}


class SettingProblem(msgspec.Struct, frozen=True):
    """One wrong setting: its key (a variable's name, or `section.key` of the file), what is wrong, what to do."""

    key: str
    message: Text
    cure: Text


class SettingsError(UsageError):
    """The settings are wrong; `problems` has all of them."""

    def __init__(self, problems: tuple[SettingProblem, ...]) -> None:
        lines = [Text("设置有误：", "The settings are wrong:")]
        lines += [
            Text("\n  {key}：{m}{c}", "\n  {key}: {m} {c}").format(key=p.key, m=p.message, c=p.cure)
            for p in problems
        ]
        super().__init__(Text("".join(line.zh for line in lines), "".join(line.en for line in lines)))
        self.problems = problems


_NO_SETTING = Text("没有这项设置。", "there is no such setting.")
_MEANT = Text("可能是 {near}。", "Did you mean {near}?")
_REMOVE = Text("请删除它，或对照 docs/running.md。", "Remove it, or see docs/running.en.md.")
_NOT = Text("取值 {value} 不对。", "the value {value} won't do.")
_EXPECTED = Text("应为{kind}。", "It takes {kind}.")
_WHOLE = Text("{low} 到 {high} 之间的整数", "a whole number from {low} to {high}")
_WORDS = Text("文字", "text")
_FOLDER = Text("文件夹路径", "the path of a folder")
_TABLE = Text("表（[{name}]）", "a table ([{name}])")
_ADDRESS = Text("地址，如 {examples}", "an address such as {examples}")
_NO_FILE = Text("无法读取 {path}：{reason}。", "{path} can't be read: {reason}.")
_NOT_TOML = Text("{path} 不是有效的 TOML：{reason}。", "{path} is not valid TOML: {reason}.")

# Where an address leads: scheme -> whether it needs a host.
_SCHEMES: dict[str, tuple[dict[str, bool], str]] = {
    "database.url": (
        {"sqlite": False, "postgresql": False},
        "sqlite:////srv/lingjun.sqlite, postgresql://user:password@host/name",
    ),
    "storage.url": ({"file": False, "s3": True}, "file:///srv/lingjun, s3://bucket/prefix"),
    "storage.endpoint": ({"http": True, "https": True}, "https://s3.example.org"),
    "queue.url": ({"redis": True, "rediss": True, "unix": False}, "redis://host:6379/0"),
    "server.public_url": ({"http": True, "https": True}, "https://lingjun.example.org"),
}


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force. Raises SettingsError (exit status 2) with every problem at once."""
    variables = os.environ if environment is None else environment
    written = _from_file(variables)
    problems = [*_unknown_keys(written), *_unknown_variables(variables)]
    variable = f"{PREFIX}DATA"
    data = variables.get(variable, written.get("data", platformdirs.user_data_dir("lingjun")))
    if not isinstance(data, str) or not data.strip():
        problems.append(_wrong(variable if variable in variables else "data", data, _FOLDER))
    values: dict[str, object] = {"data": data}
    for name, struct in SECTIONS.items():
        table = written.get(name, {})
        section = dict(table) if isinstance(table, dict) else {}
        values[name] = dict(_section(name, struct, section, variables, problems))
    if problems:
        raise SettingsError(tuple(problems))
    return msgspec.convert(values, Settings, dec_hook=lambda _, path: Path(path).expanduser())


def _from_file(variables: Mapping[str, str]) -> dict[str, object]:
    named = variables.get("LINGJUN_CONFIG", "")
    path = Path(named) if named else platformdirs.user_config_path("lingjun") / "config.toml"
    if not named and not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(_NO_FILE.format(path=path, reason=system_reason(error))) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(_NOT_TOML.format(path=path, reason=error)) from error


def _unknown_keys(written: Mapping[str, object]) -> Iterator[SettingProblem]:
    for name, table in written.items():
        if name == "data":
            continue
        if name not in SECTIONS:
            yield _unknown(name, ["data", *SECTIONS])
        elif not isinstance(table, dict):
            yield _wrong(name, table, _TABLE.format(name=name))
        else:
            known = SECTIONS[name].__struct_fields__
            yield from (
                _unknown(f"{name}.{key}", [f"{name}.{field}" for field in known])
                for key in table
                if key not in known
            )


def _unknown_variables(variables: Mapping[str, str]) -> Iterator[SettingProblem]:
    known = {f"{PREFIX}DATA"} | {
        f"{PREFIX}{name}_{field}".upper()
        for name, struct in SECTIONS.items()
        for field in struct.__struct_fields__
    }
    for variable in sorted(variables):
        ours = variable.startswith(PREFIX) and variable not in _APART
        if ours and variable not in known and not _ORCHESTRATOR.fullmatch(variable):
            yield _unknown(variable, sorted(known))


def _section(
    name: str,
    struct: type[msgspec.Struct],
    table: Mapping[str, object],
    variables: Mapping[str, str],
    problems: list[SettingProblem],
) -> Iterator[tuple[str, object]]:
    """The values given for one section, each checked alone, so that all that is wrong is told."""
    for field in msgspec.structs.fields(struct):
        key = f"{name}.{field.name}"
        variable = f"{PREFIX}{name}_{field.name}".upper()
        in_variable = variable in variables
        if not in_variable and field.name not in table:
            continue
        value = variables[variable] if in_variable else table[field.name]
        shown = variable if in_variable else key
        try:
            checked = msgspec.convert(value, field.type, strict=not in_variable)
        except msgspec.ValidationError:
            problems.append(_wrong(shown, value, _kind(field.type)))
            continue
        if key in _SCHEMES and checked and not _is_address(str(checked), *_SCHEMES[key][:1]):
            masked = masked_address(str(checked))
            examples = _ADDRESS.format(examples=_SCHEMES[key][1])
            problems.append(_wrong(shown, masked, examples))
        yield field.name, checked


def _is_address(address: str, schemes: Mapping[str, bool]) -> bool:
    parts = _split(address)
    if parts is None or parts.scheme not in schemes:
        return False
    return bool(parts.hostname) or not schemes[parts.scheme]


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def masked_address(address: str) -> str:
    """An address without its password, to be shown."""
    return re.sub(r"(?<=://)([^:/@]*):.*@", r"\1:***@", address)


def _kind(kind: object) -> Text:
    """What a setting takes, in words."""
    info = msgspec.inspect.type_info(kind)
    if isinstance(info, msgspec.inspect.IntType):
        return _WHOLE.format(low=info.ge, high=info.le)
    return _WORDS


def _unknown(key: str, known: list[str]) -> SettingProblem:
    near = get_close_matches(key, known, n=1)
    return SettingProblem(key, _NO_SETTING, _MEANT.format(near=near[0]) if near else _REMOVE)


def _wrong(key: str, value: object, kind: Text) -> SettingProblem:
    shown = repr(value)
    return SettingProblem(
        key,
        _NOT.format(value=shown if len(shown) < 200 else f"{shown[:200]}…"),
        _EXPECTED.format(kind=kind),
    )
