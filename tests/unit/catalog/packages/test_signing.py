"""Signatures hold for what was signed, with the key that signed it, and for nothing else."""

import hashlib
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from catalog.packages.refusals import WORDS, SignatureError
from catalog.packages.signing import (
    Kind,
    PublicKey,
    SigningKey,
    canonical,
    create_key,
    open_signed,
    public_pem,
)
from catalog.packages.statements import (
    Index,
    IndexedCourse,
    IndexedPackage,
    IndexedVersion,
    PackageStatement,
    Selection,
)
from catalog.packages.trust import Seen, judge, open_index, open_list
from schemas.errors import MachineError, UsageError
from schemas.package import Verdict

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    folder = tmp_path_factory.mktemp("key")
    create_key(folder)
    return SigningKey.read(folder / "signing-key.pem")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    folder = tmp_path_factory.mktemp("stranger")
    create_key(folder)
    return SigningKey.read(folder / "signing-key.pem")


def statement(content: bytes, number: int = 1) -> PackageStatement:
    return PackageStatement(
        course="tsinghua/roadmap",
        number=number,
        format="html",
        preset="generic",
        name=f"tsinghua-roadmap-v{number}-html.zip",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def index_of(*contents: bytes, sequence: int = 7, expires: datetime = NOW + timedelta(days=1)) -> Index:
    """An index of one course; each content is a version's package."""
    versions = tuple(
        IndexedVersion(
            number=number,
            superseded=number < len(contents),
            packages=(
                IndexedPackage(
                    format="html",
                    preset="generic",
                    name=f"v{number}.zip",
                    size=len(content),
                    sha256=hashlib.sha256(content).hexdigest(),
                ),
            ),
        )
        for number, content in enumerate(contents, 1)
    )
    course = IndexedCourse(course="tsinghua/roadmap", versions=versions)
    return Index(sequence=sequence, issued=NOW, expires=expires, courses=(course,))


def test_a_key_is_its_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    public = create_key(tmp_path / "keys")
    private = tmp_path / "keys" / "signing-key.pem"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert (
        PublicKey.read(tmp_path / "keys" / "signing-key.pub.pem").id
        == public.id
        == SigningKey.read(private).id
    )
    before = private.read_bytes()
    with pytest.raises(UsageError):
        create_key(tmp_path / "keys")
    assert private.read_bytes() == before
    private.chmod(0o640)
    with pytest.raises(MachineError, match="chmod 600"):
        SigningKey.read(private)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
)
def test_a_file_that_is_no_key(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "key.pem"
    file.write_bytes(content)
    for read in (PublicKey.read, SigningKey.read):
        with pytest.raises(UsageError):
            read(file)
        with pytest.raises(UsageError):
            read(tmp_path / "missing.pem")


def test_the_canonical_form_is_sorted_tight_and_plain_utf8() -> None:
    assert (
        canonical({"b": [1, True, None], "a": {"题": "“引”"}})
        == '{"a":{"题":"“引”"},"b":[1,true,null]}'.encode()
    )


def test_a_signature_survives_another_layout_of_the_json(key: SigningKey) -> None:
    document = key.sign(Kind.PACKAGE, statement(b"x"))
    laid_out = msgspec.json.format(document, indent=4)
    assert laid_out != document
    assert open_signed(laid_out, Kind.PACKAGE, key.public, PackageStatement) == statement(b"x")


def test_openssl_agrees(key: SigningKey, tmp_path: Path) -> None:
    """With what the page of formats says: the kind, a line feed, the canonical payload."""
    signed = msgspec.json.decode(key.sign(Kind.PACKAGE, statement(b"x")))
    (tmp_path / "key.pem").write_bytes(public_pem(key.public.key))
    (tmp_path / "message").write_bytes(b"lingjun-package/1\n" + canonical(signed["payload"]))
    (tmp_path / "signature").write_bytes(msgspec.json.decode(f'"{signed["signature"]}"', type=bytes))
    files = ["-inkey", "key.pem", "-in", "message", "-sigfile", "signature"]
    done = subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-rawin", *files],
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr


def refusal(document: bytes, kind: Kind, key: SigningKey) -> str:
    with pytest.raises(SignatureError) as raised:
        open_signed(document, kind, key.public, PackageStatement)
    return raised.value.code


def test_what_was_changed_or_signed_otherwise_is_refused(key: SigningKey, stranger: SigningKey) -> None:
    document = key.sign(Kind.PACKAGE, statement(b"x"))
    assert refusal(stranger.sign(Kind.PACKAGE, statement(b"x")), Kind.PACKAGE, key) == "signature-wrong-key"
    assert refusal(document, Kind.INDEX, key) == "signature-wrong"
    assert refusal(document.replace(b"roadmap", b"roadmop"), Kind.PACKAGE, key) == "signature-wrong"
    forged = stranger.sign(Kind.PACKAGE, statement(b"x")).replace(stranger.id.encode(), key.id.encode())
    assert refusal(forged, Kind.PACKAGE, key) == "signature-wrong"


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"{}",
        b"[" * 100_000,
        b'{"key":"a","payload":' + b"[" * 100_000 + b"]" * 100_000 + b',"signature":""}',
        b'{"key":"a","payload":{"course":"\xff"},"signature":""}',
        b'{"key":"a","payload":{},"signature":"!"}',
        b'{"key":1,"payload":{},"signature":""}',
    ],
)
def test_what_is_no_signature_is_told_as_such(document: bytes, key: SigningKey) -> None:
    assert refusal(document, Kind.PACKAGE, key) == "signature-unreadable"


def index_refusal(document: bytes, key: SigningKey, now: datetime, seen: int) -> str:
    with pytest.raises(SignatureError) as raised:
        open_index(document, key.public, now=now, seen=seen)
    return raised.value.code


def test_old_indexes_are_noticed(key: SigningKey) -> None:
    document = key.sign(Kind.INDEX, index_of(b"x", sequence=7))
    assert open_index(document, key.public, now=NOW, seen=7) == index_of(b"x", sequence=7)
    assert index_refusal(document, key, NOW, 8) == "index-older"
    assert index_refusal(document, key, NOW + timedelta(days=1), 0) == "index-expired"


def test_the_list_of_a_download_has_an_end_and_passes_for_no_index(key: SigningKey, tmp_path: Path) -> None:
    seen = Seen(tmp_path / "indexes.json")
    whole = index_of(b"x", sequence=7)
    listed = Selection(issued=NOW, expires=whole.expires, courses=whole.courses)
    document = key.sign(Kind.SELECTION, listed)
    assert open_list(document, key.public, now=NOW, seen=seen) == listed
    assert seen.highest(key.id) == 0
    assert open_list(key.sign(Kind.INDEX, whole), key.public, now=NOW, seen=seen) == whole
    assert seen.highest(key.id) == 7
    for forged, now, code in (
        (document, whole.expires, "index-expired"),
        (key.sign(Kind.INDEX, listed), NOW, "signature-wrong"),
        (key.sign(Kind.SELECTION, whole), NOW, "signature-wrong"),
        (document.replace(b"roadmap", b"roadmab"), NOW, "signature-wrong"),
    ):
        with pytest.raises(SignatureError) as raised:
            open_list(forged, key.public, now=now, seen=seen)
        assert raised.value.code == code


def test_what_was_seen_is_remembered_for_each_key(tmp_path: Path) -> None:
    seen = Seen(tmp_path / "state" / "indexes.json")
    assert seen.highest("a") == 0
    seen.remember("a", 5)
    seen.remember("a", 3)
    seen.remember("b", 1)
    again = Seen(tmp_path / "state" / "indexes.json")
    assert (again.highest("a"), again.highest("b")) == (5, 1)
    (tmp_path / "state" / "indexes.json").write_bytes(b"damaged")
    assert again.highest("a") == 0


def write(folder: Path, name: str, content: bytes, signature: bytes | None = None) -> Path:
    file = folder / name
    file.write_bytes(content)
    if signature is not None:
        file.with_name(f"{name}.sig").write_bytes(signature)
    return file


def answers(files: list[Path], key: SigningKey, index: Index | None = None) -> list[dict[str, Verdict]]:
    return [
        {finding.requirement: finding.verdict for finding in findings}
        for findings in judge(files, key.public, index)
    ]


def test_packages_and_the_signatures_beside_them(key: SigningKey, tmp_path: Path) -> None:
    good = write(tmp_path, "a.zip", b"one", key.sign(Kind.PACKAGE, statement(b"one")))
    swapped = write(tmp_path, "b.zip", b"two", key.sign(Kind.PACKAGE, statement(b"one")))
    bare = write(tmp_path, "c.zip", b"one")
    assert answers([good, swapped, bare], key) == [
        {"package-signature": Verdict.PASSED},
        {"package-signature": Verdict.FAILED},
        {"package-signature": Verdict.FAILED},
    ]


def test_packages_and_an_index(key: SigningKey, tmp_path: Path) -> None:
    old, new = write(tmp_path, "old.zip", b"one"), write(tmp_path, "new.zip", b"two")
    foreign = write(tmp_path, "foreign.zip", b"three")
    index = index_of(b"one", b"two")
    assert answers([new], key, index) == [{"package-listed": Verdict.PASSED}]
    assert answers([old], key, index) == [
        {"package-listed": Verdict.PASSED, "package-current": Verdict.WARNING}
    ]
    assert answers([foreign], key, index) == [{"package-listed": Verdict.FAILED}]


def test_a_mixed_set_is_noticed_on_every_file_of_it(key: SigningKey, tmp_path: Path) -> None:
    files = [write(tmp_path, "old.zip", b"one"), write(tmp_path, "new.zip", b"two")]
    found = answers(files, key, index_of(b"one", b"two"))
    assert [one["package-set"] for one in found] == [Verdict.FAILED, Verdict.FAILED]


@pytest.mark.parametrize("code", WORDS)
def test_each_refusal_is_complete_in_both_languages(code: str) -> None:
    for text in WORDS[code]:
        assert text.zh
        assert text.en
