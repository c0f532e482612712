"""The text of a curriculum, rendered as a course's is. A curriculum is one file: it has no pictures and no lessons of its own."""

import re

from courses.curricula.rules import TEXT_LINK
from courses.markdown import Report, render
from schemas.course import Asset
from schemas.diagnostics import Place

# Nothing leads to a heading, and the page on which the text stands has identifiers of its own.
_HEADING_ID = re.compile(r'(<h[2-6]) id="[^"]*"')


def rendered(body: str, *, file: str, first_line: int, language: str, report: Report) -> str:
    """Sanitised HTML of `body`, which begins on that line of `file`; a heading `#` becomes h2."""
    found = render(
        body,
        file=file,
        first_line=first_line,
        title_level=0,
        language=language,
        links=_Nowhere(report),
        report=report,
        with_questions=False,
    )
    return _HEADING_ID.sub(r"\1", found.html)


class _Nowhere:
    """Links of a file beside which there is nothing."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def asset(self, target: str, place: Place) -> Asset | None:
        self._report(TEXT_LINK.at(place, target=target))
        return None

    def captions(self, asset: Asset) -> tuple[tuple[str, str, Asset], ...]:  # noqa: ARG002 (there is never an asset)
        return ()

    def read_text(self, asset: Asset) -> str:  # noqa: ARG002
        return ""

    def lesson(self, target: str, place: Place) -> tuple[str, str] | None:
        self._report(TEXT_LINK.at(place, target=target))
        return None
