"""The commands and their arguments, as argparse has them."""

import argparse

from catalog.cli.main import COMMANDS, build_parser, command
from schemas.text import Language, Text
from tools.docs.tables import code, table

_HEADER = (Text("参数", "Argument"), Text("取值", "Values"), Text("说明", "Meaning"))
_OVERVIEW = (Text("命令", "Command"), Text("做什么", "What it does"))


def overview(_: str, language: Language) -> str:
    """Every command and what it is for."""
    rows = [(f"[`lingjun {name}`](#lingjun-{name})", command(name).HELP.say(language)) for name in COMMANDS]
    return table([head.say(language) for head in _OVERVIEW], rows)


def arguments(name: str, language: Language) -> str:
    """The arguments of one command (`db/status`: of one of its actions) without those that all share; of `lingjun`
    itself where no command is named."""
    parser = build_parser(language)
    for word in filter(None, name.split("/")):
        parser = _choices(parser)[word]
    shared = {"-h", "--lang"} if name else set()
    rows = [
        (_name(action), _values(action), action.help.replace("%%", "%"))
        for action in parser._actions  # noqa: SLF001 (argparse offers no other way to read its arguments)
        if action.help and not shared & set(action.option_strings)
    ]
    return table([head.say(language) for head in _HEADER], rows)


def subparsers(language: Language) -> dict[str, argparse.ArgumentParser]:
    """The parser of each command."""
    return _choices(build_parser(language))


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return dict(action.choices)
    return {}


def _name(action: argparse.Action) -> str:
    return "、".join(map(code, action.option_strings)) or code(str(action.metavar or action.dest))


def _values(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    if action.choices is not None:
        return ", ".join(map(code, action.choices))
    metavar = str(action.metavar or action.dest.upper())
    return code(metavar) if action.option_strings else ""
