"""Webhooks on both databases, to a real server: who is told what, in which order, how often, and when no more."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from catalog.database.base import utcnow
from catalog.database.models import Event, Version, Webhook, WebhookAttempt, WebhookMessage
from catalog.database.session import Database
from catalog.domain.errors import ConflictError, NotFoundError
from catalog.packages.claims import PackageKey
from catalog.packages.jobs import Jobs, Workers
from catalog.services import accounts, events, outbox, versions, webhooks
from catalog.services.events import Cause, Subject
from catalog.services.webhooks import Wanted
from catalog.settings import QueueSettings, WebhooksSettings
from catalog.storage import Storage
from catalog.webhooks import sending
from catalog.webhooks.courier import deliver
from catalog.webhooks.delivery import MOST_ATTEMPTS, wait_after
from catalog.webhooks.sending import Sender
from catalog.webhooks.signing import shown_secret
from schemas.errors import UsageError
from tests.support.catalogue import OPERATOR, People, facts, populate, publish, upload
from tests.support.curricula import publish_curriculum
from tests.support.published import packages_in, publish_folder, write_course
from tests.support.receiver import Receiver, answering, receiving

LONG = timedelta(days=2)


@pytest.fixture
def people(database: Database) -> People:
    return populate(database)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def sender(receiver: Receiver) -> Sender:
    return Sender(WebhooksSettings(development_hosts=receiver.host))


class Hooks:
    """Webhooks at one receiver."""

    def __init__(self, database: Database, sender: Sender, receiver: Receiver) -> None:
        self.database, self.sender, self.receiver = database, sender, receiver

    def add(self, who: Cause, path: str = "/hook", **wanted: Any) -> int:
        with self.database.write() as session:
            asked = Wanted(f"http://{self.receiver.host}{path}", wanted.pop("kinds", outbox.KINDS), **wanted)
            return webhooks.register(session, who, asked, self.sender).id

    def deliver(self) -> int:
        return deliver(self.database, self.sender)

    def row(self, webhook_id: int) -> Webhook:
        with self.database.read() as session:
            return session.get_one(Webhook, webhook_id)

    def hurry(self) -> None:
        """Whatever waits for its time is due now."""
        with self.database.write() as session:
            session.execute(update(Webhook).where(Webhook.due_at.is_not(None)).values(due_at=utcnow()))

    def attempts(self) -> list[WebhookAttempt]:
        with self.database.read() as session:
            return list(session.scalars(select(WebhookAttempt).order_by(WebhookAttempt.id)))


@pytest.fixture
def hooks(database: Database, sender: Sender, receiver: Receiver) -> Hooks:
    return Hooks(database, sender, receiver)


def publish_again(database: Database, people: People, slug: str, content: str) -> None:
    with database.write() as session:
        draft = versions.upload(session, people.publisher, upload(slug, content), if_match=None)
        sent = versions.submit(session, people.publisher, draft.id, if_match=draft.row_version)
        versions.approve(session, people.reviewer, sent.id, if_match=sent.row_version)


def test_the_life_of_a_course_is_told_in_its_order_and_signed(
    database: Database, people: People, hooks: Hooks, receiver: Receiver
) -> None:
    webhook = hooks.add(people.stranger)
    secret = shown_secret(hooks.row(webhook).secret)
    with database.write() as session:
        first = publish(session, people, "roadmap")
    publish_again(database, people, "roadmap", "b")
    with database.write() as session:
        row = session.get_one(Version, first).row_version
        versions.withdraw(session, people.publisher, first, "内部原因", if_match=row)
    assert hooks.deliver() == 4
    told = [(got.message["type"], got.message["data"]["number"]) for got in receiver.got]
    assert told == [
        ("version.published", 1),
        ("version.published", 2),
        ("version.superseded", 1),
        ("version.withdrawn", 1),
    ]
    second = receiver.got[1].message["data"]
    assert second["links"]["changes"].endswith(f"/changes-since/{first}")
    assert second | {"links": None} == {
        "institution": "tsinghua",
        "course": "roadmap",
        "number": 2,
        "title": {"zh": "数字化转型路线图"},
        "edition": "2022-2023",
        "themes": ["digital-empowerment"],
        "supersedes": 1,
        "links": None,
    }
    assert "内部原因" not in receiver.got[3].body.decode()
    assert all(got.is_signed_with(secret) for got in receiver.got)
    assert len({got.headers["webhook-id"] for got in receiver.got}) == 4
    assert [(a.status, a.trouble) for a in hooks.attempts()] == [(204, "")] * 4
    assert hooks.deliver() == 0


def test_drafts_are_nobodys_business(database: Database, people: People, hooks: Hooks) -> None:
    hooks.add(people.administrator)
    with database.write() as session:
        draft = versions.upload(session, people.publisher, upload(), if_match=None)
        sent = versions.submit(session, people.publisher, draft.id, if_match=draft.row_version)
        back = versions.return_version(session, people.reviewer, sent.id, (), if_match=sent.row_version)
        versions.withdraw(session, people.publisher, draft.id, "", if_match=back.row_version)
    assert hooks.deliver() == 0


def test_each_is_told_what_it_asked_for(
    database: Database, people: People, hooks: Hooks, receiver: Receiver
) -> None:
    with database.write() as session:
        publish(session, people, "roadmap")
        publish(session, people, "other", facts("other", themes={"specialized-innovative": 4.0}))
    hooks.add(people.stranger, "/theme", theme="specialized-innovative")
    hooks.add(people.stranger, "/course", institution="tsinghua", course="other")
    hooks.add(people.stranger, "/institution", institution="tsinghua")
    hooks.add(people.stranger, "/elsewhere", institution="xiamen")
    hooks.add(people.stranger, "/kind", kinds=("version.superseded",))
    gone = hooks.add(people.author, "/disabled")
    with database.write() as session:
        person = accounts.person(session, hooks.row(gone).person_id)
        accounts.disable_person(session, OPERATOR, person.id, if_match=person.row_version)
    publish_again(database, people, "roadmap", "new")
    hooks.deliver()
    told = sorted((got.path, got.message["type"]) for got in receiver.got)
    assert told == [
        ("/institution", "version.published"),
        ("/institution", "version.superseded"),
        ("/kind", "version.superseded"),
    ]


def test_curricula_are_told_of_too(
    database: Database, people: People, hooks: Hooks, receiver: Receiver
) -> None:
    hooks.add(people.stranger, theme="digital-empowerment", institution="tsinghua")
    hooks.add(people.stranger, "/other", theme="specialized-innovative")
    publish_curriculum(database, people, "a")
    publish_curriculum(database, people, "b")
    hooks.deliver()
    told = [(got.path, got.message["type"], got.message["data"]["number"]) for got in receiver.got]
    assert told == [
        ("/hook", "curriculum.published", 1),
        ("/hook", "curriculum.superseded", 1),
        ("/hook", "curriculum.published", 2),
    ]
    assert receiver.got[2].message["data"] == {
        "institution": "tsinghua",
        "curriculum": "camp",
        "number": 2,
        "title": {"zh": "主题特训营"},
        "edition": "2022-2023",
        "themes": ["digital-empowerment"],
        "supersedes": 1,
        "links": {
            "version": "/api/v1/curricula/tsinghua/camp/versions/2",
            "packages": "/api/v1/curricula/tsinghua/camp/versions/2/packages",
            "changes": "/api/v1/curriculum-versions/2/changes-since/1",
        },
    }


def test_what_is_rolled_back_is_not_told(database: Database, people: People, hooks: Hooks) -> None:
    hooks.add(people.stranger)

    def broken() -> None:
        with database.write() as session:
            publish(session, people, "roadmap")
            events.write(session, OPERATOR, "broken", Subject(institution=10**6))

    with pytest.raises(IntegrityError):
        broken()
    assert hooks.deliver() == 0


def test_a_failure_is_tried_again_with_the_same_message_and_nothing_overtakes_it(
    database: Database, people: People, hooks: Hooks, receiver: Receiver
) -> None:
    webhook = hooks.add(people.stranger)
    with database.write() as session:
        publish(session, people, "roadmap")
        publish(session, people, "second")
    receiver.answer = answering(503, "稍后再来\x1b[2J".encode())
    assert hooks.deliver() == 1
    assert hooks.deliver() == 0
    waiting = hooks.row(webhook)
    assert waiting.due_at is not None
    assert (waiting.failures, waiting.claimed_until, waiting.paused_for) == (1, None, "")
    receiver.answer = answering(200)
    hooks.hurry()
    assert hooks.deliver() == 2
    assert [got.message["data"]["course"] for got in receiver.got] == ["roadmap", "roadmap", "second"]
    first, again, _ = receiver.got
    assert (first.body, first.headers["webhook-id"]) == (again.body, again.headers["webhook-id"])
    tried = hooks.attempts()[0]
    assert (tried.status, tried.trouble, tried.excerpt) == (503, "refused", "稍后再来�[2J")
    assert hooks.row(webhook).failures == 0


def test_after_about_a_day_it_is_paused_with_the_reason_and_goes_on_when_resumed(
    database: Database, people: People, hooks: Hooks, receiver: Receiver
) -> None:
    webhook = hooks.add(people.stranger)
    with database.write() as session:
        publish(session, people, "roadmap")
    receiver.answer = answering(500)
    for _ in range(MOST_ATTEMPTS):
        hooks.hurry()
        assert hooks.deliver() == 1
    hooks.hurry()
    assert hooks.deliver() == 0
    assert hooks.row(webhook).paused_for == "failing"
    with database.read() as session:
        event = session.scalars(select(Event).where(Event.action == "webhook-paused")).one()
        assert (event.detail["webhook"], event.detail["reason"]) == (webhook, "failing")
    receiver.answer = answering(204)
    with database.write() as session:
        webhooks.resume(session, people.stranger, webhook)
    assert hooks.deliver() == 1


def test_waits_grow_and_add_up_to_about_a_day() -> None:
    waits = [wait_after(failures) for failures in range(1, MOST_ATTEMPTS)]
    assert timedelta(seconds=8) <= waits[0] <= timedelta(seconds=12)
    assert timedelta(hours=20) <= sum(waits, timedelta()) <= timedelta(hours=36)
    assert len({wait_after(5) for _ in range(50)}) > 5


def test_410_means_never_again(database: Database, people: People, hooks: Hooks, receiver: Receiver) -> None:
    webhook = hooks.add(people.stranger)
    with database.write() as session:
        publish(session, people, "roadmap")
    receiver.answer = answering(410)
    hooks.deliver()
    assert hooks.row(webhook).paused_for == "gone"


def test_who_sends_at_the_same_time_sends_each_once_and_in_order(
    database: Database, people: People, hooks: Hooks, receiver: Receiver
) -> None:
    for path in ("/a", "/b", "/c"):
        hooks.add(people.stranger, path)
    with database.write() as session:
        for number in range(8):
            publish(session, people, f"course-{number}")
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: hooks.deliver(), range(4))) == 24
    for path in ("/a", "/b", "/c"):
        told = [got.message["data"]["course"] for got in receiver.got if got.path == path]
        assert told == [f"course-{number}" for number in range(8)]


def test_what_a_process_that_died_was_sending_is_sent_by_another(
    database: Database, people: People, hooks: Hooks, receiver: Receiver
) -> None:
    webhook = hooks.add(people.stranger)
    with database.write() as session:
        publish(session, people, "roadmap")
        session.execute(update(Webhook).values(claimed_until=utcnow() + LONG))
    assert hooks.deliver() == 0
    with database.write() as session:
        session.execute(update(Webhook).values(claimed_until=utcnow() - timedelta(seconds=1)))
    assert hooks.deliver() == 1
    assert hooks.row(webhook).due_at is None


def test_what_happens_while_a_message_is_on_its_way_is_told_after_it(
    database: Database, people: People, hooks: Hooks, receiver: Receiver
) -> None:
    hooks.add(people.stranger)
    with database.write() as session:
        publish(session, people, "roadmap")
    arrived, go_on = threading.Event(), threading.Event()

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        arrived.set()
        assert go_on.wait(30)
        answering(204)(handler)

    receiver.answer = slowly
    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(hooks.deliver)
        assert arrived.wait(30)
        with database.write() as session:
            publish(session, people, "second")
        go_on.set()
        assert sending.result() + hooks.deliver() == 2
    assert [got.message["data"]["course"] for got in receiver.got] == ["roadmap", "second"]


def test_a_receiver_that_takes_its_time_keeps_neither_packages_nor_others_waiting(
    database: Database,
    people: People,
    hooks: Hooks,
    storage: Storage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for patience in ("QUIET_SECONDS", "WHOLE_SECONDS"):
        monkeypatch.setattr(sending, patience, 300.0)  # nobody gives up before it is clear who waits for whom
    hooks.add(people.stranger, "/slow")
    hooks.add(people.stranger, "/quick", kinds=(outbox.PACKAGE_READY,))
    version = publish_folder(database, storage, people, write_course(tmp_path / "roadmap"))
    slow, quick, go_on = threading.Event(), threading.Event(), threading.Event()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/slow":
            slow.set()
            assert go_on.wait(120)
        else:
            quick.set()
        answering(204)(handler)

    hooks.receiver.answer = answer
    jobs = Jobs(packages_in(database, storage, tmp_path), QueueSettings(), tmp_path, sender=hooks.sender)
    jobs.hint_messages()
    workers = Workers(jobs, 1)
    workers.start()
    try:
        assert slow.wait(60)
        jobs.hint(PackageKey(version, "html"))
        assert quick.wait(60)
        assert [got.message["type"] for got in hooks.receiver.got if got.path == "/slow"] == [
            "version.published"
        ]
    finally:
        go_on.set()
        workers.stop()


def test_a_new_secret_signs_beside_the_old_one_for_a_day(
    database: Database, people: People, hooks: Hooks, receiver: Receiver
) -> None:
    webhook = hooks.add(people.stranger)
    old = shown_secret(hooks.row(webhook).secret)
    with database.write() as session:
        new = shown_secret(webhooks.rotate(session, people.stranger, webhook).secret)
        webhooks.try_out(session, people.stranger, webhook)
    hooks.deliver()
    assert receiver.got[0].message["type"] == "webhook.test"
    assert [receiver.got[0].is_signed_with(secret) for secret in (old, new)] == [True, True]
    with database.write() as session:
        session.execute(update(Webhook).values(previous_until=utcnow() - timedelta(seconds=1)))
        webhooks.try_out(session, people.stranger, webhook)
    hooks.deliver()
    assert [receiver.got[1].is_signed_with(secret) for secret in (old, new)] == [False, True]


def test_paused_it_waits_and_removed_it_is_forgotten(
    database: Database, people: People, hooks: Hooks, receiver: Receiver
) -> None:
    webhook = hooks.add(people.stranger)
    with database.write() as session:
        webhooks.pause(session, people.stranger, webhook)
        publish(session, people, "roadmap")
    assert hooks.deliver() == 0
    with database.write() as session:
        webhooks.resume(session, people.stranger, webhook)
    assert hooks.deliver() == 1
    with database.write() as session:
        webhooks.remove(session, people.stranger, webhook)
    with database.read() as session:
        assert session.scalars(select(WebhookMessage)).all() == []
        assert session.scalars(select(WebhookAttempt)).all() == []
        actions = session.scalars(select(Event.action).order_by(Event.id)).all()
    assert [one for one in actions if one.startswith("webhook-")] == [
        "webhook-registered",
        "webhook-paused",
        "webhook-resumed",
        "webhook-removed",
    ]


def test_after_a_month_messages_are_forgotten(database: Database, people: People, hooks: Hooks) -> None:
    webhook = hooks.add(people.stranger)
    with database.write() as session:
        publish(session, people, "roadmap")
        session.execute(update(WebhookMessage).values(created_at=utcnow() - timedelta(days=31)))
        outbox.forget(session)
    assert hooks.deliver() == 0
    assert hooks.row(webhook).due_at is None


def test_what_cant_be_asked_for(database: Database, people: People, hooks: Hooks) -> None:
    with database.write() as session:
        versions.upload(session, people.publisher, upload("secret-draft"), if_match=None)
    for wanted, refusal in (
        ({"kinds": ()}, UsageError),
        ({"kinds": ("version-drafted",)}, UsageError),
        ({"course": "roadmap"}, UsageError),
        ({"institution": "nowhere"}, NotFoundError),
        ({"institution": "tsinghua", "course": "secret-draft"}, NotFoundError),
    ):
        with pytest.raises(refusal):
            hooks.add(people.stranger, **wanted)
    for _ in range(webhooks.MOST):
        hooks.add(people.stranger)
    with pytest.raises(ConflictError, match="20"):
        hooks.add(people.stranger)
