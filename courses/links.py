"""The links of one part of the course, with a record of every question and a digest of the answers.

A rendered part can be reused exactly as long as each question it asked still has the same answer.
"""

import hashlib
from collections.abc import Sequence
from typing import Literal, TypeVar

import msgspec

from courses.library import Captions, Library, Target
from courses.tree import Report
from schemas.course import Asset
from schemas.diagnostics import Diagnostic, Place

Answer = TypeVar("Answer")


class Question(msgspec.Struct, frozen=True, array_like=True):
    """What a part asked."""

    method: Literal["asset", "captions", "read_text", "lesson"]
    target: str
    place: Place


class PartLinks:
    """Implements `courses.markdown.contract.Links`. `own` is the lesson being rendered, if it is one; `used` are
    the assets it turned out to need."""

    def __init__(self, library: Library, own: Target | None, report: Report) -> None:
        self._library = library
        self._own = own
        self._pass_on = report
        self._heard: list[Diagnostic] = []
        self._digest = hashlib.sha256()
        self.questions: list[Question] = []
        self.used: dict[str, Asset] = {}

    def asset(self, target: str, place: Place) -> Asset | None:
        """The author's file at `target`."""
        return self._ask_asset(Question("asset", target, place))

    def captions(self, asset: Asset) -> Captions:
        """The captions beside a media file."""
        return self._ask_captions(Question("captions", asset.source, Place("")))

    def read_text(self, asset: Asset) -> str:
        """The text of a captions file."""
        return self._ask_text(Question("read_text", asset.source, Place("")))

    def lesson(self, target: str, place: Place) -> tuple[str, str] | None:
        """The lesson and address that a link leads to."""
        return self._ask_lesson(Question("lesson", target, place))

    def ask_again(self, questions: Sequence[Question]) -> None:
        """Put recorded questions once more."""
        methods = {
            "asset": self._ask_asset,
            "captions": self._ask_captions,
            "read_text": self._ask_text,
            "lesson": self._ask_lesson,
        }
        for question in questions:
            methods[question.method](question)

    def digest(self) -> bytes:
        """SHA-256 of every answer, diagnostics included."""
        return self._digest.digest()

    def _ask_asset(self, question: Question) -> Asset | None:
        asset = self._library.asset(question.target, question.place, self._heard.append)
        if asset is not None:
            self.used[asset.source] = asset
        return self._record(question, asset)

    def _ask_captions(self, question: Question) -> Captions:
        captions = self._library.captions(question.target, self._heard.append)
        self.used.update({asset.source: asset for _, _, asset in captions})
        return self._record(question, captions)

    def _ask_text(self, question: Question) -> str:
        return self._record(question, self._library.read_text(question.target, self._heard.append))

    def _ask_lesson(self, question: Question) -> tuple[str, str] | None:
        found = self._library.lesson(question.target, question.place, self._own, self._heard.append)
        return self._record(question, found)

    def _record(self, question: Question, answer: Answer) -> Answer:
        self.questions.append(question)
        self._digest.update(msgspec.msgpack.encode((answer, self._heard)))
        for diagnostic in self._heard:
            self._pass_on(diagnostic)
        self._heard.clear()
        return answer
