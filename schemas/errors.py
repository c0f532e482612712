"""The errors that reach a user. Each has words in both languages and the exit status of the command line."""

from collections.abc import Sequence

from schemas.diagnostics import Diagnostic
from schemas.text import Text


class LingjunError(Exception):
    """Something the user must be told. Never shown with a stack trace."""

    exit_status = 1

    def __init__(self, message: Text) -> None:
        super().__init__(message.en or message.zh)
        self.message = message


class InputError(LingjunError):
    """The input has errors; `diagnostics` says which, where and what to do."""

    def __init__(self, message: Text, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.diagnostics = tuple(diagnostics)


class UsageError(LingjunError):
    """The call is wrong: a missing file, an unknown option value."""

    exit_status = 2


class MachineError(LingjunError):
    """The machine lacks something: disk space, a program, a permission."""

    exit_status = 3
