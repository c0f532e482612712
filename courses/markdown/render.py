"""A text from Markdown to a lesson's body."""

from courses.checks.file_too_large import RULE as FILE_TOO_LARGE
from courses.checks.output_too_large import RULE as OUTPUT_TOO_LARGE
from courses.markdown.contract import Body, Links, Report
from courses.markdown.page import Page
from courses.markdown.rules import RULES
from schemas.diagnostics import Place

# A lesson's text, in bytes. What the parser needs grows with it.
LARGEST = 256 * 1024
# Rendered text may be eight times its source; a short one may be this long in any case, in characters.
_GROWTH = 8
_ALWAYS = 512 * 1024


def render(
    source: str,
    *,
    file: str,
    first_line: int = 1,
    title_level: int = 1,
    language: str,
    links: Links,
    report: Report,
    with_questions: bool = True,
) -> Body:
    """The body of a lesson, a module's introduction or the overview.

    `source` is the text without front matter and title; `first_line` is the line of `file` (from 1) where it
    begins. Headings one deeper than `title_level` become h2. What is wrong goes to `report`; nothing is raised.
    """
    if too_large := len(source.encode(errors="surrogatepass")) > LARGEST:
        report(FILE_TOO_LARGE.at(Place(file, first_line), limit=LARGEST // 1024))
    page = Page(
        "" if too_large else source,
        file=file,
        first_line=first_line,
        title_level=title_level,
        language=language,
        links=links,
        report=report,
        with_questions=with_questions,
    )
    for _, rule in RULES:
        rule(page)
    html = page.html(page.tokens)
    if len(html) > max(_GROWTH * len(source), _ALWAYS):
        page.tell(OUTPUT_TOO_LARGE, page.place(0), size=len(html) // 1024)
        html = ""
    return Body(
        html=html,
        text=page.plain(page.tokens),
        questions=tuple(page.questions),
        headings=tuple(page.headings),
        assets=tuple(page.assets),
        diagrams=page.diagrams,
        anchors=tuple(page.anchors),
        links=tuple(page.lesson_links),
    )
