"""What the checks of a curriculum say."""

from schemas.diagnostics import Rule, Severity
from schemas.text import Text

PLAN_HOURS = Rule(
    code="plan-hours-mismatch",
    severity=Severity.ERROR,
    message=Text(
        "学时安排合计 {sum} 学时，与总学时 {hours} 不符。",
        "The plan adds up to {sum} hours, the curriculum has {hours}.",
    ),
    cure=Text("改 plan 或 hours，使二者一致。", "Change plan or hours so that they agree."),
)
COURSE_HOURS = Rule(
    code="course-hours-mismatch",
    severity=Severity.WARNING,
    message=Text(
        "所选课程合计 {sum} 学时，学时安排中面授与线上共 {hours} 学时。",
        "The courses have {sum} hours together, the plan has {hours} for classroom and online.",
    ),
    cure=Text(
        "调整课程、各课程的 hours，或 plan 中的面授与线上学时。",
        "Change the courses, their hours, or the plan's hours for classroom and online.",
    ),
)
THEME_WITHOUT_HOURS = Rule(
    code="theme-without-hours",
    severity=Severity.WARNING,
    message=Text(
        "学时安排里没有本方案主题“{theme}”的学时。",
        "The plan has no hours for the curriculum's theme “{theme}”.",
    ),
    cure=Text("在 plan 中加上这个主题的学时。", "Add this theme's hours to plan."),
)
VISITS_WITHOUT_HOURS = Rule(
    code="visit-hours-missing",
    severity=Severity.WARNING,
    message=Text(
        "列出了实地教学，学时安排里却没有实地教学的学时。",
        "There are site visits, but the plan has no hours for them.",
    ),
    cure=Text("在 plan 中加一行 mode: visit。", "Add a line with mode: visit to plan."),
)
HOURS_WITHOUT_VISITS = Rule(
    code="visits-missing",
    severity=Severity.WARNING,
    message=Text(
        "学时安排里有实地教学的学时，却没有列出实地教学。",
        "The plan has hours for site visits, but there are none.",
    ),
    cure=Text("在 visits 中写明实地教学，或去掉这些学时。", "List the site visits, or take the hours out."),
)
VISIT_LESSON_UNKNOWN = Rule(
    code="visit-lesson-unknown",
    severity=Severity.ERROR,
    message=Text(
        "方案的课程里没有“{written}”。",
        "“{written}” is none of the curriculum's courses, nor a lesson of one.",
    ),
    cure=Text(
        "{hint}写 courses 中的一门课程（指整门课程），或“课程/课”，例如 {example}。",
        "{hint}Write one of courses (all of it), or course/lesson, such as {example}.",
    ),
)
VISIT_OBJECTIVE_UNKNOWN = Rule(
    code="visit-objective-unknown",
    severity=Severity.ERROR,
    message=Text(
        "方案的课程里没有学习目标“{written}”。",
        "“{written}” is no objective of the curriculum's courses.",
    ),
    cure=Text(
        "{hint}写“课程/学习目标”，例如 {example}。",
        "{hint}Write course/objective, such as {example}.",
    ),
)
COURSE_UNKNOWN = Rule(
    code="course-unknown",
    severity=Severity.ERROR,
    message=Text(
        "找不到课程“{course}”：目录里没有已发布的，也没有随方案一起给出。",
        "There is no course “{course}”: none is published in the catalogue, none came with the curriculum.",
    ),
    cure=Text(
        "核对课程标识；其他机构的课程要写“机构/课程”。在本机导出时，把课程文件夹放在 curriculum.md 旁边，或一并写在命令里；"
        "排实地教学时，把它放进计划文件夹的 courses/。",
        "Check the identifier; others' courses need their institution before it: institution/course. To export on your own "
        "machine, put the course's folder beside curriculum.md or name it in the call; to plan site visits, put it into courses/ of "
        "the programme's folder.",
    ),
)
COURSE_TWICE = Rule(
    code="course-twice",
    severity=Severity.ERROR,
    message=Text("课程“{course}”列了两次。", "The course “{course}” is listed twice."),
    cure=Text("删去其中一次。", "Delete one of them."),
)
VERSION_UNAVAILABLE = Rule(
    code="version-unavailable",
    severity=Severity.ERROR,
    message=Text(
        "课程“{course}”没有符合“{wanted}”的已发布版本。",
        "“{course}” has no published version that fits “{wanted}”.",
    ),
    cure=Text("已发布的版本：{versions}。", "Published versions: {versions}."),
)
VERSIONS_EMPTY = Rule(
    code="versions-empty",
    severity=Severity.ERROR,
    message=Text("没有任何版本能符合“{wanted}”。", "No version can fit “{wanted}”."),
    cure=Text("下限要小于上限，例如 '>=2, <5'。", "The lower bound comes first, such as '>=2, <5'."),
)
PREREQUISITE_LATER = Rule(
    code="prerequisite-later",
    severity=Severity.WARNING,
    message=Text(
        "课程“{course}”的先修课程“{needed}”没有排在它前面。",
        "“{course}” asks for “{needed}”, which doesn't come before it.",
    ),
    cure=Text("把先修课程排到前面，或换一门课程。", "Put it before, or choose another course."),
)
PHASE_BACKWARDS = Rule(
    code="phase-backwards",
    severity=Severity.ERROR,
    message=Text(
        "阶段在 {starts} 开始，却在 {ends} 结束。", "The phase starts on {starts} and ends on {ends}."
    ),
    cure=Text("结束日期不能早于开始日期。", "It can't end before it starts."),
)
PHASE_OUTSIDE = Rule(
    code="phase-outside-edition",
    severity=Severity.ERROR,
    message=Text(
        "阶段 {starts} 至 {ends} 超出{edition}（{from_day} 至 {to_day}）。",
        "The phase from {starts} to {ends} is outside the {edition} ({from_day} to {to_day}).",
    ),
    cure=Text("改日期，或改 edition。", "Change the dates or the edition."),
)
PHASES_OVERLAP = Rule(
    code="phases-overlap",
    severity=Severity.WARNING,
    message=Text(
        "阶段从 {starts} 开始，前一阶段到 {ends} 才结束。",
        "The phase starts on {starts}, before the one before it ends on {ends}.",
    ),
    cure=Text("阶段按时间先后排列，首尾不要重叠。", "Write phases in their order, without overlap."),
)
CALENDAR_HOURS = Rule(
    code="calendar-hours-mismatch",
    severity=Severity.WARNING,
    message=Text(
        "各阶段合计 {sum} 学时，与总学时 {hours} 不符。",
        "The phases have {sum} hours together, the curriculum has {hours}.",
    ),
    cure=Text("改 calendar 或 hours，使二者一致。", "Change calendar or hours so that they agree."),
)
TEXT_LINK = Rule(
    code="curriculum-text-link",
    severity=Severity.ERROR,
    message=Text(
        "“{target}”不在培训方案里：方案只有一个文件，没有图片、附件与课。",
        "“{target}” isn't in the curriculum: it is one file, without pictures, attachments and lessons.",
    ),
    cure=Text("删去，或改成完整的网址。", "Take it out, or write a whole address (https://…)."),
)

RULES = tuple(value for value in list(vars().values()) if isinstance(value, Rule))
