"""Words that several messages share."""

import codecs

from schemas.text import Text

_NEAR = Text("是不是想写“{near}”？", "Did you mean “{near}”? ")

_UTF16 = Text("UTF-16（“Unicode”）", "UTF-16 (“Unicode”)")
_GBK = Text("GBK（中文 Windows 的“ANSI”）", "GBK (“ANSI” on Chinese Windows)")
_OTHER_ENCODING = Text("别的编码", "another encoding")


def did_you_mean(near: str) -> Text:
    """The question after the nearest valid word; nothing where none is near."""
    return _NEAR.format(near=near) if near else Text()


def likely_encoding(raw: bytes) -> Text:
    """What the bytes of a file that is no UTF-8 look like."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _UTF16
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return _OTHER_ENCODING
    return _GBK
