"""Everything that is handed out: who gets what, the same bytes each time, and what changes from one time to the next."""

import hashlib
import io
import zipfile
from datetime import date
from pathlib import Path

import msgspec
import pytest
import vobject
from pypdf import PdfReader

from exporters.visits.output.audience import SEES_HOST, SEES_INSTRUCTOR, Audience
from exporters.visits.output.publication import Manifest, outputs, settled, write
from exporters.visits.output.schedule import Schedule
from schemas.errors import MachineError
from schemas.visits import Contact, Half, Plan, Visit
from tests.support import visits_by_hand as hand


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    write(hand.schedule(), folder)
    return folder


def manifest(folder: Path) -> Manifest:
    return msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)


def words_of(file: Path) -> str:
    """Everything that can be read in a file, without blanks; its own name too."""
    content = file.read_bytes()
    if file.suffix == ".pdf":
        reader = PdfReader(io.BytesIO(content))
        text = "".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    elif file.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            text = "".join(book.read(name).decode() for name in book.namelist())
    else:
        text = content.decode().replace("\r\n ", "")  # iCalendar's folds
    return "".join((file.name + text).split())


def holds(text: str, contact: Contact) -> bool:
    return any(part.replace(" ", "") in text for part in (contact.name, contact.phone, contact.email))


def test_contact_data_is_only_where_somebody_needs_it(published: Path) -> None:
    seen: dict[Audience, set[str]] = {audience: set() for audience in Audience}
    for file in manifest(published).files:
        text = words_of(published / file.path)
        for kind, contacts in (("host", hand.HOST_CONTACTS), ("instructor", hand.INSTRUCTORS)):
            if any(holds(text, contact) for contact in contacts):
                seen[file.audience].add(kind)
    assert {audience for audience, kinds in seen.items() if "host" in kinds} == SEES_HOST
    assert {audience for audience, kinds in seen.items() if "instructor" in kinds} == SEES_INSTRUCTOR


def test_nobody_sees_those_whom_they_dont_meet(published: Path) -> None:
    """The second class goes to the second host alone; the first host was to receive it, and is told that it doesn't."""
    for name in ("spring-1.ics", "spring-1.pdf"):
        text = words_of(published / "classes" / name)
        assert holds(text, hand.INSTRUCTORS[0])
        assert not holds(text, hand.INSTRUCTORS[1])
    for name in ("chenguang-bearing.ics", "chenguang-bearing.pdf"):
        assert not holds(words_of(published / "hosts" / name), hand.HOST_CONTACTS[1])


def test_the_manifest_lists_every_file(published: Path) -> None:
    there = {
        path.relative_to(published).as_posix()
        for path in published.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    files = manifest(published).files
    assert {file.path for file in files} == there
    for file in files:
        content = (published / file.path).read_bytes()
        assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert file.path.startswith(f"{file.audience}/")


def test_the_same_plan_gives_the_same_bytes(published: Path, tmp_path: Path) -> None:
    write(hand.schedule(), tmp_path)
    assert manifest(tmp_path) == manifest(published)


def test_what_nobody_gets_any_more_goes_and_other_files_stay(tmp_path: Path) -> None:
    write(hand.schedule(), tmp_path)
    (tmp_path / "classes" / "notes.txt").write_text("mine", encoding="utf-8")
    made = hand.programme()
    fewer = msgspec.structs.replace(made, cohorts=made.cohorts[:1])
    plan = msgspec.structs.replace(hand.plan(), visits=hand.visits()[:2], cancelled=(), unserved=())
    write(Schedule(fewer, plan), tmp_path)
    assert sorted(path.name for path in (tmp_path / "classes").iterdir()) == [
        "notes.txt",
        "spring-1.ics",
        "spring-1.pdf",
    ]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("a file where a folder has to be", encoding="utf-8")
    with pytest.raises(MachineError):
        write(hand.schedule(), tmp_path)
    assert not list(tmp_path.rglob("*.part"))


def test_instructors_of_one_name_have_a_file_each() -> None:
    made = hand.programme()
    namesake = msgspec.structs.replace(hand.INSTRUCTORS[1], name=hand.INSTRUCTORS[0].name)
    second = msgspec.structs.replace(made.cohorts[1], instructor=namesake)
    schedule = Schedule(msgspec.structs.replace(made, cohorts=(made.cohorts[0], second)), hand.plan())
    paths = [output.path for output in outputs(schedule) if output.audience is Audience.INSTRUCTORS]
    assert len(set(paths)) == len(paths) == 2
    assert all(path.startswith("instructors/示例教师丙-") for path in paths)


# From one publication to the next.

FIRST, SECOND = date(2023, 2, 3), date(2023, 2, 20)


def changed(plan: Plan, visits: tuple[Visit, ...]) -> Plan:
    return msgspec.structs.replace(plan, visits=visits)


@pytest.fixture
def first() -> Plan:
    return settled(msgspec.structs.replace(hand.plan(), published=None, cancelled=()), None, FIRST)


def test_nothing_new_is_told_when_nothing_changed(first: Plan) -> None:
    assert first.published == FIRST
    assert {visit.agreed for visit in first.visits} == {FIRST}
    assert settled(first, first, SECOND) == first


def test_a_new_day_raises_the_sequence_once(first: Plan) -> None:
    moved = msgspec.structs.replace(first.visits[0], day=date(2023, 3, 16), half=Half.MORNING)
    second = settled(changed(first, (moved, *first.visits[1:])), first, SECOND)
    assert [visit.sequence for visit in second.visits] == [1, 2, 0]
    assert [visit.agreed for visit in second.visits] == [SECOND, FIRST, FIRST]
    assert second.cancelled == ()
    assert second.published == SECOND
    assert settled(second, second, date(2023, 3, 1)) == second


def test_what_an_edit_has_raised_already_is_not_raised_twice(first: Plan) -> None:
    moved = msgspec.structs.replace(first.visits[0], day=date(2023, 3, 16), sequence=1)
    assert settled(changed(first, (moved, *first.visits[1:])), first, SECOND).visits[0].sequence == 1


def test_a_lock_is_nobodys_news(first: Plan) -> None:
    locked = msgspec.structs.replace(first.visits[0], locked=True)
    second = settled(changed(first, (locked, *first.visits[1:])), first, SECOND)
    assert second.visits[0].sequence == 0


def test_a_visit_that_is_gone_is_cancelled_and_can_come_back(first: Plan) -> None:
    second = settled(changed(first, first.visits[1:]), first, SECOND)
    [gone] = second.cancelled
    assert (gone.id, gone.sequence) == (first.visits[0].id, 1)
    assert settled(second, second, SECOND).cancelled == second.cancelled
    third = settled(changed(second, first.visits), second, SECOND)
    assert third.cancelled == ()
    assert third.visits[0].sequence == 2


def test_another_host_is_a_change_for_the_class_and_a_cancellation_for_the_old_host(first: Plan) -> None:
    moved = msgspec.structs.replace(first.visits[0], enterprise="qiantang-cloud")
    second = settled(changed(first, (moved, *first.visits[1:])), first, SECOND)
    assert second.visits[0].sequence == 1
    [gone] = second.cancelled
    assert (gone.enterprise, gone.sequence) == ("chenguang-bearing", 1)


def test_calendars_tell_of_it_all(first: Plan, tmp_path: Path) -> None:
    write(Schedule(hand.programme(), first), tmp_path)
    second = settled(changed(first, first.visits[1:]), first, SECOND)
    write(Schedule(hand.programme(), second), tmp_path)
    for name in ("classes/spring-1.ics", "hosts/chenguang-bearing.ics"):
        calendar = vobject.readOne((tmp_path / name).read_bytes().decode())
        gone = next(event for event in calendar.vevent_list if event.status.value == "CANCELLED")
        assert gone.sequence.value == "1"
