"""What `lingjun publish` does with a curriculum: its file is judged, then handed in as a course is."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from schemas.text import Text

if TYPE_CHECKING:
    from catalog.cli.remote import HandedCurriculum
    from courses.curricula import Curriculum
    from courses.sources import Source
    from schemas.diagnostics import Diagnostic

_CURE_FIRST = Text("培训方案有错误，未提交。", "The curriculum has errors and was not handed in.")
_DONE = {
    "draft": Text("草稿已保存：{name}（版本 {id}）", "Draft stored: {name} (version {id})"),
    "submitted": Text(
        "已送审：{name}（版本 {id}），等待中心批准。", "Handed in: {name} (version {id}), to be approved."
    ),
}


class PublishedCurriculum(msgspec.Struct, frozen=True):
    """What `lingjun publish --json` prints. `etag` counts the version's changes."""

    curriculum: str
    version: int
    state: str
    etag: int
    warnings: int


def run(args: argparse.Namespace) -> int:
    """Check the curriculum by itself; hand it in when it has no errors, to be checked against the catalogue's courses."""
    from catalog.cli.remote import server_of
    from courses.curricula import CURRICULUM_FILE, read_curriculum
    from courses.sources import read_source
    from schemas.errors import InputError

    file: Path = args.path if args.path.name == CURRICULUM_FILE else args.path / CURRICULUM_FILE
    unread: list[Diagnostic] = []
    source = read_source(file.parent, file.name, unread.append)
    reading = read_curriculum(source) if source is not None else None
    if source is None or reading is None or unread or reading.errors:
        _tell(args, file, source, (*unread, *(reading.diagnostics if reading else ())))
        print(_CURE_FIRST.say(args.language), file=sys.stderr)
        return 1
    try:
        if args.server:
            handed = server_of(args).hand_in_curriculum(file, reading.curriculum, draft=args.draft)
        else:
            handed = _hand_in(args, file, source, reading.curriculum)
    except InputError as error:
        _tell(args, file, source, error.diagnostics)
        raise
    name = f"{reading.curriculum.institution}/{reading.curriculum.id}"
    if args.json:
        done = PublishedCurriculum(name, handed.id, handed.state, handed.etag, handed.warnings)
        print(msgspec.json.encode(done).decode())
    else:
        print(_DONE[handed.state].format(name=name, id=handed.id).say(args.language))
    return 0


def _tell(
    args: argparse.Namespace, file: Path, source: "Source | None", diagnostics: Sequence["Diagnostic"]
) -> None:
    from catalog.report import print_diagnostics

    prefix = "" if file.parent == Path() else f"{file.parent.as_posix()}/"
    texts = {file.name: source.text} if source is not None else {}
    print_diagnostics(diagnostics, texts, prefix=prefix, language=args.language, stream=sys.stderr)


def _hand_in(
    args: argparse.Namespace, file: Path, source: "Source", written: "Curriculum"
) -> "HandedCurriculum":
    """Into the catalogue that the settings name."""
    from catalog.cli.publish import cause_of, opened
    from catalog.cli.remote import HandedCurriculum
    from catalog.domain.roles import Action
    from catalog.services import curricula
    from catalog.services.shelves import CURRICULA
    from catalog.settings import load_settings
    from schemas.diagnostics import Severity

    with opened(load_settings()) as (database, intake):
        read = intake.receive_curriculum(source.text.encode())
        slug, name = written.institution, written.id
        with database.write() as session:
            cause = cause_of(session, args, slug)
            open_ = CURRICULA.open_version(session, cause.actor, slug, name)
            version = curricula.receive(
                session, cause, read, if_match=open_.row_version if open_ is not None else None
            )
            if not args.draft:
                version = curricula.take_step(
                    session, cause, Action.SUBMIT, version.id, if_match=version.row_version
                )
    told = curricula.diagnostics(version)
    _tell(args, file, source, told)
    warnings = sum(one.severity is Severity.WARNING for one in told)
    return HandedCurriculum(version.id, version.state, version.row_version, warnings)
