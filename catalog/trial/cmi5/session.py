"""What the LMS remembers of a registration and of each launch in it (cmi5 specification, sections 6, 8 and 9)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from catalog.trial.cmi5.structure import Block, MoveOn, Unit

Statement = dict[str, Any]
LaunchMode = Literal["Normal", "Browse", "Review"]

VERBS = {
    name: f"http://adlnet.gov/expapi/verbs/{name}"
    for name in ("initialized", "launched", "completed", "passed", "failed", "terminated")
} | {name: f"https://w3id.org/xapi/adl/verbs/{name}" for name in ("abandoned", "waived", "satisfied")}
CMI5_CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVEON_CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/moveon"
EXTENSION = "https://w3id.org/xapi/cmi5/context/extensions/"
PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
LAUNCH_DATA = "LMS.LaunchData"
PREFERENCES = "cmi5LearnerPreferences"
WAIT = timedelta(seconds=5)  # how long the LMS hears a unit out after `terminated` (9.3.8.0-4)


@dataclass
class Progress:
    """How far one unit is in a registration. `activity_id` is the LMS's own, never the publisher's (8.1.5)."""

    unit: Unit
    activity_id: str
    completed: bool = False
    passed: bool = False
    satisfied: bool = False

    def meets(self, move_on: MoveOn) -> bool:
        """The moveOn criterion (10.2.5)."""
        return {
            "NotApplicable": True,
            "Passed": self.passed,
            "Completed": self.completed,
            "CompletedAndPassed": self.passed and self.completed,
            "CompletedOrPassed": self.passed or self.completed,
        }[move_on]


@dataclass
class Session:
    """One launch of one unit."""

    progress: Progress
    mode: LaunchMode
    template: dict[str, Any]  # contextTemplate of the launch data
    started: datetime
    id: str
    token: str = field(default_factory=lambda: uuid4().hex)
    fetch: str = field(default_factory=lambda: uuid4().hex)
    fetched: int = 0
    preferences_read: bool = False
    verbs: list[str] = field(default_factory=list)  # of cmi5-defined statements, in order
    statements: int = 0
    latest: datetime | None = None  # when the unit's latest statement came
    ended: Literal["", "terminated", "abandoned"] = ""

    @property
    def mastery_score(self) -> float | None:
        """The mastery score of the launch data."""
        return self.progress.unit.mastery_score

    def is_over(self, moment: datetime) -> bool:
        """Whether the token is worth nothing any more (8.1.2.0-2): at once when abandoned, after a wait when
        terminated, so that what was on its way still arrives."""
        if self.ended == "terminated":
            return self.latest is not None and moment - self.latest > WAIT
        return self.ended == "abandoned"

    def note(self, statement: Statement, moment: datetime) -> None:
        """Take note of a statement that was stored."""
        self.statements += 1
        self.latest = moment
        if is_cmi5_defined(statement):
            verb = verb_name(statement)
            self.verbs.append(verb)
            self.progress.completed |= verb == "completed"
            self.progress.passed |= verb == "passed"
            if verb == "terminated":
                self.ended = "terminated"


@dataclass
class Registration:
    """One learner's enrolment in one course."""

    id: str
    actor: dict[str, Any]
    course: Block
    units: dict[str, Progress]  # by publisher id
    satisfied: set[str] = field(default_factory=set)  # publisher ids of blocks and course
    sessions: list[Session] = field(default_factory=list)


def is_cmi5_defined(statement: Statement) -> bool:
    """Whether the statement carries the cmi5 category (9.6.2.1)."""
    return CMI5_CATEGORY in categories(statement)


def categories(statement: Statement) -> list[str]:
    """The ids in context.contextActivities.category."""
    return activity_ids(statement.get("context", {}), "category")


def activity_ids(context: dict[str, Any], name: str) -> list[str]:
    """The ids in one list of a context's contextActivities; a single activity counts as a list of one."""
    found = context.get("contextActivities", {}).get(name, [])
    return [str(activity.get("id")) for activity in (found if isinstance(found, list) else [found])]


def verb_name(statement: Statement) -> str:
    """The cmi5 verb's name, or its IRI where cmi5 doesn't define it."""
    iri = statement["verb"]["id"]
    return next((name for name, known in VERBS.items() if known == iri), iri)
