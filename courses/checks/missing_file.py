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
        "{hint}",
        "{hint}",
    ),
)


def hint(near: str) -> Text:
    """The cure: the nearest file there is."""
    if near:
        return Text(f"是不是想写“{near}”？", f"Did you mean “{near}”?")
    return Text(
        "把文件放进课程文件夹（例如 assets/），并检查路径：它从本文件所在的文件夹算起。",
        "Put the file into the course folder (for example under assets/) and check the path: it starts at this file's folder.",
    )
