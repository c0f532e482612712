"""A picture without words for those who can't see it."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="missing-alternative-text",
    severity=Severity.WARNING,
    message=Text(
        "图片“{target}”没有替代文字。",
        "The picture “{target}” has no alternative text.",
    ),
    cure=Text(
        "在方括号里写明图中内容：![…]({target})；纯装饰的图在后面加 {{.decorative}}",
        "Say in the brackets what it shows: ![…]({target}); after a purely decorative one add {{.decorative}}",
    ),
)
