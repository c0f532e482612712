"""Judges a package against every requirement that its format asks for."""

from itertools import islice
from pathlib import Path

from exporters.verify.archive import open_archive
from exporters.verify.package import Package
from exporters.verify.rules import RULES
from exporters.verify.verdicts import (
    MOST_FINDINGS,
    PackageError,
    Requirement,
    Verification,
    overall,
    requirements,
)
from schemas.package import Finding, Format


def verify(path: Path) -> Verification:
    """Judge the package at `path`: a finding for every requirement of its format, in the table's order, and several
    where it isn't met in several places. What makes the rest meaningless (an unsafe archive, a manifest that can't be
    read) ends it: the other requirements are `unjudged`. Nothing is unpacked to disk. Raises UsageError when there is
    no such file, MachineError when the control documents were never built."""
    kind: Format | None = None
    findings: list[Finding] = []
    try:
        with open_archive(path) as archive:
            for name in archive.files:
                for _ in archive.stream(name):
                    pass
            package = Package(archive)
            kind = package.kind
            for requirement in requirements().values():
                if kind in requirement.formats:
                    findings += _judge(requirement, package)
    except PackageError as error:
        findings = [error.finding]
    answered = {finding.requirement for finding in findings}
    return Verification(
        file=path.name,
        kind=kind,
        verdict=overall(tuple(findings)),
        findings=tuple(findings),
        unjudged=tuple(slug for slug in requirements() if kind is None and slug not in answered),
    )


def _judge(requirement: Requirement, package: Package) -> list[Finding]:
    """The findings about one requirement. One without a rule is met by having come this far: the archive was opened
    and the manifest was read."""
    rule = RULES.get(requirement.slug)
    troubles = rule(package) if rule else iter(())
    told = [requirement.broken(trouble) for trouble in islice(troubles, MOST_FINDINGS)]
    rest = sum(1 for _ in troubles)
    if rest:
        told.append(requirement.more(rest))
    return told or [requirement.passed()]
