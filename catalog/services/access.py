"""How people prove who they are: passwords, and tokens for programs."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalog.database.base import utcnow
from catalog.database.models import LoginAttempt, Person, Token
from catalog.database.session import Database
from catalog.domain.errors import NotFoundError, RateLimitedError, UnauthenticatedError
from catalog.domain.roles import Action, Actor, Grant, Resource, Role, Scope, require
from catalog.services import events
from catalog.services.events import Cause, Subject, account_id
from catalog.services.passwords import hash_password, is_outdated, verify_password
from catalog.settings import LimitsSettings
from schemas.errors import UsageError
from schemas.text import Text

PREFIX = "lj_"
MOST_DAYS = 366
_USE_NOTED_EVERY = timedelta(minutes=5)
_TOKEN = Text("这个访问令牌", "such token")
_BAD_DAYS = Text("令牌有效期为 1 到 {most} 天。", "A token is valid for 1 to {most} days.")
_BAD_SCOPES = Text("至少选择一项权限范围。", "Choose at least one scope.")


class IssuedToken(NamedTuple):
    """A new token. `secret` is shown now and never again."""

    token: Token
    secret: str


class SignedIn(NamedTuple):
    """Who a token stands for. `note_use`: its last use was long ago enough to be written down anew."""

    actor: Actor
    token_id: int
    note_use: bool


def actor_of(person: Person, scopes: frozenset[Scope] | None = None) -> Actor:
    """A person as an actor. `person.grants` must be loaded."""
    grants = tuple(
        Grant(Role(grant.role), grant.institution.slug if grant.institution else None)
        for grant in person.grants
    )
    return Actor(str(person.id), person.name, grants, scopes)


def issue_token(
    session: Session, cause: Cause, name: str, scopes: Iterable[Scope], *, days: int
) -> IssuedToken:
    """A token for the actor, valid for `days`. Its scopes never exceed those of the token that it is asked with."""
    owner = account_id(cause.actor)
    if owner is None:
        raise UnauthenticatedError
    resource = Resource(person_id=str(owner))
    require(cause.actor, Action.ISSUE_TOKEN, resource, see=Action.READ_PUBLISHED, what=_TOKEN)
    wanted = frozenset(scopes)
    if cause.actor.scopes is not None:
        wanted &= cause.actor.scopes
    return issue_token_for(session, cause, owner, name, wanted, days=days)


def issue_token_for(
    session: Session, cause: Cause, person_id: int, name: str, scopes: Iterable[Scope], *, days: int
) -> IssuedToken:
    """A token for anyone: only at the machine itself, where whoever asks could read the database anyway."""
    wanted = frozenset(scopes)
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(_BAD_DAYS.format(most=MOST_DAYS))
    if not wanted:
        raise UsageError(_BAD_SCOPES)
    secret = PREFIX + secrets.token_urlsafe(32)
    now = utcnow()
    token = Token(
        person_id=person_id,
        name=name,
        digest=_digest(secret),
        hint=secret[: len(PREFIX) + 4],
        scopes=" ".join(sorted(wanted)),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    events.write(session, cause, "token-issued", Subject(person=person_id), token=token.id, name=name)
    return IssuedToken(token, secret)


def revoke_token(session: Session, cause: Cause, token_id: int) -> None:
    """End a token at once. No error when it has ended already."""
    token = session.get(Token, token_id, with_for_update=True)
    if token is None:
        raise NotFoundError(_TOKEN)
    resource = Resource(person_id=str(token.person_id))
    require(cause.actor, Action.REVOKE_TOKEN, resource, see=Action.READ_TOKENS, what=_TOKEN)
    if token.revoked_at is None:
        token.revoked_at = utcnow()
        subject = Subject(person=token.person_id)
        events.write(session, cause, "token-revoked", subject, token=token.id)


def tokens_of(session: Session, actor: Actor, person_id: int) -> list[Token]:
    """A person's tokens, without their secrets, the newest first."""
    resource = Resource(person_id=str(person_id))
    require(actor, Action.READ_TOKENS, resource, see=Action.READ_TOKENS, what=_TOKEN)
    rows = select(Token).where(Token.person_id == person_id).order_by(Token.id.desc())
    return list(session.scalars(rows))


def authenticate(session: Session, secret: str) -> SignedIn:
    """Who sent this token. Raises UnauthenticatedError for any that is unknown, expired, revoked, or whose owner's
    account is disabled; never says which."""
    rows = (
        select(Token)
        .where(Token.digest == _digest(secret))
        .options(joinedload(Token.person, innerjoin=True).selectinload(Person.grants))
    )
    token = session.scalar(rows)
    now = utcnow()
    valid = (
        token is not None
        and token.revoked_at is None
        and token.expires_at > now
        and token.person.disabled_at is None
    )
    if token is None or not valid:
        raise UnauthenticatedError
    scopes = frozenset(Scope(scope) for scope in token.scopes.split())
    stale = token.last_used_at is None or now - token.last_used_at > _USE_NOTED_EVERY
    return SignedIn(actor_of(token.person, scopes), token.id, stale)


def note_use(session: Session, token_id: int) -> None:
    """Write down that a token was used now: at most every five minutes, or reading would cost a write."""
    token = session.get(Token, token_id)
    if token is not None:
        token.last_used_at = utcnow()


def log_in(database: Database, limits: LimitsSettings, email: str, password: str, address: str) -> Actor:
    """Who has this password. Raises UnauthenticatedError, or RateLimitedError after too many failures for this name or
    from this address. The hashing happens outside of any transaction: it takes long, and others write."""
    email = email.strip().lower()
    keys = [_key("name", email), _key("address", address)]
    with database.read() as session:
        _limit(session, limits, keys)
        rows = select(Person).where(Person.email == email).options(selectinload(Person.grants))
        person = session.scalar(rows)
    kept = person.password_hash if person else None
    right = verify_password(kept, password)
    if person is None or kept is None or not right or person.disabled_at is not None:
        with database.write() as session:
            now = utcnow()
            session.add_all(LoginAttempt(key=key, at=now) for key in keys)
        raise UnauthenticatedError
    if is_outdated(kept):
        with database.write() as session:
            session.get_one(Person, person.id).password_hash = hash_password(password)
    return actor_of(person)


def forget_attempts(session: Session, limits: LimitsSettings) -> None:
    """Remove failures that no longer count."""
    start = utcnow() - timedelta(seconds=limits.login_window_seconds)
    session.execute(delete(LoginAttempt).where(LoginAttempt.at < start))


def _limit(session: Session, limits: LimitsSettings, keys: list[bytes]) -> None:
    window = timedelta(seconds=limits.login_window_seconds)
    now = utcnow()
    for key in keys:
        count, first = session.execute(
            select(func.count(), func.min(LoginAttempt.at)).where(
                LoginAttempt.key == key, LoginAttempt.at > now - window
            )
        ).one()
        if count >= limits.login_attempts:
            raise RateLimitedError(_seconds_left(first, window, now))


def _seconds_left(first: datetime, window: timedelta, now: datetime) -> int:
    return int((first + window - now).total_seconds()) + 1


def _key(kind: str, value: str) -> bytes:
    return hashlib.sha256(f"{kind}\0{value}".encode()).digest()


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
