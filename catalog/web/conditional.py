"""Conditional requests (RFC 9110, 13): a change names what it was decided on, and what didn't change isn't sent again."""

import re

from catalog.domain.errors import DomainError, StaleError
from catalog.web.language import AnyRequest
from schemas.text import Text

_TAG = re.compile(r'"([^"]*)"')


class ConditionMissingError(DomainError):
    """A change without If-Match: what it was decided on can't be known (RFC 6585, 3)."""

    code = "if-match-required"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "请在 If-Match 中写明您读到的 ETag，以免覆盖他人的改动。",
                "Send the ETag that you read in If-Match, so that nobody's change is overwritten.",
            )
        )


def etag(value: object) -> str:
    """A strong entity tag."""
    return f'"{value}"'


def row_version_asked(request: AnyRequest) -> int:
    """The `row_version` that the client has read, from If-Match. Raises ConditionMissingError, StaleError."""
    header = request.headers.get("If-Match")
    if header is None:
        raise ConditionMissingError
    found = _TAG.fullmatch(header.strip())
    if found is None or not found[1].isdecimal() or len(found[1]) > 18:
        raise StaleError  # a weak tag, `*` or somebody else's: not the one that was given
    return int(found[1])


def is_known(request: AnyRequest, tag: str) -> bool:
    """Whether the client has this already (If-None-Match, compared weakly)."""
    header = request.headers.get("If-None-Match")
    if header is None:
        return False
    return header.strip() == "*" or tag in {f'"{found}"' for found in _TAG.findall(header)}
