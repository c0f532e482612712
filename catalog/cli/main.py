"""`lingjun`: finds the command, runs it, and turns what goes wrong into words and an exit status."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn, Protocol, cast

from catalog import __version__
from catalog.cli import words
from schemas.errors import LingjunError
from schemas.text import Language, Text

COMMANDS = (
    "new",
    "check",
    "preview",
    "trial",
    "export",
    "verify",
    "serve",
    "publish",
    "review",
    "fetch",
    "db",
    "backup",
    "restore",
    "schema",
    "visits",
    "worker",
    "doctor",
    "demo",
)

_ABOUT = Text(
    "领军：用 Markdown 编写中小企业领军人才培训课程，检查，并导出到学习平台。",
    "Lingjun: write courses for SME leaders in Markdown, check them, and export them to your LMS.",
)
_LANG = Text(
    "界面语言：zh 或 en（默认依 LINGJUN_LANG 与系统区域设置）",
    "language of messages: zh or en (default: LINGJUN_LANG, then the locale)",
)
_VERSION = Text("显示版本", "show the version")
_COMMAND = Text("命令", "COMMAND")


class Command(Protocol):
    """What a command module offers."""

    HELP: Text

    def add_arguments(self, parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
        """Declare the command's arguments, with help in the user's language."""

    def run(self, args: argparse.Namespace) -> int:
        """Do the work; the exit status."""


class _Parser(argparse.ArgumentParser):
    """argparse in the user's language, with the way to more help in each error."""

    language: Language = "zh"

    def error(self, message: str) -> NoReturn:
        hint = words.SEE_HELP.format(program=self.prog).say(self.language)
        self.exit(2, f"{words.WRONG_CALL.say(self.language)}{message}\n{hint}\n")


def command(name: str) -> Command:
    """The module of a command."""
    return cast("Command", import_module(f"catalog.cli.{name}"))


def build_parser(language: Language) -> argparse.ArgumentParser:
    """The whole command line in one language."""
    words.translate_argparse(language)
    _Parser.language = language

    def say(text: Text) -> str:
        return text.say(language).replace("%", "%%")

    shared = _Parser(add_help=False)
    shared.add_argument(
        "--lang", choices=("zh", "en"), default=argparse.SUPPRESS, metavar="LANG", help=say(_LANG)
    )
    parser = _Parser(prog="lingjun", description=say(_ABOUT), parents=[shared], allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"lingjun {__version__}", help=say(_VERSION))
    commands = parser.add_subparsers(
        dest="command", metavar=say(_COMMAND), required=True, parser_class=_Parser
    )
    for name in COMMANDS:
        module = command(name)
        help_text = say(module.HELP)
        sub = commands.add_parser(
            name, help=help_text, description=help_text, parents=[shared], allow_abbrev=False
        )
        module.add_arguments(sub, say)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Exit status: 0 done, 1 the input has errors, 2 the call is wrong, 3 the machine lacks
    something, 130 interrupted."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = words.interface_language(arguments, os.environ)
    try:
        status = _run(arguments, language)
        sys.stdout.flush()  # what is left in the buffer at exit would fail where nobody looks
    except LingjunError as error:
        print(f"{words.ERROR.say(language)}{error.message.say(language)}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:  # the reader of our output (head, less) has gone: nothing to tell
        _drop_output()
        return 0
    except OSError as error:
        print(f"{words.ERROR.say(language)}{words.machine_trouble(error, language)}", file=sys.stderr)
        _drop_output()
        return 3
    except KeyboardInterrupt:
        print(words.INTERRUPTED.say(language), file=sys.stderr)
        return 130
    return status


def _run(arguments: Sequence[str], language: Language) -> int:
    try:
        args = build_parser(language).parse_args(arguments)
    except SystemExit as done:  # help, version or a wrong call: argparse has said it
        return int(done.code or 0)
    args.language = language
    return command(args.command).run(args)


def _drop_output() -> None:
    """What couldn't be written must not be tried again when Python ends."""
    with suppress(OSError):
        sys.stdout.flush()
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
