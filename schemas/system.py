"""What the operating system refused, in the user's words."""

import errno

from schemas.text import Text

_REASONS = {
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额已用完", "the disk quota is used up"),
    errno.EFBIG: Text("文件超过允许的大小", "the file is larger than allowed"),
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("没有权限", "permission denied"),
    errno.EROFS: Text("文件系统只读", "the file system is read-only"),
    errno.ENOENT: Text("文件或文件夹不存在", "no such file or folder"),
    errno.EEXIST: Text("那里已有同名的文件", "a file of that name is there already"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "a part of the path is not a folder"),
    errno.EISDIR: Text("这是文件夹，不是文件", "this is a folder, not a file"),
    errno.ENAMETOOLONG: Text("路径过长", "the path is too long"),
    errno.EADDRINUSE: Text(
        "端口已被占用，请用 --port 换一个", "the port is in use; choose another with --port"
    ),
    errno.EMFILE: Text("打开的文件过多", "too many open files"),
    errno.EIO: Text("磁盘报告错误", "the disk reports an error"),
}


def system_reason(error: OSError) -> Text:
    """Why, in both languages; the system's own words where there are none of ours."""
    return _REASONS.get(error.errno or 0) or Text(error.strerror or str(error))
