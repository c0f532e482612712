"""Nobody reaches through the catalogue into the network where it stands."""

import socket

import pytest

from catalog.webhooks.addresses import ForbiddenAddressError, is_public, receiver, resolve
from schemas.errors import UsageError

INSIDE = (
    "127.0.0.1 127.8.8.8 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1"
    " 100.100.100.200 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1"
    " 255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1::"
    " 2002:808:808:: 2001::1 2001:db8::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%1 fec0::1 ff02::1 100::1"
)


@pytest.mark.parametrize("address", INSIDE.split())
def test_what_is_not_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2400:3200::1"])
def test_what_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://lms.example.org/hook",
        "ftp://lms.example.org/",
        "//lms.example.org/",
        "lms.example.org",
        "https://",
        "https:///hook",
        "https://user:secret@lms.example.org/",
        "https://lms.example.org/#part",
        "https://lms.example.org:99999/",
        "https://lms.example.org:0/",
        "https://[::1",
        "https://lms.example.org\\@127.0.0.1/",
        "https://lms.example.org/a b",
        "https://lms.example.org/\r\nHost: other",
        "https://学习平台.example/",
        "https://127.0.0.1/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/",
        "https://metadata.google.internal/",
        "https://lms.example.org/" + "x" * 2000,
    ],
)
def test_addresses_that_are_never_told_anything(url: str) -> None:
    with pytest.raises(UsageError, match="https address on the public Internet"):
        receiver(url)


def test_an_address_taken_apart() -> None:
    found = receiver("https://LMS.example.org:8443/hook?a=1")
    assert (found.host, found.port, found.target) == ("lms.example.org", 8443, "/hook?a=1")
    assert found.authority == "lms.example.org:8443"
    assert receiver("https://[2606:4700::1]").authority == "[2606:4700::1]"


def test_hosts_for_development_are_named_with_their_port() -> None:
    named = frozenset({"127.0.0.1:8081"})
    assert receiver("http://127.0.0.1:8081/hook", named).trusted
    for other in ("http://127.0.0.1:8082/", "https://127.0.0.1/", "http://localhost:8081/"):
        with pytest.raises(UsageError):
            receiver(other, named)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1"])
def test_other_ways_to_write_an_address_inside_are_found_when_resolved(host: str) -> None:
    """The system's own resolver understands these."""
    with pytest.raises(ForbiddenAddressError):
        resolve(receiver(f"https://{host}/"))


def test_one_address_inside_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads outside and inside: which of them is connected to would be chance."""

    def both(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(ForbiddenAddressError):
        resolve(receiver("https://lms.example.org/"))
