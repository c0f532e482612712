"""From a stranger's archive to a folder of plain files, through the gate that every archive passes."""

from collections.abc import Iterable
from pathlib import Path

from catalog.intake.refusals import from_gate, readable_size, refusal
from catalog.settings import LimitsSettings
from courses.naming import fold, is_ignored, nfc
from courses.reader import COURSE_FILE
from exporters.verify import Limits, PackageError, SafeArchive, open_archive
from exporters.verify.names import folded, unsafe_because

_LONGEST_PART = 255  # bytes: what every common file system takes
_LEFT_BEHIND = "__macosx"  # macOS's own notes about the files


def unpack(archive: Path, folder: Path, limits: LimitsSettings) -> None:
    """Write the archive's files into `folder`, which must exist and be empty. A single folder around the course is
    left out. Raises UploadError."""
    try:
        with open_archive(archive, Limits(entries=limits.upload_files, size=limits.unpacked_bytes)) as opened:
            _unpack(opened, folder, limits)
    except PackageError as error:
        raise from_gate(error) from error


def _unpack(archive: SafeArchive, folder: Path, limits: LimitsSettings) -> None:
    readable = _readable(archive)
    paths = {name: nfc(path) for name, path in readable.items() if _is_kept(path)}
    if not paths:
        raise refusal("upload-empty")
    skipped = len(_wrapper(paths.values()))
    left = limits.unpacked_bytes
    for name in archive.files:
        if name not in paths:
            for _ in archive.stream(name):  # what isn't kept must be sound all the same
                pass
            continue
        path = paths[name][skipped:]
        if any(len(part.encode()) > _LONGEST_PART for part in path.split("/")):
            raise refusal("upload-name-too-long", name=path[:60])
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            for chunk in archive.stream(name):
                left -= len(chunk)
                if left < 0:
                    raise refusal("upload-too-large", limit=readable_size(limits.unpacked_bytes))
                file.write(chunk)


def _readable(archive: SafeArchive) -> dict[str, str]:
    """Each file's name as its author sees it. Programs of Chinese systems write names in GBK and don't say so: where one
    of those whose encoding isn't said can't be UTF-8, none is, and all are GBK if they are good, safe and unlike."""
    names = {name: name for name in archive.files}
    unsaid = {name: entry.unsaid for name, entry in archive.files.items() if entry.unsaid is not None}
    if all(_is_utf8(raw) for raw in unsaid.values()):
        return names
    try:
        chinese = {name: raw.decode("gb18030") for name, raw in unsaid.items()}
    except UnicodeDecodeError:
        return names
    fresh = names | chinese
    unlike = len({folded(path) for path in fresh.values()}) == len(fresh)
    safe = not any(unsafe_because(path) for path in chinese.values())
    return fresh if unlike and safe else names


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_kept(name: str) -> bool:
    return not any(is_ignored(part) or part.lower() == _LEFT_BEHIND for part in name.split("/"))


def _wrapper(paths: Iterable[str]) -> str:
    """`name/` when everything lies in that one folder and the course's own file right in it."""
    known = list(paths)
    first = known[0].partition("/")[0] + "/"
    inside = all(path.startswith(first) for path in known)
    return first if inside and any(fold(path) == fold(first) + COURSE_FILE for path in known) else ""
