"""The page that lists a curriculum's courses, or any set of packages: one file, in both languages, without scripts."""

from collections.abc import Iterable, Sequence
from html import escape

from courses.curricula import Curriculum, Kind, TeachingMode
from exporters.pages.words import quantity
from exporters.sets import Listed, PackageSet
from schemas.edition import editions
from schemas.text import Text

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
:root{--paper:#faf8f3;--surface:#fffefb;--ink:#1e2a2e;--ink-2:#4f5c60;--line:#ddd7c9;--teal:#0f5660;color-scheme:light dark}
@media screen and (prefers-color-scheme:dark){
:root{--paper:#10181b;--surface:#172125;--ink:#e6e4dc;--ink-2:#a9b3b3;--line:#33413f;--teal:#8fcac4}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.6;font-family:"PingFang SC","Source Han Sans SC",
"Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei",system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
header{border-bottom:3px solid var(--teal);padding-bottom:1.25rem;margin-bottom:1.5rem}
h1{font-size:1.75rem;line-height:1.3;margin:0}
h2{font-size:1.1rem;margin:2rem 0 .6rem}
.en{display:block;color:var(--ink-2);font-size:.86em;font-weight:400}
p{margin:.6rem 0}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.9rem;margin:1.25rem 0 0}
dt{color:var(--ink-2);font-size:.8rem}
dd{margin:0}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;background:var(--surface);border:1px solid var(--line);font-size:.94rem}
th,td{text-align:left;vertical-align:top;padding:.55rem .75rem;border-bottom:1px solid var(--line)}
th{font-size:.8rem;color:var(--ink-2);font-weight:600}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
a{color:var(--teal)}
code{font-size:.86em;overflow-wrap:anywhere}
.text{max-width:42rem}
.text .table,.text pre{overflow-x:auto}
.text .box,.text blockquote{margin:.9rem 0;padding:.2rem 1rem;border-left:3px solid var(--teal);background:var(--surface)}
.text .box-title{font-weight:600}
"""

_SET = Text("课程包", "Packages")
_COURSES = Text("课程", "Courses")
_COURSE = Text("课程", "Course")
_VERSION = Text("版本", "Version")
_HOURS = Text("学时", "Hours")
_FILE = Text("文件", "File")
_OPEN = Text("打开", "open")
_PLAN = Text("学时安排", "Hours by theme and mode")
_THEME = Text("主题", "Theme")
_MODE = Text("方式", "Mode")
_VISITS = Text("实地教学", "Site visits")
_INDUSTRY = Text("行业（GB/T 4754）", "Industry (GB/T 4754)")
_COUNT = Text("次数", "Visits")
_DURATION = Text("时长", "Duration")
_CALENDAR = Text("日程", "Calendar")
_PHASE = Text("阶段", "Phase")
_STARTS = Text("开始", "Starts")
_ENDS = Text("结束", "Ends")
_EDITION = Text("年度", "Edition")
_CLASS = Text("班次类型", "Class")
_COHORT = Text("每班人数", "Trainees in a class")
_LEFT_OUT = Text("未包括", "Left out")
_REASON = Text("原因", "Reason")
_TOTAL = Text("合计", "Total")
KINDS = {
    Kind.YEAR: Text("年度班", "class of the year"),
    Kind.CAMP: Text("主题特训营", "short camp"),
}
MODES = {
    TeachingMode.CLASSROOM: Text("面授", "classroom"),
    TeachingMode.ONLINE: Text("线上", "online"),
    TeachingMode.VISIT: Text("实地教学", "site visits"),
}
DURATIONS = {"half-day": Text("半天", "half a day"), "day": Text("一天", "a day")}

_Row = Sequence[str]


def curriculum_page(found: PackageSet) -> bytes:
    """`index.html` as UTF-8."""
    curriculum = found.curriculum
    summary = _both(curriculum.summary, "p") if curriculum else ""
    facts = _facts(curriculum) if curriculum else ""
    more = f"{_plan(curriculum)}{_visits(curriculum)}{_calendar(curriculum)}" if curriculum else ""
    title = " · ".join(filter(None, (found.title.zh, found.title.en)))
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n<style>{_STYLE}</style>\n</head>\n'
        f"<body>\n<main>\n<header><h1>{_both(found.title)}</h1>{summary}{facts}</header>\n"
        f"{_text(curriculum) if curriculum else ''}{_courses(found)}{more}{_left_out(found)}</main>\n</body>\n</html>\n"
    ).encode()


def _text(curriculum: Curriculum) -> str:
    """What the curriculum says in words, in the language in which it says it."""
    if not curriculum.html:
        return ""
    return f'<div class="text" lang="{escape(curriculum.language)}">{curriculum.html}</div>\n'


def _facts(curriculum: Curriculum) -> str:
    edition = editions().get(curriculum.edition)
    rows = (
        (_EDITION, edition.name if edition else Text(curriculum.edition)),
        (_THEME, _theme(curriculum, curriculum.theme)),
        (_CLASS, KINDS[curriculum.kind]),
        (_HOURS, Text(quantity(curriculum.hours) if curriculum.hours else "")),
        (_COHORT, Text(str(curriculum.cohort or ""))),
    )
    cells = (f"<div><dt>{_both(name)}</dt><dd>{_both(value)}</dd></div>" for name, value in rows if value.zh)
    return f"<dl>{''.join(cells)}</dl>"


def _courses(found: PackageSet) -> str:
    heads = (Text("序号", "No."), _COURSE, _VERSION, _HOURS, _FILE)
    rows = [
        (
            str(number),
            f"{_both(listed.title)}<code>{escape(listed.course)}</code>",
            str(listed.number or "—"),
            quantity(listed.hours) if listed.hours else "—",
            _link(listed),
        )
        for number, listed in enumerate(found.packages, start=1)
    ]
    return _table(_COURSES if found.curriculum else _SET, heads, rows, numbers=(0, 2, 3))


def _link(listed: Listed) -> str:
    if not listed.sha256:
        return f'<a href="{escape(listed.file)}">{_both(_OPEN)}</a>'
    name = listed.file.rpartition("/")[2]
    return f'<a href="{escape(listed.file)}">{escape(name)}</a> <span class="en">{_size(listed.size)}</span>'


def _plan(curriculum: Curriculum) -> str:
    rows = [
        (_both(_theme(curriculum, line.theme)), _both(MODES[line.mode]), quantity(line.hours))
        for line in curriculum.plan
    ]
    if rows:
        rows.append((_both(_TOTAL), "", quantity(sum(line.hours for line in curriculum.plan))))
    return _table(_PLAN, (_THEME, _MODE, _HOURS), rows, numbers=(2,))


def _visits(curriculum: Curriculum) -> str:
    rows = [
        (
            _both(_theme(curriculum, visit.theme)),
            escape(visit.industry) or "—",
            str(visit.count),
            _both(DURATIONS.get(visit.duration, Text(visit.duration))),
        )
        for visit in curriculum.visits
    ]
    return _table(_VISITS, (_THEME, _INDUSTRY, _COUNT, _DURATION), rows, numbers=(2,))


def _calendar(curriculum: Curriculum) -> str:
    rows = [
        (
            _both(phase.name),
            phase.starts.isoformat(),
            phase.ends.isoformat(),
            quantity(phase.hours) if phase.hours else "—",
        )
        for phase in curriculum.calendar
    ]
    return _table(_CALENDAR, (_PHASE, _STARTS, _ENDS, _HOURS), rows, numbers=(3,))


def _left_out(found: PackageSet) -> str:
    rows = [
        (f"{_both(one.title)}<code>{escape(one.course)}</code>", _both(one.reason)) for one in found.left_out
    ]
    return _table(_LEFT_OUT, (_COURSE, _REASON), rows)


def _table(title: Text, heads: Iterable[Text], rows: Sequence[_Row], numbers: tuple[int, ...] = ()) -> str:
    """Cells are HTML already. Nothing where there are no rows."""
    if not rows:
        return ""

    def attribute(column: int) -> str:
        return ' class="n"' if column in numbers else ""

    head = "".join(f'<th scope="col"{attribute(n)}>{_both(words)}</th>' for n, words in enumerate(heads))
    body = "".join(
        f"<tr>{''.join(f'<td{attribute(n)}>{cell}</td>' for n, cell in enumerate(row))}</tr>\n"
        for row in rows
    )
    return (
        f'<section><h2>{_both(title)}</h2><div class="wide"><table>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div></section>\n"
    )


def _theme(curriculum: Curriculum, slug: str) -> Text:
    edition = editions().get(curriculum.edition)
    names = {theme.slug: theme.name for theme in edition.themes} if edition else {}
    return names.get(slug, Text(slug or "—"))


def _both(text: Text, tag: str = "") -> str:
    """Chinese, and the English below it where there is another."""
    first = escape(text.zh or text.en)
    second = (
        f'<span class="en" lang="en">{escape(text.en)}</span>'
        if text.zh and text.en and text.en != text.zh
        else ""
    )
    inner = f"{first}{second}"
    return f"<{tag}>{inner}</{tag}>" if tag and inner else inner


def _size(size: int) -> str:
    return f"{size / 1024:,.0f} KB" if size < 1 << 20 else f"{size / (1 << 20):,.1f} MB"
