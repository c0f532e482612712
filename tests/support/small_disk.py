"""A disk that is really full, or can't be written: a small file system of its own where this user may mount one.

Elsewhere (a container without that right) a file lies where the storage's folder for what comes in was: nothing can be
stored either, while the database still can be written. `mounted` says which.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEGABYTES = 24
_FILLING = "filling"


class SmallDisk:
    """A folder on the disk, and the `storage` on it."""

    def __init__(self, folder: Path, *, mounted: bool) -> None:
        self.folder = folder
        self.data = folder / "lingjun"
        self.mounted = mounted
        self._storage = self.data / "storage"

    def fill(self) -> None:
        """From now on nothing more fits."""
        if not self.mounted:
            self._block()
            return
        with (self.folder / _FILLING).open("wb", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                _write_until_full(file.fileno(), b"x" * size)

    def free(self) -> None:
        """There is room again."""
        if self.mounted:
            (self.folder / _FILLING).unlink()
        else:
            self._unblock()

    def lock(self) -> None:
        """The storage can't be written any more."""
        if self.mounted:
            subprocess.run(["mount", "--bind", self._storage, self._storage], check=True)
            subprocess.run(["mount", "-o", "remount,bind,ro", self._storage], check=True)
        else:
            self._block()

    def unlock(self) -> None:
        """It can again."""
        if self.mounted:
            subprocess.run(["umount", self._storage], check=True)
        else:
            self._unblock()

    def _block(self) -> None:
        (self._storage / "incoming").rmdir()
        (self._storage / "incoming").write_bytes(b"")

    def _unblock(self) -> None:
        (self._storage / "incoming").unlink()
        (self._storage / "incoming").mkdir()


def _write_until_full(descriptor: int, piece: bytes) -> None:
    while True:
        try:
            os.write(descriptor, piece)
        except OSError:
            return


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """A disk at `folder`, gone afterwards."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_MEGABYTES}m", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield SmallDisk(folder, mounted=mounted)
    finally:
        if mounted:  # and what a failed test may have left mounted below it
            subprocess.run(["umount", "--lazy", "--recursive", str(folder)], check=True)
