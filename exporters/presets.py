"""What each LMS needs: which format and structure work there, why, and how a package is imported.

The facts are data, one file an LMS in `lms/`; `source` in each says where they were found.
"""

from functools import cache
from pathlib import Path

import msgspec

from schemas.errors import UsageError
from schemas.package import Format, Structure
from schemas.text import Text

LMS = ("generic", "moodle", "openedx", "canvas", "blackboard", "ilias", "chamilo", "scormcloud")

SCORM_FORMATS = frozenset({Format.SCORM12, Format.SCORM2004_3, Format.SCORM2004_4})

_FOLDER = Path(__file__).parent / "lms"

# Characters of saved state: SCORM 1.2 RTE 3.4.4 (CMIString4096), SCORM 2004 RTE 4.2.25. A web page keeps its progress
# in local storage, xAPI in a State document, where there is room for more; the player needs no more.
STATE_LIMITS = {
    Format.SCORM12: 4096,
    Format.SCORM2004_3: 64_000,
    Format.SCORM2004_4: 64_000,
    Format.CMI5: 64_000,
    Format.XAPI: 64_000,
    Format.HTML: 64_000,
}
# Past 2 GiB an archive needs Zip64 extensions, which some LMSs' unpackers and most upload limits refuse.
PACKAGE_LIMIT = (1 << 31) - 1

_WEB_STEPS: dict[str, tuple[str, ...]] = {
    "zh": (
        "把 zip 文件解压到任意网站服务器的一个目录。",
        "在浏览器中打开该目录下的 index.html。学习进度保存在学员自己的浏览器里。",
    ),
    "en": (
        "Unpack the zip file into a folder of any web server.",
        "Open its index.html in a browser. Progress is kept in each learner's own browser.",
    ),
}

_UNKNOWN = Text("没有 {name} 这个学习平台预设，可选：{names}", "no preset for {name}; there are: {names}")
_UNSUPPORTED = Text(
    "{title} 不支持 {format}，可用的格式：{formats}。{why}",
    "{title} doesn't take {format}; formats that work there: {formats}. {why}",
)


class Own(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is special about one format: cmi5 and xAPI come in by other doors than SCORM."""

    structure: Structure
    source: str
    steps: dict[str, tuple[str, ...]]


class Preset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One LMS. `formats` are those that work there, the best first; `mastery_score` whether SCORM 1.2's goes
    into the manifest.
    """

    title: str
    formats: tuple[Format, ...]
    structure: Structure
    mastery_score: bool
    why: Text
    source: str
    steps: dict[str, tuple[str, ...]]  # `zh` and `en`
    own: dict[Format, Own] = {}

    def structure_for(self, package_format: Format) -> Structure:
        """The structure that works best there. Web pages are pages, and a `tincan.xml` launches one activity."""
        fixed: dict[Format, Structure] = {Format.HTML: "pages", Format.XAPI: "single"}
        own = self.own.get(package_format)
        return fixed.get(package_format) or (own.structure if own else self.structure)


@cache
def preset(name: str) -> Preset:
    """The preset of that name. Raises UsageError for an unknown one."""
    if name not in LMS:
        raise UsageError(_UNKNOWN.format(name=name, names=", ".join(LMS)))
    return msgspec.json.decode((_FOLDER / f"{name}.json").read_bytes(), type=Preset)


def require(chosen: Preset, package_format: Format) -> None:
    """Raise UsageError where the LMS doesn't take the format."""
    if package_format not in chosen.formats:
        raise UsageError(
            _UNSUPPORTED.format(
                title=chosen.title,
                format=package_format.value,
                formats=", ".join(chosen.formats),
                why=chosen.why,
            )
        )


def import_steps(chosen: Preset, package_format: Format) -> dict[str, tuple[str, ...]]:
    """What to do with the package, in both languages."""
    if package_format is Format.HTML:
        return _WEB_STEPS
    own = chosen.own.get(package_format)
    return own.steps if own else chosen.steps
