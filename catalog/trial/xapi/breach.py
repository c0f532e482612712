"""A rule of a standard that was broken."""

import msgspec

from schemas.text import Text


class Breach(msgspec.Struct, frozen=True):
    """`clause` names the requirement: xAPI 1.0.3 by part and section, cmi5 by its requirement number; `path` is
    where in the statement, such as `result.score.scaled`."""

    clause: str
    path: str
    message: Text
