"""One text on its way from Markdown to HTML: what every rule reads, and what it adds to."""

import re
from collections.abc import Sequence
from typing import Any

from markdown_it.token import Token

from courses.checks import rule
from courses.markdown.contract import Links, Report
from courses.markdown.parser import parser
from courses.markdown.places import column_in_line
from courses.markdown.sanitise import sanitise
from courses.markdown.slots import Slots
from courses.markdown.words import plain_text
from schemas.course import Heading
from schemas.diagnostics import Place
from schemas.questions import Question
from schemas.text import Language, Text, language_of

_LINE_ENDS = re.compile(r"\r\n?")
_MOST_DIAGNOSTICS = 300


class Page:
    """The state that the ordered rules of `courses.markdown.rules` share."""

    def __init__(
        self,
        source: str,
        *,
        file: str,
        first_line: int,
        title_level: int,
        language: str,
        links: Links,
        report: Report,
        with_questions: bool,
    ) -> None:
        self.source = (
            _LINE_ENDS.sub("\n", source).replace("\0", "\ufffd")
            if "\r" in source or "\0" in source
            else source
        )
        self.lines = self.source.split("\n")
        self.file = file
        self.first_line = first_line
        self.title_level = title_level
        self.language: Language = language_of(language)
        self.links = links
        self.report = report
        self.with_questions = with_questions
        self.tokens: list[Token] = []
        self.env: dict[str, Any] = {}
        self.slots = Slots()
        self.headings: list[Heading] = []
        self.anchors: dict[str, None] = {}
        self.numbers: dict[str, int] = {}  # the last number given to each identifier, for unique ones
        self.assets: dict[str, None] = {}
        self.lesson_links: list[tuple[str, str, Place]] = []
        self.questions: list[Question] = []
        self.unbuilt = False  # a scored question could not be built
        self.unbuilt_objectives: dict[str, None] = {}  # named by such questions
        self.text: list[str] = []
        self.diagrams = False
        self._told = 0

    def say(self, words: Text) -> str:
        """The words in the course's language."""
        return words.say(self.language)

    def tell(self, code: str, place: Place, **values: object) -> None:
        """Report the diagnostic of the rule with this code, the first few hundred of a file: whoever has more repairs these first."""
        self._told += 1
        if self._told <= _MOST_DIAGNOSTICS:
            self.report(rule(code).at(place, **values))

    def place(self, line: int, column: int = -1, length: int = 0) -> Place:
        """A place in the author's file. `line` and `column` count from 0 in the source given to `render`; without
        a column it is the first character that isn't blank."""
        if column < 0:
            text = self.lines[line] if line < len(self.lines) else ""
            column = len(text) - len(text.lstrip())
        return Place(self.file, self.first_line + line, column + 1, length)

    def place_in(self, token: Token, offset: int, length: int = 0) -> Place:
        """The place of `offset` in the text of an inline or HTML token."""
        if token.map is None:
            return self.place(0)
        content = token.content
        line = min(token.map[0] + content.count("\n", 0, offset), len(self.lines) - 1)
        start = content.rfind("\n", 0, offset) + 1
        end = content.find("\n", start)
        piece = content[start:] if end < 0 else content[start:end]
        row, cell = token.meta.get("row", ((), 0))
        return self.place(line, column_in_line(self.lines[line], piece, row[:cell]) + offset - start, length)

    def html(self, tokens: Sequence[Token]) -> str:
        """The tokens as sanitised, final HTML."""
        markdown = parser()
        return self.slots.fill(sanitise(markdown.renderer.render(tokens, markdown.options, self.env)))

    def plain(self, tokens: Sequence[Token]) -> str:
        """The tokens' words."""
        return plain_text(tokens)
