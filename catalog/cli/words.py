"""The command line's own words, and argparse's in Chinese."""

import argparse
from collections.abc import Mapping, Sequence

from schemas.system import system_reason
from schemas.text import Language, Text, language_of

ERROR = Text("错误：", "Error: ")
WRONG_CALL = Text("用法有误：", "Wrong call: ")
SEE_HELP = Text("查看用法：{program} --help", "For help: {program} --help")
INTERRUPTED = Text("已中断。", "Interrupted.")

# argparse's messages (Python 3.11 to 3.13). A message that is missing here stays English.
_ARGPARSE = {
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "参数",
    "show this help message and exit": "显示本帮助",
    "show program's version number and exit": "显示版本",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这个取值，可选：%(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r 不是有效的 %(type)s",
    "expected one argument": "需要一个值",
    "expected at least one argument": "至少需要一个值",
    "not allowed with argument %s": "不能与 %s 同时使用",
    "one of the arguments %s is required": "需要以下参数之一：%s",
    "ignored explicit argument %r": "此选项不带值：%r",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有 %(parser_name)r 这个命令，可选：%(choices)s",
}


def translate_argparse(language: Language) -> None:
    """Let argparse speak the user's language.

    argparse looks its messages up through a module-level `_`, bound to gettext at import; gettext itself would need
    compiled catalogues on disk and the locale's cooperation, which a `--lang` flag doesn't have.
    """
    chosen = _ARGPARSE if language == "zh" else {}
    vars(argparse)["_"] = lambda message: chosen.get(message, message)


def interface_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """`--lang`, else LINGJUN_LANG, else the locale, else Chinese."""
    for position, word in enumerate(arguments):
        if word == "--lang" and position + 1 < len(arguments):
            return language_of(arguments[position + 1])
        if word.startswith("--lang="):
            return language_of(word.removeprefix("--lang="))
    for name in ("LINGJUN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value and value not in ("C", "POSIX") and not value.startswith("C."):
            return language_of(value)
    return "zh"


def machine_trouble(error: OSError, language: Language) -> str:
    """What the machine refused, with the path where there is one."""
    reason = system_reason(error).say(language)
    path = error.filename if isinstance(error.filename, str) else None
    separator = "：" if language == "zh" else ": "
    return f"{path}{separator}{reason}" if path else reason
