"""What each key of a programme's files takes, in the words of who writes them: for messages, documentation and JSON Schema."""

from collections.abc import Mapping

import msgspec

from exporters.visits.reading.keys import CohortKeys, EnterpriseKeys, ProgrammeKeys
from schemas.text import Text

_DAY = Text("日期，如 2027-01-04", "a day such as 2027-01-04")
_DATES = Text("日期的列表，如 [2027-05-04]", "a list of days such as [2027-05-04]")
_NAME = Text("文字，或 {zh: 中文, en: English}", "words, or {zh: 中文, en: English}")
_ID = Text("不含空格的标识，如 class-001", "an id without blanks, such as class-001")
_COUNT = Text("1 以上的整数，如 40", "a whole number from 1, such as 40")
_POINTS = Text("0 以上的扣分，如 8", "points from 0, such as 8")
_HOURS = Text("0 至 24 的小时数，如 1.5", "hours from 0 to 24, such as 1.5")
_CLOCK = Text("起止时刻，如 ['09:00', '11:30']", "from when to when, such as ['09:00', '11:30']")
_LINES = Text("一行一条的列表，如 [进入车间须戴安全帽]", "a list of lines, such as [Wear a helmet]")
_LINE = Text("一行文字", "a line of text")
_YES = Text("true（是）或 false（否）", "true or false")
_THEME = Text("主题的标识，如 digital-empowerment", "a theme's slug such as digital-empowerment")
_INDUSTRY = Text("GB/T 4754 的代码，如 C34", "a code of GB/T 4754 such as C34")
_LANGUAGE = Text("语言，如 zh 或 en", "a language such as zh or en")

_CONTACT = {
    "name": Text("姓名", "a name"),
    "phone": Text("电话号码（加引号）", "a telephone number (in quotes)"),
    "email": Text("邮箱地址", "an e-mail address"),
}
_WHERE = {
    "province": Text("省级行政区，如 江苏省", "a province such as 江苏省"),
    "city": Text("城市，如 苏州市", "a city such as 苏州市"),
    "latitude": Text("纬度，如 31.3（可省略）", "degrees north, such as 31.3 (may be left out)"),
    "longitude": Text("经度，如 120.6（可省略）", "degrees east, such as 120.6 (may be left out)"),
}
_PROGRAMME = {
    "title": _NAME,
    "edition": Text("年度，如 2022-2023", "an edition such as 2022-2023"),
    "as_of": _DAY,
    "weights": Text(
        "各项扣分，如 {travel: 1, wishes: 5}", "points of each thing, such as {travel: 1, wishes: 5}"
    ),
    **{
        f"weights.{name}": _POINTS
        for name in ("unserved", "travel", "regions", "industries", "load", "wishes", "changes")
    },
    "timetable": Text("可用于路途的小时数，如 {noon: 1.5}", "hours for travelling, such as {noon: 1.5}"),
    **{f"timetable.{name}": _HOURS for name in ("noon", "night", "half")},
    "timetable.morning": _CLOCK,
    "timetable.afternoon": _CLOCK,
    "off": _DATES,
    "working": _DATES,
    "sample": _YES,
}
_ENTERPRISE = {
    "id": _ID,
    "name": _NAME,
    **_WHERE,
    "industry": _INDUSTRY,
    "themes": Text(
        "主题标识的列表，如 [digital-empowerment]", "a list of themes such as [digital-empowerment]"
    ),
    "open": Text("开放时间的列表，如 [周二, 周四上午]", "a list of opening times such as [tue, thu-am]"),
    "smallest": _COUNT,
    "largest": _COUNT,
    "groups": _COUNT,
    "each_week": _COUNT,
    "each_year": _COUNT,
    "notice": Text("0 至 366 天，如 7", "0 to 366 days, such as 7"),
    "closures": Text(
        "停止接待的时段，如 [{starts: 2023-05-01, ends: 2023-05-07, reason: 检修}]",
        "periods such as [{starts: 2023-05-01, ends: 2023-05-07, reason: repairs}]",
    ),
    "closures.starts": _DAY,
    "closures.ends": _DAY,
    "closures.reason": _LINE,
    "languages": Text("语言的列表，如 [zh, en]", "a list of languages such as [zh, en]"),
    "learns": _NAME,
    "address": _NAME,
    "safety": _LINES,
    "confidentiality": _LINES,
    "contact": Text(
        "联系人，如 {name: 张三, phone: '010-5550-1001'}",
        "whom to call, such as {name: Zhang San, phone: '010-5550-1001'}",
    ),
    **{f"contact.{name}": takes for name, takes in _CONTACT.items()},
    "sample": _YES,
}
_COHORT = {
    "id": _ID,
    "name": _NAME,
    **_WHERE,
    "institution": Text("机构的标识，如 tsinghua", "an institution's slug such as tsinghua"),
    "size": _COUNT,
    "days": Text(
        "上课时段的列表，如 [{from: 2027-03-08, to: 2027-03-12}]",
        "a list of teaching days such as [{from: 2027-03-08, to: 2027-03-12}]",
    ),
    "days.from": _DAY,
    "days.to": _DAY,
    "days.halves": Text("半天的列表，如 [am, pm]", "half-days such as [am, pm]"),
    "days.taught": Text(
        "true：没有实地教学的半天在课堂上课；false：不上课",
        "true: half-days without a visit are spent in the classroom; false: they are free",
    ),
    "language": _LANGUAGE,
    "curriculum": Text(
        "培训方案的 id，或“机构/方案”，如 digital-camp",
        "a curriculum's id, or institution/curriculum, such as digital-camp",
    ),
    "visits": Text(
        "需求的列表，如 [{theme: digital-empowerment, count: 2}]",
        "a list of needs such as [{theme: digital-empowerment, count: 2}]",
    ),
    "visits.id": _ID,
    "visits.theme": _THEME,
    "visits.industry": _INDUSTRY,
    "visits.count": Text("1 至 100 的整数", "a whole number from 1 to 100"),
    "visits.duration": Text("half-day（半天）或 day（一天）", "half-day or day"),
    "visits.earliest": _DAY,
    "visits.latest": _DAY,
    "visits.objectives": Text(
        "学习目标的文字，如 [能够完成诊断]", "objectives in words, such as [Diagnose your firm]"
    ),
    "visits.source": _LINE,
    "instructor": Text(
        "带队教师，如 {name: 李四, phone: '010-5551-1001'}",
        "the teacher in charge, such as {name: Li Si, phone: '010-5551-1001'}",
    ),
    **{f"instructor.{name}": takes for name, takes in _CONTACT.items()},
    "wishes": Text("企业标识的列表，如 [host-001]", "a list of enterprises' ids such as [host-001]"),
    "sample": _YES,
}

# By the struct that the front matter is read into.
TAKES: dict[type[msgspec.Struct], Mapping[str, Text]] = {
    ProgrammeKeys: _PROGRAMME,
    EnterpriseKeys: _ENTERPRISE,
    CohortKeys: _COHORT,
}
