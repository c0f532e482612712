"""A path that names a file only when letter case is ignored."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="case-differs",
    severity=Severity.WARNING,
    message=Text(
        "“{target}”与文件的实际名称“{actual}”大小写不同。",
        "“{target}” differs in letter case from the file's name, “{actual}”.",
    ),
    cure=Text(
        "改成“{actual}”；不然换到别的系统上（例如 Linux、GitHub）会找不到文件。",
        "Write “{actual}”; on other systems (Linux, GitHub) the file won't be found otherwise.",
    ),
)
