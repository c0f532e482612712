"""A text from Markdown to a lesson's body."""

from courses.markdown.contract import Body, Links, Report
from courses.markdown.page import Page
from courses.markdown.rules import RULES

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
    too_large = len(source.encode(errors="surrogatepass")) > LARGEST
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
    if too_large:
        page.tell("file-too-large", page.place(0), limit=LARGEST // 1024)
    for _, rule in RULES:
        rule(page)
    html = page.html(page.tokens)
    if len(html) > max(_GROWTH * len(source), _ALWAYS):
        page.tell("output-too-large", page.place(0), size=len(html) // 1024)
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
        unbuilt=page.unbuilt,
        unbuilt_objectives=tuple(page.unbuilt_objectives),
    )
