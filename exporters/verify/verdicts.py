"""What verification answers, and the table of everything that it asks.

`requirements.json` is the one list: slug, clause, formats, verdict when it isn't met, and words. Its order is the
order of the report. `exporters.verify.rules` holds one function for each slug.
"""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import islice
from typing import Literal, NamedTuple

import msgspec

from schemas.errors import InputError
from schemas.package import Finding, Format, Verdict
from schemas.text import Text

MANIFEST = "imsmanifest.xml"
COURSE_STRUCTURE = "cmi5.xml"
TINCAN = "tincan.xml"
SCORM_FORMATS = (Format.SCORM12, Format.SCORM2004_3, Format.SCORM2004_4)
MOST_FINDINGS = 10  # of one requirement; the rest is counted
_LONGEST_VALUE = 120  # characters of a value quoted from a package

_Scope = Literal["all", "manifest", "scorm", "scorm12", "scorm2004", "xapi-family", "cmi5", "xapi"]
_FORMATS: dict[_Scope, tuple[Format, ...]] = {
    "all": tuple(Format),
    "manifest": (*SCORM_FORMATS, Format.CMI5, Format.XAPI),
    "scorm": SCORM_FORMATS,
    "scorm12": (Format.SCORM12,),
    "scorm2004": (Format.SCORM2004_3, Format.SCORM2004_4),
    "xapi-family": (Format.CMI5, Format.XAPI),
    "cmi5": (Format.CMI5,),
    "xapi": (Format.XAPI,),
}
_MORE = Text("另有 {count} 处同样的问题。", "{count} more of the same kind.")


class Requirement(msgspec.Struct, frozen=True, kw_only=True):
    """One thing asked of a package. `title` says it positively; `verdict` is the answer when it isn't met;
    `message` and `cure` hold `{name}` places."""

    slug: str
    clause: str
    scope: _Scope = msgspec.field(name="for")
    verdict: Verdict
    title: Text
    message: Text
    cure: Text

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats of which it is asked."""
        return _FORMATS[self.scope]

    def passed(self) -> Finding:
        """It is met."""
        return Finding(requirement=self.slug, clause=self.clause, verdict=Verdict.PASSED, message=self.title)

    def broken(self, trouble: "Trouble") -> Finding:
        """It isn't met, because of `trouble`."""
        values = {name: _quotable(value) for name, value in trouble.values.items()}
        return Finding(
            requirement=self.slug,
            clause=self.clause,
            verdict=self.verdict,
            message=self.message.format(**values),
            cure=self.cure.format(**values),
            where=_shorten(trouble.where),
        )

    def judged(self, troubles: Iterator["Trouble"]) -> list[Finding]:
        """A finding for each trouble, as far as they can be shown; that it is met where there is none."""
        told = [self.broken(trouble) for trouble in islice(troubles, MOST_FINDINGS)]
        rest = sum(1 for _ in troubles)
        if rest:
            told.append(self.more(rest))
        return told or [self.passed()]

    def more(self, count: int) -> Finding:
        """`count` further places where it isn't met."""
        return Finding(
            requirement=self.slug,
            clause=self.clause,
            verdict=self.verdict,
            message=_MORE.format(count=count),
            cure=self.cure if "{" not in self.cure.zh else Text(),
        )


class Trouble(NamedTuple):
    """One place where a requirement isn't met: the entry (and line), and what fills the message's places."""

    where: str
    values: dict[str, object]


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """The answer about one file. `kind` is None when it can't be told; `verdict` is the worst of `findings`;
    `unjudged` are the requirements that an earlier failure made meaningless. A set holds so many `packages`, which are judged
    by themselves."""

    file: str
    kind: Format | None
    verdict: Verdict
    findings: tuple[Finding, ...]
    unjudged: tuple[str, ...] = ()
    packages: int | None = None


class PackageError(InputError):
    """A requirement that must be met before anything else can be judged, and isn't."""

    def __init__(self, slug: str, where: str = "", **values: object) -> None:
        self.slug = slug
        self.trouble = Trouble(where, values)
        self.finding = requirements()[slug].broken(self.trouble)
        place = f"{where}: " if where else ""
        super().__init__(Text(place + self.finding.message.zh, place + self.finding.message.en))


def trouble(where: str, **values: object) -> Trouble:
    """Shorthand for the rules."""
    return Trouble(where, values)


@cache
def requirements() -> dict[str, Requirement]:
    """The table by slug, in the order of the report."""
    table = (resources.files("exporters.verify") / "requirements.json").read_bytes()
    return {row.slug: row for row in msgspec.json.decode(table, type=list[Requirement])}


def overall(findings: tuple[Finding, ...]) -> Verdict:
    """The worst verdict."""
    given = {finding.verdict for finding in findings}
    return next((v for v in (Verdict.FAILED, Verdict.WARNING) if v in given), Verdict.PASSED)


def _quotable(value: object) -> object:
    """A value from a stranger's package, safe to print on a terminal and short enough to read."""
    return _shorten(value) if isinstance(value, str) else value


def _shorten(value: str) -> str:
    cut = value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)
