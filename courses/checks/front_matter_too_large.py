"""Front matter over the size limit."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="front-matter-too-large",
    severity=Severity.ERROR,
    message=Text(
        "开头的信息超过 {limit} KB，未读取。",
        "The data at the top are larger than {limit} KB and were not read.",
    ),
    cure=Text(
        "这里只写课程信息，正文放到第二行 --- 之后。",
        "Keep only the course's data here; text belongs after the second ---.",
    ),
)
