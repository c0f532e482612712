"""Raw bodies and connections of the worst kind, over a real socket: a refusal each time, and the server lives on."""

import gzip
import io
import json
import socket
import zipfile

import pytest
import urllib3

from catalog.web.app import create_app
from catalog.web.parts import Parts
from tests.integration.catalog.web.conftest import Desk
from tests.support.archives import course_zip
from tests.support.serving import served

JSON = "application/json"
ZIP = "application/zip"


def entry(name: str, content: bytes = b"x") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, content)
    return target.getvalue()


BODIES: dict[str, tuple[str, str, bytes]] = {
    "nothing": ("/login", JSON, b""),
    "not-json": ("/login", JSON, b"{"),
    "deep": ("/login", JSON, b"[" * 100_000 + b"]" * 100_000),
    "deep-object": ("/login", JSON, b'{"email":' * 50_000 + b"1" + b"}" * 50_000),
    "huge-number": ("/login", JSON, b'{"email": ' + b"9" * 100_000 + b"}"),
    "infinite": ("/tokens", JSON, b'{"name": "a", "days": 1e999}'),
    "not-a-number": ("/tokens", JSON, b'{"name": "a", "days": NaN}'),
    "nul": ("/login", JSON, b'{"email": "a\\u0000b@example.org", "password": "\\u0000"}'),
    "surrogate": ("/login", JSON, b'{"email": "\\ud800@example.org", "password": "x"}'),
    "bad-utf8": ("/login", JSON, b'{"email": "\xff\xfe", "password": "x"}'),
    "utf-16": ("/login", JSON, '{"email": "a@example.org"}'.encode("utf-16")),
    "twice": ("/tokens", JSON, b'{"name": "a", "name": "b", "days": 3}'),
    "unknown-field": ("/tokens", JSON, b'{"name": "a", "admin": true}'),
    "an-array": ("/tokens", JSON, b"[]"),
    "a-string": ("/tokens", JSON, b'"x"'),
    "too-large": ("/login", JSON, b'{"email": "' + b"a" * (2 << 20) + b'"}'),
    "form": ("/login", "application/x-www-form-urlencoded", b"email=a&password=b"),
    "multipart": ("/versions", "multipart/form-data; boundary=x", b"--x\r\n\r\n--x--"),
    "xml": ("/login", "text/xml", b"<a/>"),
    "gzip": ("/login", JSON, gzip.compress(b'{"email": "a"}')),
    "no-such-institution": ("/institutions", JSON, json.dumps({"slug": "A b", "name": {}}).encode()),
    "not-a-zip": ("/versions", ZIP, b"hello"),
    "empty-zip": ("/versions", ZIP, b""),
    "half-a-zip": ("/versions", ZIP, course_zip()[:-30]),
    "traversal": ("/versions", ZIP, entry("../../etc/passwd")),
    "absolute": ("/versions", ZIP, entry("/etc/passwd")),
    "nul-name": ("/versions", ZIP, entry("a\0b.md")),
    "bomb": ("/versions", ZIP, gzip.compress(b"\0" * (64 << 20))),
    "zip-bomb": ("/versions", ZIP, course_zip(more={f"assets/{n}.csv": b"\0" * (8 << 20) for n in range(12)})),
    "yaml-bomb": ("/versions", ZIP, entry("course.md", b"---\n" + b"a: &a [1]\n" + b"b: [" + b"*a," * 5000 + b"]\n---\n")),
    "deep-markdown": ("/versions", ZIP, course_zip(text="> " * 20_000 + "x")),
}  # fmt: skip


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_bodies(desk: Desk, parts: Parts) -> None:
    headers = desk.as_(desk.people.author)
    with served(create_app(parts)) as at, urllib3.HTTPConnectionPool("127.0.0.1", at, retries=False) as pool:
        answers = {}
        for name, (path, kind, body) in BODIES.items():
            sent = {**headers, "Content-Type": kind}
            answer = pool.request("POST", f"/api/v1{path}", body=body, headers=sent)
            answers[name] = (answer.status, answer.headers["Content-Type"])
        alive = pool.request("GET", "/api/v1/institutions").status
    taken = {
        name: told
        for name, told in answers.items()
        if told != (told[0], "application/problem+json") or told[0] >= 500
    }
    assert taken == {"twice": (201, "application/json")}
    assert alive == 200
    assert not list((parts.settings.data / "work").iterdir())


REQUESTS = {
    "not-http": b"\x16\x03\x01\x02\x00\x01\x00\x01",
    "no-host": b"GET /api/v1/editions HTTP/1.1\r\n\r\n",
    "header-without-end": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000,
    "two-lengths": b"POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\n{}",
    "length-and-chunks": b"POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
    "negative-length": b"POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "bad-chunk": b"POST /api/v1/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "bad-path": b"GET /api/v1/%zz%00/../..//etc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "raw-path": "GET /api/v1/课程 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode(),
    "bad-query": b"GET /api/v1/versions?state=%ff&limit=%00&cursor=%ed%a0%80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "big-identifier": b"GET /api/v1/versions/99999999999999999999999999 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "gone-in-the-middle": b"POST /api/v1/versions HTTP/1.1\r\nHost: x\r\nContent-Type: application/zip\r\nContent-Length: 999999\r\n\r\nPK",
}  # fmt: skip


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_connections(desk: Desk, parts: Parts) -> None:
    token = f"Authorization: {desk.as_(desk.people.author)['Authorization']}\r\n".encode()
    with served(create_app(parts)) as at:
        for name, sent in REQUESTS.items():
            with socket.create_connection(("127.0.0.1", at), timeout=30) as connection:
                connection.sendall(sent.replace(b"Host: x\r\n", b"Host: x\r\n" + token))
                if name in ("gone-in-the-middle", "header-without-end"):
                    continue
                connection.shutdown(socket.SHUT_WR)
                answer = connection.recv(65536)
            assert not answer.startswith(b"HTTP/1.1 5"), (name, answer)
        with urllib3.HTTPConnectionPool("127.0.0.1", at, retries=False) as pool:
            assert pool.request("GET", "/api/v1/institutions").status == 200
