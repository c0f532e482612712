"""A file or folder can't be opened."""

import errno

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


_REASONS = {
    errno.EACCES: Text("没有读取权限", "permission denied"),
    errno.EPERM: Text("没有读取权限", "permission denied"),
    errno.ENOENT: Text("文件已不存在", "the file is gone"),
    errno.EISDIR: Text("这是文件夹，不是文件", "it is a folder, not a file"),
    errno.ENAMETOOLONG: Text("路径太长", "the path is too long"),
    errno.EIO: Text("磁盘读取出错", "the disk reports an error"),
}
_OTHER = Text("系统报告错误", "the system reports an error")


def reason(error: OSError) -> Text:
    """The system's error in the author's words."""
    return _REASONS.get(error.errno or 0, _OTHER)
