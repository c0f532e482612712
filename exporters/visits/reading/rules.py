"""What is told of a programme's files, besides what is told of any front matter."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

PLACE = Rule(
    code="visit-place-unknown",
    severity=Severity.ERROR,
    message=Text("不知道“{city}”在哪里。", "It isn't known where “{city}” is."),
    cure=Text(
        "写上 latitude 与 longitude（度，WGS 84）。", "Write latitude and longitude (degrees, WGS 84)."
    ),
)
OPENING = Rule(
    code="visit-opening",
    severity=Severity.ERROR,
    message=Text("“{written}”不是开放时间。", "“{written}” is no opening time."),
    cure=Text("{hint}写“周一”“周一上午”，或 mon、mon-am。", "{hint}Write mon or mon-am."),
)
TWICE = Rule(
    code="visit-id-twice",
    severity=Severity.ERROR,
    message=Text("标识“{id}”在 {other} 里已经用了。", "The id “{id}” is used in {other} already."),
    cure=Text("改用另一个标识。", "Use another id."),
)
NEED_TWICE = Rule(
    code="visit-need-twice",
    severity=Severity.ERROR,
    message=Text("这个班次有两项需求都叫“{id}”。", "Two needs of this class are called “{id}”."),
    cure=Text("改用另一个 id，或不写 id。", "Use another id, or write none."),
)
NEED_BACKWARDS = Rule(
    code="visit-need-backwards",
    severity=Severity.ERROR,
    message=Text(
        "实地教学不早于 {earliest}，却不晚于 {latest}。",
        "The visit can't be before {earliest}, nor after {latest}.",
    ),
    cure=Text("对调 earliest 与 latest，或改其中一个。", "Swap earliest and latest, or change one of them."),
)
YEAR = Rule(
    code="visit-holidays-unknown",
    severity=Severity.WARNING,
    message=Text(
        "{year} 年的节假日安排还不知道，只按周末计算。",
        "The public holidays of {year} aren't known yet; only week-ends count.",
    ),
    cure=Text(
        "公布后写进 programme.md 的 off 与 working。",
        "Once they are announced, write them into off and working of programme.md.",
    ),
)
WINDOW = Rule(
    code="visit-window",
    severity=Severity.ERROR,
    message=Text(
        "上课时段 {first} 至 {last} 是倒的或超过一年。",
        "The days {first} to {last} are the wrong way round, or more than a year.",
    ),
    cure=Text("改正 from 与 to。", "Correct from and to."),
)
WISH = Rule(
    code="visit-wish-unknown",
    severity=Severity.WARNING,
    message=Text(
        "没有企业“{id}”，这个意愿不起作用。", "There is no enterprise “{id}”: the wish has no effect."
    ),
    cure=Text("{hint}改成某家企业的标识，或删去。", "{hint}Write an enterprise's id, or delete it."),
)
CURRICULUM = Rule(
    code="visit-curriculum-unknown",
    severity=Severity.ERROR,
    message=Text(
        "curricula/ 里没有培训方案“{id}”，不知道这个班次要去哪些企业。",
        "There is no curriculum “{id}” in curricula/, so that it isn't known which visits this class needs.",
    ),
    cure=Text(
        "{hint}改成某个方案的 id；几个机构的方案同名时写“机构/方案”；或把方案的文件放进 curricula/（现有：{known}）。",
        "{hint}Write a curriculum's id, with institution/ before it where several have one of the name; or put its file into "
        "curricula/ (now: {known}).",
    ),
)
