"""Front matter that is no YAML."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="front-matter-syntax",
    severity=Severity.ERROR,
    message=Text(
        "从这里起看不懂：这部分不符合 YAML 的写法。",
        "This can't be understood from here on: it isn't valid YAML.",
    ),
    cure=Text(
        "每项写成“名称: 内容”，半角冒号后留一个空格；引号和括号要成对；内容里含有冒号、# 或以 [ {{ & * ! "
        "% @ 开头时，给整段内容加上引号。",
        "Write each entry as “key: value” with a space after the colon; close every quote and bracket; "
        "put a value in quotes when it contains a colon or #, or begins with [ {{ & * ! % @.",
    ),
)
