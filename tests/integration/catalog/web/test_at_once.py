"""Thirty-two clients at once on one version, over real connections: one wins, all others are told."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import urllib3

from catalog.web.app import create_app
from catalog.web.parts import Parts
from tests.integration.catalog.web.conftest import Desk
from tests.support.archives import course_zip
from tests.support.serving import served

CLIENTS = 32


def at_once(work: Callable[[int], int]) -> Counter[int]:
    """The statuses that so many clients get, who all begin at the same moment."""
    barrier = Barrier(CLIENTS)

    def one(number: int) -> int:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(CLIENTS) as pool:
        return Counter(pool.map(one, range(CLIENTS)))


def test_one_wins(desk: Desk, parts: Parts) -> None:
    publisher, reviewer = desk.as_(desk.people.publisher), desk.as_(desk.people.reviewer)
    zipped = {"Content-Type": "application/zip"}
    with (
        served(create_app(parts)) as port,
        urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=CLIENTS, retries=False, timeout=60) as pool,
    ):

        def post(
            path: str, headers: dict[str, str], tag: str = "", body: bytes = b""
        ) -> urllib3.BaseHTTPResponse:
            sent = {**headers, "If-Match": tag} if tag else headers
            return pool.request("POST", f"/api/v1{path}", body=body, headers=sent)

        def draft(number: int) -> int:
            return post(
                "/versions", {**publisher, **zipped}, body=course_zip(text=f"第 {number} 稿。")
            ).status

        assert at_once(draft) == {201: 1, 409: CLIENTS - 1}
        [version] = pool.request("GET", "/api/v1/versions?state=draft", headers=publisher).json()["items"]
        where, tag = f"/versions/{version['id']}", '"1"'

        def replace(number: int) -> int:
            return post(
                "/versions", {**publisher, **zipped}, tag, course_zip(text=f"第 {number} 改。")
            ).status

        assert at_once(replace) == {201: 1, 412: CLIENTS - 1}
        assert at_once(lambda _: post(f"{where}/submit", publisher, '"2"').status) == {
            200: 1,
            412: CLIENTS - 1,
        }
        assert at_once(lambda _: post(f"{where}/approve", reviewer, '"3"').status) == {
            200: 1,
            412: CLIENTS - 1,
        }
        assert pool.request("GET", f"/api/v1{where}").json()["number"] == 1
        told = [
            e["action"]
            for e in pool.request(
                "GET", f"/api/v1/events?version_id={version['id']}", headers=publisher
            ).json()
        ]
    assert told == ["version-drafted", "version-replaced", "version-submitted", "version-published"]


def test_one_key_is_one_draft(desk: Desk, parts: Parts) -> None:
    headers = {
        **desk.as_(desk.people.publisher),
        "Content-Type": "application/zip",
        "Idempotency-Key": "once",
    }
    content = course_zip()
    with (
        served(create_app(parts)) as port,
        urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=CLIENTS, retries=False, timeout=60) as pool,
    ):
        post = lambda _: pool.request("POST", "/api/v1/versions", body=content, headers=headers).status  # noqa: E731
        assert at_once(post) == {201: CLIENTS}
        assert len(pool.request("GET", "/api/v1/versions?state=draft", headers=headers).json()["items"]) == 1
