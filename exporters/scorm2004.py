"""SCORM 2004, 3rd and 4th edition: one writer, their differences as data (CAM and SN 2006 and 2009)."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar
from xml.etree.ElementTree import Element

from exporters.cmi import identifier
from exporters.manifest import Dialect, child
from exporters.order import lessons_before, lessons_required
from exporters.outline import Item, course_identifier
from exporters.points import mastery, number, points
from schemas.course import Course, Lesson
from schemas.identifiers import ascii_name
from schemas.questions import Question, is_scored

_CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
_ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3"
_ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
_ADLNAV = "http://www.adlnet.org/xsd/adlnav_v1p3"
_SS = "http://www.imsglobal.org/xsd/imsss"

_PRIMARY = "lingjun.lesson"  # no author's objective can be called so: slugs hold no dot
_TRUE = "true"


class Scorm2004(Dialect):
    """What both editions share.

    The course's score is the organization's: a mean of its lessons' measures, weighted by their points. Order is kept by
    rules that read other lessons' status through global objectives, each written by one lesson alone.
    """

    namespaces: ClassVar = {"": _CP, "adlcp": _ADLCP, "adlseq": _ADLSEQ, "adlnav": _ADLNAV, "imsss": _SS}
    schemas: ClassVar = {
        _CP: "imscp_v1p1.xsd",
        _ADLCP: "adlcp_v1p3.xsd",
        _ADLSEQ: "adlseq_v1p3.xsd",
        _ADLNAV: "adlnav_v1p3.xsd",
        _SS: "imsss_v1p0.xsd",
    }
    kind = "adlcp:scormType"

    def __init__(self, course: Course) -> None:
        super().__init__(course)
        self._before = lessons_before(course)
        self._required = {module.id: lessons_required(course, module) for module in course.modules}
        needed = (*self._before.values(), *(one for lessons in self._required.values() for one in lessons))
        self._watched = frozenset(lesson.id for lesson in needed)
        self._most = max((points(lesson.questions) for lesson in course.lessons), default=0)
        self._total = max((points(_questions(module.lessons)) for module in course.modules), default=0)

    @abstractmethod
    def completion_threshold(self, element: Element, share: float) -> None:
        """`adlcp:completionThreshold`, which each edition writes in its own way."""

    def metadata(self, parent: Element) -> None:
        """None: LOM would need its own schemas at the root."""

    def organization(self, element: Element) -> None:
        """Free choice and flow; in `lessons` the course's pass rule rolls up here."""
        self._whole(element, 1.0)

    def part(self, element: Element) -> None:
        """The same; a course without questions weighs nothing beside the others."""
        self._whole(element, 1.0 if self._most else 0)

    def _whole(self, element: Element, weight: float) -> None:
        sequencing = child(element, "imsss:sequencing")
        _control(sequencing)
        if element.find("item/item") is not None:
            self._rollup(sequencing, weight)
            share = mastery(self.course)
            if share is not None:
                _primary(child(sequencing, "imsss:objectives"), satisfied_by=share)

    def item(self, element: Element, item: Item) -> None:
        """Sequencing of a module, a lesson, or the whole course as one SCO."""
        if item.module:
            self._module(child(element, "imsss:sequencing"), item)
        elif item.lesson:
            self.completion_threshold(element, 1.0)
            self._lesson(child(element, "imsss:sequencing"), item.lesson)
        else:
            self.completion_threshold(element, self.course.passing.lessons)
            self._single(child(element, "imsss:sequencing"))
            _hide_navigation(element)

    def _module(self, sequencing: Element, item: Item) -> None:
        if item.module is None:
            return
        required = self._required[item.module.id]
        _control(sequencing)
        _closed_until(sequencing, required)
        won = points(_questions(item.module.lessons))
        self._rollup(sequencing, won / self._total if self._total else 0)
        if required:
            objectives = child(sequencing, "imsss:objectives")
            _primary(objectives)
            self._read(objectives, required)

    def _lesson(self, sequencing: Element, lesson: Lesson) -> None:
        required = (self._before[lesson.id],) if lesson.id in self._before else ()
        _closed_until(sequencing, required)
        won = points(lesson.questions)
        child(sequencing, "imsss:rollupRules", **_weight(won / self._most if self._most else 0))
        assessed = _assessed(lesson.questions)
        objectives = child(sequencing, "imsss:objectives")
        _primary(objectives, target=self._target(lesson) if lesson.id in self._watched else "")
        for objective in assessed:
            _objective(objectives, objective, f"{self._target(lesson)}.{identifier(objective)}")
        self._read(objectives, required)
        _delivery(sequencing)

    def _single(self, sequencing: Element) -> None:
        questions = _questions(self.course.lessons)
        if not points(questions):
            child(sequencing, "imsss:rollupRules", **_weight(0))
        objectives = child(sequencing, "imsss:objectives")
        _primary(objectives, satisfied_by=mastery(self.course))
        for objective in _assessed(questions):
            _objective(objectives, objective, f"{course_identifier(self.course)}.{identifier(objective)}")
        _delivery(sequencing)

    def _rollup(self, sequencing: Element, weight: float) -> None:
        """Where not all lessons are asked for, that share of each module's lessons completes it: never less than
        the course asks for."""
        rules = child(sequencing, "imsss:rollupRules", **_weight(weight))
        share = self.course.passing.lessons
        if share < 1:
            rule = child(
                rules, "imsss:rollupRule", childActivitySet="atLeastPercent", minimumPercent=number(share)
            )
            child(child(rule, "imsss:rollupConditions"), "imsss:rollupCondition", condition="completed")
            child(rule, "imsss:rollupAction", action="completed")

    def _target(self, lesson: Lesson) -> str:
        return f"{course_identifier(self.course)}.{ascii_name(lesson.id)}"

    def _read(self, objectives: Element, lessons: Iterable[Lesson]) -> None:
        """Objectives that show other lessons' status to this activity's rules."""
        for lesson in lessons:
            objective = child(objectives, "imsss:objective", objectiveID=_after(lesson))
            child(
                objective,
                "imsss:mapInfo",
                targetObjectiveID=self._target(lesson),
                readSatisfiedStatus=_TRUE,
                readNormalizedMeasure="false",
            )


class Scorm2004Third(Scorm2004):
    """2004 3rd edition: the completion threshold is text, and stands on a SCO's item only."""

    version = "2004 3rd Edition"
    organization_attributes: ClassVar = {"adlseq:objectivesGlobalToSystem": "false"}

    def completion_threshold(self, element: Element, share: float) -> None:
        """CAM 2006, 3.4.1.13."""
        child(element, "adlcp:completionThreshold", number(share))


class Scorm2004Fourth(Scorm2004):
    """2004 4th edition: the completion threshold is attributes."""

    version = "2004 4th Edition"
    organization_attributes: ClassVar = {
        "adlseq:objectivesGlobalToSystem": "false",
        "adlcp:sharedDataGlobalToSystem": "false",
    }

    def completion_threshold(self, element: Element, share: float) -> None:
        """CAM 2009, 3.4.1.13."""
        child(
            element,
            "adlcp:completionThreshold",
            completedByMeasure=_TRUE,
            minProgressMeasure=number(share),
            progressWeight="1",
        )


def _questions(parts: Iterable[Lesson]) -> list[Question]:
    return [question for lesson in parts for question in lesson.questions]


def _assessed(questions: Iterable[Question]) -> tuple[str, ...]:
    """Course objectives that scored questions assess, each once."""
    return tuple(
        dict.fromkeys(o for question in questions if is_scored(question) for o in question.objectives)
    )


def _after(lesson: Lesson) -> str:
    return f"lingjun.after.{ascii_name(lesson.id)}"


def _weight(weight: float) -> dict[str, str]:
    return {"objectiveMeasureWeight": number(weight)}


def _control(sequencing: Element) -> None:
    child(sequencing, "imsss:controlMode", choice=_TRUE, flow=_TRUE)


def _closed_until(sequencing: Element, lessons: Iterable[Lesson]) -> None:
    """Disabled while the status of any of the lessons is unknown: a lesson tells it when it is finished, passed or
    failed alike (a learner out of attempts must not be locked out of all that follows)."""
    names = [_after(lesson) for lesson in lessons]
    if not names:
        return
    rule = child(child(sequencing, "imsss:sequencingRules"), "imsss:preConditionRule")
    conditions = child(rule, "imsss:ruleConditions", conditionCombination="any")
    for name in names:
        child(
            conditions,
            "imsss:ruleCondition",
            referencedObjective=name,
            operator="not",
            condition="objectiveStatusKnown",
        )
    child(rule, "imsss:ruleAction", action="disabled")


def _primary(objectives: Element, *, satisfied_by: float | None = None, target: str = "") -> None:
    """The objective that stands for the activity itself. An identifier only where it is mapped."""
    primary = child(objectives, "imsss:primaryObjective")
    if satisfied_by is not None:
        primary.set("satisfiedByMeasure", _TRUE)
        child(primary, "imsss:minNormalizedMeasure", number(satisfied_by))
    if target:
        primary.set("objectiveID", _PRIMARY)
        _map(primary, target)


def _objective(objectives: Element, objective: str, target: str) -> None:
    _map(child(objectives, "imsss:objective", objectiveID=identifier(objective)), target)


def _map(objective: Element, target: str) -> None:
    child(
        objective,
        "imsss:mapInfo",
        targetObjectiveID=target,
        readSatisfiedStatus=_TRUE,
        readNormalizedMeasure=_TRUE,
        writeSatisfiedStatus=_TRUE,
        writeNormalizedMeasure=_TRUE,
    )


def _delivery(sequencing: Element) -> None:
    """Both default to false, and an LMS may then complete or pass an activity because it was opened."""
    child(sequencing, "imsss:deliveryControls", completionSetByContent=_TRUE, objectiveSetByContent=_TRUE)


def _hide_navigation(element: Element) -> None:
    """One SCO has its own menu: the LMS's previous and next would leave the course."""
    interface = child(child(element, "adlnav:presentation"), "adlnav:navigationInterface")
    child(interface, "adlnav:hideLMSUI", "previous")
    child(interface, "adlnav:hideLMSUI", "continue")
