"""Every route, asked by everybody about things in every state: the answers written down in access.csv hold.

A line of the table is a route and the state of the version that it is about (`-` where it is about none), a column is
who asks: `author-own` has the role at the version's institution, `author-other` at another one, `nobody` no role at all.
A route without a line fails, and so does a line without a route.
"""

import csv
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec
import pytest
from sqlalchemy import delete

from catalog.database.base import utcnow
from catalog.database.models import LoginAttempt, Token
from catalog.domain.actions import Action, Role, Scope
from catalog.domain.states import State
from catalog.packages.signing import PRIVATE_NAME, SigningKey, create_key
from catalog.services import access, accounts, curricula, uploads, versions, webhooks
from catalog.services.access import actor_of
from catalog.services.events import Cause, Origin
from catalog.services.uploads import Upload
from catalog.services.webhooks import Wanted
from catalog.web.site.routes import STYLE_NAME
from tests.integration.catalog.web.conftest import Desk
from tests.support.archives import course_zip
from tests.support.catalogue import OPERATOR
from tests.support.curriculum_text import curriculum_text

TABLE = Path(__file__).with_name("access.csv")
STATES = ("draft", "submitted", "published")
WHO = {
    "nobody": None,
    "author-own": (Role.AUTHOR, "tsinghua"),
    "author-other": (Role.AUTHOR, "xiamen"),
    "publisher-own": (Role.PUBLISHER, "tsinghua"),
    "publisher-other": (Role.PUBLISHER, "xiamen"),
    "reviewer": (Role.REVIEWER, None),
    "reviewer-own": (Role.REVIEWER, "tsinghua"),
    "auditor": (Role.AUDITOR, None),
    "administrator": (Role.ADMINISTRATOR, None),
    "administrator-own": (Role.ADMINISTRATOR, "tsinghua"),
    "administrator-other": (Role.ADMINISTRATOR, "xiamen"),
    "lms-administrator": (Role.LMS_ADMINISTRATOR, None),
}
COLUMNS = ("anonymous", "expired", "disabled", *WHO)


class Target(NamedTuple):
    """What is asked about: a version of `tsinghua`'s and its ETag, a publisher of that institution, a token and a webhook of theirs."""

    version: int
    tag: str
    course: str
    person: int
    token: int
    webhook: int = 0


class Ask(NamedTuple):
    """A request: its path below /api/v1, JSON body, more headers."""

    path: str
    body: Any = None
    headers: Mapping[str, str] = MappingProxyType({})
    content: bytes = b""


def at(path: str) -> Callable[[Target], Ask]:
    return lambda target: Ask(path.format(t=target))


def step(name: str, body: Any = None) -> Callable[[Target], Ask]:
    return lambda target: Ask(f"/versions/{target.version}/{name}", body, {"If-Match": target.tag})


def curriculum_step(name: str, body: Any = None) -> Callable[[Target], Ask]:
    return lambda target: Ask(f"/curriculum-versions/{target.version}/{name}", body, {"If-Match": target.tag})


NUMBERED = "/courses/{institution}/{course}/versions/{number}/packages"
PLAN = "/curricula/{institution}/{curriculum}/versions/{number}/packages"
CURRICULUM_COMMENT = {"file": "curriculum.md", "line": 1, "body": "请补充。"}
COMMENT = {"file": "course.md", "line": 1, "body": "请补充。"}
# How each route is asked, and whether its answer depends on the version's state.
ROUTES: dict[str, tuple[Callable[[Target], Ask], bool]] = {
    "GET ~/": (at("~/"), False),
    "GET ~/courses/{institution}/{course}": (at("~/courses/tsinghua/{t.course}"), True),
    "GET ~/curricula": (at("~/curricula"), False),
    "GET ~/curricula/{institution}/{curriculum}": (at("~/curricula/tsinghua/{t.course}"), True),
    "GET ~/-/site.css": (at(f"~/-/{STYLE_NAME}"), False),
    "GET ~/-/icon.svg": (at("~/-/icon.svg"), False),
    "GET ~/health": (at("~/health"), False),
    "GET ~/ready": (at("~/ready"), False),
    "GET ~/metrics": (at("~/metrics"), False),
    "GET /openapi.json": (at("/openapi.json"), False),
    "GET /editions": (at("/editions"), False),
    "GET /editions/{code}": (at("/editions/2022-2023"), False),
    "GET /institutions": (at("/institutions"), False),
    "POST /institutions": (lambda t: Ask("/institutions", {"slug": t.course, "name": {"zh": "新"}}), False),
    "GET /institutions/{slug}": (at("/institutions/tsinghua"), False),
    "POST /institutions/{slug}/suspension": (
        lambda _: Ask("/institutions/tsinghua/suspension", {"edition": "2024", "suspended": True}),
        False,
    ),
    "GET /events": (at("/events"), False),
    "GET /people": (at("/people"), False),
    "POST /people": (lambda t: Ask("/people", {"email": f"new-{t.course}@example.org", "name": "新"}), False),
    "POST /people/{person_id}/roles": (
        lambda t: Ask(f"/people/{t.person}/roles", {"role": "author", "institution": "tsinghua"}),
        False,
    ),
    "DELETE /people/{person_id}/roles/{role}": (at("/people/{t.person}/roles/publisher?institution=tsinghua"), False),
    "POST /people/{person_id}/disable": (
        lambda t: Ask(f"/people/{t.person}/disable", None, {"If-Match": '"1"'}),
        False,
    ),
    "GET /me": (at("/me"), False),
    "POST /login": (lambda _: Ask("/login", {"email": "no@example.org", "password": "wrong"}), False),
    "GET /tokens": (at("/tokens"), False),
    "POST /tokens": (lambda _: Ask("/tokens", {"name": "again"}), False),
    "DELETE /tokens/{token_id}": (at("/tokens/{t.token}"), False),
    "GET /courses/{institution}/{course}/versions": (at("/courses/tsinghua/{t.course}/versions"), True),
    "GET /courses/{institution}/{course}/versions/{number}": (at("/courses/tsinghua/{t.course}/versions/1"), True),
    "GET /courses/{institution}/{course}/latest": (at("/courses/tsinghua/{t.course}/latest"), True),
    "GET /courses": (at("/courses?q=数字化"), False),
    "GET /facets": (at("/facets"), False),
    "GET /suggestions": (at("/suggestions?beginning=数字"), False),
    "GET /feeds": (at("/feeds"), False),
    "GET /feeds/themes/{theme}": (at("/feeds/themes/digital-empowerment"), False),
    "GET /feeds/institutions/{slug}": (at("/feeds/institutions/tsinghua"), False),
    "GET /feeds/courses/{institution}/{course}": (at("/feeds/courses/tsinghua/{t.course}"), True),
    "GET /feeds/curricula": (at("/feeds/curricula"), False),
    "GET /feeds/curricula/{institution}/{curriculum}": (at("/feeds/curricula/tsinghua/{t.course}"), True),
    "GET /index": (at("/index"), False),
    "GET /packages": (at("/packages?format=html&course=tsinghua/{t.course}"), True),
    "GET /key": (at("/key"), False),
    f"GET {NUMBERED}": (at("/courses/tsinghua/{t.course}/versions/1/packages"), True),
    f"GET {NUMBERED}/{{package_format}}": (at("/courses/tsinghua/{t.course}/versions/1/packages/html"), True),
    f"GET {NUMBERED}/{{package_format}}/signature": (
        at("/courses/tsinghua/{t.course}/versions/1/packages/html/signature"),
        True,
    ),
    "GET /courses/{institution}/{course}/latest/packages/{package_format}": (
        at("/courses/tsinghua/{t.course}/latest/packages/html"),
        True,
    ),
    "GET /versions": (at("/versions?state=draft"), False),
    "POST /versions": (
        lambda t: Ask("/versions", headers={"Content-Type": "application/zip"}, content=course_zip(f"{t.course}-new")),
        False,
    ),
    "GET /versions/{version_id}": (at("/versions/{t.version}"), True),
    "GET /versions/{version_id}/source": (at("/versions/{t.version}/source"), True),
    "GET /versions/{version_id}/diagnostics": (at("/versions/{t.version}/diagnostics"), True),
    "GET /versions/{version_id}/comments": (at("/versions/{t.version}/comments"), True),
    "POST /versions/{version_id}/comments": (lambda t: Ask(f"/versions/{t.version}/comments", [COMMENT]), True),
    "GET /versions/{version_id}/changes-since/{old_id}": (at("/versions/{t.version}/changes-since/{t.version}"), True),
    "POST /versions/{version_id}/submit": (step("submit"), True),
    "POST /versions/{version_id}/recall": (step("recall"), True),
    "POST /versions/{version_id}/return": (step("return", {"comments": [COMMENT]}), True),
    "POST /versions/{version_id}/approve": (step("approve"), True),
    "POST /versions/{version_id}/withdraw": (step("withdraw", {}), True),
    "GET /curricula": (at("/curricula"), False),
    "GET /curricula/{institution}/{curriculum}/versions": (at("/curricula/tsinghua/{t.course}/versions"), True),
    "GET /curricula/{institution}/{curriculum}/versions/{number}": (at("/curricula/tsinghua/{t.course}/versions/1"), True),
    "GET /curricula/{institution}/{curriculum}/latest": (at("/curricula/tsinghua/{t.course}/latest"), True),
    f"GET {PLAN}": (at("/curricula/tsinghua/{t.course}/versions/1/packages"), True),
    f"GET {PLAN}/{{package_format}}": (at("/curricula/tsinghua/{t.course}/versions/1/packages/html"), True),
    f"GET {PLAN}/{{package_format}}/signature": (
        at("/curricula/tsinghua/{t.course}/versions/1/packages/html/signature?collected=true"),
        True,
    ),
    "GET /curricula/{institution}/{curriculum}/latest/packages/{package_format}": (
        at("/curricula/tsinghua/{t.course}/latest/packages/html?collected=true"),
        True,
    ),
    "GET /curriculum-versions": (at("/curriculum-versions?state=draft"), False),
    "POST /curriculum-versions": (
        lambda t: Ask(
            "/curriculum-versions",
            headers={"Content-Type": "text/markdown"},
            content=curriculum_text(slug=f"{t.course}-new").encode(),
        ),
        False,
    ),
    "GET /curriculum-versions/{version_id}": (at("/curriculum-versions/{t.version}"), True),
    "GET /curriculum-versions/{version_id}/source": (at("/curriculum-versions/{t.version}/source"), True),
    "GET /curriculum-versions/{version_id}/diagnostics": (at("/curriculum-versions/{t.version}/diagnostics"), True),
    "GET /curriculum-versions/{version_id}/comments": (at("/curriculum-versions/{t.version}/comments"), True),
    "POST /curriculum-versions/{version_id}/comments": (
        lambda t: Ask(f"/curriculum-versions/{t.version}/comments", [CURRICULUM_COMMENT]),
        True,
    ),
    "GET /curriculum-versions/{version_id}/changes-since/{old_id}": (
        at("/curriculum-versions/{t.version}/changes-since/{t.version}"),
        True,
    ),
    "POST /curriculum-versions/{version_id}/submit": (curriculum_step("submit"), True),
    "POST /curriculum-versions/{version_id}/recall": (curriculum_step("recall"), True),
    "POST /curriculum-versions/{version_id}/return": (curriculum_step("return", {"comments": [CURRICULUM_COMMENT]}), True),
    "POST /curriculum-versions/{version_id}/approve": (curriculum_step("approve"), True),
    "POST /curriculum-versions/{version_id}/withdraw": (curriculum_step("withdraw", {}), True),
    "POST /webhooks": (
        lambda _: Ask("/webhooks", {"url": "https://lms.example.org/hook", "kinds": ["version.published"]}),
        False,
    ),
    "GET /webhooks": (at("/webhooks"), False),
    "GET /webhooks/{webhook_id}": (at("/webhooks/{t.webhook}"), False),
    "DELETE /webhooks/{webhook_id}": (at("/webhooks/{t.webhook}"), False),
    "GET /webhooks/{webhook_id}/deliveries": (at("/webhooks/{t.webhook}/deliveries"), False),
    "POST /webhooks/{webhook_id}/pause": (at("/webhooks/{t.webhook}/pause"), False),
    "POST /webhooks/{webhook_id}/resume": (at("/webhooks/{t.webhook}/resume"), False),
    "POST /webhooks/{webhook_id}/secret": (at("/webhooks/{t.webhook}/secret"), False),
    "POST /webhooks/{webhook_id}/test": (at("/webhooks/{t.webhook}/test"), False),
}  # fmt: skip


class Stage:
    """Makes what is asked about, anew for each request that may change it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.made = 0
        create_key(desk.parts.settings.data)
        desk.parts.packages.key = SigningKey.read(desk.parts.settings.data / PRIVATE_NAME)
        with desk.parts.intake.receive([course_zip()]) as received:
            self.upload: Upload = uploads.store(desk.parts.storage, received.reading, received.source)
        text = curriculum_text("tsinghua/roadmap")
        read = desk.parts.intake.receive_curriculum(text.encode()).reading
        assert read is not None
        self.curriculum = read.curriculum
        self._version(self.upload, "published")
        self.headers = {name: self._sign_in(name, grant) for name, grant in WHO.items()}
        self.headers["anonymous"] = {}
        self.headers["expired"] = self._sign_in("expired", (Role.ADMINISTRATOR, None))
        self.headers["disabled"] = self._sign_in("disabled", (Role.ADMINISTRATOR, None))
        with desk.parts.database.write() as session:
            token = session.get_one(Token, len(WHO) + 1)
            token.expires_at = utcnow() - timedelta(seconds=1)
            gone = accounts.person_by_email(session, "who-disabled@example.org")
            accounts.disable_person(session, OPERATOR, gone.id, if_match=gone.row_version)

    def _sign_in(self, name: str, grant: tuple[Role, str | None] | None) -> dict[str, str]:
        return self.desk.as_(Cause(self._person(f"who-{name}", grant), Origin("test")))

    def _person(self, name: str, grant: tuple[Role, str | None] | None) -> Any:
        with self.desk.parts.database.write() as session:
            person = accounts.add_person(session, OPERATOR, f"{name}@example.org", name)
            if grant is not None:
                accounts.grant_role(session, OPERATOR, person.id, *grant)
            return actor_of(accounts.person(session, person.id))

    def target(self, route: str, state: str) -> Target:
        """What the route is about: a version in that state, or somebody of its institution."""
        self.made += 1
        slug = f"course-{self.made}"
        if "{webhook_id}" in route:
            owner = self._person(slug, (Role.PUBLISHER, "tsinghua"))
            wanted = Wanted("https://lms.example.org/hook", ("version.published",))
            with self.desk.parts.database.write() as session:
                made = webhooks.register(session, Cause(owner), wanted, self.desk.parts.jobs.sender)
            return Target(0, "", slug, int(owner.person_id), 0, made.id)
        if "people" in route or "tokens" in route:
            person = int(self._person(slug, (Role.PUBLISHER, "tsinghua")).person_id)
            with self.desk.parts.database.write() as session:
                issued = access.issue_token_for(session, OPERATOR, person, "theirs", Scope, days=1)
            return Target(0, "", slug, person, issued.token.id)
        if state not in STATES:
            with self.desk.parts.database.write() as session:
                session.execute(delete(LoginAttempt))  # refusing too many depends on the order of asking
            return Target(0, "", slug, 0, 0)
        if "/curricul" in route:
            return self._curriculum(slug, state)
        made = msgspec.structs.replace(self.upload, facts=msgspec.structs.replace(self.upload.facts, id=slug))
        return self._version(made, state)

    def _version(self, made: Upload, state: str) -> Target:
        people = self.desk.people
        with self.desk.parts.database.write() as session:
            version = versions.upload(session, people.publisher, made, if_match=None)
            if state != State.DRAFT:
                versions.submit(session, people.publisher, version.id, if_match=version.row_version)
            if state == State.PUBLISHED:
                versions.approve(session, people.reviewer, version.id, if_match=version.row_version)
            return Target(version.id, f'"{version.row_version}"', made.facts.id, 0, 0)

    def _curriculum(self, slug: str, state: str) -> Target:
        people = self.desk.people
        written = msgspec.structs.replace(self.curriculum, id=slug)
        steps = ((Action.SUBMIT, people.publisher), (Action.APPROVE, people.reviewer))[: STATES.index(state)]
        with self.desk.parts.database.write() as session:
            version = curricula.upload(session, people.publisher, written, if_match=None)
            for action, who in steps:
                curricula.take_step(session, who, action, version.id, if_match=version.row_version)
            return Target(version.id, f'"{version.row_version}"', slug, 0, 0)

    def ask(self, route: str, who: str, target: Target) -> int:
        """The status that somebody gets."""
        method = route.partition(" ")[0]
        path, body, headers, content = ROUTES[route][0](target)
        sent = {**self.headers[who], **headers}
        address = path[1:] if path.startswith("~") else f"/api/v1{path}"
        answer = self.desk.client.request(
            method,
            address,
            headers=sent,
            **({"content": content} if content else {"json": body} if body is not None else {}),
        )
        return answer.status_code


def routes_of(desk: Desk) -> set[str]:
    """Every route and method, as the table writes them: the API's below /api/v1, the others after a `~`."""
    found = set()
    for route in desk.client.app.routes:
        path = route.path.removeprefix("/api/v1") if route.path.startswith("/api/v1/") else f"~{route.path}"
        path = path.replace(STYLE_NAME, "site.css")
        for kind in (":int", ":str", ":path"):
            path = path.replace(kind, "")
        found |= {f"{method} {path}" for method in route.methods if method not in ("OPTIONS", "HEAD")}
    return found


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_everybody_gets_the_answer_written_down(desk: Desk) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        written = {(row["route"], row["state"]): row for row in csv.DictReader(file)}
    assert routes_of(desk) == set(ROUTES)
    stage = Stage(desk)
    wrong = []
    for route, (_, depends) in ROUTES.items():
        for state in STATES if depends else ("-",):
            target = None
            cells = []
            for who in COLUMNS:
                if target is None or not route.startswith("GET"):
                    target = stage.target(route, state)
                cells.append(str(stage.ask(route, who, target)))
            expected = written.get((route, state), {})
            if cells != [expected.get(who) for who in COLUMNS]:
                wrong.append(",".join([route, state, *cells]))
    unknown = {route for route, _ in written} - set(ROUTES)
    assert not unknown
    assert not wrong, "\n".join(["", ",".join(["route", "state", *COLUMNS]), *wrong])
