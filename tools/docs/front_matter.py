"""The keys of front matter with what each takes and is for, and the words of the editions."""

import msgspec

from courses.curricula.keys import TAKES as CURRICULUM_TAKES
from courses.curricula.keys import CurriculumKeys
from courses.front_matter.keys import LESSON_TAKES, MODULE_TAKES, TAKES, CourseKeys, LessonKeys, ModuleKeys
from schemas import edition
from schemas.text import Language, Text
from tools.docs.tables import code, table

_HEADER = (
    Text("字段", "Key"),
    Text("取值与例子", "Takes, for example"),
    Text("不写时", "Without it"),
    Text("用处", "What for"),
)
_REQUIRED = Text("**必填**", "**required**")
_KINDS: dict[str, tuple[type[msgspec.Struct], dict[str, Text]]] = {
    "course": (CourseKeys, TAKES),
    "module": (ModuleKeys, MODULE_TAKES),
    "lesson": (LessonKeys, LESSON_TAKES),
    "curriculum": (CurriculumKeys, CURRICULUM_TAKES),
}
_FROM_HEADING = Text("由标题或文件名得出", "from the heading or the file name")
_NONE = Text("无", "none")
_BY_NUMBER = Text("按文件名前的数字", "by the numbers before the names")

# What a key is for. A key that isn't here is a mistake: `python -m tools.docs` then fails.
PURPOSES: dict[str, Text] = {
    "course id": Text(
        "课程的永久标识，在机构内不重复；学员记录靠它对上，发布后不要改",
        "the course's permanent name within the institution; learners' records hang on it, so never change it",
    ),
    "course title": Text("课程名称", "the course's title"),
    "course edition": Text(
        "年度，决定可用的主题与企业梯度",
        "the programme edition, which decides the themes and tiers there are",
    ),
    "course institution": Text("培训承担机构的标识", "the institution that offers the course"),
    "course summary": Text(
        "一两句简介，写入课程包的元数据", "a sentence or two, written into the package's metadata"
    ),
    "course language": Text(
        "正文语言，也决定学员界面用中文还是英文",
        "language of the text; the learner's interface is Chinese or English accordingly",
    ),
    "course themes": Text("课程覆盖的主题与各占学时", "the themes that the course covers, with hours"),
    "course audience": Text("面向的企业梯度", "the tiers of enterprise it is for"),
    "course hours": Text("总学时", "hours in all"),
    "course mode": Text("教学方式", "how it is taught"),
    "course objectives": Text(
        "学习目标；题目用 `objectives=` 指明考查哪一个",
        "learning objectives; questions name the ones they assess with `objectives=`",
    ),
    "course objectives.id": Text("学习目标的标识", "the objective's identifier"),
    "course objectives.text": Text("学习目标的内容", "the objective in words"),
    "course prerequisites": Text("先修课程（只作说明）", "courses to take before (for information)"),
    "course instructors": Text("授课人，显示在封面", "who teaches, shown on the cover"),
    "course instructors.name": Text("姓名", "name"),
    "course instructors.title": Text("职称或职务", "title or position"),
    "course instructors.affiliation": Text("单位", "affiliation"),
    "course pass": Text(
        "怎样算通过，见[计分与通过](#scoring)", "when the course is passed, see [Scoring](#scoring)"
    ),
    "course pass.score": Text("需要的得分比例", "share of the points needed"),
    "course pass.lessons": Text("需要完成的课的比例", "share of the lessons to complete"),
    "course pass.attempts": Text("全部题目最多做几轮", "how often all questions may be taken"),
    "course sequence": Text("学习顺序：自由，或学完一课才开下一课", "free, or one lesson after the other"),
    "course visits": Text("需要的实地教学", "site visits that the course asks for"),
    "course visits.theme": Text("实地教学的主题", "the visit's theme"),
    "course visits.industry": Text("希望参访企业的行业", "industry of the enterprise"),
    "course visits.count": Text("参访几家", "how many enterprises"),
    "course visits.duration": Text("每次多久", "how long each takes"),
    "course visits.objectives": Text("为哪些学习目标服务", "the objectives it serves"),
    "course visits.earliest": Text("上完哪一课才去", "the lesson that has to be taught before"),
    "course visits.latest": Text("不晚于哪一课", "the lesson by which it has to take place"),
    "course licence": Text("内容的使用许可", "the licence of the content"),
    "course sample": Text("标明是示例课程，处处显示“示例”", "marks sample data wherever it is shown"),
    "course contents": Text(
        "模块文件夹的顺序，代替数字前缀",
        "order of the module folders, instead of the numbers before their names",
    ),
    "module id": Text("模块的永久标识", "the module's permanent identifier"),
    "module title": Text("模块标题，代替正文的 `#` 标题", "the module's title, instead of the `#` heading"),
    "module prerequisites": Text("先要学完的模块", "modules to finish first"),
    "module contents": Text(
        "课文件的顺序，代替数字前缀", "order of the lesson files, instead of the numbers before their names"
    ),
    "lesson id": Text("课的永久标识", "the lesson's permanent identifier"),
    "lesson title": Text("课的标题，代替正文的 `#` 标题", "the lesson's title, instead of the `#` heading"),
    "lesson minutes": Text("预计用时，显示在目录里", "how long it takes, shown in the contents"),
    "curriculum id": Text(
        "方案的永久标识，在机构内不重复",
        "the curriculum's permanent name within the institution",
    ),
    "curriculum title": Text("方案名称", "the curriculum's title"),
    "curriculum edition": Text("年度", "the programme edition"),
    "curriculum theme": Text("方案的主题", "the curriculum's theme"),
    "curriculum class": Text("为哪种班次制定", "the kind of class it is for"),
    "curriculum institution": Text("培训承担机构的标识", "the institution that teaches it"),
    "curriculum summary": Text("一两句简介", "a sentence or two"),
    "curriculum language": Text("正文语言", "language of the text"),
    "curriculum cohort": Text("每班人数", "trainees in a class"),
    "curriculum hours": Text("总学时，与 plan 之和相同", "hours in all, the sum of plan"),
    "curriculum courses": Text("按授课顺序列出的课程", "the courses in the order in which they are taught"),
    "curriculum courses.course": Text("哪一门课程", "which course"),
    "curriculum courses.version": Text(
        "可用的版本；发布时取其中最高的已发布版本，此后不变",
        "the versions that will do: at publication the highest published one is taken, for good",
    ),
    "curriculum courses.hours": Text("这门课在方案里占的学时", "the hours that it has in this curriculum"),
    "curriculum visits": Text("需要的实地教学", "site visits that the curriculum asks for"),
    "curriculum visits.theme": Text("实地教学的主题", "the visit's theme"),
    "curriculum visits.industry": Text("希望参访企业的行业", "industry of the enterprise"),
    "curriculum visits.count": Text("参访几家", "how many enterprises"),
    "curriculum visits.duration": Text("每次多久", "how long each takes"),
    "curriculum visits.objectives": Text("为哪些学习目标服务", "the objectives it serves"),
    "curriculum visits.earliest": Text("上完哪门课程或哪一课才去", "what has to be taught before"),
    "curriculum visits.latest": Text("不晚于哪门课程或哪一课", "by when it has to take place"),
    "curriculum plan": Text("各主题、各方式的学时", "hours by theme and mode"),
    "curriculum plan.theme": Text("主题", "theme"),
    "curriculum plan.mode": Text("教学方式", "how it is taught"),
    "curriculum plan.hours": Text("学时", "hours"),
    "curriculum calendar": Text("各阶段的日期，按先后", "the phases and their dates, in order"),
    "curriculum calendar.name": Text("阶段名称", "the phase's name"),
    "curriculum calendar.starts": Text("第一天", "its first day"),
    "curriculum calendar.ends": Text("最后一天", "its last day"),
    "curriculum calendar.hours": Text("这一阶段的学时", "its hours"),
}
_DEFAULTS = {
    "module id": _FROM_HEADING,
    "module title": _FROM_HEADING,
    "module contents": _BY_NUMBER,
    "lesson id": _FROM_HEADING,
    "lesson title": _FROM_HEADING,
    "course contents": _BY_NUMBER,
}
_LANGUAGES = (".zh", ".en")


def keys(kind: str, language: Language) -> str:
    """Every key of one kind of front matter."""
    struct, takes = _KINDS[kind]
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    names = [name for top in fields for name in takes if name == top or name.startswith(f"{top}.")]
    rows = [
        (
            code(name),
            takes[name].say(language),
            _default(kind, name, fields, language),
            PURPOSES[f"{kind} {name}"].say(language),
        )
        for name in names
        if not name.endswith(_LANGUAGES)
    ]
    return table([head.say(language) for head in _HEADER], rows)


def _default(kind: str, name: str, fields: dict[str, msgspec.structs.FieldInfo], language: Language) -> str:
    if f"{kind} {name}" in _DEFAULTS:
        return _DEFAULTS[f"{kind} {name}"].say(language)
    field = fields.get(name)
    if field is None:
        return _inner_default(name, language)
    if field.required:
        return _REQUIRED.say(language)
    value = field.default
    if isinstance(value, str | bool | int | float) and value not in ("", 0.0):
        return code(str(value).lower() if isinstance(value, bool) else str(value))
    return code("false") if value is False else _NONE.say(language)


# The keys inside others: the value that stands where none is written.
_INNER = {
    "pass.lessons": "all",
    "pass.attempts": "0",
    "visits.count": "1",
    "visits.duration": "half-day",
    "courses.version": ">=1",
}
_INNER_REQUIRED = (
    "objectives.id",
    "objectives.text",
    "instructors.name",
    "courses.course",
    "plan.theme",
    "plan.mode",
    "plan.hours",
    "calendar.name",
    "calendar.starts",
    "calendar.ends",
)


def _inner_default(name: str, language: Language) -> str:
    if name in _INNER_REQUIRED:
        return _REQUIRED.say(language)
    return code(_INNER[name]) if name in _INNER else _NONE.say(language)


def editions(_: str, language: Language) -> str:
    """The themes and audience tiers of every edition."""
    header = (Text("年度", "Edition"), Text("主题", "Themes"), Text("企业梯度", "Audience tiers"))
    rows = [
        (
            f"{code(one.code)} {one.name.say(language)}",
            "<br>".join(f"{code(term.slug)} {term.name.say(language)}" for term in one.themes),
            "<br>".join(f"{code(term.slug)} {term.name.say(language)}" for term in one.tiers),
        )
        for one in edition.editions().values()
    ]
    return table([head.say(language) for head in header], rows)
