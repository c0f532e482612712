"""A question as the author wrote it, on its way to one of the types."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

from markdown_it.token import Token

from courses.questions.blocks import Block, answer_kind, cut, divide
from courses.questions.settings import Settings
from schemas.diagnostics import Place
from schemas.identifiers import state_key
from schemas.text import Text

if TYPE_CHECKING:
    from courses.markdown.page import Page

_NO_LINES = Text(
    "这种题的答案是列表或表格，不写“=”",
    "a list or a table answers a question of this type, not a line with “=”",
)
_EXAMPLES = {"choice": "- [x] …", "likert": "- …", "sequencing": "1. …", "matching": "| … | … |"}


class Common(TypedDict):
    """The fields that all types share, as `schemas.questions.QuestionBase` has them."""

    id: str
    key: str
    place: Place
    prompt: str
    text: str
    points: float
    attempts: int
    shuffle: bool
    objectives: tuple[str, ...]
    explanation: str


class Draft:
    """One question's parts, with what its type needs to read them and to tell mistakes."""

    def __init__(
        self, page: "Page", opening: Token, content: Sequence[Token], kind: str, settings: Settings
    ) -> None:
        self.page = page
        self.kind = kind
        self.settings = settings
        directive = opening.meta["directive"]
        self.line: int = opening.map[0] if opening.map else 0
        length = len(page.lines[self.line].rstrip()) - directive.column
        self.place = page.place(self.line, directive.column, length)
        self.parts = divide(cut(content), kind)
        self.sound = True
        self._tell_full_width_signs()
        if answer_kind(kind) != "answer":
            self._tell_lines_out_of_place(content)

    @property
    def answers(self) -> list[Block]:
        """The blocks that hold the answer: `= …` lines, or one list or table."""
        return self.parts.answers

    def _tell_full_width_signs(self) -> None:
        """`＝ 答案` is understood, and told."""
        for block in self.answers:
            token = block.tokens[0]
            if token.type == "answer" and token.markup == "＝":
                line = token.map[0] if token.map else self.line
                place = self.page.place(line, self.page.lines[line].find("＝"), 1)
                self.page.tell("look-alike", place, found="＝", repaired=f"= {token.content[:40]}")

    def _tell_lines_out_of_place(self, content: Sequence[Token]) -> None:
        """`= …` where a list or table answers: it would be shown nowhere."""
        for token in content:
            if token.type == "answer":
                self.tell(
                    "bad-answer",
                    self.place_of(token),
                    found=f"= {token.content[:40]}",
                    reason=_NO_LINES,
                    example=_EXAMPLES[self.kind],
                )

    def tell(self, code: str, place: Place | None = None, **values: object) -> None:
        """Report a mistake; the question isn't built."""
        self.sound = False
        self.page.tell(code, place or self.place, **values)

    def place_of(self, token: Token, length: int = 0) -> Place:
        """Where a block of the question begins."""
        return self.page.place(token.map[0] if token.map else self.line, length=length)

    def html(self, tokens: Sequence[Token]) -> str:
        """A final fragment."""
        return self.page.html(tokens).strip()

    def common(self) -> Common:
        """The shared fields. Call it once: it reports a missing prompt and identifier."""
        parts, settings = self.parts, self.settings
        text = self.page.plain(parts.prompt)
        prompt = self.html(parts.prompt)
        if not prompt:
            self.tell("question-without-prompt")
        if parts.late:
            self.page.tell("text-after-answer", self.place_of(parts.late[0]))
        return Common(
            id=(identifier := settings.id or self._derived(text)),
            key=state_key(identifier),
            place=self.place,
            prompt=prompt,
            text=text,
            points=settings.points,
            attempts=settings.attempts,
            shuffle=settings.shuffle,
            objectives=settings.objectives,
            explanation=self.html(parts.explanation) if parts.explanation else "",
        )

    def _derived(self, text: str) -> str:
        """An identifier that depends on the question's type and words alone."""
        digest = hashlib.sha256(f"{self.kind}\n{text}".encode()).hexdigest()[:8]
        self.page.tell("missing-identifier", self.place, id=f"q-{digest}")
        return f"q-{digest}"
