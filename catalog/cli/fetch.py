"""`lingjun fetch`: finds courses and curricula in a catalogue, and downloads their packages with signature and index."""

import argparse
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from catalog.cli.arguments import add_server_arguments
from schemas.errors import UsageError
from schemas.text import Text

if TYPE_CHECKING:
    from catalog.cli.remote import Server

HELP = Text(
    "从目录查找并下载课程包，连同签名与索引", "find packages in a catalogue and download them, signed"
)
_NAME = Text(
    "机构/课程，培训方案写作 机构/curriculum.标识；不写则列出可下载的",
    "institution/course, of a curriculum institution/curriculum.id; without it, what there is is listed",
)
_SEARCH = Text("列出时只要含这些词的", "list only what has these words")
_FORMAT = Text("格式（默认由 --lms 决定）", "format (default: the LMS's choice)")
_LMS = Text("学习平台：{names}（默认 generic）", "the LMS: {names} (default: generic)")
_NUMBER = Text("第几版（默认最新）", "which version (default: the current one)")
_SET = Text("培训方案取成套课程包：每门课一个", "of a curriculum, a set: a package a course")
_OUT = Text("保存到哪个文件夹（默认当前文件夹）", "folder to write to (default: the current one)")
_ONLY_CURRICULA = Text("--set 用于培训方案。", "--set is for curricula.")
_UNSIGNED = Text(
    "这个目录没有签名密钥，课程包没有签名。", "This catalogue has no signing key: the package isn't signed."
)
_VERIFY = Text(
    "验证：lingjun verify {file} --key 公钥 --index {index}",
    "To verify it: lingjun verify {file} --key PUBLIC_KEY --index {index}",
)
_HEADER = (
    Text("名称", "Name"),
    Text("版本", "Version"),
    Text("标题", "Title"),
    Text("年度", "Edition"),
)
_NOTHING = Text("没有找到。", "Nothing was found.")
_INDEX = "index.json"
_MOST_LISTED = 100  # of a kind: for more there are words, and the pages


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """What to find or download, for which LMS."""
    from exporters.presets import LMS
    from schemas.package import Format

    parser.add_argument("name", nargs="?", default="", metavar="NAME", help=say(_NAME))
    parser.add_argument("--search", default="", metavar="WORDS", help=say(_SEARCH))
    parser.add_argument(
        "--format", choices=[one.value for one in Format], metavar="FORMAT", help=say(_FORMAT)
    )
    names = ", ".join(LMS)
    parser.add_argument(
        "--lms", default="generic", choices=LMS, metavar="NAME", help=say(_LMS.format(names=names))
    )
    parser.add_argument("--number", type=int, metavar="N", help=say(_NUMBER))
    parser.add_argument("--set", action="store_true", help=say(_SET))
    parser.add_argument("-o", "--output", type=Path, default=Path(), metavar="DIR", help=say(_OUT))
    add_server_arguments(parser, say)


def run(args: argparse.Namespace) -> int:
    """List what there is, or download a package."""
    from catalog.cli.remote import server_of

    server = server_of(args)
    if args.name:
        _download(args, server)
    else:
        _list(args, server)
    return 0


def _list(args: argparse.Namespace, server: "Server") -> None:
    from catalog.cli.table import table
    from catalog.report import printable

    rows = []
    for name, one in _found(server, args.search):
        title = Text(one["title"].get("zh", ""), one["title"].get("en", "")).say(args.language)
        rows.append((name, str(one["number"]), printable(title), one["edition"]))
    if rows:
        print(table([words.say(args.language) for words in _HEADER], rows, right=frozenset({1})))
    else:
        print(_NOTHING.say(args.language))


def _found(server: "Server", words: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The first courses by the catalogue's own search; of curricula those that have the words in their title."""
    for one in islice(server.pages(f"/courses?{urlencode({'q': words})}"), _MOST_LISTED):
        yield f"{one['institution']}/{one['course']}", one["facts"] | {"number": one["number"]}
    for one in islice(server.pages("/curricula"), _MOST_LISTED):
        if all(word.lower() in " ".join(one["title"].values()).lower() for word in words.split()):
            yield f"{one['institution']}/curriculum.{one['curriculum']}", one


def _download(args: argparse.Namespace, server: "Server") -> None:
    from catalog.cli.remote import resource_of
    from exporters.combined import combinable
    from exporters.presets import preset

    address, kind = resource_of(args.name)
    curriculum = kind == "curriculum-versions"
    if args.set and not curriculum:
        raise UsageError(_ONLY_CURRICULA)
    formats = combinable(args.lms) if curriculum and not args.set else preset(args.lms).formats
    number = args.number or server.ask("GET", f"{address}/latest")["number"]
    query = urlencode({"lms": args.lms, **({"collected": "true"} if args.set else {})})
    package = f"{address}/versions/{number}/packages/{quote(args.format or formats[0].value)}"
    file = server.download(f"{package}?{query}", args.output)
    signature = server.ask("GET", f"{package}/signature?{query}", missing=None, raw=True)
    print(file)
    if signature is None:
        print(_UNSIGNED.say(args.language))
        return
    file.with_name(f"{file.name}.sig").write_bytes(signature)
    index = args.output / _INDEX
    index.write_bytes(server.ask("GET", "/index", raw=True))
    print(_VERIFY.format(file=file, index=index).say(args.language))
