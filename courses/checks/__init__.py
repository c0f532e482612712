"""The checks: one rule a file, named after its code.

A rule that is noticed while a file is read holds only `RULE`; one that looks at the finished course has `check` as
well. Rules are imported when they are needed: a sound course needs few of them.
"""

from collections.abc import Iterator
from importlib import import_module

from courses.manuscript import Manuscript
from schemas.diagnostics import Diagnostic, Rule

# Every code, in the order of the documentation.
CODES = (
    # The files.
    "missing-course-file",
    "file-unreadable",
    "file-name-encoding",
    "file-too-large",
    "not-utf8",
    "control-character",
    "symlink-refused",
    "too-many-files",
    # Front matter.
    "front-matter-missing",
    "front-matter-fence",
    "front-matter-unclosed",
    "front-matter-full-width",
    "front-matter-tab",
    "front-matter-syntax",
    "front-matter-refused",
    "front-matter-too-large",
    "duplicate-key",
    "unknown-key",
    "missing-key",
    "wrong-type",
    "wrong-value",
    "edition-unknown",
    "theme-unknown",
    "tier-unknown",
    "hours-mismatch",
    # Modules and lessons.
    "contents-unknown",
    "contents-incomplete",
    "stray-lesson",
    "module-without-index",
    "missing-title",
    "no-lessons",
    "empty-module",
    "empty-lesson",
    "long-title",
    "duplicate-title",
    "missing-identifier",
    "duplicate-identifier",
    "state-key-clash",
    "unknown-prerequisite",
    "prerequisite-cycle",
    "prerequisite-after",
    # Links and files that the text names.
    "missing-file",
    "case-differs",
    "outside-folder",
    "broken-link",
    "active-file",
    "unused-asset",
    "large-asset",
    "name-clash",
    # The text.
    "audio-without-transcript",
    "video-without-captions",
    "missing-alternative-text",
    "remote-resource",
    "html-removed",
    "math-not-converted",
    "unknown-code-language",
    "look-alike",
    "space-missing",
    "skipped-heading-level",
    "duplicate-anchor",
    "empty-link",
    "footnote-missing",
    "footnote-unused",
    "unknown-container",
    "unclosed-container",
    "stray-container-end",
    "nesting-too-deep",
    "output-too-large",
    "bad-attribute",
    "unknown-attribute",
    # Questions.
    "unknown-question-type",
    "question-not-allowed",
    "nested-question",
    "question-without-prompt",
    "bad-answer",
    "no-right-answer",
    "too-few-options",
    "empty-option",
    "duplicate-option",
    "blank-count",
    "matching-table",
    "text-after-answer",
    # What the course promises.
    "unknown-objective",
    "visit-industry-unknown",
    "unknown-visit-lesson",
    "visit-lessons-backwards",
    "objective-not-assessed",
    "pass-without-questions",
)

# Those that look at the finished course, in the order of their work.
COURSE_CHECKS = (
    "edition-unknown",
    "theme-unknown",
    "tier-unknown",
    "hours-mismatch",
    "no-lessons",
    "empty-module",
    "long-title",
    "duplicate-title",
    "duplicate-identifier",
    "state-key-clash",
    "unknown-prerequisite",
    "prerequisite-cycle",
    "prerequisite-after",
    "unused-asset",
    "large-asset",
    "name-clash",
    "unknown-objective",
    "visit-industry-unknown",
    "unknown-visit-lesson",
    "visit-lessons-backwards",
    "objective-not-assessed",
    "pass-without-questions",
)


def rule(code: str) -> Rule:
    """The rule with this code."""
    found: Rule = import_module(_module(code)).RULE
    return found


def check_course(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Everything that the finished course shows to be wrong."""
    for code in COURSE_CHECKS:
        yield from import_module(_module(code)).check(manuscript)


def _module(code: str) -> str:
    return f"courses.checks.{code.replace('-', '_')}"
