"""A picture, clip or frame that lies on another host."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="remote-resource",
    severity=Severity.ERROR,
    message=Text(
        "“{target}”在别的网站上，课程包无法携带；学员会看到一个链接。",
        "“{target}” lies on another host, so a package can't carry it; learners see a link.",
    ),
    cure=Text(
        "把文件下载到 assets 文件夹，再写它的相对路径。",
        "Download the file into the assets folder and give its relative path.",
    ),
)
