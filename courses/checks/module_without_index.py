"""A module folder without `index.md`."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="module-without-index",
    severity=Severity.WARNING,
    message=Text(
        "这个模块没有 index.md，标题暂用文件夹名“{name}”。",
        "This module has no index.md; its title is the folder's name, “{name}”.",
    ),
    cure=Text(
        "在文件夹里新建 index.md，第一行写“# 模块标题”，下面可以写模块简介。",
        "Create index.md in the folder with “# Module title” on its first line and an introduction below.",
    ),
)
