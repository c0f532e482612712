"""Judges a package against every requirement that its format asks for."""

from collections.abc import Container, Iterable
from pathlib import Path

from exporters.verify.archive import open_archive
from exporters.verify.package import Package
from exporters.verify.rules import RULES
from exporters.verify.verdicts import (
    COURSE_STRUCTURE,
    MANIFEST,
    SCORM_FORMATS,
    TINCAN,
    PackageError,
    Requirement,
    Verification,
    overall,
    requirements,
)
from schemas.package import Finding, Format

_PARSED = ("manifest-safe", "manifest-encoding", "manifest-well-formed")
_AT_ROOT = "manifest-at-root"
_WHOLE = "archive-content"
_ROOTS = ("manifest-root", "course-structure-root", "tincan-root")


def verify(path: Path) -> Verification:
    """Judge the package at `path`: a finding for every requirement of its format, in the table's order, and several
    where it isn't met in several places. What makes the rest meaningless (an unsafe archive, a manifest that can't be
    read) ends it: what was met before stays in the findings, and the other requirements of its format, or of every
    format where that can't be told, are `unjudged`. Nothing is unpacked to disk. Raises UsageError when there is no
    such file, MachineError when the control documents were never built."""
    kind: Format | None = None
    possible = tuple(Format)
    findings: list[Finding] = []
    try:
        with open_archive(path) as archive:
            findings = _passed(slug for slug in _archive_gates() if slug != _WHOLE)
            for name in archive.files:
                for _ in archive.stream(name):
                    pass
            findings = _passed(_archive_gates())
            possible = _possible(archive.files)
            package = Package(archive)
            kind = package.kind
            possible = (kind,)
            findings = []
            for requirement in requirements().values():
                if kind in requirement.formats:
                    findings += _judge(requirement, package)
    except PackageError as error:
        if kind is None:
            findings += _passed(_met_before(error.slug))
        findings = [finding for finding in findings if finding.requirement != error.slug]
        findings.append(error.finding)
    answered = {finding.requirement for finding in findings}
    return Verification(
        file=path.name,
        kind=kind,
        verdict=overall(tuple(findings)),
        findings=tuple(findings),
        unjudged=tuple(
            requirement.slug
            for requirement in requirements().values()
            if requirement.slug not in answered and set(possible) <= set(requirement.formats)
        ),
    )


def _possible(names: Container[str]) -> tuple[Format, ...]:
    """The formats that a package may be of, by the files at its root; all of them where these don't tell."""
    kinds = {MANIFEST: SCORM_FORMATS, COURSE_STRUCTURE: (Format.CMI5,), TINCAN: (Format.XAPI,)}
    return next((formats for name, formats in kinds.items() if name in names), tuple(Format))


def _archive_gates() -> tuple[str, ...]:
    """What every archive that can be opened and unpacked meets."""
    return tuple(slug for slug in requirements() if slug.startswith("archive-") and slug not in RULES)


def _met_before(slug: str) -> tuple[str, ...]:
    """What a manifest meets that gets as far as `slug`. The three that are asked while it is parsed are asked in
    turns, so that none of them is certain before all are."""
    if slug in _PARSED:
        return (_AT_ROOT,)
    return (_AT_ROOT, *_PARSED) if slug in _ROOTS else ()


def _passed(slugs: Iterable[str]) -> list[Finding]:
    return [requirements()[slug].passed() for slug in slugs]


def _judge(requirement: Requirement, package: Package) -> list[Finding]:
    """The findings about one requirement. One without a rule is met by having come this far: the archive was opened
    and the manifest was read."""
    rule = RULES.get(requirement.slug)
    troubles = rule(package) if rule else iter(())
    return requirement.judged(troubles)
