"""Two files whose names differ only in letter case or in Unicode composition."""

from collections.abc import Iterator

from courses.manuscript import Manuscript
from courses.naming import fold
from schemas.diagnostics import Diagnostic, Place, Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="name-clash",
    severity=Severity.ERROR,
    message=Text(
        "“{name}”与“{other}”只有大小写或字符编码形式不同，在 Windows 和 macOS 上会互相覆盖。",
        "“{name}” and “{other}” differ only in letter case or Unicode form; on Windows and macOS one "
        "would replace the other.",
    ),
    cure=Text(
        "给其中一个改名。",
        "Rename one of them.",
    ),
)


def check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Among the files that the course uses and those beside them."""
    first: dict[str, str] = {}
    sources = {asset.source for asset in manuscript.course.assets}.union(manuscript.files)
    for source in sorted(sources):
        other = first.setdefault(fold(source), source)
        if other != source:
            yield RULE.at(Place(source), name=source, other=other)
