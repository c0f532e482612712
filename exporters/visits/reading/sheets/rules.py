"""What is told of a spreadsheet."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

UNREADABLE = Rule(
    code="visit-sheet-unreadable",
    severity=Severity.ERROR,
    message=Text("读不了这张表：{why}。", "The sheet can't be read: {why}."),
    cure=Text(
        "另存为没有密码的 .xlsx，或 UTF-8 或 GBK 编码的 .csv。",
        "Save it as .xlsx without a password, or as .csv in UTF-8 or GBK.",
    ),
)
TOO_LONG = Rule(
    code="visit-sheet-too-long",
    severity=Severity.ERROR,
    message=Text("表格超过 {most} 行。", "The sheet has more than {most} rows."),
    cure=Text("删去多余的行（空行也算）。", "Delete rows that aren't needed (empty ones count)."),
)
COLUMN = Rule(
    code="visit-sheet-column",
    severity=Severity.ERROR,
    message=Text("不认识的列“{name}”。", "Unknown column “{name}”."),
    cure=Text("{hint}可用的列：{known}。", "{hint}Columns that are known: {known}."),
)
COLUMN_TWICE = Rule(
    code="visit-sheet-column-twice",
    severity=Severity.ERROR,
    message=Text("“{name}”列写了两次。", "The column “{name}” is there twice."),
    cure=Text("删去其中一列。", "Delete one of them."),
)
CELL = Rule(
    code="visit-sheet-cell",
    severity=Severity.ERROR,
    message=Text(
        "第 {row} 行“{column}”列的“{value}”不能用。", "Row {row}, column “{column}”: “{value}” won't do."
    ),
    cure=Text("{hint}这里应填：{expected}。", "{hint}Write {expected}."),
)
MISSING = Rule(
    code="visit-sheet-missing",
    severity=Severity.ERROR,
    message=Text("第 {row} 行没有“{column}”。", "Row {row} has no “{column}”."),
    cure=Text("填上这一格：{expected}。", "Fill in {expected}."),
)
