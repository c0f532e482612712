"""Where a demonstration lies: in a folder of its own, made anew when it isn't the one that is wanted.

demo.json        what is in it, with the passwords that were made for it: for its owner's eyes
lingjun.sqlite   and all else that a catalogue's data folder holds
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from catalog import __version__
from catalog.database import schema
from catalog.database.session import Database
from catalog.demonstration.fill import Demonstration, fill
from catalog.packages.signing import create_key
from catalog.settings import DatabaseSettings, QueueSettings, ServerSettings, Settings, StorageSettings
from catalog.storage import Storage
from schemas.errors import UsageError
from schemas.text import Text

_MARK = "demo.json"
_NOT_OURS = Text(
    "文件夹“{folder}”不是空的，也不是示例目录，未作改动。请换一个输出目录。",
    "The folder “{folder}” is neither empty nor a demonstration; it is unchanged. Choose another output folder.",
)


class Mark(msgspec.Struct, frozen=True):
    """What `demo.json` says. `made` None: the filling was broken off."""

    asked: int
    version: str
    revision: str
    made: Demonstration | None = None


def settings_of(folder: Path, port: int) -> Settings:
    """A demonstration has its own settings, so that no real catalogue is ever filled. It is reached from this machine
    alone, and builds packages when they are asked for."""
    return Settings(
        data=folder,
        database=DatabaseSettings(),
        storage=StorageSettings(),
        queue=QueueSettings(workers=0),
        server=ServerSettings(port=port),
    )


def prepare(settings: Settings, courses: int, progress: Callable[[int], object] = int) -> Demonstration:
    """The demonstration with that many generated courses: the one that is there, or a new one in its place. Raises
    UsageError for a folder that holds something else."""
    folder = settings.data
    file = folder / _MARK
    wanted = Mark(courses, __version__, schema.HEAD)
    found = _read(file)
    if found is not None and found.made is not None and msgspec.structs.replace(found, made=None) == wanted:
        return found.made
    if found is not None:
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise UsageError(_NOT_OURS.format(folder=folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(file, wanted)
    database = Database.of(settings)
    try:
        schema.ready(database)
        create_key(folder)
        made = fill(database, Storage.of(settings), courses, progress=progress)
    finally:
        database.close()
    _write(file, msgspec.structs.replace(wanted, made=made))
    return made


def _read(file: Path) -> Mark | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Mark)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:  # of another program version: ours nevertheless
        return Mark(0, "", "")


def _write(file: Path, mark: Mark) -> None:
    part = file.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(mark), indent=2))
    part.replace(file)
