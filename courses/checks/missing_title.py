"""A lesson or module without a title."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="missing-title",
    severity=Severity.WARNING,
    message=Text(
        "这个文件没有标题，暂用“{name}”。",
        "This file has no title; “{name}” is used.",
    ),
    cure=Text(
        "在正文第一行写“# 标题”。",
        "Write “# Title” on the first line of the text.",
    ),
)
