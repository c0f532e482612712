"""Passwords: argon2id with the library's defaults (RFC 9106's second choice: 64 MiB, three passes)."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from schemas.errors import UsageError
from schemas.text import Text

_LEAST, _MOST = 10, 256  # characters; more would let a stranger buy hashing time with a long password
_BAD = Text("密码需为 {least} 到 {most} 个字符。", "A password has {least} to {most} characters.")


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")


def hash_password(password: str) -> str:
    """The hash to keep. Raises UsageError for a password that is too short or too long."""
    if not _LEAST <= len(password) <= _MOST:
        raise UsageError(_BAD.format(least=_LEAST, most=_MOST))
    return _hasher().hash(password)


def verify_password(kept: str | None, password: str) -> bool:
    """Whether the password is right. Takes as long where there is none, so that time tells nothing."""
    try:
        return _hasher().verify(kept or _nobodys(), password[: _MOST + 1]) and kept is not None
    except VerificationError:
        return False


def is_outdated(kept: str) -> bool:
    """Whether the library's defaults have grown since this was hashed."""
    return _hasher().check_needs_rehash(kept)
