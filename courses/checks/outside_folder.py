"""A path that leaves the course folder."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="outside-folder",
    severity=Severity.ERROR,
    message=Text(
        "“{target}”指向课程文件夹之外。",
        "“{target}” lies outside the course folder.",
    ),
    cure=Text(
        "把文件复制到课程文件夹里，再写从本文件出发的相对路径，例如 ../assets/图.png。",
        "Copy the file into the course folder and write a path relative to this file, such as "
        "../assets/picture.png.",
    ),
)
