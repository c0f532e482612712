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
        "{hint}这里写文件或文件夹的名称，多余的请删掉。",
        "{hint}Write the name of a file or folder, or delete the entry.",
    ),
)
