"""A file name that isn't UTF-8 or holds control characters."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="file-name-encoding",
    severity=Severity.ERROR,
    message=Text(
        "文件名不是有效的 UTF-8 文字，已跳过该文件。",
        "The file's name isn't valid UTF-8 text; the file was skipped.",
    ),
    cure=Text(
        "把文件改名。这类名称多半来自旧的压缩包：解压时请选择正确的编码（GBK）。",
        "Rename the file. Such names usually come from an old archive: choose the right encoding (GBK) "
        "when unpacking it.",
    ),
)
