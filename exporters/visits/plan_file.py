"""The plan as a file under version control: JSON, a visit a line, so that a difference reads like a list of changes."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path

import msgspec

from schemas.errors import InputError, MachineError
from schemas.text import Text
from schemas.visits import Plan, Programme, Visit

PLAN_FILE = "plan.json"
_LISTS = ("visits", "unserved", "cancelled")  # an element a line
_ORDER = attrgetter("day", "cohort", "id")

_UNREADABLE = Text("读不了计划 {file}：{why}", "The plan {file} can't be read: {why}")
_BROKEN = Text(
    "{file} 不是有效的计划：{why}。请恢复上一版（例如 git checkout {file}），或删去它后重新运行 lingjun visits plan。",
    "{file} is no sound plan: {why}. Restore its last version (such as git checkout {file}), or delete it and run lingjun visits plan.",
)
_UNWRITABLE = Text("写不了计划 {file}：{why}", "The plan {file} can't be written: {why}")


def fingerprint(programme: Programme) -> str:
    """SHA-256 of what a plan is made of, in hexadecimal. The day of planning is no part of it: it is the plan's own."""
    dateless = msgspec.structs.replace(programme, as_of=programme.as_of.min)
    return hashlib.sha256(msgspec.json.encode(dateless, order="deterministic")).hexdigest()


def in_order(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """By day, class and identifier, as a plan keeps them."""
    return tuple(sorted(visits, key=_ORDER))


def dump_plan(plan: Plan) -> bytes:
    """The plan's text: a key a line, an element of its lists a line, in order; the same plan gives the same bytes."""
    kept = msgspec.structs.replace(
        plan,
        visits=in_order(plan.visits),
        cancelled=in_order(plan.cancelled),
        unserved=tuple(sorted(plan.unserved, key=attrgetter("cohort", "need"))),
    )
    encode = msgspec.json.Encoder(order="deterministic").encode
    lines = []
    for name in (field.name for field in msgspec.structs.fields(Plan)):
        value = getattr(kept, name)
        if name in _LISTS:
            items = ",\n".join(f"    {encode(item).decode()}" for item in value)
            lines.append(f'  "{name}": [\n{items}\n  ]' if items else f'  "{name}": []')
        else:
            lines.append(f'  "{name}": {encode(value).decode()}')
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def load_plan(file: Path) -> Plan | None:
    """The plan in a file; None where there is no file. Raises InputError where it can't be read."""
    try:
        written = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(_UNREADABLE.format(file=file, why=error.strerror or error)) from error
    try:
        return msgspec.json.decode(written, type=Plan)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:  # ValidationError is one
        raise InputError(_BROKEN.format(file=file, why=error)) from error


def save_plan(plan: Plan, file: Path) -> None:
    """Write the plan in one step: whatever happens, the file holds the old plan or the new one. Raises MachineError."""
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(dump_plan(plan))
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
        Path(temporary).replace(file)
    except OSError as error:
        raise MachineError(_UNWRITABLE.format(file=file, why=error.strerror or error)) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
