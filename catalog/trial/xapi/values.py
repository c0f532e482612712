"""The value types of xAPI 1.0.3, Part Two: each function answers whether a decoded JSON value is one."""

import re
from datetime import UTC, datetime
from uuid import UUID

_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+")
# RFC 5646, its common part: language, script, region, variants, private use.
_LANGUAGE = re.compile(
    r"[a-zA-Z]{2,8}(-[a-zA-Z]{4})?(-([a-zA-Z]{2}|[0-9]{3}))?(-[a-zA-Z0-9]{4,8})*(-x(-[a-zA-Z0-9]{1,8})+)?|x(-[a-zA-Z0-9]{1,8})+"
)
_DURATION = re.compile(
    r"P(?=.)([0-9]+([.,][0-9]+)?W|([0-9]+([.,][0-9]+)?Y)?([0-9]+([.,][0-9]+)?M)?([0-9]+([.,][0-9]+)?D)?(T(?=.)([0-9]+([.,][0-9]+)?H)?([0-9]+([.,][0-9]+)?M)?([0-9]+([.,][0-9]+)?S)?)?)"
)
_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})"
)


def is_iri(value: object) -> bool:
    """An absolute IRI (2.4.3 and Appendix: IRIs with scheme)."""
    return isinstance(value, str) and bool(_IRI.fullmatch(value))


def is_uuid(value: object) -> bool:
    """A UUID in its canonical, hyphenated form (4.1.1)."""
    if not isinstance(value, str):
        return False
    try:
        return str(UUID(value)) == value.lower()
    except ValueError:
        return False


def is_number(value: object) -> bool:
    """A JSON number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_whole(value: object) -> bool:
    """A whole number, 0 or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_language_tag(value: object) -> bool:
    """An RFC 5646 language tag."""
    return isinstance(value, str) and bool(_LANGUAGE.fullmatch(value))


def is_language_map(value: object) -> bool:
    """Text by language tag (4.2)."""
    return isinstance(value, dict) and all(
        is_language_tag(tag) and isinstance(text, str) for tag, text in value.items()
    )


def is_extensions(value: object) -> bool:
    """Anything by IRI (4.1.12)."""
    return isinstance(value, dict) and all(is_iri(key) for key in value)


def is_duration(value: object) -> bool:
    """An ISO 8601 duration (4.6)."""
    return isinstance(value, str) and bool(_DURATION.fullmatch(value))


def is_timestamp(value: object) -> bool:
    """An ISO 8601 time with its offset, -00 excluded (4.5)."""
    if not isinstance(value, str) or not _TIMESTAMP.fullmatch(value):
        return False
    if re.search(r"-00(:?00)?$", value):
        return False
    try:
        parse_timestamp(value)
    except ValueError:
        return False
    return True


def parse_timestamp(value: str) -> datetime:
    """The moment that a timestamp names."""
    return datetime.fromisoformat(value.replace(",", "."))


def is_mailto(value: object) -> bool:
    """`mailto:` and an address (4.1.2.3)."""
    return isinstance(value, str) and bool(re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", value))


def is_sha1(value: object) -> bool:
    """Forty hexadecimal digits."""
    return isinstance(value, str) and bool(re.fullmatch(r"[0-9a-fA-F]{40}", value))


def now() -> str:
    """This moment as stores and the LMS side write it: UTC, with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
