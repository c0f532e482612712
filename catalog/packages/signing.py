"""Ed25519 signatures over what the catalogue says of its packages.

What is signed is a statement: JSON in one canonical form (UTF-8, keys sorted, no white space, no fractions), behind a
line that names its kind, so that one kind of statement never passes for another. A signed document is JSON too:

    {"key": "<key id>", "payload": {…}, "signature": "<base64>"}

The key id is the first 16 hexadecimal digits of the SHA-256 of the 32 bytes of the public key (RFC 8032, 5.1.5).
Keys are kept as PEM (PKCS #8, SubjectPublicKeyInfo: RFC 8410), as `openssl` reads and writes them.
"""

import base64
import binascii
import hashlib
import os
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from catalog.packages.refusals import SignatureError
from schemas.errors import MachineError, UsageError
from schemas.system import system_reason
from schemas.text import Text

T = TypeVar("T", bound=msgspec.Struct)

PRIVATE_NAME = "signing-key.pem"
PUBLIC_NAME = "signing-key.pub.pem"
MOST_DOCUMENT = 512 << 20  # bytes
_ID_LENGTH = 16

_EXISTS = Text(
    "密钥文件 {file} 已存在，未改动。若要换新密钥，请先把旧文件移走并妥善保存：用它签名的课程包还要靠它的公钥验证。",
    "The key file {file} exists and is unchanged. To change keys, move the old files away first and keep them: packages "
    "that were signed with them are verified by their public key.",
)
_NO_KEY = Text("无法读取密钥文件 {file}：{reason}", "The key file {file} can't be read: {reason}")
_NOT_PRIVATE = Text("{file} 不是 Ed25519 私钥（PEM）。", "{file} is not an Ed25519 private key (PEM).")
_NOT_PUBLIC = Text("{file} 不是 Ed25519 公钥（PEM）。", "{file} is not an Ed25519 public key (PEM).")
_TOO_OPEN = Text(
    "私钥文件 {file} 可被其他用户读取。请运行：chmod 600 {file}",
    "Other users can read the private key {file}. Run: chmod 600 {file}",
)


class Kind(StrEnum):
    """What a statement is about; the line that is signed before it."""

    PACKAGE = "lingjun-package/1"
    INDEX = "lingjun-index/1"
    SELECTION = "lingjun-selection/1"


class Signed(msgspec.Struct, frozen=True):
    """A signed document as it is written down."""

    key: str
    payload: msgspec.Raw
    signature: str


class PublicKey(NamedTuple):
    """The key that others verify with."""

    id: str
    key: Ed25519PublicKey

    @classmethod
    def read(cls, file: Path) -> "PublicKey":
        """From a PEM file. Raises UsageError."""
        try:
            key = serialization.load_pem_public_key(_read(file))
        except (ValueError, TypeError) as error:
            raise UsageError(_NOT_PUBLIC.format(file=file)) from error
        if not isinstance(key, Ed25519PublicKey):
            raise UsageError(_NOT_PUBLIC.format(file=file))
        return cls(key_id(key), key)


class SigningKey(NamedTuple):
    """The catalogue's own key."""

    id: str
    key: Ed25519PrivateKey

    @classmethod
    def read(cls, file: Path) -> "SigningKey":
        """From a PEM file that nobody else can read. Raises UsageError, MachineError."""
        try:
            key = serialization.load_pem_private_key(_read(file), password=None)
        except (ValueError, TypeError) as error:
            raise UsageError(_NOT_PRIVATE.format(file=file)) from error
        if not isinstance(key, Ed25519PrivateKey):
            raise UsageError(_NOT_PRIVATE.format(file=file))
        if file.stat().st_mode & 0o077:
            raise MachineError(_TOO_OPEN.format(file=file))
        return cls(key_id(key.public_key()), key)

    @property
    def public(self) -> PublicKey:
        """Its public half."""
        return PublicKey(self.id, self.key.public_key())

    def sign(self, kind: Kind, payload: msgspec.Struct) -> bytes:
        """The signed document that states `payload`."""
        statement = canonical(msgspec.to_builtins(payload))
        signature = base64.b64encode(self.key.sign(_message(kind, statement))).decode()
        return msgspec.json.encode(Signed(self.id, msgspec.Raw(statement), signature)) + b"\n"


def create_key(folder: Path) -> PublicKey:
    """Make a key pair in `folder`: `signing-key.pem` for its owner alone and `signing-key.pub.pem` for everybody.

    Raises UsageError where there is one already, MachineError where it can't be written.
    """
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    target = folder / PRIVATE_NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(private)
            file.flush()
            os.fsync(descriptor)
        (folder / PUBLIC_NAME).write_bytes(public)
    except FileExistsError as error:
        raise UsageError(_EXISTS.format(file=target)) from error
    except OSError as error:
        raise MachineError(_NO_KEY.format(file=target, reason=system_reason(error))) from error
    return PublicKey(key_id(key.public_key()), key.public_key())


def key_id(key: Ed25519PublicKey) -> str:
    """Which key it is, for people and logs."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:_ID_LENGTH]


def public_pem(key: Ed25519PublicKey) -> bytes:
    """As others get it."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def canonical(value: Any) -> bytes:
    """The one form in which a JSON value is signed."""
    return msgspec.json.encode(value, order="sorted")


def open_signed(document: bytes, kind: Kind, key: PublicKey, payload: type[T]) -> T:
    """What a signed document states, once its signature holds. Raises SignatureError."""
    try:
        signed = msgspec.json.decode(document, type=Signed)
        statement = canonical(msgspec.json.decode(signed.payload))
        signature = base64.b64decode(signed.signature, validate=True)
        stated = msgspec.json.decode(statement, type=payload)
    except (msgspec.DecodeError, binascii.Error, RecursionError, UnicodeDecodeError) as error:
        raise SignatureError("signature-unreadable") from error
    if signed.key != key.id:
        raise SignatureError("signature-wrong-key", theirs=signed.key[:_ID_LENGTH], ours=key.id)
    try:
        key.key.verify(signature, _message(kind, statement))
    except InvalidSignature as error:
        raise SignatureError("signature-wrong") from error
    return stated


def signed_opening(key: str) -> bytes:
    """How every document begins that `SigningKey.sign` makes with that key."""
    return b'{"key":"' + key.encode() + b'",'


def _message(kind: Kind, statement: bytes) -> bytes:
    return kind.value.encode() + b"\n" + statement


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(_NO_KEY.format(file=file, reason=system_reason(error))) from error
