"""A first line that was meant to be `---`."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="front-matter-fence",
    severity=Severity.ERROR,
    message=Text(
        "课程信息要从文件的第一行开始，而且这一行只写三个半角减号 ---。",
        "The data must begin on the file's first line, and that line is just three hyphens, ---.",
    ),
    cure=Text(
        "删掉上面的空行，并把这一行改成 ---。",
        "Delete the blank lines above and make this line ---.",
    ),
)
