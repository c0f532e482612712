"""A question where none can be answered."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="question-not-allowed",
    severity=Severity.ERROR,
    message=Text(
        "这里不能放题目：课程总览和模块介绍不计成绩。",
        "A question can't stand here: overviews and introductions aren't scored.",
    ),
    cure=Text(
        "把它移到一课里。",
        "Move it into a lesson.",
    ),
)
