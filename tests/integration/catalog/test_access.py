"""Passwords and tokens: kept as hashes, ended at once, guessed slowly."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from catalog.database.base import utcnow
from catalog.database.models import Event, Person, Token
from catalog.database.session import Database
from catalog.domain.errors import NotFoundError, RateLimitedError, UnauthenticatedError
from catalog.domain.roles import Role, Scope
from catalog.services import access, accounts
from catalog.services.events import Cause
from catalog.settings import LimitsSettings
from schemas.errors import UsageError
from schemas.text import Text
from tests.support.catalogue import OPERATOR, People, populate

_LIMITS = LimitsSettings(login_attempts=3)
_PASSWORD = "correct horse 电池"  # noqa: S105


@pytest.fixture
def people(database: Database) -> People:
    return populate(database)


def test_a_token_is_shown_once_and_kept_as_its_hash(database: Database, people: People) -> None:
    with database.write() as session:
        issued = access.issue_token(session, people.publisher, "CI", [Scope.PUBLISH], days=30)
    assert issued.secret.startswith("lj_")
    with database.read() as session:
        row = session.scalars(select(Token)).one()
        kept = repr([getattr(row, column.key) for column in Token.__table__.columns])
        assert issued.secret not in kept
        assert issued.secret.startswith(row.hint)
        signed_in = access.authenticate(session, issued.secret)
        assert signed_in.actor.person_id == people.publisher.actor.person_id
        assert signed_in.actor.scopes == {Scope.PUBLISH}
        assert signed_in.note_use
    with database.write() as session:
        access.note_use(session, issued.token.id)
    with database.read() as session:
        assert not access.authenticate(session, issued.secret).note_use


def test_a_token_ends_when_revoked_expired_or_its_owner_is_disabled(
    database: Database, people: People
) -> None:
    with database.write() as session:
        secrets = [
            access.issue_token(session, people.publisher, str(n), [Scope.READ], days=1) for n in range(3)
        ]
        access.revoke_token(session, people.publisher, secrets[0].token.id)
        session.execute(
            update(Token)
            .where(Token.id == secrets[1].token.id)
            .values(expires_at=utcnow() - timedelta(seconds=1))
        )
    with database.read() as session:
        assert access.authenticate(session, secrets[2].secret)
    with database.write() as session:
        accounts.disable_person(session, OPERATOR, int(people.publisher.actor.person_id), if_match=1)
    for secret in (*(issued.secret for issued in secrets), "lj_unknown", "", "é"):
        with pytest.raises(UnauthenticatedError), database.read() as session:
            access.authenticate(session, secret)


def test_a_token_never_begets_a_wider_one(database: Database, people: People) -> None:
    with database.write() as session:
        issued = access.issue_token(
            session, people.publisher, "narrow", [Scope.READ, Scope.ADMINISTER], days=1
        )
        narrow = Cause(access.authenticate(session, issued.secret).actor)
        child = access.issue_token(session, narrow, "child", [Scope.PUBLISH, Scope.READ], days=1)
        assert child.token.scopes == "read"
        with pytest.raises(UsageError):
            access.issue_token(session, narrow, "none", [Scope.REVIEW], days=1)


def test_a_strangers_token_can_neither_be_revoked_nor_seen(database: Database, people: People) -> None:
    with database.write() as session:
        issued = access.issue_token(session, people.publisher, "mine", [Scope.READ], days=1)
        for cause in (people.stranger, people.reviewer):
            with pytest.raises(NotFoundError):
                access.revoke_token(session, cause, issued.token.id)
        assert access.authenticate(session, issued.secret)


def test_logging_in(database: Database, people: People) -> None:
    with database.write() as session:
        made = accounts.add_person(session, OPERATOR, " Li@Example.org ", "李", password=_PASSWORD)
        accounts.grant_role(session, OPERATOR, made.id, Role.AUTHOR, "xiamen")
        assert made.password_hash is not None
        assert made.password_hash.startswith("$argon2id$")
    actor = access.log_in(database, _LIMITS, "LI@example.org", _PASSWORD, "192.0.2.1")
    assert actor.roles[0].institution_slug == "xiamen"
    for _ in range(3):
        with pytest.raises(UnauthenticatedError):
            access.log_in(database, _LIMITS, "li@example.org", "wrong password", "192.0.2.2")
    with pytest.raises(RateLimitedError) as told:
        access.log_in(database, _LIMITS, "li@example.org", _PASSWORD, "192.0.2.3")
    assert 0 < told.value.retry_after <= _LIMITS.login_window_seconds + 1
    with pytest.raises(RateLimitedError):
        access.log_in(database, _LIMITS, "another@example.org", _PASSWORD, "192.0.2.2")
    with database.write() as session:
        access.forget_attempts(session, LimitsSettings(login_window_seconds=1))
    with pytest.raises(UnauthenticatedError):
        access.log_in(database, _LIMITS, "nobody@example.org", _PASSWORD, "192.0.2.9")


def test_each_change_of_an_account_writes_one_event(database: Database, people: People) -> None:
    with database.write() as session:
        before = len(session.scalars(select(Event)).all())
        made = accounts.add_person(session, OPERATOR, "a@example.org", "a")
        accounts.grant_role(session, OPERATOR, made.id, Role.AUDITOR, None)
        accounts.grant_role(session, OPERATOR, made.id, Role.AUDITOR, None)
        accounts.revoke_role(session, OPERATOR, made.id, Role.AUDITOR, None)
        accounts.disable_person(session, OPERATOR, made.id, if_match=1)
    with database.read() as session:
        actions = session.scalars(select(Event.action).order_by(Event.id)).all()[before:]
        assert actions == ["person-added", "role-granted", "role-revoked", "person-disabled"]
        assert session.get_one(Person, made.id).disabled_at is not None


def test_packages_of_two_institutions_never_share_a_name(database: Database) -> None:
    populate(database)
    with pytest.raises(UsageError, match="begins like “tsinghua”"), database.write() as session:
        accounts.add_institution(session, OPERATOR, "tsinghua-sem", Text("经济管理学院"))
    with database.write() as session:
        accounts.add_institution(session, OPERATOR, "tsinghuasem", Text("经济管理学院"))
    with pytest.raises(UsageError, match="begins like “xiamen”"), database.write() as session:
        accounts.add_institution(session, OPERATOR, "xiamen-1", Text("另一家"))
