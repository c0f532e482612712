"""A file or folder can't be opened."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="file-unreadable",
    severity=Severity.ERROR,
    message=Text(
        "无法读取：{reason}。",
        "Can't be read: {reason}.",
    ),
    cure=Text(
        "检查文件是否存在、当前用户是否有读取权限，以及磁盘是否正常。",
        "Check that the file exists, that you may read it, and that the disk works.",
    ),
)
