"""`lingjun restore`: a backup into an empty catalogue."""

import argparse
from collections.abc import Callable
from pathlib import Path

from schemas.text import Text

HELP = Text("把备份恢复到空的目录", "restore a backup into an empty catalogue")
_SOURCE = Text("备份文件夹", "the backup's folder")
_JSON = Text("以 JSON 输出", "print JSON")


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """Declare the arguments."""
    parser.add_argument("source", type=Path, metavar="DIR", help=say(_SOURCE))
    parser.add_argument("--json", action="store_true", help=say(_JSON))


def run(args: argparse.Namespace) -> int:
    """Fill the catalogue that the settings name."""
    from catalog.cli.backup import show
    from catalog.database.session import Database
    from catalog.services.backup import restore
    from catalog.settings import load_settings
    from catalog.storage import Storage

    settings = load_settings()
    database = Database.of(settings)
    try:
        made = restore(database, Storage.of(settings), args.source)
    finally:
        database.close()
    show(args, args.source, made)
    return 0
