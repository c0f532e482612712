"""`lingjun publish`: hands a course or a curriculum in, as a draft or for review."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from schemas.text import Text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from catalog.cli.remote import Handed
    from catalog.database.models import Version
    from catalog.database.session import Database
    from catalog.intake.upload import Intake
    from catalog.services.events import Cause
    from catalog.services.uploads import Upload
    from catalog.settings import Settings

HELP = Text("把课程或培训方案提交到目录送审", "hand a course or a curriculum in to the catalogue for review")
_PATH = Text("课程文件夹；或培训方案（curriculum.md）", "a course folder; or a curriculum (curriculum.md)")
_DRAFT = Text("只保存为草稿，不送审", "store it as a draft only, without handing it in")
_TOKEN = Text(
    "访问令牌（默认取 LINGJUN_TOKEN；都没有时，以本机操作者的身份）",
    "access token (default: LINGJUN_TOKEN; without either, this machine's operator acts)",
)
_SERVER = Text(
    "目录服务器的地址，例如 https://catalogue.example.org（默认：本机设置的目录）",
    "address of the catalogue's server, such as https://catalogue.example.org (default: the catalogue of this machine's settings)",
)
_JSON = Text("以 JSON 输出", "print JSON")
_CURE_FIRST = Text("课程有错误，未提交。", "The course has errors and was not handed in.")
_NO_FOLDER = Text("请给出课程文件夹：“{path}”不是文件夹。", "Give the course's folder: “{path}” is not one.")
_ADD_INSTITUTION = Text(
    "目录中没有机构“{slug}”。先登记：lingjun db add-institution {slug} --zh 机构名称",
    "The catalogue has no institution “{slug}”. Add it first: lingjun db add-institution {slug} --zh NAME",
)
_DONE = {
    "draft": Text("草稿已保存：{course}（版本 {id}）", "Draft stored: {course} (version {id})"),
    "submitted": Text(
        "已送审：{course}（版本 {id}），等待中心批准。", "Handed in: {course} (version {id}), to be approved."
    ),
}


class Published(msgspec.Struct, frozen=True):
    """What `lingjun publish --json` prints. `etag` counts the version's changes."""

    course: str
    version: int
    state: str
    etag: int
    source_sha256: str
    warnings: int


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """Declare the arguments."""
    parser.add_argument("path", type=Path, metavar="PATH", help=say(_PATH))
    parser.add_argument("--draft", action="store_true", help=say(_DRAFT))
    parser.add_argument("--token", help=say(_TOKEN))
    parser.add_argument("--server", metavar="URL", help=say(_SERVER))
    parser.add_argument("--json", action="store_true", help=say(_JSON))


def run(args: argparse.Namespace) -> int:
    """Check the course as `lingjun check` does; hand it in when it has no errors."""
    from catalog.cli.curriculum import is_curriculum

    if is_curriculum(args.path):
        from catalog.cli import publish_curriculum

        return publish_curriculum.run(args)
    from catalog.settings import load_settings
    from courses.cache import Cache
    from courses.reader import read_course
    from schemas.errors import UsageError

    if args.path.name == "course.md":
        args.path = args.path.parent
    reading = read_course(args.path, cache=Cache.on_disk(args.path))
    if reading.diagnostics:
        from catalog.report import print_diagnostics

        prefix = f"{args.path.as_posix().rstrip('/')}/"
        print_diagnostics(
            reading.diagnostics, reading.texts, prefix=prefix, language=args.language, stream=sys.stderr
        )
    if reading.course is None or reading.errors:
        print(_CURE_FIRST.say(args.language), file=sys.stderr)
        return 1
    if not args.path.is_dir():
        raise UsageError(_NO_FOLDER.format(path=args.path))
    remote = None
    if args.server:
        from catalog.cli.remote import server_of

        remote = server_of(args)
    version = (
        remote.hand_in(args.path, reading.course, draft=args.draft)
        if remote is not None
        else _hand_in(args, load_settings())
    )
    course = f"{reading.course.institution}/{reading.course.id}"
    if args.json:
        done = Published(
            course,
            version.id,
            version.state,
            version.etag,
            version.source_sha256,
            version.warnings,
        )
        print(msgspec.json.encode(done).decode())
    else:
        print(_DONE[version.state].format(course=course, id=version.id).say(args.language))
    return 0


@contextmanager
def opened(settings: "Settings") -> Iterator[tuple["Database", "Intake"]]:
    """The catalogue that the settings name, and the door through which strangers' courses come too."""
    from catalog.database import schema
    from catalog.database.session import Database
    from catalog.intake.upload import Intake

    database = Database.of(settings)
    try:
        schema.ready(database)
        yield database, Intake(settings.limits, settings.data / "intake")
    finally:
        database.close()


def cause_of(session: "Session", args: argparse.Namespace, slug: str) -> "Cause":
    """Who hands in to this machine's catalogue, for that institution. Raises UsageError where there is no such one."""
    import os

    from sqlalchemy import select

    from catalog.database.models import Institution
    from catalog.services import access
    from catalog.services.events import Cause, Origin
    from catalog.services.operator import operator
    from schemas.errors import UsageError

    token = args.token or os.environ.get("LINGJUN_TOKEN", "")
    cause = Cause(access.authenticate(session, token).actor, Origin("cli")) if token else operator(slug)
    if session.scalar(select(Institution.id).where(Institution.slug == slug)) is None:
        raise UsageError(_ADD_INSTITUTION.format(slug=slug))
    return cause


def _hand_in(args: argparse.Namespace, settings: "Settings") -> "Handed":
    """Into the catalogue that the settings name."""
    from catalog.cli.remote import Handed
    from catalog.services import uploads
    from catalog.storage import Storage

    with opened(settings) as (database, intake):
        with intake.receive_folder(args.path) as received:
            stored = uploads.store(Storage.of(settings), received.reading, received.source)
        version = _store(args, database, stored)
        return Handed(version.id, version.state, version.row_version, version.source_sha256, version.warnings)


def _store(args: argparse.Namespace, database: "Database", stored: "Upload") -> "Version":
    """The draft and, unless told otherwise, its submission: both or neither."""
    from catalog.services import lists, versions

    slug = stored.facts.institution
    with database.write() as session:
        cause = cause_of(session, args, slug)
        open_ = lists.open_version(session, cause.actor, slug, stored.facts.id)
        version = versions.upload(
            session, cause, stored, if_match=open_.row_version if open_ is not None else None
        )
        if not args.draft:
            version = versions.submit(session, cause, version.id, if_match=version.row_version)
        return version
