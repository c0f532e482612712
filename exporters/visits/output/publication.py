"""Everything that a plan is handed out as, a folder for each kind of recipient, and the plan as it is once handed out."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from exporters.visits.output import ics, tables
from exporters.visits.output.audience import Audience
from exporters.visits.output.html.site import site
from exporters.visits.output.naming import file_name
from exporters.visits.output.pdf import press
from exporters.visits.output.pdf.agenda import class_agenda, host_agenda
from exporters.visits.output.schedule import Schedule
from exporters.visits.output.xlsx.book import master_plan
from schemas.errors import MachineError
from schemas.system import system_reason
from schemas.text import Text
from schemas.visits import Plan, Visit

MANIFEST = "manifest.json"
_UNWRITABLE = Text(
    "无法写入 {file}：{reason}。原有文件未改动。",
    "{file} can't be written: {reason}. What was there is unchanged.",
)


class Output(NamedTuple):
    """A file to hand out: its path, for whom it is, and what makes it."""

    path: str
    audience: Audience
    make: Callable[[], bytes]


class Written(msgspec.Struct, frozen=True):
    """A file that was handed out. `size` in bytes."""

    path: str
    audience: Audience
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What one publication consists of (`manifest.json`)."""

    edition: str
    published: date | None
    sample: bool
    files: tuple[Written, ...]


def outputs(schedule: Schedule) -> Iterator[Output]:
    """Every file, in order. Hosts that neither receive nor received anybody have none."""
    for path, make in site(schedule):
        yield Output(f"{Audience.PUBLIC}/{path}", Audience.PUBLIC, make)
    yield from _tables(schedule)
    for cohort in schedule.programme.cohorts:
        path = f"{Audience.CLASSES}/{file_name(cohort.id)}"
        yield Output(f"{path}.ics", Audience.CLASSES, partial(ics.class_calendar, schedule, cohort))
        yield Output(f"{path}.pdf", Audience.CLASSES, partial(class_agenda, schedule, cohort))
    for host in schedule.programme.enterprises:
        if schedule.of_enterprise(host.id):
            path = f"{Audience.HOSTS}/{file_name(host.id)}"
            yield Output(f"{path}.ics", Audience.HOSTS, partial(ics.host_calendar, schedule, host))
            yield Output(f"{path}.pdf", Audience.HOSTS, partial(host_agenda, schedule, host))
    for slug in schedule.institutions:
        path = f"{Audience.INSTITUTIONS}/{file_name(slug)}.ics"
        yield Output(path, Audience.INSTITUTIONS, partial(ics.institution_calendar, schedule, slug))
    for who in schedule.instructors:
        path = f"{Audience.INSTRUCTORS}/{file_name(who.name, apart=who.email or who.phone or who.name)}.ics"
        yield Output(path, Audience.INSTRUCTORS, partial(ics.instructor_calendar, schedule, who))


def _tables(schedule: Schedule) -> Iterator[Output]:
    """The public list, and the Centre's master plan; each in both languages."""
    public, centre = Audience.PUBLIC, Audience.CENTRE
    yield Output(f"{public}/visits.json", public, partial(tables.to_json, schedule))
    yield Output(f"{public}/visits.csv", public, partial(tables.to_csv, schedule, "zh"))
    yield Output(f"{public}/en/visits.csv", public, partial(tables.to_csv, schedule, "en"))
    yield Output(f"{centre}/master-plan.xlsx", centre, partial(master_plan, schedule, "zh"))
    yield Output(f"{centre}/master-plan.en.xlsx", centre, partial(master_plan, schedule, "en"))


def write(schedule: Schedule, folder: Path, progress: Callable[[], object] = lambda: None) -> Manifest:
    """Write every file, each in one step, and the manifest last; files of the manifest before that nobody gets any more
    are removed. `progress` is called after each file. Raises MachineError: no Chinese font, a disk that is full."""
    press.font()
    before = _before(folder)
    files = []
    for output in outputs(schedule):
        content = output.make()
        _replace(folder / output.path, content)
        digest = hashlib.sha256(content).hexdigest()
        files.append(Written(output.path, output.audience, len(content), digest))
        progress()
    plan = schedule.plan
    manifest = Manifest(plan.edition, plan.published, plan.sample, tuple(files))
    for path in before - {file.path for file in files}:
        (folder / path).unlink(missing_ok=True)
    _replace(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    return manifest


def _before(folder: Path) -> set[str]:
    """The files of the last publication in this folder: only what stands in the recipients' folders."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return set()
    return {
        file.path
        for file in manifest.files
        if file.path.split("/")[0] in set(Audience) and ".." not in file.path.split("/")
    }


def _replace(target: Path, content: bytes) -> None:
    """The file with this content, or as it was."""
    temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(target)
    except OSError as error:
        raise MachineError(_UNWRITABLE.format(file=target, reason=system_reason(error))) from error
    finally:
        with suppress(OSError):  # the first trouble is the one to tell
            temporary.unlink()


def settled(plan: Plan, last: Plan | None, today: date) -> Plan:
    """The plan as it is handed out after `last`, the plan that was handed out before: what differs for the participants has a
    higher SEQUENCE and is agreed from `today`, what a host no longer receives is among the cancelled. The day of publication
    changes only with them."""
    if last is None:
        visits = tuple(msgspec.structs.replace(one, agreed=one.agreed or today) for one in plan.visits)
        return msgspec.structs.replace(plan, visits=visits, published=plan.published or today)
    old = {visit.id: visit for visit in last.visits}
    gone = {visit.id: visit for visit in last.cancelled}
    visits = tuple(_raised(visit, old.get(visit.id), gone.get(visit.id), today) for visit in plan.visits)
    made = msgspec.structs.replace(
        plan, visits=visits, cancelled=_cancelled(plan, last, visits), published=last.published
    )
    same = (made.visits, made.cancelled) == (last.visits, last.cancelled)
    return made if same else msgspec.structs.replace(made, published=today)


def _raised(visit: Visit, old: Visit | None, gone: Visit | None, today: date) -> Visit:
    """With the SEQUENCE that tells what changed (RFC 5545 3.8.7.4)."""
    if old is not None and _told(visit) == _told(old):
        sequence = max(visit.sequence, old.sequence)
        return msgspec.structs.replace(visit, sequence=sequence, agreed=old.agreed)
    before = old or gone
    sequence = max(visit.sequence, before.sequence + 1) if before else visit.sequence
    return msgspec.structs.replace(visit, sequence=sequence, agreed=today)


def _told(visit: Visit) -> tuple[object, ...]:
    return visit.enterprise, visit.day, visit.half


def _cancelled(plan: Plan, last: Plan, visits: tuple[Visit, ...]) -> tuple[Visit, ...]:
    """Every visit that a host was told of and no longer receives, once for each host."""
    alive = {(visit.id, visit.enterprise) for visit in visits}
    now = {visit.id: visit.sequence for visit in visits}
    found = {(visit.id, visit.enterprise): visit for visit in (*last.cancelled, *plan.cancelled)}
    for visit in last.visits:
        known = found.get((visit.id, visit.enterprise))
        sequence = max(now.get(visit.id, 0), visit.sequence + 1, known.sequence if known else 0)
        found[visit.id, visit.enterprise] = msgspec.structs.replace(visit, sequence=sequence)
    kept = [visit for key, visit in found.items() if key not in alive]
    return tuple(sorted(kept, key=lambda visit: (visit.day, visit.cohort, visit.id, visit.enterprise)))
