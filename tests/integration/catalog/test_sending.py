"""Whatever a receiver does, sending to it ends, soon, and is told in one word."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from catalog.settings import WebhooksSettings
from catalog.webhooks import sending
from catalog.webhooks.sending import Sender
from tests.support.receiver import Receiver, answering, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def send(receiver: Receiver, scheme: str = "http", path: str = "/") -> sending.Outcome:
    sender = Sender(WebhooksSettings(development_hosts=f" other:1, {receiver.host}"))
    return sender.send(f"{scheme}://{receiver.host}{path}", {"webhook-id": "msg_1"}, b"{}")


def test_what_arrives(receiver: Receiver) -> None:
    receiver.answer = answering(202, b"thanks")
    outcome = send(receiver, path="/hook?key=1")
    assert (outcome.trouble, outcome.status, outcome.excerpt) == (None, 202, "thanks")
    (got,) = receiver.got
    assert (got.path, got.body) == ("/hook?key=1", b"{}")
    assert got.headers["host"] == receiver.host
    assert got.headers["content-type"] == "application/json"


def test_redirects_are_not_followed(receiver: Receiver) -> None:
    receiver.answer = answering(307, Location="/elsewhere")
    outcome = send(receiver)
    assert (outcome.trouble, outcome.status) == ("refused", 307)
    assert len(receiver.got) == 1


def test_of_a_long_answer_only_the_beginning_is_read(receiver: Receiver) -> None:
    receiver.answer = answering(200, b"x" * 50_000_000)
    outcome = send(receiver)
    assert (outcome.trouble, outcome.excerpt) == (None, "x" * 1000)


def test_a_compressed_answer_is_not_inflated(receiver: Receiver) -> None:
    receiver.answer = answering(200, b"\x1f\x8b not gzip", **{"Content-Encoding": "gzip"})
    assert send(receiver).trouble is None


def test_an_answer_that_drips_is_cut_off(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes in time, the whole never would."""
    monkeypatch.setattr(sending, "WHOLE_SECONDS", 0.5)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        while True:
            handler.wfile.write(b"H")
            handler.wfile.flush()
            time.sleep(0.02)

    receiver.answer = drip
    assert send(receiver).trouble == "too-slow"


def test_a_handshake_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "WHOLE_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = threading.Event()

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(
                    b"\x16\x03\x03\x40\x00"
                )  # a record of 16 KB, of which one byte comes now and then
                while not done.wait(0.02):
                    connection.sendall(b"\x02")

        thread = threading.Thread(target=_until_hung_up, args=(drip,))
        thread.start()
        host = f"127.0.0.1:{server.getsockname()[1]}"
        outcome = Sender(WebhooksSettings(development_hosts=host)).send(f"https://{host}/", {}, b"")
        done.set()
        thread.join()
    assert outcome.trouble == "too-slow"


def _until_hung_up(drip: Callable[[], None]) -> None:
    try:
        drip()
    except OSError:
        return


def test_silence_is_too_slow(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "QUIET_SECONDS", 0.3)
    done = threading.Event()

    def silent(_: BaseHTTPRequestHandler) -> None:
        done.wait(30)

    receiver.answer = silent
    assert send(receiver).trouble == "too-slow"
    done.set()


def test_nobody_there(receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        host = f"127.0.0.1:{taken.getsockname()[1]}"
    outcome = Sender(WebhooksSettings(development_hosts=host)).send(f"http://{host}/", {}, b"")
    assert (outcome.trouble, outcome.status) == ("no-connection", None)


def test_nonsense_for_an_answer(receiver: Receiver) -> None:
    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\x00\xff nonsense\r\n\r\n")
        handler.close_connection = True

    receiver.answer = nonsense
    assert send(receiver).trouble == "broken-off"


def test_addresses_inside_are_forbidden_without_asking_anybody(receiver: Receiver) -> None:
    for url in (
        f"https://127.0.0.1:{receiver.port}/",
        f"https://localhost:{receiver.port}/",
        "https://2130706433/",
    ):
        assert Sender().send(url, {}, b"").trouble == "address-forbidden"
    assert receiver.got == []


def test_a_name_that_nobody_has() -> None:
    assert Sender().send("https://nobody.invalid/", {}, b"").trouble == "host-not-found"


def _certificate(folder: Path, name: x509.GeneralName) -> Path:
    """A certificate that vouches for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "certificate.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


@pytest.mark.parametrize(
    ("name", "known", "trouble"),
    [
        (x509.IPAddress(ip_address("127.0.0.1")), True, None),
        (x509.IPAddress(ip_address("127.0.0.1")), False, "certificate-not-trusted"),
        (x509.DNSName("lms.example.org"), True, "certificate-not-trusted"),
    ],
)
def test_the_certificate_must_be_the_hosts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: x509.GeneralName, known: bool, trouble: str | None
) -> None:
    file = _certificate(tmp_path, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with receiving(context) as receiver:
        assert send(receiver, "https").trouble == trouble
        assert len(receiver.got) == (0 if trouble else 1)
