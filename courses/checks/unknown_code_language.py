"""A code block in a language that nobody can highlight."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="unknown-code-language",
    severity=Severity.NOTE,
    message=Text(
        "不认识代码语言“{language}”，代码不着色。",
        "The code language “{language}” is unknown, so the code isn't highlighted.",
    ),
    cure=Text(
        "写常见的语言名，如 python、sql、json；不着色就写 text。",
        "Use a common name such as python, sql or json, or text for none.",
    ),
)
