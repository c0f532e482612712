"""To which addresses the catalogue talks: https on the public Internet, so that nobody reaches through it into the
network where it stands. The one exception are hosts that the settings name for development."""

import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import urlsplit

from schemas.errors import UsageError
from schemas.text import Text

MOST = 2_000  # characters
# What the library calls global and yet isn't: the IETF's own block, relays of 6to4, and IPv6 that wraps IPv4.
_NEVER = tuple(
    ipaddress.ip_network(block) for block in ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b::/96", "::/96")
)
_BAD = Text(
    "回调地址不能用：{why}。请给出公网上的 https 地址。",
    "The address can't be used: {why}. Give an https address on the public Internet.",
)
_NOT_ONE = Text("它不是地址", "it is none")
_NOT_HTTPS = Text("不是 https", "it isn't https")
_HAS_PARTS = Text("其中有用户名、口令或片段", "it has a user, password or fragment")
_PRIVATE = Text("它指向内部网络", "it leads into a private network")


class ForbiddenAddressError(Exception):
    """A host has an address to which nothing is sent."""


class Receiver(NamedTuple):
    """Where messages go. `target` is path and query; `trusted`: a host for development."""

    secure: bool
    host: str
    port: int
    target: str
    trusted: bool

    @property
    def authority(self) -> str:
        """What the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def receiver(url: str, development_hosts: frozenset[str] = frozenset()) -> Receiver:
    """An address, taken apart. Raises UsageError for one that is never told anything."""
    if len(url) > MOST or not all("!" <= character <= "~" for character in url) or "\\" in url:
        raise UsageError(_BAD.format(why=_NOT_ONE))
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(_BAD.format(why=_NOT_ONE)) from error
    if not host or parts.scheme not in ("http", "https") or port == 0:
        raise UsageError(_BAD.format(why=_NOT_ONE))
    if "@" in parts.netloc or "#" in url:
        raise UsageError(_BAD.format(why=_HAS_PARTS))
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    trusted = f"{host}:{port}" in development_hosts
    if not secure and not trusted:
        raise UsageError(_BAD.format(why=_NOT_HTTPS))
    if not trusted and _is_private_literal(host):
        raise UsageError(_BAD.format(why=_PRIVATE))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Receiver(secure, host, port, target, trusted)


def resolve(found: Receiver) -> tuple[str, ...]:
    """The receiver's addresses, each of them checked: what is connected to is one of these and nothing else.

    Raises OSError when the name can't be resolved, ForbiddenAddressError when one of them is not public.
    """
    try:
        rows = socket.getaddrinfo(found.host, found.port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(str(error)) from error
    addresses = tuple(dict.fromkeys(str(row[4][0]) for row in rows))
    if not found.trusted and not all(is_public(address) for address in addresses):
        raise ForbiddenAddressError
    return addresses


def is_public(text: str) -> bool:
    """Whether an IP address is on the public Internet. One that wraps an IPv4 address never counts: what it leads to
    depends on the network that it is used in."""
    address = ipaddress.ip_address(text)
    if any(address in block for block in _NEVER if block.version == address.version):
        return False
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped
        or address.sixtofour
        or address.teredo
        or address.scope_id
        or address.is_site_local
    ):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_private)


def _is_private_literal(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
