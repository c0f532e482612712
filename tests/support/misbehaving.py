"""A confined worker that does what its request says: crash, hang, and take all there is."""

import ctypes
import errno
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from catalog.intake import inside


def _bracket_bomb() -> object:
    """What the front matter's gate keeps from this loader: it kills the process."""
    return yaml.load("a: " + "[" * 30_000, Loader=yaml.CSafeLoader)


def _open_files(folder: Path) -> None:
    for number in range(1_000):
        os.open(folder / str(number), os.O_CREAT)


def _fill_disk(folder: Path) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", str(folder))


def _raise() -> None:
    raise ValueError


def _spin() -> None:
    while True:
        pass


def _fill_memory() -> None:
    kept: list[bytearray] = []
    while True:
        kept.append(bytearray(1 << 24))


WAYS: dict[str, Callable[[Path], object]] = {
    "bracket-bomb": lambda _: _bracket_bomb(),
    "null-pointer": lambda _: ctypes.string_at(0),
    "spin": lambda _: _spin(),
    "sleep": lambda _: time.sleep(3600),
    "memory": lambda _: _fill_memory(),
    "disk": _fill_disk,
    "files": _open_files,
    "killed": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "raise": lambda _: _raise(),
}


def misbehave(folder: Path, request: bytes) -> bytes:
    """Does what `request` names, or answers."""
    wanted = request.decode()
    if wanted in WAYS:
        WAYS[wanted](folder)
    if wanted == "output":
        return bytes(10 << 20)
    return "\n".join(sorted(os.environ)).encode() if wanted == "environment" else b"done"


if __name__ == "__main__":
    inside.run(misbehave)
