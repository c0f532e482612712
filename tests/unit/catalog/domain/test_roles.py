"""Every action × every kind of actor, with the expected answer written down."""

import pytest

from catalog.domain.errors import ForbiddenError, NotFoundError, UnauthenticatedError
from catalog.domain.roles import ANYONE, Action, Actor, Grant, Resource, Role, Scope, allowed, require
from schemas.text import Text

OWN, OTHER = "tsinghua", "pku"


def person(*grants: Grant, scopes: frozenset[Scope] | None = None) -> Actor:
    return Actor("p1", "张三", grants, scopes)


ACTORS = {
    "anyone": ANYONE,
    "nobody": person(),  # signed in, without a role
    "author": person(Grant(Role.AUTHOR, OWN)),
    "publisher": person(Grant(Role.PUBLISHER, OWN)),
    "reviewer": person(Grant(Role.REVIEWER)),
    "auditor": person(Grant(Role.AUDITOR)),
    "centre": person(Grant(Role.ADMINISTRATOR)),
    "local": person(Grant(Role.ADMINISTRATOR, OWN)),
    "lms": person(Grant(Role.LMS_ADMINISTRATOR)),
}

# `y`: may do it at the own institution (for those without one: at any); `Y`: at the others too; `.`: neither.
TABLE = """
action              anyone nobody author publisher reviewer auditor centre local lms
read-published      Y      Y      Y      Y         Y        Y       Y      Y     Y
read-submitted      .      .      y      y         Y        Y       Y      y     .
read-draft          .      .      y      y         .        .       Y      y     .
download-package    .      .      Y      Y         Y        Y       Y      Y     Y
download-source     .      .      y      y         Y        Y       Y      y     .
upload              .      .      y      y         .        .       .      .     .
submit              .      .      .      y         .        .       .      .     .
recall              .      .      .      y         .        .       .      .     .
comment             .      .      y      y         Y        .       Y      y     .
return              .      .      .      .         Y        .       Y      .     .
approve             .      .      .      .         Y        .       Y      .     .
withdraw            .      .      .      y         .        .       Y      y     .
manage-institutions .      .      .      .         .        .       Y      .     .
suspend-institution .      .      .      .         .        .       Y      .     .
read-people         .      .      .      y         .        .       Y      y     .
manage-people       .      .      .      .         .        .       Y      y     .
grant-role          .      .      .      .         .        .       Y      y     .
issue-token         .      .      .      .         .        .       .      .     .
read-tokens         .      .      .      .         .        .       Y      y     .
revoke-token        .      .      .      .         .        .       Y      y     .
read-events         .      .      y      y         Y        Y       Y      y     .
manage-webhooks     .      .      .      y         .        .       Y      y     .
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


def test_every_action_has_its_row() -> None:
    assert [row[0] for row in ROWS] == [action.value for action in Action]
    assert HEAD[1:] == list(ACTORS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_who_may(row: list[str]) -> None:
    action = Action(row[0])
    answers = {
        name: ("Y" if allowed(actor, action, Resource(OTHER)) else "y")
        if allowed(actor, action, Resource(OWN))
        else "."
        for name, actor in ACTORS.items()
    }
    assert answers == dict(zip(HEAD[1:], row[1:], strict=True))
    assert not any(
        allowed(actor, action, Resource(OTHER)) and not allowed(actor, action, Resource(OWN))
        for actor in ACTORS.values()
    )


OWN_THINGS = {
    Action.READ_PEOPLE,
    Action.ISSUE_TOKEN,
    Action.READ_TOKENS,
    Action.REVOKE_TOKEN,
    Action.READ_EVENTS,
    Action.MANAGE_WEBHOOKS,
}


@pytest.mark.parametrize("action", sorted(Action))
def test_what_is_ones_own(action: Action) -> None:
    nobody = ACTORS["nobody"]
    assert allowed(nobody, action, Resource(OTHER, "p1")) == (
        action in OWN_THINGS or action is Action.READ_PUBLISHED
    )
    assert allowed(nobody, action, Resource(OTHER, "p2")) == (action is Action.READ_PUBLISHED)
    assert allowed(ANYONE, action, Resource()) == (action is Action.READ_PUBLISHED)


@pytest.mark.parametrize("action", [Action.RETURN, Action.APPROVE])
def test_nobody_judges_their_own_institution(action: Action) -> None:
    reviewer = person(Grant(Role.REVIEWER), Grant(Role.AUTHOR, OWN))
    assert not allowed(reviewer, action, Resource(OWN))
    assert allowed(reviewer, action, Resource(OTHER))
    # Nor through a reviewer of one's own making: a review is the Centre's.
    assert not allowed(person(Grant(Role.REVIEWER, OWN)), action, Resource(OWN))


def test_an_institution_grants_nothing_beyond_itself() -> None:
    local = ACTORS["local"]
    assert allowed(local, Action.GRANT_ROLE, Resource(OWN))
    assert not allowed(local, Action.GRANT_ROLE, Resource(OTHER))
    assert not allowed(local, Action.GRANT_ROLE, Resource(None))  # a role that holds everywhere


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.PUBLISHER])
def test_an_author_of_no_institution_is_nobody(role: Role) -> None:
    stray = person(Grant(role))
    assert not allowed(stray, Action.UPLOAD, Resource(OWN))
    assert not allowed(stray, Action.UPLOAD, Resource(None))


SCOPES = {
    Scope.READ: {"read-draft", "read-submitted", "read-events"},
    Scope.DOWNLOAD: {"download-package", "download-source"},
    Scope.PUBLISH: {"read-draft", "read-submitted", "upload", "submit", "recall", "comment", "withdraw"},
    Scope.REVIEW: {"read-submitted", "comment"},
    Scope.ADMINISTER: {
        "withdraw", "read-people", "issue-token", "read-tokens", "revoke-token", "manage-webhooks"
    },
}  # fmt: skip


@pytest.mark.parametrize("scope", Scope)
def test_a_token_does_what_its_scope_says(scope: Scope) -> None:
    publisher = person(Grant(Role.PUBLISHER, OWN), scopes=frozenset({scope}))
    may = {action.value for action in Action if allowed(publisher, action, Resource(OWN, "p1"))}
    assert may == SCOPES[scope] | {"read-published"}


@pytest.mark.parametrize(
    ("actor", "institution", "error"),
    [
        ("anyone", OWN, UnauthenticatedError),
        ("lms", OWN, NotFoundError),
        ("publisher", OTHER, NotFoundError),
        ("author", OWN, ForbiddenError),
    ],
)
def test_a_refusal_tells_nothing_about_others_drafts(
    actor: str, institution: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        require(
            ACTORS[actor],
            Action.SUBMIT,
            Resource(institution),
            see=Action.READ_DRAFT,
            what=Text("版本", "version"),
        )


def test_what_is_allowed_passes() -> None:
    require(
        ACTORS["publisher"], Action.SUBMIT, Resource(OWN), see=Action.READ_DRAFT, what=Text("版本", "version")
    )
