"""The inside of a confined process: its limits are in force before it touches anything of a stranger's."""

import errno
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

REQUEST = "request"
RESULT = "result"
# Exit statuses beyond those that Python itself uses.
OUT_OF_MEMORY = 81
OUTPUT_TOO_LARGE = 82
DISK_FULL = 83
_STATUSES = {
    errno.EFBIG: OUTPUT_TOO_LARGE,
    errno.ENOMEM: OUT_OF_MEMORY,
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
}
_OPEN_FILES = 64
_NICENESS = 10
_GRACE = 2  # seconds after which it ends itself, should the process that watches it be gone


class Bounds(msgspec.Struct, frozen=True):
    """What a confined process may use: seconds of processor time, seconds on the clock, bytes of address space, bytes
    of any one file that it writes."""

    cpu_seconds: int
    wall_seconds: int
    memory: int
    file_bytes: int


def confine(bounds: Bounds) -> None:
    """Put the limits on this process. They can't be taken back."""
    for kind, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_FSIZE, bounds.file_bytes),
        (resource.RLIMIT_AS, bounds.memory),
    ):
        resource.setrlimit(kind, (_lower(kind, limit), _lower(kind, limit)))
    # SIGXCPU tells what happened; SIGKILL follows, should anybody have thought of ignoring it.
    seconds = _lower(resource.RLIMIT_CPU, bounds.cpu_seconds + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (min(bounds.cpu_seconds, seconds), seconds))
    os.nice(_NICENESS)
    signal.setitimer(signal.ITIMER_REAL, bounds.wall_seconds + _GRACE)


def _lower(kind: int, limit: int) -> int:
    """`limit`, or what this process is allowed already where that is less."""
    _, hard = resource.getrlimit(kind)
    return limit if hard == resource.RLIM_INFINITY else min(limit, hard)


def run(work: Callable[[Path, bytes], bytes]) -> None:
    """Confine this process, then do `work` with its folder and its request, and leave the result in the folder.

    Called with the folder and the bounds (JSON) on the command line.
    """
    folder = Path(sys.argv[1])
    bounds = msgspec.json.decode(sys.argv[2], type=Bounds)
    request = (folder / REQUEST).read_bytes()
    confine(bounds)
    try:
        result = work(folder, request)
        (folder / RESULT).write_bytes(result)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # an orderly exit would need more of it
    except OSError as error:
        if error.errno in _STATUSES:
            os._exit(_STATUSES[error.errno])
        raise
