"""An entry of `contents` that doesn't exist."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="contents-unknown",
    severity=Severity.ERROR,
    message=Text(
        "contents 里的“{name}”不存在。",
        "“{name}” in contents doesn't exist.",
    ),
    cure=Text(
        "{hint}",
        "{hint}",
    ),
)


def hint(near: str) -> Text:
    """The cure: the nearest file or folder there is."""
    if near:
        return Text(f"是不是想写“{near}”？", f"Did you mean “{near}”?")
    return Text(
        "写文件或文件夹的名称，或从 contents 里删掉它。",
        "Write the name of a file or folder, or delete it from contents.",
    )
