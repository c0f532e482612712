"""`lingjun review`: what waits for the Centre, and what is decided of it."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from catalog.cli.arguments import add_server_arguments
from schemas.errors import UsageError
from schemas.text import Text

if TYPE_CHECKING:
    from catalog.cli.remote import Server

HELP = Text(
    "审核：查看送审的课程与培训方案，退回或批准",
    "review what was handed in: courses and curricula, to return or approve them",
)
_NAME = Text(
    "机构/课程，培训方案写作 机构/curriculum.标识；不写则列出所有送审的",
    "institution/course, of a curriculum institution/curriculum.id; without it, everything that waits is listed",
)
_APPROVE = Text("批准发布", "approve it: it is published")
_RETURN = Text("退回修改，可附意见", "return it to its authors, with comments if there are any")
_COMMENT = Text(
    "对某一行的意见，写作 文件:行:意见，可重复", "a comment on a line: FILE:LINE:WORDS, may be repeated"
)
_BAD_COMMENT = Text(
    "意见要写作 文件:行:意见，例如 course.md:3:请补充数据来源。收到的是：{comment}",
    "A comment is FILE:LINE:WORDS, such as course.md:3:Where is this from? Not: {comment}",
)
_NEEDS_NAME = Text("请写明要审核哪一个，例如 tsinghua/roadmap。", "Say which one, such as tsinghua/roadmap.")
_NEEDS_RETURN = Text("--comment 与 --return 一起使用。", "--comment goes with --return.")
_NOT_WAITING = Text(
    "“{name}”没有送审的版本，或您无权查看。", "“{name}” has no version that waits, or you may not see it."
)
_NOTHING = Text("没有送审的课程或培训方案。", "Nothing waits.")
_HEADER = (
    Text("送审的版本", "Waiting"),
    Text("标题", "Title"),
    Text("年度", "Edition"),
    Text("送审于", "Handed in"),
)
_DONE = {
    "published": Text("已发布：{name}，第 {number} 版。", "Published: {name}, version {number}."),
    "returned": Text("已退回：{name}，附 {comments} 条意见。", "Returned: {name}, with {comments} comments."),
}


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """What is reviewed, and the decision."""
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help=say(_NAME))
    decision = parser.add_mutually_exclusive_group()
    decision.add_argument("--approve", action="store_true", help=say(_APPROVE))
    decision.add_argument("--return", action="store_true", dest="send_back", help=say(_RETURN))
    parser.add_argument("--comment", action="append", default=[], metavar="COMMENT", help=say(_COMMENT))
    add_server_arguments(parser, say)


def run(args: argparse.Namespace) -> int:
    """List what waits, show what a check said of one, or decide on it."""
    from catalog.cli.remote import server_of

    comments = [_comment(written) for written in args.comment]
    if not args.name and (args.approve or args.send_back):
        raise UsageError(_NEEDS_NAME)
    if comments and not args.send_back:
        raise UsageError(_NEEDS_RETURN)
    server = server_of(args)
    if not args.name:
        _list(args, server)
        return 0
    found = _waiting(server, args.name)
    if args.approve:
        done = server.ask("POST", f"{found}/approve", if_match=True)
    elif args.send_back:
        done = server.ask("POST", f"{found}/return", {"comments": comments}, if_match=True)
    else:
        _show(args, server, found)
        return 0
    told = _DONE[done["state"]].format(name=args.name, number=done["number"], comments=len(comments))
    print(told.say(args.language))
    return 0


def _comment(written: str) -> dict[str, Any]:
    file, _, rest = written.partition(":")
    line, _, words = rest.partition(":")
    if not (file and line.isdecimal() and words.strip()):
        raise UsageError(_BAD_COMMENT.format(comment=written))
    return {"file": file, "line": int(line), "body": words.strip()}


def _list(args: argparse.Namespace, server: "Server") -> None:
    from catalog.cli.table import table
    from catalog.report import printable

    rows = []
    for kind, name in (
        ("versions", "{institution}/{course}"),
        ("curriculum-versions", "{institution}/curriculum.{curriculum}"),
    ):
        for one in server.pages(f"/{kind}?state=submitted"):
            title = Text(one["title"].get("zh", ""), one["title"].get("en", "")).say(args.language)
            rows.append((name.format(**one), printable(title), one["edition"], one["submitted_at"][:10]))
    if rows:
        print(table([words.say(args.language) for words in _HEADER], rows))
    else:
        print(_NOTHING.say(args.language))


def _show(args: argparse.Namespace, server: "Server", found: str) -> None:
    """What the check said, and what reviewers and authors did."""
    from catalog.report import printable

    told = server.ask("GET", f"{found}/diagnostics")
    for one in told["diagnostics"] if isinstance(told, dict) else told:
        print(printable(f"{one['file']}:{one['line']}: {one['message']}"))
    for one in server.ask("GET", f"{found}/comments"):
        print(printable(f"{one['file']}:{one['line']}: {one['author']}: {one['body']}"))
    version = server.ask("GET", found)
    title = Text(version["title"].get("zh", ""), version["title"].get("en", "")).say(args.language)
    print(printable(f"{args.name} · {title}"))


def _waiting(server: "Server", name: str) -> str:
    """The address of the version that waits. Raises UsageError where there is none."""
    from catalog.cli.remote import resource_of

    address, kind = resource_of(name)
    versions = server.ask("GET", f"{address}/versions", missing=[])
    waiting = next((one for one in versions if one["state"] == "submitted"), None)
    if waiting is None:
        raise UsageError(_NOT_WAITING.format(name=name))
    return f"/{kind}/{waiting['id']}"
