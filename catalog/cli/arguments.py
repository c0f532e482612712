"""Arguments that several commands take."""

import argparse
from collections.abc import Callable

from schemas.text import Text

_HERE = "http://127.0.0.1:8800"
_SERVER = Text(
    "目录服务器的地址（默认 {here}）", "address of the catalogue's server (default: {here})"
).format(here=_HERE)
_TOKEN = Text("访问令牌（默认取 LINGJUN_TOKEN）", "access token (default: LINGJUN_TOKEN)")


def port(text: str) -> int:
    """A TCP port; 0 takes any free one."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("0–65535")
    return number


def add_server_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """Which catalogue, and who asks."""
    parser.add_argument("--server", default=_HERE, metavar="URL", help=say(_SERVER))
    parser.add_argument("--token", help=say(_TOKEN))
