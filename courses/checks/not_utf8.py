"""A text file in GBK, UTF-16 or another foreign encoding."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

RULE = Rule(
    code="not-utf8",
    severity=Severity.ERROR,
    message=Text(
        "文件不是 UTF-8 编码，看来是 {encoding}。",
        "The file isn't encoded in UTF-8; it seems to be {encoding}.",
    ),
    cure=Text(
        "用记事本打开，选择“另存为”，把编码改为 UTF-8 再保存（在 VS Code 中：点状态栏的编码名称，先“通过"
        "编码重新打开”，再“通过编码保存”）。",
        "Open it in Notepad, choose “Save as” and set the encoding to UTF-8 (in VS Code: click the "
        "encoding in the status bar, first “Reopen with encoding”, then “Save with encoding”).",
    ),
)
