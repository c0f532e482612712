"""What a package is, what its receipt says, and what verification found."""

from enum import StrEnum
from typing import Literal

import msgspec

from schemas.text import Text

# One launchable unit (SCO, assignable unit, activity) a lesson, one for the course, or (html) plain web pages.
Structure = Literal["lessons", "single", "pages"]


class Format(StrEnum):
    """Package formats, as `--format` names them."""

    SCORM12 = "scorm12"
    SCORM2004_3 = "scorm2004-3"
    SCORM2004_4 = "scorm2004-4"
    CMI5 = "cmi5"
    XAPI = "xapi"
    HTML = "html"


class Verdict(StrEnum):
    """The answer to one requirement."""

    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One requirement judged. `requirement` is a stable slug, `clause` where the standard (or the LMS) says so,
    `where` the file or element in the package."""

    requirement: str
    clause: str
    verdict: Verdict
    message: Text
    cure: Text = Text()
    where: str = ""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """`receipt.json`, carried by every package: nothing in it depends on when or where it was made."""

    generator: str
    course: str  # institution/id
    title: Text
    language: str
    source_sha256: str
    format: Format
    structure: Structure
    lms: str
    lessons: int
    questions: int
    content_bytes: int
    files: int
    worst_state_characters: int
    state_limit: int
    checks: tuple[str, ...]
    import_steps: dict[str, tuple[str, ...]]  # `zh` and `en`
