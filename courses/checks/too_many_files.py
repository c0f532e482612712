"""A folder too deep or too full to be a course."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="too-many-files",
    severity=Severity.ERROR,
    message=Text(
        "课程文件夹太大：最多读取 {files} 个文件、{depth} 层文件夹。",
        "The course folder is too big: at most {files} files and {depth} levels of folders are read.",
    ),
    cure=Text(
        "确认所给的路径是课程文件夹，并把与课程无关的文件移到别处。",
        "Make sure that the path is the course folder's, and move what isn't part of the course elsewhere.",
    ),
)
