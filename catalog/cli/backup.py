"""`lingjun backup`: the whole catalogue into one folder, while it runs."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from schemas.text import Text

if TYPE_CHECKING:
    from catalog.services.backup import Backup

HELP = Text("备份整个目录，不必停机", "back the whole catalogue up while it runs")
_TARGET = Text("备份文件夹，须不存在", "the backup's folder, which must not exist")
_JSON = Text("以 JSON 输出", "print JSON")
DONE = Text("{path}：{rows} 行，{blobs} 个文件，{size} MB", "{path}: {rows} rows, {blobs} files, {size} MB")


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """Declare the arguments."""
    parser.add_argument("target", type=Path, metavar="DIR", help=say(_TARGET))
    parser.add_argument("--json", action="store_true", help=say(_JSON))


def run(args: argparse.Namespace) -> int:
    """Write the backup of the catalogue that the settings name."""
    from catalog.database.session import Database
    from catalog.services.backup import back_up
    from catalog.settings import load_settings
    from catalog.storage import Storage

    settings = load_settings()
    database = Database.of(settings)
    try:
        made = back_up(database, Storage.of(settings), args.target)
    finally:
        database.close()
    show(args, args.target, made)
    return 0


def show(args: argparse.Namespace, path: Path, made: "Backup") -> None:
    """What the backup holds."""
    if args.json:
        print(msgspec.json.encode(made).decode())
        return
    rows = sum(table.rows for table in made.tables)
    size = f"{made.blob_bytes / 1e6:.1f}"
    print(DONE.format(path=path, rows=rows, blobs=made.blobs, size=size).say(args.language))
