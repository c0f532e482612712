"""A matching question whose table isn't a list of pairs."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="matching-table",
    severity=Severity.ERROR,
    message=Text(
        "连线题要有一张两列的表：{reason}。",
        "A matching question needs a table of two columns: {reason}.",
    ),
    cure=Text(
        "左列写题目，右列写对应的答案，每行一对，第一行是表头。",
        "Put the entries left and what belongs to them right, a pair a row, under a header row.",
    ),
)
