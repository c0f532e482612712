"""`receipt.json`: what a package is made of and what was made sure of, for whoever finds the package later."""

import msgspec

from exporters.contents import Plan
from exporters.presets import STATE_LIMITS, import_steps, preset
from schemas.course import Course
from schemas.package import Format, Receipt

# True of every package that `export` finishes, or it wouldn't have.
CHECKS = ("source-without-errors", "names-ascii-and-unique", "assets-readable", "state-fits")
_SCORM_CHECKS = ("manifest-first", "control-documents-at-root", "files-listed")
_XAPI_CHECKS = ("manifest-first", "identifiers-absolute-and-unique")
FORMAT_CHECKS = {
    Format.SCORM12: _SCORM_CHECKS,
    Format.SCORM2004_3: _SCORM_CHECKS,
    Format.SCORM2004_4: _SCORM_CHECKS,
    Format.CMI5: _XAPI_CHECKS,
    Format.XAPI: _XAPI_CHECKS,
}


def make_receipt(
    course: Course,
    plan: Plan,
    *,
    lms: str,
    generator: str,
    files: int,
    content_bytes: int,
    worst_state_characters: int,
) -> Receipt:
    """The receipt of a package with `files` files of `content_bytes` in all before it. Nothing in it depends on
    when, where or by whom the package was made.
    """
    checks = (*CHECKS, *FORMAT_CHECKS.get(plan.format, ()))
    return Receipt(
        generator=generator,
        course=f"{course.institution}/{course.id}",
        title=course.title,
        language=course.language,
        source_sha256=course.source_hash,
        format=plan.format,
        structure=plan.structure,
        lms=lms,
        lessons=len(course.lessons),
        questions=sum(len(lesson.questions) for lesson in course.lessons),
        content_bytes=content_bytes,
        files=files + 1,
        worst_state_characters=worst_state_characters,
        state_limit=STATE_LIMITS[plan.format],
        checks=checks,
        import_steps=import_steps(preset(lms), plan.format),
    )


def encode_receipt(receipt: Receipt) -> bytes:
    """The receipt as indented JSON: people read it too."""
    return msgspec.json.format(msgspec.json.encode(receipt), indent=2) + b"\n"
