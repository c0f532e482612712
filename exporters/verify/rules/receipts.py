"""Rules about our own `receipt.json`: what it promises is what is there. Packages without one have nothing to keep."""

from collections.abc import Iterator

import msgspec

from exporters.verify.package import RECEIPT, Package
from exporters.verify.verdicts import Trouble, trouble
from schemas.package import Receipt
from schemas.text import Text

_MOST_BYTES = 1 << 20
_FORMAT = Text("写的格式是 {said}，实为 {found}", "says format {said}, is {found}")
_FILES = Text("写的文件数是 {said}，实为 {found}", "says {said} files, has {found}")
_BYTES = Text("写的内容字节数是 {said}，实为 {found}", "says {said} bytes of content, has {found}")


def receipt(package: Package) -> Iterator[Trouble]:
    """Format, number of files, and bytes (its own left out: it is written last)."""
    if not _is_ours(package):
        return
    try:
        said = _read(package)
    except msgspec.MsgspecError as error:
        yield trouble(RECEIPT, detail=str(error))
        return
    size = sum(entry.size for name, entry in package.names.items() if name != RECEIPT)
    if said.format is not package.kind:
        yield trouble(RECEIPT, detail=_FORMAT.format(said=said.format.value, found=package.kind.value))
    if said.files != len(package.names):
        yield trouble(RECEIPT, detail=_FILES.format(said=said.files, found=len(package.names)))
    if said.content_bytes != size:
        yield trouble(RECEIPT, detail=_BYTES.format(said=said.content_bytes, found=size))


def state_fits(package: Package) -> Iterator[Trouble]:
    """The worst case that the exporter computed, against the limit that it names (0: none)."""
    if not _is_ours(package):
        return
    try:
        said = _read(package)
    except msgspec.MsgspecError:
        return  # told by the rule above
    if 0 < said.state_limit < said.worst_state_characters:
        yield trouble(RECEIPT, worst=said.worst_state_characters, limit=said.state_limit)


def _is_ours(package: Package) -> bool:
    """Other tools may call a file so, too."""
    return RECEIPT in package.names and b'"source_sha256"' in package.archive.read(RECEIPT, _MOST_BYTES)


def _read(package: Package) -> Receipt:
    return msgspec.json.decode(package.archive.read(RECEIPT, _MOST_BYTES), type=Receipt)
