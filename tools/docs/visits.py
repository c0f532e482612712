"""Site visits: who gets which output and whose contact data it holds, and what is told of the files."""

from string import Formatter

from courses.curricula.rules import RULES as CURRICULA
from exporters.visits.output.audience import NAMES, SEES_HOST, SEES_INSTRUCTOR, Audience
from exporters.visits.reading import rules as files
from exporters.visits.reading.sheets import rules as sheets
from schemas.diagnostics import Rule
from schemas.text import Language, Text
from tools.docs.tables import code, table

_HEADER = (
    Text("文件夹", "Folder"),
    Text("给谁", "For"),
    Text("内容", "Content"),
    Text("企业联系人", "Contact at the host"),
    Text("带队教师", "Instructor"),
)
_CONTENT = {
    Audience.PUBLIC: Text(
        "网页日历（`index.html`，英文在 `en/`）、`visits.csv`、`visits.json`",
        "calendar pages (`index.html`, English in `en/`), `visits.csv`, `visits.json`",
    ),
    Audience.CENTRE: Text("总表 `master-plan.xlsx`", "the master plan `master-plan.en.xlsx`"),
    Audience.INSTITUTIONS: Text("各机构的日历 `.ics`", "a calendar `.ics` for each institution"),
    Audience.INSTRUCTORS: Text("各教师的日历 `.ics`", "a calendar `.ics` for each instructor"),
    Audience.CLASSES: Text(
        "各班次的日历 `.ics` 与日程 `.pdf`", "a calendar `.ics` and an agenda `.pdf` for each class"
    ),
    Audience.HOSTS: Text(
        "各企业的日历 `.ics` 与接待日程 `.pdf`", "a calendar `.ics` and an agenda `.pdf` for each host"
    ),
}
_YES, _NO = Text("有", "yes"), Text("没有", "no")


def audiences(_: str, language: Language) -> str:
    """A row for each kind of recipient."""
    rows = [
        (
            code(f"{audience}/"),
            NAMES[audience].say(language),
            _CONTENT[audience].say(language),
            (_YES if audience in SEES_HOST else _NO).say(language),
            (_YES if audience in SEES_INSTRUCTOR else _NO).say(language),
        )
        for audience in Audience
    ]
    return table([head.say(language) for head in _HEADER], rows)


_DIAGNOSTICS = (Text("代码", "Code"), Text("问题", "What is wrong"), Text("改法", "Cure"))


def visit_diagnostics(kind: str, language: Language) -> str:
    """A row for each thing that is told of the `files` and spreadsheets of a programme, or of `curricula`."""
    told = [one for module in (files, sheets) for one in vars(module).values() if isinstance(one, Rule)]
    rows = [
        (code(one.code), _spoken(one.message, language), _spoken(one.cure, language))
        for one in (CURRICULA if kind == "curricula" else told)
    ]
    return table([head.say(language) for head in _DIAGNOSTICS], rows)


def _spoken(words: Text, language: Language) -> str:
    """The words with what differs from case to case left open; a hint is said only where there is one."""
    names = {name for _, name, _, _ in Formatter().parse(words.say(language)) if name}
    return words.format(**{name: "" if name == "hint" else "…" for name in names}).say(language)
