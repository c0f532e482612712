"""An attachment or picture that could run script on the LMS."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="active-file",
    severity=Severity.ERROR,
    message=Text(
        "“{target}”可能含有会在学习平台上运行的程序，不能放进课程包。",
        "“{target}” may contain a program that would run on the LMS; a package can't carry it.",
    ),
    cure=Text(
        "SVG 图片请另存为“普通 SVG”或 PNG；网页与脚本请改成 PDF，或压缩成 zip 附件。",
        "Save an SVG picture as plain SVG or PNG; turn web pages and scripts into PDF or a zip attachment.",
    ),
)
