"""A symbolic link that leaves the course folder, or to a folder."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="symlink-refused",
    severity=Severity.ERROR,
    message=Text(
        "这是一个符号链接，指向课程文件夹之外、一个文件夹或不存在的文件，未读取。",
        "This is a symbolic link to something outside the course folder, to a folder or to nothing; it "
        "was not read.",
    ),
    cure=Text(
        "用文件本身代替链接：把它复制到课程文件夹里。",
        "Replace the link by the file itself: copy it into the course folder.",
    ),
)
