"""A picture, clip or attachment that isn't in the folder."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="missing-file",
    severity=Severity.ERROR,
    message=Text(
        "找不到文件“{target}”。",
        "There is no file “{target}”.",
    ),
    cure=Text(
        "{hint}路径从本文件所在的文件夹算起；文件要放在课程文件夹里，例如 assets/。",
        "{hint}A path starts at this file's folder, and the file belongs into the course folder, for "
        "example under assets/.",
    ),
)
