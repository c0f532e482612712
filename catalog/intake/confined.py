"""Work on strangers' content in a process of its own: whatever becomes of it is an answer here, and nothing more.

The process is started afresh (nothing of this one's memory, open files or environment is in it), bounded in
processor time, clock time, memory and output, and gone when `run` returns.
"""

import logging
import os
import re
import signal
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import msgspec

import catalog
from catalog.intake.inside import DISK_FULL, OUT_OF_MEMORY, OUTPUT_TOO_LARGE, REQUEST, RESULT, Bounds
from schemas.errors import MachineError
from schemas.system import system_reason
from schemas.text import Text

_log = logging.getLogger(__name__)

_CODE = Path(catalog.__file__).parent.parent
_LAST_WORDS = 4_000  # characters of what it said at its end that are worth logging
# What native libraries say when they give up for want of memory: they abort, Python has no say.
_MEMORY_WORDS = re.compile(
    r"memory allocation of \d+ bytes failed|MemoryError|bad_alloc|out of memory", re.IGNORECASE
)
_DISK_FULL = Text("服务器磁盘已满，未保存任何内容。", "The server's disk is full. Nothing was stored.")
_CANNOT_START = Text("无法启动工作进程：{reason}", "The worker process can't be started: {reason}")


class Ending(StrEnum):
    """How a confined process can end before its work is done."""

    SLOW = "slow"
    MEMORY = "memory"
    OUTPUT = "output"
    KILLED = "killed"


class BrokenOffError(Exception):
    """The process ended before its work was done. `reason` is a signal's name or an exit status."""

    def __init__(self, ending: Ending, reason: str) -> None:
        super().__init__(f"{ending}: {reason}")
        self.ending = ending
        self.reason = reason


def run(module: str, request: bytes, folder: Path, bounds: Bounds) -> bytes:
    """Run `python -m module` on `request`, with `folder` as the only place that it is told of; what it gives back.

    Raises BrokenOffError when it didn't finish, MachineError when it couldn't be started or the disk is full.
    """
    (folder / REQUEST).write_bytes(request)
    (folder / RESULT).unlink(missing_ok=True)
    status, said = _watch([module, str(folder), msgspec.json.encode(bounds).decode()], folder, bounds)
    if status == 0:
        return (folder / RESULT).read_bytes()
    if said:
        _log.warning("%s ended with %s: %s", module, status, said[-_LAST_WORDS:])
    if status == DISK_FULL:
        raise MachineError(_DISK_FULL)
    raise _broken_off(status, said)


def _watch(arguments: list[str], folder: Path, bounds: Bounds) -> tuple[int | None, str]:
    """Exit status (negative: a signal, None: it took too long) and last words."""
    # -E and -s: neither the environment nor a user's own packages decide which code runs.
    command = [sys.executable, "-E", "-s", "-m", *arguments]
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC", "TMPDIR": str(folder)}
    try:
        process = subprocess.Popen(
            command,
            cwd=_CODE,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for us, who then end it
        )
    except OSError as error:
        raise MachineError(_CANNOT_START.format(reason=system_reason(error))) from error
    with process:
        try:
            _, said = process.communicate(timeout=bounds.wall_seconds)
        except subprocess.TimeoutExpired:
            return None, ""
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        return process.returncode, said.decode(errors="replace")


def _broken_off(status: int | None, said: str) -> BrokenOffError:
    if status is None or -status in (signal.SIGXCPU, signal.SIGALRM):
        return BrokenOffError(Ending.SLOW, "")
    if status == OUT_OF_MEMORY or _MEMORY_WORDS.search(said[-_LAST_WORDS:]):
        return BrokenOffError(Ending.MEMORY, "")
    if status == OUTPUT_TOO_LARGE:
        return BrokenOffError(Ending.OUTPUT, "")
    return BrokenOffError(Ending.KILLED, signal.Signals(-status).name if status < 0 else str(status))
