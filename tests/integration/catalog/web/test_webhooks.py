"""An LMS administrator's program is told of a version and of its package, from registering to checking the signature."""

from collections.abc import Iterator

import msgspec
import pytest

from catalog.domain.actions import Role
from catalog.packages.jobs import Jobs
from catalog.services import accounts
from catalog.services.access import actor_of
from catalog.services.events import Cause
from catalog.settings import WebhooksSettings
from catalog.web.parts import Parts
from catalog.webhooks.sending import Sender
from tests.integration.catalog.web.conftest import Desk, Person, code
from tests.support.archives import course_zip
from tests.support.catalogue import OPERATOR
from tests.support.receiver import Receiver, answering, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def parts(parts: Parts, receiver: Receiver) -> Parts:
    """With jobs that are done at once, and a receiver on this machine."""
    sender = Sender(WebhooksSettings(development_hosts=receiver.host))
    settings = parts.settings
    return parts._replace(
        jobs=Jobs(parts.packages, settings.queue, settings.data, sender=sender, immediate=True)
    )


def test_an_lms_administrator_is_told(desk: Desk, receiver: Receiver) -> None:
    with desk.parts.database.write() as session:
        person = accounts.add_person(session, OPERATOR, "lms@example.org", "平台管理员")
        accounts.grant_role(session, OPERATOR, person.id, Role.LMS_ADMINISTRATOR, None)
        who = Cause(actor_of(accounts.person(session, person.id)))
    lms = Person(desk, who)
    wanted = {
        "url": f"http://{receiver.host}/hook",
        "kinds": ["version.published", "version.withdrawn", "package.ready"],
        "institution": "tsinghua",
    }
    made = lms.post("/webhooks", wanted)
    assert made.status_code == 201, made.text
    secret, address = made.json()["secret"], f"/webhooks/{made.json()['webhook']['id']}"
    assert lms.post(f"{address}/test").status_code == 202
    assert [got.message["type"] for got in receiver.got] == ["webhook.test"]

    publisher, reviewer = (Person(desk, who) for who in (desk.people.publisher, desk.people.reviewer))
    version = publisher.published(course_zip(), reviewer)
    kinds = [got.message["type"] for got in receiver.got]
    assert kinds[:2] == ["webhook.test", "version.published"]
    assert set(kinds[2:]) == {"package.ready"}
    assert all(got.is_signed_with(secret) for got in receiver.got)

    told = receiver.got[1].message["data"]
    assert lms.get(told["links"]["packages"].removeprefix("/api/v1")).status_code == 200
    ready = receiver.got[2].message["data"]
    package = lms.get(ready["links"]["package"].removeprefix("/api/v1"))
    assert package.status_code == 200
    assert len(package.content) == ready["size"]

    receiver.answer = answering(500, b"\xe5\x9d\x8f")
    assert publisher.post(f"/versions/{version}/withdraw", {}, if_match='"3"').status_code == 200
    listed = lms.get(f"{address}/deliveries?limit=1").json()
    (failed,) = listed["items"]
    assert (failed["kind"], failed["delivered_at"]) == ("version.withdrawn", None)
    assert [(a["status"], a["trouble"], a["excerpt"]) for a in failed["attempts"]] == [(500, "refused", "坏")]
    older = lms.get(f"{address}/deliveries?cursor={listed['next']}").json()
    assert all(delivery["delivered_at"] for delivery in older["items"])
    assert len(older["items"]) == len(kinds)


def test_the_secret_is_shown_once(desk: Desk, receiver: Receiver) -> None:
    author = Person(desk, desk.people.author)
    made = author.post("/webhooks", {"url": f"http://{receiver.host}/", "kinds": ["package.ready"]}).json()
    bare = made["secret"].removeprefix("whsec_")
    address = f"/webhooks/{made['webhook']['id']}"
    others = [author.get(path).text for path in ("/webhooks", address, "/events")]
    assert not any(bare in text for text in others)
    again = author.post(f"{address}/secret").json()
    assert again["secret"] != made["secret"]
    assert again["webhook"]["id"] == made["webhook"]["id"]


def test_where_nothing_is_sent(desk: Desk) -> None:
    author = Person(desk, desk.people.author)
    for url in ("http://lms.example.org/", "https://10.0.0.1/", "https://169.254.169.254/", "javascript:0"):
        refused = author.post("/webhooks", {"url": url, "kinds": ["package.ready"]}, accept_language="en")
        assert (refused.status_code, code(refused)) == (400, "bad-request")
        assert "public Internet" in refused.json()["detail"]
    refused = author.post("/webhooks", {"url": "https://lms.example.org/", "kinds": ["everything"]})
    assert "version.published" in msgspec.json.decode(refused.content)["detail"]


def test_others_webhooks_are_nobodys_business_but_the_centres(desk: Desk) -> None:
    author, stranger = Person(desk, desk.people.author), Person(desk, desk.people.stranger)
    body = {"url": "https://lms.example.org/", "kinds": ["package.ready"]}
    address = f"/webhooks/{author.post('/webhooks', body).json()['webhook']['id']}"
    assert stranger.get("/webhooks").json() == []
    assert code(stranger.get(address)) == code(stranger.post(f"{address}/pause")) == "not-found"
    centre = Person(desk, desk.people.administrator)
    assert centre.post(f"{address}/pause").json()["paused_for"] == "asked"
    assert author.post(f"{address}/resume").json()["paused_for"] == ""
