"""What is wrong, where, and how to cure it."""

from enum import StrEnum

import msgspec

from schemas.text import Text


class Severity(StrEnum):
    """How bad it is: an error stops an export, a warning and a note don't."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(msgspec.Struct, frozen=True, order=True):
    """A place in an author's file. `file` is relative to the course folder, with `/`; line and column count
    from 1, the column in characters; `length` is how many characters to underline (0: to the line's end)."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 0


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to tell the author. `code` is stable: a documented slug such as `no-right-answer`."""

    code: str
    severity: Severity
    place: Place
    message: Text
    cure: Text


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What one check says. `message` and `cure` hold `{name}` places that `at` fills in."""

    code: str
    severity: Severity
    message: Text
    cure: Text

    def at(self, place: Place, **values: object) -> Diagnostic:
        """This rule's diagnostic at `place`."""
        return Diagnostic(
            code=self.code,
            severity=self.severity,
            place=place,
            message=self.message.format(**values),
            cure=self.cure.format(**values),
        )
