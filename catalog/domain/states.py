"""The life of a version of a course or curriculum: its states, and what leads from one to another."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import msgspec

from catalog.domain.actions import PERMISSIONS, Action, Role
from catalog.domain.errors import WrongStateError
from schemas.text import Text


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"  # a later version is published; still there for those who use it
    WITHDRAWN = "withdrawn"  # no longer handed out; the record stays, its number is never used again


STATE_WORDS: Mapping[State, Text] = MappingProxyType(
    {
        State.DRAFT: Text("草稿", "draft"),
        State.SUBMITTED: Text("审核中", "submitted"),
        State.RETURNED: Text("已退回", "returned"),
        State.PUBLISHED: Text("已发布", "published"),
        State.SUPERSEDED: Text("已被新版本取代", "superseded"),
        State.WITHDRAWN: Text("已撤销", "withdrawn"),
    }
)


class Event(StrEnum):
    """What happened to a version; each change of state writes exactly one."""

    DRAFTED = "version-drafted"
    REPLACED = "version-replaced"
    SUBMITTED = "version-submitted"
    RECALLED = "version-recalled"
    RETURNED = "version-returned"
    PUBLISHED = "version-published"
    SUPERSEDED = "version-superseded"
    WITHDRAWN = "version-withdrawn"


class Transition(msgspec.Struct, frozen=True):
    """One line of the table: `action` leads from `before` (None: the version is new) to `after` and writes `event`."""

    action: Action
    before: State | None
    after: State
    event: Event

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who may do it."""
        return PERMISSIONS[self.action].roles


TRANSITIONS = (
    Transition(Action.UPLOAD, None, State.DRAFT, Event.DRAFTED),
    Transition(Action.UPLOAD, State.DRAFT, State.DRAFT, Event.REPLACED),
    # What was returned is revised under its number; comments stay with the content that they were made on.
    Transition(Action.UPLOAD, State.RETURNED, State.DRAFT, Event.REPLACED),
    Transition(Action.SUBMIT, State.DRAFT, State.SUBMITTED, Event.SUBMITTED),
    Transition(Action.SUBMIT, State.RETURNED, State.SUBMITTED, Event.SUBMITTED),  # with an answer, unchanged
    Transition(Action.RECALL, State.SUBMITTED, State.DRAFT, Event.RECALLED),
    Transition(Action.RETURN, State.SUBMITTED, State.RETURNED, Event.RETURNED),
    Transition(Action.APPROVE, State.SUBMITTED, State.PUBLISHED, Event.PUBLISHED),
    Transition(Action.WITHDRAW, State.DRAFT, State.WITHDRAWN, Event.WITHDRAWN),
    Transition(Action.WITHDRAW, State.RETURNED, State.WITHDRAWN, Event.WITHDRAWN),
    Transition(Action.WITHDRAW, State.PUBLISHED, State.WITHDRAWN, Event.WITHDRAWN),
    Transition(Action.WITHDRAW, State.SUPERSEDED, State.WITHDRAWN, Event.WITHDRAWN),
)
# What approving a version does, in the same transaction, to the one that was published before it.
SUPERSEDING = Transition(Action.APPROVE, State.PUBLISHED, State.SUPERSEDED, Event.SUPERSEDED)

# Somebody works on it.
OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED)
# Packages are handed out.
HANDED_OUT = (State.PUBLISHED, State.SUPERSEDED)

# What it takes to look at a version in each state.
READING: Mapping[State, Action] = MappingProxyType(
    {
        State.DRAFT: Action.READ_DRAFT,
        State.SUBMITTED: Action.READ_SUBMITTED,
        State.RETURNED: Action.READ_SUBMITTED,
        State.PUBLISHED: Action.READ_PUBLISHED,
        State.SUPERSEDED: Action.READ_PUBLISHED,
        State.WITHDRAWN: Action.READ_SUBMITTED,
    }
)

_BY_STEP = {(line.action, line.before): line for line in TRANSITIONS}
_REFUSED = Text(
    "这个版本的状态是“{state}”，不能{action}。",
    "The version is {state}: you can't {action} now.",
)


def transition(action: Action, state: State | None) -> Transition:
    """What `action` does to a version in `state` (None: to be made). Raises WrongStateError where nothing is allowed."""
    found = _BY_STEP.get((action, state))
    if found is None:
        words = STATE_WORDS[state] if state is not None else Text("不存在", "not there")
        raise WrongStateError(
            state.value if state is not None else "",
            action.value,
            _REFUSED.format(state=words, action=PERMISSIONS[action].words),
        )
    return found


def actions(state: State) -> tuple[Action, ...]:
    """What the state allows, each once, in the table's order."""
    return tuple(dict.fromkeys(line.action for line in TRANSITIONS if line.before is state))
