"""One range of a file (RFC 9110, 14): what a download that broke off goes on with."""

import re
from typing import NamedTuple

from catalog.web.language import AnyRequest

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Part(NamedTuple):
    """The bytes from `start` up to, without, `end`, of `size`."""

    start: int
    end: int
    size: int

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self.end - self.start == self.size

    @property
    def header(self) -> str:
        """Its Content-Range."""
        return f"bytes {self.start}-{self.end - 1}/{self.size}"


def part_asked(request: AnyRequest, size: int, tag: str) -> Part | None:
    """What Range asks for; the whole where it says nothing that counts: several ranges, another unit, an If-Range that
    is another file's. None when there is nothing of the kind (416)."""
    whole = Part(0, size, size)
    found = _ONE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or request.headers.get("If-Range", tag) != tag:
        return whole
    first, last = found.groups()
    if not first:
        return (
            Part(max(0, size - int(last)), size, size)
            if last and int(last) and size
            else None
            if last
            else whole
        )
    if last and int(last) < int(first):
        return whole
    end = min(int(last) + 1, size) if last else size
    return Part(int(first), end, size) if int(first) < size else None
