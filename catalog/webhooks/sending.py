"""Sends one message to one receiver: to an address that was checked, within a time, reading little of the answer."""

import socket
import ssl
import threading
import time
from contextlib import suppress
from enum import StrEnum
from functools import cached_property
from http.client import HTTPException
from typing import Any, NamedTuple, Self

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as TimeoutHTTPError

from catalog import __version__
from catalog.report import printable
from catalog.settings import WebhooksSettings
from catalog.webhooks.addresses import ForbiddenAddressError, Receiver, receiver, resolve
from schemas.errors import UsageError

QUIET_SECONDS = 10.0  # for connecting, and between any two bytes
WHOLE_SECONDS = 20.0
_MOST_READ = 1_000  # bytes of an answer
_AGENT = f"Lingjun/{__version__} (webhooks)"


class Trouble(StrEnum):
    """Why a message didn't arrive."""

    NO_NAME = "host-not-found"
    FORBIDDEN = "address-forbidden"
    NO_CONNECTION = "no-connection"
    NOT_TRUSTED = "certificate-not-trusted"
    TOO_SLOW = "too-slow"
    BROKEN_OFF = "broken-off"
    REFUSED = "refused"  # the answer's status isn't 2xx; where it redirects to isn't followed


class Outcome(NamedTuple):
    """How an attempt ended. `trouble` is None when the message arrived."""

    trouble: Trouble | None
    status: int | None = None
    milliseconds: int = 0
    excerpt: str = ""


class Sender:
    """Sends messages, as the settings allow. Threads share it."""

    def __init__(self, settings: WebhooksSettings | None = None) -> None:
        named = settings.development_hosts if settings is not None else ""
        self._development = frozenset(host.strip().lower() for host in named.split(",") if host.strip())

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def require_acceptable(self, url: str) -> None:
        """Raise UsageError for an address to which nothing would ever be sent."""
        receiver(url, self._development)

    def send(self, url: str, headers: dict[str, str], body: bytes) -> Outcome:
        """One attempt. Whatever the receiver does, it ends, and without an exception."""
        begun = time.monotonic()
        answer = self._send(url, headers, body)
        return answer._replace(milliseconds=round(1000 * (time.monotonic() - begun)))

    def _send(self, url: str, headers: dict[str, str], body: bytes) -> Outcome:
        try:
            found = receiver(url, self._development)
            addresses = resolve(found)
        except (UsageError, ForbiddenAddressError):
            return Outcome(Trouble.FORBIDDEN)
        except OSError:
            return Outcome(Trouble.NO_NAME)
        sent = {"Host": found.authority, "User-Agent": _AGENT, "Content-Type": "application/json", **headers}
        with _Deadline(WHOLE_SECONDS) as deadline:
            for address in addresses:
                connection = self._connection(found, address, deadline)
                try:
                    connection.connect()
                    return _ask(connection, found.target, sent, body)
                except NewConnectionError:
                    continue  # another of its addresses may listen
                except (HTTPError, HTTPException, OSError) as error:
                    return Outcome(Trouble.TOO_SLOW if deadline.passed else _trouble_of(error))
                finally:
                    connection.close()
        return Outcome(Trouble.NO_CONNECTION)

    def _connection(self, found: Receiver, address: str, deadline: "_Deadline") -> HTTPConnection:
        """A connection to that address and no other, whose certificate must be the host's."""
        if not found.secure:
            return _Plain(address, found.port, timeout=QUIET_SECONDS, deadline=deadline)
        return _Secure(
            address,
            found.port,
            timeout=QUIET_SECONDS,
            deadline=deadline,
            ssl_context=self._context,
            server_hostname=found.host,
        )


class _Deadline:
    """Cuts the connection when the whole has taken too long: a time-out of a socket begins anew with each byte."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True
        self._watched: list[socket.socket] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            for watched in self._watched:
                watched.close()
            self._watched.clear()

    def watch(self, connected: socket.socket) -> None:
        """This one too. It is watched through a duplicate: TLS takes the original over."""
        with self._lock:
            self._watched.append(connected.dup())
            if self.passed:
                self._cut()

    def _pass(self) -> None:
        with self._lock:
            self.passed = True
            self._cut()

    def _cut(self) -> None:
        for watched in self._watched:
            with suppress(OSError):  # it is closed already
                watched.shutdown(socket.SHUT_RDWR)


class _Plain(HTTPConnection):
    def __init__(self, *args: Any, deadline: _Deadline, **options: Any) -> None:
        super().__init__(*args, **options)
        self._deadline = deadline

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        self._deadline.watch(connected)
        return connected


class _Secure(HTTPSConnection):
    def __init__(self, *args: Any, deadline: _Deadline, **options: Any) -> None:
        super().__init__(*args, **options)
        self._deadline = deadline

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        self._deadline.watch(connected)
        return connected


def _ask(connection: HTTPConnection, target: str, headers: dict[str, str], body: bytes) -> Outcome:
    connection.request(
        "POST", target, body=body, headers=headers, preload_content=False, decode_content=False
    )
    answer = connection.getresponse()
    excerpt = printable(answer.read(_MOST_READ).decode("utf-8", "replace")).replace("\0", "")
    trouble = None if 200 <= answer.status < 300 else Trouble.REFUSED
    return Outcome(trouble, answer.status, excerpt=excerpt)


def _trouble_of(error: Exception) -> Trouble:
    if isinstance(error, SSLError | ssl.SSLError):
        return Trouble.NOT_TRUSTED
    if isinstance(error, TimeoutError | TimeoutHTTPError):
        return Trouble.TOO_SLOW
    return Trouble.BROKEN_OFF
