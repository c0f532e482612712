"""A lesson or module that `contents` leaves out."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="contents-incomplete",
    severity=Severity.WARNING,
    message=Text(
        "contents 没有列出“{name}”，它被排在了最后。",
        "contents doesn't list “{name}”, so it was put last.",
    ),
    cure=Text(
        "把它加到 contents 里；不想放进课程的文件，文件名前加下划线 _。",
        "Add it to contents; a file that shouldn't be part of the course gets a name that begins with _.",
    ),
)
