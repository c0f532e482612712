"""Words that several messages share."""

import codecs
import errno

from schemas.text import Text

_NEAR = Text("是不是想写“{near}”？", "Did you mean “{near}”? ")

_REASONS = {
    errno.EACCES: Text("没有读取权限", "permission denied"),
    errno.EPERM: Text("没有读取权限", "permission denied"),
    errno.ENOENT: Text("文件已不存在", "the file is gone"),
    errno.EISDIR: Text("这是文件夹，不是文件", "it is a folder, not a file"),
    errno.ENAMETOOLONG: Text("路径太长", "the path is too long"),
    errno.EIO: Text("磁盘读取出错", "the disk reports an error"),
}
_OTHER_REASON = Text("系统报告错误", "the system reports an error")

_UTF16 = Text("UTF-16（“Unicode”）", "UTF-16 (“Unicode”)")
_GBK = Text("GBK（中文 Windows 的“ANSI”）", "GBK (“ANSI” on Chinese Windows)")
_OTHER_ENCODING = Text("别的编码", "another encoding")


def did_you_mean(near: str) -> Text:
    """The question after the nearest valid word; nothing where none is near."""
    return _NEAR.format(near=near) if near else Text()


def system_reason(error: OSError) -> Text:
    """The system's error in the author's words."""
    return _REASONS.get(error.errno or 0, _OTHER_REASON)


def likely_encoding(raw: bytes) -> Text:
    """What the bytes of a file that is no UTF-8 look like."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _UTF16
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return _OTHER_ENCODING
    return _GBK
