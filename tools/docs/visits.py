"""Who gets which output of the site-visit plan, and whose contact data it holds."""

from exporters.visits.output.audience import NAMES, SEES_HOST, SEES_INSTRUCTOR, Audience
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
