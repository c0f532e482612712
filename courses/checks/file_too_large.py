"""A file longer than a lesson can be."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="file-too-large",
    severity=Severity.ERROR,
    message=Text(
        "文件超过 {limit} KB 的上限。",
        "The file is larger than the {limit} KB allowed.",
    ),
    cure=Text(
        "把它拆成几课。",
        "Split it into several lessons.",
    ),
)
