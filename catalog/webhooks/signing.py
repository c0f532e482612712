"""The signature of Standard Webhooks (standardwebhooks.com, version 1): HMAC-SHA256 over identifier, time and body."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

_SECRET_BYTES = 32
_SHOWN = "whsec_"


def new_secret() -> bytes:
    """A secret that nobody guesses."""
    return secrets.token_bytes(_SECRET_BYTES)


def shown_secret(secret: bytes) -> str:
    """A secret as it is handed to the receiver."""
    return _SHOWN + base64.b64encode(secret).decode()


def headers(keys: Iterable[bytes], message_id: str, seconds: int, body: bytes) -> dict[str, str]:
    """The three headers, with a signature by each of `keys`; `seconds` since 1970."""
    signed = f"{message_id}.{seconds}.".encode() + body
    signatures = (base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode() for key in keys)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }
