"""The life of a version: which step leads from which state to which. One table, for courses and curricula alike."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class VersionState(StrEnum):
    """Where a version stands. From `PUBLISHED` on its content never changes."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What moves a version on."""

    REPLACE = "replace"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"


_S = VersionState
TRANSITIONS: Mapping[tuple[VersionState, Step], VersionState] = MappingProxyType(
    {
        (_S.DRAFT, Step.REPLACE): _S.DRAFT,
        (_S.DRAFT, Step.SUBMIT): _S.SUBMITTED,
        (_S.DRAFT, Step.WITHDRAW): _S.WITHDRAWN,
        (_S.SUBMITTED, Step.RETURN): _S.RETURNED,
        (_S.SUBMITTED, Step.APPROVE): _S.PUBLISHED,
        (_S.SUBMITTED, Step.WITHDRAW): _S.WITHDRAWN,
        (_S.RETURNED, Step.REPLACE): _S.RETURNED,
        (_S.RETURNED, Step.SUBMIT): _S.SUBMITTED,
        (_S.RETURNED, Step.WITHDRAW): _S.WITHDRAWN,
        (_S.PUBLISHED, Step.SUPERSEDE): _S.SUPERSEDED,
        (_S.PUBLISHED, Step.WITHDRAW): _S.WITHDRAWN,
    }
)

# A course has at most one version in any of these: the one that is being worked on.
OPEN = frozenset({_S.DRAFT, _S.SUBMITTED, _S.RETURNED})


def after(state: VersionState, step: Step) -> VersionState | None:
    """The state that `step` leads to, None where the step isn't allowed."""
    return TRANSITIONS.get((state, step))
