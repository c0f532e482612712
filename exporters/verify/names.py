"""Which entry names are safe to unpack on any system, and which are merely unwise."""

import re
import unicodedata

from exporters.verify.zip_records import UNICODE_PATH_EXTRA, UTF8_NAME, FormError, Header

MAX_NAME = 1_024  # bytes; the longest path that every common system takes

# Control characters, and those that turn the direction of writing: a name must look like what it is.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_PORTABLE = re.compile(r"[!#-)+-.0-9;=@-\[\]-{}~/ ]*")  # ASCII without the characters that Windows forbids
PORTABLE_LENGTH = 200  # Windows stops at 260 with the folder it is unpacked into


def decode_name(header: Header) -> str:
    """An entry's name: UTF-8 when its flag says so, else as most readers guess: UTF-8 if it is, else code page 437
    (APPNOTE 4.4.4 bit 11, appendix D). Raises FormError for a name that two readers would read as two names."""
    raw = header.raw_name
    try:
        name = raw.decode()
    except UnicodeDecodeError as error:
        if header.flags & UTF8_NAME:
            raise FormError(
                "文件名标为 UTF-8，实际不是", "name is not the UTF-8 that its flag promises"
            ) from error
        name = raw.decode("cp437")
    path = header.extra.get(UNICODE_PATH_EXTRA)
    if path is not None and raw.isascii() and path[5:] != raw:
        raise FormError(
            "Unicode 路径扩展字段给出了另一个文件名", "Unicode path extra field gives another name"
        )
    return name


def unsafe_because(name: str) -> str:
    """Why a name must not be unpacked, as a key of the gate's reasons; empty when it is safe."""
    parts = name.removesuffix("/").split("/")
    doubts = {
        "empty": name in ("", "/"),
        "long": len(name.encode("utf-8", "surrogatepass")) > MAX_NAME,
        "control": _INVISIBLE.search(name),
        "backslash": "\\" in name,
        "absolute": name.startswith("/"),
        "drive": ":" in name,
        "climbing": not {"", ".", ".."}.isdisjoint(parts),
        "reserved": any(_DEVICE.fullmatch(part) for part in parts),
        "trailing": any(part.endswith((".", " ")) for part in parts),
    }
    return next((reason for reason, holds in doubts.items() if holds), "")


def folded(name: str) -> str:
    """The name as a file system that ignores case and composes characters sees it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.removesuffix("/")).casefold())


def is_portable(name: str) -> bool:
    """ASCII, without characters that Windows forbids, and not too long: what every LMS unpacks."""
    return len(name) <= PORTABLE_LENGTH and _PORTABLE.fullmatch(name) is not None
