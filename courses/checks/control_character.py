"""An invisible control character, which no manifest can carry."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="control-character",
    severity=Severity.ERROR,
    message=Text(
        "这里有一个看不见的控制字符（{code}）。",
        "There is an invisible control character here ({code}).",
    ),
    cure=Text(
        "删掉这个字符；它多半是从别处复制文字时带进来的。",
        "Delete the character; it usually comes along when text is copied from elsewhere.",
    ),
)
